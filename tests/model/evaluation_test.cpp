#include "sim/model/evaluation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace evaluation_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Scenario scenario() {
  const Folder folder;
  Parts parts;
  parts.before_population =
      "factors:\n  wage: {values: {north: 3, south: 2, east: 1}}\n"
      "  crowd: {expression: \"(people + extra) / 10\", unit: \"1\", where: {people: {people: all}, extra: "
      "{arrivals: 1 month, initial: 5 per year}}}\n";
  parts.after_streams =
      "policies:\n  rise: {from: 2010-02-01, until: 2010-04-01, change: [{what: factors.wage, add: 10, "
      "regions: [south]}]}\n"
      "  fast: {from: 2010-03-17, change: [{what: streams.work.hazard.rate, scale: 3, regions: [east]}, "
      "{what: factors.wage, scale: 2}]}\n"
      "  crowded: {from: 2010-02-01, change: [{what: factors.crowd, add: 1}]}\n"
      "variants: {rise: [rise], both: [rise, fast], crowded: [crowded]}";
  return read(folder, parts.yaml());
}

constexpr Number wage = FactorId{0};
constexpr Number crowd = FactorId{1};

}  // namespace

TEST_CASE("under no policy numbers are those of the scenario, and do not move") {
  const Scenario s = scenario();
  const Variant none;
  Evaluation now(s, none);
  REQUIRE(now.advance());
  CHECK(now.is_first_step());
  CHECK(now.has_moved(wage));
  CHECK(now.numbers().field(wage).values == std::vector<double>{3, 2, 1});
  CHECK_FALSE(now.numbers().has_changes(wage));
  REQUIRE(now.advance());
  CHECK_FALSE(now.is_first_step());
  CHECK(to_string(now.from()) == "2010-02-01");
  CHECK_FALSE(now.has_moved(wage));
  CHECK_FALSE(now.numbers().is_changed(wage));
}

TEST_CASE("it ends after the last step") {
  const Scenario s = scenario();
  const Variant none;
  Evaluation now(s, none);
  std::size_t steps = 0;
  while (now.advance()) ++steps;
  CHECK(steps == s.time.steps());
  CHECK_FALSE(now.advance());
}

TEST_CASE("changes act in their places, for the days they cover, in the order of the variant") {
  const Scenario s = scenario();
  Evaluation now(s, s.variants[2]);
  CHECK(now.numbers().has_changes(wage));
  REQUIRE(now.advance());
  CHECK(now.numbers().field(wage).values == std::vector<double>{3, 2, 1});
  CHECK_FALSE(now.numbers().is_changed(wage));
  REQUIRE(now.advance());
  CHECK(now.numbers().field(wage).values == std::vector<double>{3, 12, 1});
  CHECK(now.numbers().is_changed(wage));
  CHECK(now.has_moved(wage));
  CHECK(now.start().field(wage).values == std::vector<double>{3, 2, 1});
  REQUIRE(now.advance());
  const double share = 15.0 / 31;
  CHECK(now.numbers().field(wage).values[0] == doctest::Approx(3 * (1 + share)));
  CHECK(now.numbers().field(wage).values[1] == doctest::Approx(12 * (1 + share)));
}

TEST_CASE("derived factors see the people of the start and what holds before it, and policies change them") {
  const Scenario s = scenario();
  Evaluation now(s, s.variants[3]);
  REQUIRE(now.advance());
  CHECK_FALSE(now.undefined());
  const std::vector<double> first = now.numbers().field(crowd).values;
  CHECK(first[1] == doctest::Approx((500 + 5) / 10.0));
  CHECK(now.start().field(crowd).values == first);
  REQUIRE(now.advance());
  CHECK(now.numbers().field(crowd).values[1] == doctest::Approx((500 + 5) / 10.0 + 1));
  CHECK(now.numbers().is_changed(crowd));
}

TEST_CASE("a parameter has places where a change narrows it") {
  const Scenario s = scenario();
  const ParameterId rate = s.streams[0].hazard.rate;
  Evaluation narrowed(s, s.variants[2]);
  for (int step = 0; step < 6; ++step) REQUIRE(narrowed.advance());
  const Field& field = narrowed.numbers().parameter(rate);
  CHECK(field.places == FactorPlaces::region);
  CHECK(field.at(Region{0}, Group{}) == 0.01);
  CHECK(field.at(Region{2}, Group{}) == doctest::Approx(0.03));
  Evaluation plain(s, s.variants[1]);
  REQUIRE(plain.advance());
  CHECK(plain.numbers().parameter(rate).places == FactorPlaces::everywhere);
  CHECK(plain.numbers().parameter(rate).values == std::vector<double>{0.01});
}

}  // namespace evaluation_test
