#include "sim/model/feedback.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/error.hpp"
#include "tests/support/derived_factor.hpp"

namespace feedback_test {

using namespace sojourn;

namespace {

/// Two regions, two statuses, two ages; one derived factor of an expression.
struct World {
  explicit World(const std::string& expression, std::vector<DerivedInput> inputs)
      : scenario(test::small_scenario(2, "2012-01-01", "1 month", {{"status", {"a", "b"}}}, 2)) {
    test::add_stream(scenario, "work", 1);
    test::add_stream(scenario, "back", 1);
    base = test::add_factor(scenario, "base", FactorPlaces::region, {3, 5});
    scenario.factors[0].between = Between::linear;
    scenario.factors[0].knots = {scenario.time.start(), scenario.time.end()};
    scenario.factors[0].values = {3, 5, 27, 53};
    derived = test::add_derived(scenario, "derived", expression, std::move(inputs));
  }

  /// Values of a factor in the steps from the first on, as the state changes.
  template <class Change>
  std::vector<std::vector<double>> run(std::size_t steps, Change change, const Variant& variant = {}) {
    Numbers numbers(scenario, variant);
    Feedback feedback(scenario);
    CHECK(feedback.any());
    // [region][group][cohort]: the older cohort is the first.
    std::vector<std::int64_t> residents = {10, 20, 30, 40, 1, 2, 3, 4};
    DiasporaStock diaspora(2);
    std::vector<std::int64_t> arrivals(4);
    std::vector<std::int64_t> departures(4);
    std::vector<std::vector<double>> values;
    for (std::size_t s = 0; s < steps; ++s) {
      change(s, residents, diaspora, arrivals, departures);
      numbers.update(scenario.time.boundary(s), scenario.time.boundary(s + 1));
      feedback.update({residents, diaspora, arrivals, departures, {}, {}}, Step{s}, numbers);
      values.push_back(numbers.factor(derived).values);
    }
    return values;
  }

  std::vector<std::vector<double>> run_still(std::size_t steps) {
    return run(steps, [](auto&&...) {});
  }

