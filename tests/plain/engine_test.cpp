#include "bench/plain/engine.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/output/recorder.hpp"
#include "sim/output/summary.hpp"
#include "tests/support/every_feature.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/temporary_directory.hpp"

namespace engine_test {

namespace {

using namespace sojourn;

std::vector<std::int64_t> residents_after(const Scenario& scenario, std::size_t variant, unsigned threads) {
  Workers workers(threads);
  plain::Engine engine(scenario, scenario.variants[variant], {scenario.seed, 0}, workers);
  while (!engine.finished()) engine.advance();
  CHECK(std::ranges::equal(engine.count_residents(), engine.view().residents));
  return engine.count_residents();
}

}  // namespace

TEST_CASE("one step of two streams: each has its exact probability") {
  constexpr double people = 400000;
  constexpr double a = 0.7;
  constexpr double b = 8.0;
  Scenario scenario = test::small_scenario(3, "2010-02-01", "1 month");
  test::add_stream(scenario, "a", a, Listed{{Region{1}}}).who.residences = {true, false, false};
  test::add_stream(scenario, "b", b, Listed{{Region{2}}}).who.residences = {true, false, false};
  test::stayers(scenario, 0) = people;
  const auto residents = residents_after(scenario, 0, 2);
  const double event = 1 - std::exp(-(a + b) * scenario.time.years(Step{0}));
  const auto sigmas = [&](std::size_t region, double probability) {
    return std::abs(static_cast<double>(residents[region]) - people * probability) /
           std::sqrt(people * probability * (1 - probability));
  };
  CHECK(sigmas(0, 1 - event) < test::five_sigma);
  CHECK(sigmas(1, event * a / (a + b)) < test::five_sigma);
  CHECK(sigmas(2, event * b / (a + b)) < test::five_sigma);
}

TEST_CASE("a choice has the probabilities of the softmax") {
  constexpr double people = 400000;
  Scenario scenario = test::small_scenario(4, "2010-02-01", "1 month");
  const FactorId size = test::add_factor(scenario, "size", FactorPlaces::region, {1, 1, 2, 3});
  const ParameterId gamma = test::add_parameter(scenario, "gamma", {1.0}, true);
  Stream& stream = test::add_stream(scenario, "all", 1e6);
  stream.who.residences = {true, false, false, false};
  stream.destination.pull = {
      FactorTerm{"size", size, Measure::level, {}, Transform::log, Comparison::destination, gamma}};
  test::stayers(scenario, 0) = people;
  const auto residents = residents_after(scenario, 0, 1);
  CHECK(residents[0] == 0);
  CHECK(test::chi_square_sigmas({residents[1], residents[2], residents[3]},
                                {people / 6, people / 3, people / 2}) < test::five_sigma);
}

TEST_CASE("the plain engine has the same bits for 1, 2 and 3 threads") {
  const Scenario scenario = test::every_feature({.people = 30, .months = 12});
  const auto one = residents_after(scenario, 0, 1);
  CHECK(residents_after(scenario, 0, 2) == one);
  CHECK(residents_after(scenario, 0, 3) == one);
  CHECK(residents_after(scenario, 1, 1) != one);
}

TEST_CASE("the recorder records the plain engine") {
  Scenario scenario = test::every_feature({.people = 30, .months = 24});
  scenario.output.every = 3;
  scenario.output.relocations_every = 12;
  scenario.output.diaspora_every = 12;
  Workers workers(1);
  const test::TemporaryDirectory directory;
  plain::Engine engine(scenario, scenario.variants[0], {1, 0}, workers);
  Recorder recorder(engine.view(), plan_output(directory.file("plain.h5"), false), {{1, 0}, "test", 1});
  recorder.observe(engine.view());
  while (!engine.finished()) {
    engine.advance();
    recorder.observe(engine.view());
  }
  recorder.finish(engine.view());
  const Summary summary = summarise(directory.file("plain.h5"));
  CHECK(summary.moves == engine.view().checks.moves);
  CHECK(summary.moves > 0);
  CHECK(summary.people_last == static_cast<std::int64_t>(engine.agents().size()));
}

}  // namespace engine_test
