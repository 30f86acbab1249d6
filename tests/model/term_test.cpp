#include "sim/model/term.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace term_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

/// Three regions whose income is (10, 20, 40) in January 2010 and (15, 10, 80) from February on.
Scenario changing_scenario() {
  Scenario scenario = small_scenario(3);
  add_factor(scenario, "income", FactorPlaces::region, {10, 20, 40, 15, 10, 80});
  scenario.factors[0].knots = {scenario.time.boundary(0), scenario.time.boundary(1)};
  add_factor(scenario, "prices", FactorPlaces::region, {2, 5, 4});
  add_factor(scenario, "distance", FactorPlaces::pair, {-1, 1, 2, 3, -1, 5, 6, 7, -1});
  add_parameter(scenario, "coefficient", {1});
  return scenario;
}

struct Steps {
  explicit Steps(const Scenario& scenario)
      : start(scenario, Variant{}), first(scenario, Variant{}), second(scenario, Variant{}) {
    start.update(scenario.time.boundary(0), scenario.time.boundary(1));
    first.update(scenario.time.boundary(0), scenario.time.boundary(1));
    second.update(scenario.time.boundary(1), scenario.time.boundary(2));
  }
  Numbers start;
  Numbers first;
  Numbers second;
};

constexpr Group everyone{};

double raw(Measure measure, std::size_t region) {
  constexpr double start[] = {10, 20, 40};
  constexpr double now[] = {15, 10, 80};
  constexpr double prices[] = {2, 5, 4};
  if (measure == Measure::change_from_start) return now[region] - start[region];
  if (measure == Measure::ratio_to_start) return now[region] / start[region];
  if (measure == Measure::ratio_to_factor) return now[region] / prices[region];
  return now[region];
}

double by_hand(Transform transform, double x) {
  if (transform == Transform::log) return std::log(x);
  if (transform == Transform::log1p) return std::log(1 + x);
  if (transform == Transform::sqrt) return std::sqrt(x);
  return x;
}

/// Equal, or both no number (the logarithm of a fall).
bool agree(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-12 * (1 + std::abs(b));
}

}  // namespace

TEST_CASE("each measure with each transform and each comparison") {
  const Scenario scenario = changing_scenario();
  const Steps steps(scenario);
  for (const Measure measure :
       {Measure::level, Measure::change_from_start, Measure::ratio_to_start, Measure::ratio_to_factor}) {
    for (const Transform transform :
         {Transform::identity, Transform::log, Transform::log1p, Transform::sqrt}) {
      for (const Comparison comparison :
           {Comparison::origin, Comparison::destination, Comparison::difference, Comparison::ratio}) {
        CAPTURE(static_cast<int>(measure));
        CAPTURE(static_cast<int>(transform));
        CAPTURE(static_cast<int>(comparison));
        FactorTerm term;
        term.factor = FactorId{0};
        term.reference = FactorId{1};
        term.measure = measure;
        term.transform = transform;
        term.comparison = comparison;
        TermValues values(term, steps.start);
        values.update(steps.second);
        for (std::size_t d = 0; d < 3; ++d) {
          if (comparison == Comparison::origin) {
            CHECK(agree(values.at(Region{d}, everyone), by_hand(transform, raw(measure, d))));
            continue;
          }
          for (std::size_t o = 0; o < 3; ++o) {
            if (o == d) continue;
            double expected = by_hand(transform, raw(measure, d));
            if (comparison == Comparison::difference) expected -= by_hand(transform, raw(measure, o));
            if (comparison == Comparison::ratio)
              expected = by_hand(transform, raw(measure, d) / raw(measure, o));
            CHECK(agree(values.at(Region{o}, Region{d}, everyone), expected));
          }
        }
      }
    }
  }
}

TEST_CASE("standardised over regions at the start, and by that mean and spread ever after") {
  const Scenario scenario = changing_scenario();
  const Steps steps(scenario);
  FactorTerm term;
  term.factor = FactorId{0};
  term.transform = Transform::standardised;
  TermValues values(term, steps.start);
  const double mean = 70.0 / 3;
  const double spread = std::sqrt((100.0 + 400 + 1600) / 3 - mean * mean);
  values.update(steps.second);
  CHECK(values.at(Region{0}, everyone) == doctest::Approx((15 - mean) / spread));
  CHECK(values.at(Region{1}, everyone) == doctest::Approx((10 - mean) / spread));
  CHECK(values.at(Region{2}, everyone) == doctest::Approx((80 - mean) / spread));
  TermValues start(term, steps.start);
  start.update(steps.first);
  const double x = start.at(Region{0}, everyone);
  const double y = start.at(Region{1}, everyone);
  const double z = start.at(Region{2}, everyone);
  CHECK(x + y + z == doctest::Approx(0.0));
  CHECK(x * x + y * y + z * z == doctest::Approx(3.0));
}

