#include "sim/model/numbers.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace numbers_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

Date day(const std::string& text) { return *parse_date(text); }

/// Adds a policy with one change, and the variant that consists of all policies.
Change& add_change(Scenario& scenario, const std::string& from, const std::string& until,
                   std::variant<FactorId, ParameterId> target, Change::Kind kind, double amount) {
  Policy policy;
  policy.name = "p" + std::to_string(scenario.policies.size());
  policy.from = day(from);
  if (!until.empty()) policy.until = day(until);
  Change change;
  change.target = target;
  change.kind = kind;
  change.amount = amount;
  policy.changes.push_back(change);
  scenario.policies.push_back(policy);
  if (scenario.variants.size() == 1) scenario.variants.push_back({"all", {}});
  scenario.variants[1].policies.push_back(PolicyId{scenario.policies.size() - 1});
  return scenario.policies.back().changes.back();
}

Numbers numbers_of(const Scenario& scenario) { return {scenario, scenario.variants.back()}; }

constexpr Group everyone{};

}  // namespace

TEST_CASE("without policies numbers are those of the scenario") {
  Scenario scenario = small_scenario(2, "2011-01-01", "1 month", {{"sex", {"female", "male"}}});
  const FactorId everywhere = add_factor(scenario, "campaign", FactorPlaces::everywhere, {0.25});
  const FactorId by_region = add_factor(scenario, "wage", FactorPlaces::region, {100, 40});
  const FactorId by_both = add_factor(scenario, "school", FactorPlaces::region, {1, 2, 3, 4}, true);
  const FactorId by_pair = add_factor(scenario, "distance", FactorPlaces::pair, {0, 7, 8, 0});
  const FactorId pair_group =
      add_factor(scenario, "visa", FactorPlaces::pair, {0, 0, 1, 2, 3, 4, 0, 0}, true);
  const FactorId by_group = add_factor(scenario, "ease", FactorPlaces::everywhere, {5, 6}, true);
  const ParameterId rate = add_parameter(scenario, "rate", {0.1});
  const ParameterId rates = add_parameter(scenario, "rates", {0.1, 0.2});
  Numbers numbers = numbers_of(scenario);
  numbers.update(day("2010-01-01"), day("2010-02-01"));
  const Region r0{0};
  const Region r1{1};
  const Group female{0};
  const Group male{1};
  CHECK(numbers.factor(everywhere).at(r1, male) == 0.25);
  CHECK(numbers.factor(everywhere).at(r0, r1, male) == 0.25);
  CHECK(numbers.factor(by_region).at(r1, male) == 40);
  CHECK(numbers.factor(by_region).at(r1, r0, male) == 100);  // the destination's
  CHECK(numbers.factor(by_both).at(r0, male) == 2);
  CHECK(numbers.factor(by_both).at(r0, r1, female) == 3);
  CHECK(numbers.factor(by_pair).at(r0, r1, male) == 7);
  CHECK(numbers.factor(by_pair).at(r1, r0, male) == 8);
  CHECK(numbers.factor(pair_group).at(r0, r1, male) == 2);
  CHECK(numbers.factor(pair_group).at(r1, r0, female) == 3);
  CHECK(numbers.factor(by_group).at(r1, male) == 6);
  CHECK(numbers.factor(by_group).at(r0, r1, female) == 5);
  CHECK(numbers.parameter(rate).at(r1, male) == 0.1);
  CHECK(numbers.parameter(rates).at(r1, male) == 0.2);
  CHECK(numbers.parameter(rates).at(r0, r1, female) == 0.1);
}

TEST_CASE("a step's value is the mean over the step") {
  Scenario scenario = small_scenario(1);
  const FactorId id = add_factor(scenario, "income", FactorPlaces::region, {10, 20});
  scenario.factors[0].knots = {day("2010-01-11"), day("2010-01-21")};
  SUBCASE("of steps across a knot") {
    Numbers numbers = numbers_of(scenario);
    numbers.update(day("2010-01-01"), day("2010-02-01"));
    CHECK(numbers.factor(id).at(Region{}, everyone) == doctest::Approx((20 * 10 + 11 * 20) / 31.0));
    numbers.update(day("2010-02-01"), day("2010-03-01"));
    CHECK(numbers.factor(id).at(Region{}, everyone) == 20);
  }
  SUBCASE("of a line across both knots") {
    scenario.factors[0].between = Between::linear;
    Numbers numbers = numbers_of(scenario);
    numbers.update(day("2010-01-01"), day("2010-02-01"));
    CHECK(numbers.factor(id).at(Region{}, everyone) == doctest::Approx((10 * 10 + 10 * 15 + 11 * 20) / 31.0));
    numbers.update(day("2010-01-13"), day("2010-01-15"));
    CHECK(numbers.factor(id).at(Region{}, everyone) == doctest::Approx(13.0));
  }
}

