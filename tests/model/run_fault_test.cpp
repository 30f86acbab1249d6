#include "sim/model/run_fault.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace run_fault_test {

using namespace sojourn;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// A stream with a push and a pull term and a text in which they stand, in lines 5 to 8.
Scenario told_scenario() {
  Scenario scenario = test::small_scenario(2);
  scenario.path = "s.yaml";
  Stream& stream = test::add_stream(scenario, "work", 1);
  stream.where = {"s.yaml", 3, 3};
  const FactorId x = test::add_factor(scenario, "x", FactorPlaces::region, {1, 2});
  const FactorId y = test::add_factor(scenario, "y", FactorPlaces::region, {1, 2});
  FactorTerm push{"x", x, Measure::level, {}, Transform::identity, Comparison::origin, {}};
  push.coefficient = test::add_parameter(scenario, "streams.work.hazard.push.x", {1});
  stream.hazard.push = {push};
  FactorTerm pull{"y", y, Measure::level, {}, Transform::standardised, Comparison::destination, {}};
  pull.coefficient = test::add_parameter(scenario, "streams.work.destination.pull.y", {1}, true);
  stream.destination.pull = {pull};
  stream.hazard.attraction = test::add_parameter(scenario, "streams.work.hazard.attraction", {0.5});
  const auto stands_at = [&](ParameterId id, std::size_t line, std::size_t column) {
    scenario.parameters[id.index()].where = {"s.yaml", line, column};
  };
  stands_at(stream.hazard.rate, 5, 13);
  stands_at(*stream.hazard.attraction, 6, 19);
  stands_at(push.coefficient, 7, 14);
  stands_at(pull.coefficient, 8, 26);
  return scenario;
}

EventKind kind_of_stream(const Scenario& scenario) { return event_kinds(scenario).front(); }

}  // namespace

TEST_CASE("to blame is what is no number, or else what is largest") {
  const std::vector<Summand> sizes = {
      {ParameterId{0}, 1, 2}, {ParameterId{1}, 3, 4}, {ParameterId{2}, -9, 9}};
  CHECK(to_blame(sizes)->parameter == ParameterId{1});
  const std::vector<Summand> infinities = {{ParameterId{0}, 1, 2}, {ParameterId{1}, 0, infinite}};
  CHECK(to_blame(infinities)->parameter == ParameterId{1});
  CHECK(to_blame({}) == nullptr);
}

TEST_CASE("an undefined utility is told at its term, with origin, destination and step") {
  const Scenario scenario = told_scenario();
  const UndefinedUtility fault(Region{0}, Region{1}, Group{0}, {ParameterId{2}, 1, infinite});
  CHECK(std::string(utility_error(scenario, fault, Step{1}).what()) ==
        "s.yaml:8:26: r0 to r1, everyone: the utility has no value in the step from 2010-02-01, because of "
        "'streams.work.destination.pull.y', which is 1 times infinite; expected a factor that differs "
        "between places "
        "at the start, or no 'as: standardised'");
  const auto end_with_it = [&] { with_utilities_explained(scenario, Step{}, [&] { throw fault; }); };
  CHECK_THROWS_AS(end_with_it(), InputError);
  CHECK(with_utilities_explained(scenario, Step{}, [] { return 7; }) == 7);
}

TEST_CASE("a hazard beyond any sense is told at what makes it so") {
  Scenario scenario = told_scenario();
  const auto told = [&](const std::vector<Summand>& summands) {
    return std::string(
        hazard_error(scenario, kind_of_stream(scenario), Region{1}, Group{0}, Step{}, 3e7, summands).what());
  };
  CHECK(told({{ParameterId{1}, 2, 8.5}, {ParameterId{3}, 0.5, 3}}) ==
        "s.yaml:7:14: r1, everyone: the hazard of stream 'work' is 3e+07 per year in the step from "
        "2010-01-01, mostly "
        "because of 'streams.work.hazard.push.x', which is 2 times 8.5; expected at most 1e+06 per year: a "
        "smaller "
        "coefficient of 'x', or smaller values of its factor");
  const std::string by_attraction = told({{ParameterId{1}, 2, 1}, {ParameterId{3}, 0.5, 30}});
  CHECK(by_attraction.find("s.yaml:6:19: ") == 0);
  CHECK(by_attraction.find("a smaller attraction, or smaller coefficients in 'pull'") != std::string::npos);
  const std::string by_rate = told({{ParameterId{1}, -1, 1}});
  CHECK(by_rate.find("s.yaml:5:13: ") == 0);
  CHECK(by_rate.find("a smaller rate") != std::string::npos);
  // Of a derived factor it is the expression that goes wrong.
  scenario.factors[0].derivation = Derivation{"people", {"s.yaml", 20, 7}, {}};
  CHECK(told({{ParameterId{1}, 2, 8.5}}).find("s.yaml:20:7: ") == 0);
}

TEST_CASE("births and deaths by a derived factor that goes wrong in the run are told at its expression") {
  Scenario scenario = told_scenario();
  scenario.factors[0].derivation = Derivation{"0.1 * people ^ 9", {"s.yaml", 20, 7}, {}};
  Hazard hazard;
  hazard.rate = test::add_parameter(scenario, "demography.rate", {1});
  hazard.rate_factor = FactorId{0};
  scenario.demography.deaths.emplace().hazard = hazard;
  scenario.demography.births.emplace().hazard = hazard;
  const auto told = [&](const auto& of) {
    return std::string(
        hazard_error(scenario, {std::cref(of)}, Region{1}, Group{0}, Step{1}, 6.47e6, {}).what());
  };
  CHECK(told(*scenario.demography.deaths) ==
        "s.yaml:20:7: r1, everyone: the hazard of deaths is 6.47e+06 per year in the step from 2010-02-01; "
        "expected "
        "at most 1e+06 per year: a smaller rate");
  CHECK(told(*scenario.demography.births).find("s.yaml:20:7: r1, everyone: the hazard of births is") == 0);
}

}  // namespace run_fault_test
