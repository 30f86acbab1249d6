#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/base/error.hpp"
#include "sim/engine/simulation.hpp"
#include "tests/support/small_scenario.hpp"

namespace undefined_test {

/// Sums without a value end a run of either engine, with the same words.
using namespace sojourn;

namespace {

/// What a run ends with; "" if it does not.
template <class Engine>
std::string end_of_run(const Scenario& scenario, unsigned threads = 1) {
  try {
    Workers workers(threads);
    Engine run(scenario, scenario.variants.back(), {1, 0}, workers);
    while (!run.finished()) run.advance();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

/// Three regions with a factor, and a stream that is drawn by it.
Scenario drawn_by(std::vector<double> values, double coefficient) {
  Scenario scenario = test::small_scenario(3, "2010-04-01", "1 month", {{"sex", {"f", "m"}}});
  for (std::size_t r = 0; r < 3; ++r) test::stayers(scenario, r, r % 2) = 1000;
  FactorTerm term;
  term.name = "income";
  term.factor = test::add_factor(scenario, "income", FactorPlaces::region, std::move(values));
  term.comparison = Comparison::destination;
  term.coefficient =
      test::add_parameter(scenario, "streams.work.destination.pull.income", {coefficient}, true);
  test::add_stream(scenario, "work", 1).destination.pull = {term};
  return scenario;
}

}  // namespace

TEST_CASE("a utility without a value ends the run, with stream, origin, destination, term and step") {
  struct Case {
    std::string name;
    Scenario scenario;
    std::string part;
  };
  std::vector<Case> cases;
  cases.push_back({"a product beyond any number", drawn_by({1, 1e160, 2}, 1e160),
                   "r0 to r1, f: the utility has no value in the step from 2010-01-01, because of "
                   "'streams.work.destination.pull.income', which is 1e+160 times 1e+160"});
  cases.push_back({"no mean deviation", drawn_by({2, 2, 2}, 1), "no number"});
  std::get<FactorTerm>(cases.back().scenario.streams[0].destination.pull[0]).transform =
      Transform::standardised;
  cases.push_back({"the logarithm of 0", drawn_by({1, 2, 0}, 1), "r0 to r2, f: "});
  std::get<FactorTerm>(cases.back().scenario.streams[0].destination.pull[0]).transform = Transform::log;
  cases.push_back(
      {"a diaspora", drawn_by({1, 2, 3}, 1), "because of 'streams.work.destination.pull.diaspora'"});
  {
    Scenario& scenario = cases.back().scenario;
    const ParameterId id =
        test::add_parameter(scenario, "streams.work.destination.pull.diaspora", {1e308}, true);
    scenario.streams[0].destination.pull.emplace_back(DiasporaTerm{"diaspora", Transform::identity, id});
    test::add_movers(scenario, 1, 0, 50);
  }
  cases.push_back({"home, when someone is there who has it", drawn_by({1, 2, 3}, 1),
                   "because of 'streams.work.destination.pull.home'"});
  {
    Scenario& scenario = cases.back().scenario;
    for (int i = 0; i < 2; ++i) {
      const ParameterId id =
          test::add_parameter(scenario, "streams.work.destination.pull.home", {1e308}, true);
      scenario.streams[0].destination.pull.emplace_back(HomeTerm{"home", id});
    }
    test::add_movers(scenario, 1, 0, 5000);
  }
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const std::string told = end_of_run<Simulation>(one.scenario);
    CHECK(told.find(one.part) != std::string::npos);
    CHECK(end_of_run<Simulation>(one.scenario, 3) == told);
    CHECK(end_of_run<plain::Engine>(one.scenario).find(one.part) != std::string::npos);
  }
}

TEST_CASE("what nobody asks for, and what is only very small, ends no run") {
  // Nobody of the stream lives in region 0, for which there is no ratio, nor is it chosen.
  Scenario elsewhere = drawn_by({0, 1, 2}, 1);
  elsewhere.streams[0].who.residences[0] = false;
  elsewhere.streams[0].destination.choice_set = Listed{{Region{1}, Region{2}}};
  std::get<FactorTerm>(elsewhere.streams[0].destination.pull[0]).comparison = Comparison::ratio;
  CHECK(end_of_run<Simulation>(elsewhere).empty());
  CHECK(end_of_run<plain::Engine>(elsewhere).empty());
  const Scenario small = drawn_by({-5000, 0, -1e6}, 1);
  CHECK(end_of_run<Simulation>(small).empty());
  CHECK(end_of_run<plain::Engine>(small).empty());
}

TEST_CASE("a hazard beyond any sense names what makes it so, a push term or the attraction") {
  Scenario scenario = drawn_by({1, 2, 3}, 1);
  FactorTerm push = std::get<FactorTerm>(scenario.streams[0].destination.pull[0]);
  push.comparison = Comparison::origin;
  push.coefficient = test::add_parameter(scenario, "streams.work.hazard.push.income", {10});
  scenario.streams[0].hazard.push = {push};
  const std::string by_push = end_of_run<Simulation>(scenario);
  CHECK(by_push.find(
            "r1, f: the hazard of stream 'work' is 4.85e+08 per year in the step from 2010-01-01, mostly "
            "because of 'streams.work.hazard.push.income', which is 10 times 2") != std::string::npos);
  CHECK(end_of_run<Simulation>(scenario, 3) == by_push);
  CHECK(end_of_run<plain::Engine>(scenario) == by_push);
  // As given, ages count; nobody checks that in a scenario made by hand.
  Scenario by_age = drawn_by({1, 2, 3}, 1);
  by_age.streams[0].hazard.schedule = AgeTable{{0, 20}, {1e9, 1}};
  by_age.streams[0].hazard.schedule_mean = ScheduleMean::as_given;
  CHECK(end_of_run<Simulation>(by_age).find("smaller ratios by 'age' and 'stay'") != std::string::npos);
}

}  // namespace undefined_test