TEST_CASE("policies set, add and scale, for the days they cover") {
  Scenario scenario = small_scenario(2);
  const FactorId wage = add_factor(scenario, "wage", FactorPlaces::region, {100, 40});
  const ParameterId rate = add_parameter(scenario, "rate", {0.1});
  SUBCASE("set, until a date") {
    add_change(scenario, "2010-02-15", "2010-04-01", wage, Change::Kind::set, 7);
    Numbers numbers = numbers_of(scenario);
    numbers.update(day("2010-01-01"), day("2010-02-01"));
    CHECK(numbers.factor(wage).at(Region{0}, everyone) == 100);
    numbers.update(day("2010-02-01"), day("2010-03-01"));  // 14 of 28 days
    CHECK(numbers.factor(wage).at(Region{0}, everyone) == doctest::Approx(53.5));
    CHECK(numbers.factor(wage).at(Region{1}, everyone) == doctest::Approx(23.5));
    numbers.update(day("2010-03-01"), day("2010-04-01"));
    CHECK(numbers.factor(wage).at(Region{0}, everyone) == 7);
    numbers.update(day("2010-04-01"), day("2010-05-01"));
    CHECK(numbers.factor(wage).at(Region{0}, everyone) == 100);
  }
  SUBCASE("add and scale act in the order of the variant") {
    add_change(scenario, "2010-02-01", "", rate, Change::Kind::add, 0.2);
    add_change(scenario, "2010-02-01", "", rate, Change::Kind::scale, 10);
    Numbers numbers = numbers_of(scenario);
    numbers.update(day("2010-02-01"), day("2010-03-01"));
    CHECK(numbers.parameter(rate).at(Region{0}, everyone) == doctest::Approx(3.0));
    std::swap(scenario.variants[1].policies[0], scenario.variants[1].policies[1]);
    Numbers swapped = numbers_of(scenario);
    swapped.update(day("2010-02-01"), day("2010-03-01"));
    CHECK(swapped.parameter(rate).at(Region{0}, everyone) == doctest::Approx(1.2));
  }
  SUBCASE("a ramp is a straight line") {
    add_change(scenario, "2010-02-01", "", rate, Change::Kind::scale, 3).ramp =
        Duration{20, Duration::Unit::days};
    Numbers numbers = numbers_of(scenario);
    numbers.update(day("2010-02-01"), day("2010-02-11"));  // shares from 0 to 1/2: 1/4 in the mean
    CHECK(numbers.parameter(rate).at(Region{0}, everyone) == doctest::Approx(0.15));
    numbers.update(day("2010-02-11"), day("2010-03-03"));  // ten days from 1/2 to 1, ten days at 1: 7/8
    CHECK(numbers.parameter(rate).at(Region{0}, everyone) == doctest::Approx(0.275));
    numbers.update(day("2010-03-03"), day("2010-04-01"));
    CHECK(numbers.parameter(rate).at(Region{0}, everyone) == doctest::Approx(0.3));
  }
  SUBCASE("a variant without the policy does not know it") {
    add_change(scenario, "2010-01-01", "", rate, Change::Kind::scale, 3);
    Numbers numbers(scenario, scenario.variants[0]);
    numbers.update(day("2010-02-01"), day("2010-03-01"));
    CHECK(numbers.parameter(rate).at(Region{0}, everyone) == 0.1);
  }
}

TEST_CASE("changes may be narrowed to places") {
  Scenario scenario = small_scenario(3, "2011-01-01", "1 month", {{"sex", {"female", "male"}}});
  const FactorId wage = add_factor(scenario, "wage", FactorPlaces::region, {1, 2, 3, 4, 5, 6}, true);
  const FactorId distance = add_factor(scenario, "distance", FactorPlaces::pair, {0, 1, 2, 3, 0, 5, 6, 7, 0});
  const ParameterId rate = add_parameter(scenario, "rate", {0.1, 0.2});
  const ParameterId pull = add_parameter(scenario, "pull", {1, 2}, true);
  add_change(scenario, "2010-01-01", "", wage, Change::Kind::set, 9).places = {false, true, false};
  add_change(scenario, "2010-01-01", "", distance, Change::Kind::add, 10).places = {
      false, true, false, false, false, false, false, true, false};
  add_change(scenario, "2010-01-01", "", rate, Change::Kind::scale, 2).places = {true, false, false};
  add_change(scenario, "2010-01-01", "", pull, Change::Kind::set, -1).places = {
      false, false, true, false, false, false, false, false, false};
  Numbers numbers = numbers_of(scenario);
  numbers.update(day("2010-01-01"), day("2010-02-01"));
  CHECK(numbers.factor(wage).values == std::vector<double>{1, 2, 9, 9, 5, 6});
  CHECK(numbers.factor(distance).values == std::vector<double>{0, 11, 2, 3, 0, 5, 6, 17, 0});
  CHECK(numbers.parameter(rate).at(Region{0}, Group{0}) == 0.2);
  CHECK(numbers.parameter(rate).at(Region{0}, Group{1}) == 0.4);
  CHECK(numbers.parameter(rate).at(Region{1}, Group{0}) == 0.1);
  CHECK(numbers.parameter(rate).at(Region{2}, Group{1}) == 0.2);
  for (std::size_t o = 0; o < 3; ++o) {
    for (std::size_t d = 0; d < 3; ++d) {
      for (std::size_t g = 0; g < 2; ++g) {
        const double expected = o == 0 && d == 2 ? -1 : static_cast<double>(g + 1);
        CHECK(numbers.parameter(pull).at(Region{o}, Region{d}, Group{g}) == expected);
      }
    }
  }
}