  Scenario scenario;
  FactorId base;
  FactorId derived;
};

Who named(std::vector<bool> groups, double from = 0, double to = 200) {
  Who who;
  who.groups = std::move(groups);
  who.residences = {true, true};
  who.age_from = from;
  who.age_to = to;
  return who;
}

}  // namespace

TEST_CASE("people by group and age, and factors, at the start of the step") {
  World all("people", {{"people", PeopleInput{named({true, true})}, 0}});
  CHECK(all.run_still(1)[0] == std::vector<double>{100, 10});
  World of_b("people * 2", {{"people", PeopleInput{named({false, true})}, 0}});
  CHECK(of_b.run_still(1)[0] == std::vector<double>{140, 14});
  // Cohort 0 is 1.5 years old in the middle at the start, cohort 1 half a year.
  World old("people", {{"people", PeopleInput{named({true, true}, 1)}, 0}});
  CHECK(old.run_still(1)[0] == std::vector<double>{40, 4});
  // A month later, some of the younger cohort are a year old.
  const double years = old.scenario.time.elapsed(1);
  CHECK(old.run_still(2)[1][0] == doctest::Approx(40 + 60 * years));
  World with_factor("base + 1", {{"base", FactorInput{FactorId{0}, std::nullopt}, 0}});
  const auto values = with_factor.run_still(2);
  CHECK(values[0][0] == doctest::Approx(4 + 24 * 15.5 / 730));  // its mean over January
  CHECK(values[1][0] > values[0][0]);
  World in_persons("people", {{"people", PeopleInput{named({true, true})}, 0}});
  in_persons.scenario.persons_per_agent = 2.5;
  CHECK(in_persons.run_still(1)[0] == std::vector<double>{250, 25});
}

TEST_CASE("people that come late are those of before, and of the start before it") {
  World world("people", {{"people", PeopleInput{named({true, true})}, 2}});
  const auto values = world.run(5, [](std::size_t s, auto& residents, auto&, auto&, auto&) {
    residents[0] = 10 + 100 * static_cast<std::int64_t>(s);
  });
  for (std::size_t s = 0; s < 5; ++s)
    CHECK(values[s][0] == 100 + 100.0 * (s < 2 ? 0.0 : static_cast<double>(s - 2)));
}

TEST_CASE("the foreign-born of a region") {
  World world("abroad", {{"abroad", ForeignBornInput{}, 0}});
  const auto values = world.run(2, [](std::size_t s, auto&, auto& diaspora, auto&, auto&) {
    diaspora.add(Region{1}, Region{0}, s == 0 ? 7 : 5);
  });
  CHECK(values[0] == std::vector<double>{0, 7});
  CHECK(values[1] == std::vector<double>{0, 12});
}

TEST_CASE("flows are persons per year over their time, and the initial value before the start") {
  const auto moves = [](std::size_t s, auto&, auto&, auto& arrivals, auto& departures) {
    // Of the step before: [region][stream].
    arrivals = {static_cast<std::int64_t>(s), 100, 0, 3};
    departures = {50, 0, static_cast<std::int64_t>(2 * s), 0};
  };
  World in("flow", {{"flow", FlowInput{FlowInput::Kind::arrivals, {true, false}, 3, 120}, 0}});
  const auto values = in.run(6, moves);
  const TimeGrid& time = in.scenario.time;
  const auto year = [&](std::size_t s) { return time.years(Step{s}); };
  CHECK(values[0][0] == doctest::Approx(120));
  CHECK(values[1][0] == doctest::Approx((1 + 2 * year(0) * 120) / (3 * year(0))));
  CHECK(values[2][0] == doctest::Approx((1 + 2 + year(0) * 120) / (2 * year(0) + year(1))));
  CHECK(values[5][0] == doctest::Approx((3 + 4 + 5) / (year(2) + year(3) + year(4))));
  World out("flow", {{"flow", FlowInput{FlowInput::Kind::departures, {true, true}, 1, 0}, 1}});
  const auto left = out.run(4, moves);
  CHECK(left[0] == std::vector<double>{0, 0});
  CHECK(left[1] == std::vector<double>{0, 0});  // a step late
  CHECK(left[2][0] == doctest::Approx(50 / year(0)));
  CHECK(left[3][1] == doctest::Approx(4 / year(1)));
}

TEST_CASE("a factor may follow from its own past, and from other derived ones in any order") {
  World world("before * 2", {{"before", FactorInput{FactorId{1}, 1.0}, 1}});
  const FactorId more = test::add_derived(world.scenario, "more", "next + 1",
                                          {{"next", FactorInput{FactorId{3}, std::nullopt}, 0}});
  const FactorId next =
      test::add_derived(world.scenario, "next", "d * 10", {{"d", FactorInput{FactorId{1}, std::nullopt}, 0}});
  CHECK(next == FactorId{3});
  const auto values = world.run_still(4);
  for (std::size_t s = 0; s < 4; ++s) CHECK(values[s][0] == std::exp2(s + 1));
  world.derived = more;
  CHECK(world.run_still(3)[2][1] == 81);
  // A factor of the input a step late: what it was, and before the start what it was then.
  World late("base", {{"base", FactorInput{FactorId{0}, std::nullopt}, 2}});
  World now("base", {{"base", FactorInput{FactorId{0}, std::nullopt}, 0}});
  const auto a = late.run_still(5);
  const auto b = now.run_still(5);
  CHECK(a[0] == b[0]);
  CHECK(a[1] == b[0]);
  CHECK(a[2] == b[0]);
  CHECK(a[4] == b[2]);
}

TEST_CASE("policies change what was derived") {
  World world("people", {{"people", PeopleInput{named({true, true})}, 0}});
  Change change;
  change.target = world.derived;
  change.kind = Change::Kind::scale;
  change.amount = 0.5;
  change.places = {false, true};
  world.scenario.policies.push_back({"half", *parse_date("2010-02-01"), std::nullopt, {change}});
  const auto values = world.run(2, [](auto&&...) {}, {"v", {PolicyId{0}}});
  CHECK(values[0] == std::vector<double>{100, 10});
  CHECK(values[1] == std::vector<double>{100, 5});
}

TEST_CASE("a value that nothing can be computed from is an error at the expression") {
  const auto told = [](World& world) -> std::string {
    try {
      (void)world.run_still(1);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  World endless("people / 0", {{"people", PeopleInput{named({true, true})}, 0}});
  CHECK(told(endless).find("small.yaml:7:3: factor 'derived' is infinite (100 divided by 0) in r0 in "
                           "the step from 2010-01-01") == 0);
  World none("0 / 0", {});
  CHECK(told(none).find("has no value (0 divided by 0) in r0") != std::string::npos);
  World root("(50 - people) ^ 0.5", {{"people", PeopleInput{named({true, true})}, 0}});
  CHECK(told(root).find("has no value (a negative number to the power 0.5) in r0 in the step from") !=
        std::string::npos);
  World negative("-1", {});
  CHECK(told(negative).empty());
  const ParameterId one = test::add_parameter(negative.scenario, "c", {1});
  negative.scenario.streams[0].hazard.push = {
      {"derived", negative.derived, Measure::level, {}, Transform::log, Comparison::origin, one}};
  CHECK(told(negative).find("is -1, and its logarithm is taken in r0") != std::string::npos);
  World rate("-0.5", {});
  rate.scenario.streams[0].hazard.rate_factor = rate.derived;
  CHECK(told(rate).find("is -0.5, and it is a rate in r0") != std::string::npos);
  Who& who = rate.scenario.streams[0].who;
  who.residences = {false, true};
  CHECK(told(rate).find("is -0.5, and it is a rate in r1") != std::string::npos);
  who.residences = {false, false};
  CHECK(told(rate).empty());
}

}  // namespace feedback_test
