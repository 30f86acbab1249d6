#include "sim/scenario/derived.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace derived_test {

using namespace sojourn;

namespace {

FactorId add(Scenario& scenario, const std::string& name, const std::vector<FactorId>& needs,
             std::size_t lag = 0) {
  Factor factor;
  factor.name = name;
  factor.places = FactorPlaces::region;
  factor.derivation.emplace();
  for (const FactorId need : needs) factor.derivation->inputs.push_back({"x", FactorInput{need, 0.0}, lag});
  scenario.factors.push_back(factor);
  return FactorId{scenario.factors.size() - 1};
}

}  // namespace

TEST_CASE("each derived factor comes after those that it needs; those in a circle are left out") {
  Scenario scenario = test::small_scenario(2);
  const FactorId given = test::add_factor(scenario, "given", FactorPlaces::region, {1, 2});
  const FactorId last = add(scenario, "last", {FactorId{2}, FactorId{3}});
  const FactorId middle = add(scenario, "middle", {FactorId{3}});
  const FactorId first = add(scenario, "first", {given});
  CHECK(derivation_order(scenario) == std::vector<FactorId>{first, middle, last});
  const FactorId of_its_past = add(scenario, "of_its_past", {FactorId{4}}, 1);
  CHECK(derivation_order(scenario) == std::vector<FactorId>{first, middle, last, of_its_past});
  add(scenario, "circle", {FactorId{6}});
  add(scenario, "back", {FactorId{5}});
  add(scenario, "itself", {FactorId{7}});
  CHECK(derivation_order(scenario) == std::vector<FactorId>{first, middle, last, of_its_past});
}

TEST_CASE("what reads a factor says which values it may have") {
  Scenario scenario = test::small_scenario(2);
  const FactorId factor = add(scenario, "f", {});
  const FactorId other = test::add_factor(scenario, "o", FactorPlaces::region, {1, 2});
  Stream& stream = test::add_stream(scenario, "s", 1);
  const auto with = [&](const FactorTerm& push, const FactorTerm& pull) {
    stream.hazard.push = {push};
    stream.destination.pull = {pull};
    return bounds_of_values(scenario, factor).at(0);
  };
  FactorTerm none;
  none.factor = other;
  FactorTerm term;
  term.factor = factor;
  CHECK_FALSE(bounds_of_values(scenario, factor).at(0).has_value());
  CHECK_FALSE(with(term, none).has_value());
  term.transform = Transform::log1p;
  const auto above_minus_one = with(term, none);
  REQUIRE(above_minus_one.has_value());
  CHECK_FALSE(above_minus_one->admits(-1));
  CHECK(above_minus_one->admits(-0.99));
  FactorTerm root = term;
  root.transform = Transform::sqrt;
  CHECK(with(root, term)->admits(0));
  CHECK_FALSE(with(root, term)->admits(-0.5));
  FactorTerm logarithm = term;
  logarithm.transform = Transform::log;
  CHECK_FALSE(with(root, logarithm)->admits(0));
  FactorTerm ratio = none;
  ratio.measure = Measure::ratio_to_factor;
  ratio.reference = factor;
  CHECK_FALSE(with(ratio, none)->admits(0));
  FactorTerm compared = none;
  compared.factor = factor;
  compared.comparison = Comparison::ratio;
  CHECK_FALSE(with(none, compared)->admits(0));
  stream.hazard.rate_factor = factor;
  CHECK(with(none, none)->admits(0));
  CHECK_FALSE(with(none, none)->admits(-1));
}

TEST_CASE("numbers of people who enter, and rates of leaving, are not negative") {
  Scenario scenario = test::small_scenario(2);
  const FactorId in = add(scenario, "in", {});
  const FactorId out = add(scenario, "out", {});
  test::add_inflow(scenario, "come", 1).number.rate_factor = in;
  test::add_outflow(scenario, "go", 1).hazard.rate_factor = out;
  for (const FactorId factor : {in, out}) {
    REQUIRE(bounds_of_values(scenario, factor).at(0).has_value());
    CHECK(bounds_of_values(scenario, factor).at(0)->admits(0));
    CHECK_FALSE(bounds_of_values(scenario, factor).at(0)->admits(-0.1));
  }
}

TEST_CASE("only the regions where something reads a factor ask anything of its values") {
  Scenario scenario = test::small_scenario(3);
  const FactorId in = add(scenario, "in", {});
  const FactorId push = add(scenario, "push", {});
  const FactorId pull = add(scenario, "pull", {});
  Inflow& inflow = test::add_inflow(scenario, "come", 1);
  inflow.number.rate_factor = in;
  inflow.into.residences = {true, false, false};
  Stream& stream = test::add_stream(scenario, "s", 1);
  stream.who.residences = {true, false, true};
  stream.destination.choice_set = Listed{{Region{0}, Region{1}}};
  FactorTerm term;
  term.transform = Transform::log;
  term.factor = push;
  stream.hazard.push = {term};
  term.factor = pull;
  term.comparison = Comparison::destination;
  stream.destination.pull = {term};
  const auto where = [&](FactorId factor) {
    std::string regions;
    for (const auto& bound : bounds_of_values(scenario, factor)) regions += bound ? 'x' : '-';
    return regions;
  };
  CHECK(where(in) == "x--");
  CHECK(where(push) == "x-x");
  CHECK(where(pull) == "xx-");
  std::get<FactorTerm>(stream.destination.pull[0]).comparison = Comparison::difference;
  CHECK(where(pull) == "xxx");
  const ParameterId coefficient = test::add_parameter(scenario, "c", {1});
  stream.destination.pull = {DiasporaTerm{"share", Transform::identity, coefficient, pull}};
  CHECK(where(pull) == "xx-");
  CHECK_FALSE(bounds_of_values(scenario, pull)[0]->admits(0));
}

TEST_CASE("a value that is no number is always a fault") {
  CHECK(fault_of_value(-3, std::nullopt).empty());
  CHECK_FALSE(fault_of_value(std::nan(""), std::nullopt).empty());
  CHECK_FALSE(fault_of_value(std::numeric_limits<double>::infinity(), std::nullopt).empty());
  CHECK(fault_of_value(-3, ValueBound{0, false, "it is a rate"}) == "is -3, and it is a rate");
}

}  // namespace derived_test