TEST_CASE("pairs: the diagonal is outside of everything") {
  const Scenario scenario = changing_scenario();
  const Steps steps(scenario);
  FactorTerm term;
  term.factor = FactorId{2};
  term.comparison = Comparison::pair;
  SUBCASE("of a logarithm") {
    term.transform = Transform::log;
    TermValues values(term, steps.start);
    values.update(steps.first);
    CHECK(values.at(Region{0}, Region{1}, everyone) == 0);
    CHECK(values.at(Region{2}, Region{1}, everyone) == doctest::Approx(std::log(7.0)));
    CHECK(values.at(Region{1}, Region{1}, everyone) == 0);
  }
  SUBCASE("of a standard") {
    term.transform = Transform::standardised;
    TermValues values(term, steps.start);
    values.update(steps.first);
    const double mean = 4;
    const double spread = std::sqrt((9.0 + 4 + 1 + 1 + 4 + 9) / 6);
    CHECK(values.at(Region{0}, Region{1}, everyone) == doctest::Approx((1 - mean) / spread));
    CHECK(values.at(Region{2}, Region{0}, everyone) == doctest::Approx((6 - mean) / spread));
  }
}

TEST_CASE("a factor over groups, and its ratio to one over regions") {
  Scenario scenario = small_scenario(2, "2011-01-01", "1 month", {{"sex", {"female", "male"}}});
  add_factor(scenario, "school", FactorPlaces::region, {1, 2, 3, 4}, true);
  add_factor(scenario, "norm", FactorPlaces::region, {10, 100});
  add_factor(scenario, "ease", FactorPlaces::everywhere, {5, 6}, true);
  const Steps steps(scenario);
  FactorTerm term;
  term.factor = FactorId{0};
  TermValues level(term, steps.start);
  level.update(steps.first);
  CHECK(level.at(Region{1}, Group{0}) == 3);
  term.measure = Measure::ratio_to_factor;
  term.reference = FactorId{1};
  TermValues ratio(term, steps.start);
  ratio.update(steps.first);
  CHECK(ratio.at(Region{0}, Group{1}) == doctest::Approx(0.2));
  CHECK(ratio.at(Region{1}, Group{1}) == doctest::Approx(0.04));
  // A factor that is the same everywhere, by one that is not: it varies over the places and groups of both.
  FactorTerm widened;
  widened.factor = FactorId{2};
  widened.measure = Measure::ratio_to_factor;
  widened.reference = FactorId{1};
  TermValues wide(widened, steps.start);
  wide.update(steps.first);
  CHECK(wide.at(Region{0}, Group{1}) == doctest::Approx(0.6));
  CHECK(wide.at(Region{1}, Group{0}) == doctest::Approx(0.05));
}

TEST_CASE("a term's version counts up when the factor or its reference changes") {
  const Scenario scenario = changing_scenario();
  Numbers start(scenario, Variant{});
  start.update(scenario.time.boundary(0), scenario.time.boundary(1));
  Numbers now(scenario, Variant{});
  FactorTerm term;
  term.factor = FactorId{1};
  TermValues constant(term, start);
  term.measure = Measure::ratio_to_factor;
  term.reference = FactorId{0};
  FactorTerm level;
  level.factor = FactorId{1};
  TermValues unchanged(level, start);
  TermValues relative(term, start);
  std::vector<std::uint64_t> versions;
  for (std::size_t i = 0; i < 3; ++i) {
    now.update(scenario.time.boundary(i), scenario.time.boundary(i + 1));
    unchanged.update(now);
    relative.update(now);
    versions.push_back(relative.version());
    CHECK(unchanged.version() == 1);
  }
  CHECK(versions == std::vector<std::uint64_t>{1, 2, 2});
}

}  // namespace term_test