TEST_CASE("a change that changes nothing changes no bit and no version") {
  Scenario scenario = small_scenario(2);
  const FactorId wage = add_factor(scenario, "wage", FactorPlaces::region, {0.1, -0.0, 0.3, 1e-310});
  scenario.factors[0].knots = {day("2010-01-01"), day("2010-06-10")};
  const ParameterId rate = add_parameter(scenario, "rate", {1.0 / 3});
  add_change(scenario, "2010-02-10", "", wage, Change::Kind::add, 0.0);
  add_change(scenario, "2010-02-10", "", wage, Change::Kind::scale, 1.0).ramp =
      Duration{3, Duration::Unit::months};
  add_change(scenario, "2010-02-10", "", rate, Change::Kind::set, 1.0 / 3).ramp =
      Duration{1, Duration::Unit::years};
  Numbers changed = numbers_of(scenario);
  Numbers baseline(scenario, scenario.variants[0]);
  for (std::size_t i = 0; i < scenario.time.steps(); ++i) {
    changed.update(scenario.time.boundary(i), scenario.time.boundary(i + 1));
    baseline.update(scenario.time.boundary(i), scenario.time.boundary(i + 1));
    for (std::size_t r = 0; r < 2; ++r) {
      CHECK(std::bit_cast<std::uint64_t>(changed.factor(wage).at(Region{r}, everyone)) ==
            std::bit_cast<std::uint64_t>(baseline.factor(wage).at(Region{r}, everyone)));
    }
    CHECK(changed.parameter(rate).at(Region{0}, everyone) ==
          baseline.parameter(rate).at(Region{0}, everyone));
    CHECK(changed.factor(wage).version == baseline.factor(wage).version);
    CHECK(changed.parameter(rate).version == 1);
  }
}

TEST_CASE("versions count up when values change, and only then") {
  Scenario scenario = small_scenario(1);
  const FactorId wage = add_factor(scenario, "wage", FactorPlaces::region, {10, 20});
  scenario.factors[0].knots = {day("2010-01-01"), day("2010-03-01")};
  const ParameterId rate = add_parameter(scenario, "rate", {1.0});
  add_change(scenario, "2010-04-01", "2010-05-01", rate, Change::Kind::set, 5);
  Numbers numbers = numbers_of(scenario);
  std::vector<std::uint64_t> factor_versions;
  std::vector<std::uint64_t> rate_versions;
  for (std::size_t i = 0; i < 6; ++i) {
    numbers.update(scenario.time.boundary(i), scenario.time.boundary(i + 1));
    factor_versions.push_back(numbers.factor(wage).version);
    rate_versions.push_back(numbers.parameter(rate).version);
  }
  CHECK(factor_versions == std::vector<std::uint64_t>{1, 1, 2, 2, 2, 2});
  CHECK(rate_versions == std::vector<std::uint64_t>{1, 1, 1, 2, 3, 3});
}

TEST_CASE("a change of some groups leaves the others as they are, wherever they live") {
  Scenario scenario = small_scenario(2, "2011-01-01", "1 month", {{"sex", {"female", "male"}}});
  const ParameterId rates = add_parameter(scenario, "rates", {0.1, 0.2});
  add_change(scenario, "2010-01-01", "", rates, Change::Kind::set, 0.5).groups = {false, true};
  Change& here = add_change(scenario, "2010-01-01", "", rates, Change::Kind::scale, 2);
  here.groups = {true, false};
  here.places = {false, true};
  Numbers numbers = numbers_of(scenario);
  numbers.update(day("2010-01-01"), day("2010-02-01"));
  const Field& field = numbers.parameter(rates);
  CHECK(field.at(Region{0}, Group{0}) == 0.1);
  CHECK(field.at(Region{0}, Group{1}) == 0.5);
  CHECK(field.at(Region{1}, Group{0}) == 0.2);
  CHECK(field.at(Region{1}, Group{1}) == 0.5);
}

}  // namespace numbers_test
