#include "sim/engine/event_line.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace event_line_test {

namespace {

using sojourn::EventLine;
using sojourn::Process;
using sojourn::RandomNumbers;

RandomNumbers numbers(std::uint32_t seed) { return RandomNumbers({seed, 0}, {Process::event_line, 0, 0, 0}); }

/// Distance of a count from its expectation in standard errors.
double errors(double count, double trials, double probability) {
  return std::abs(count - trials * probability) / std::sqrt(trials * probability * (1 - probability));
}

double binomial_probability(int n, int k, double p) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) + k * std::log(p) +
                  (n - k) * std::log1p(-p));
}

}  // namespace

TEST_CASE("one agent has an event with probability 1 - exp(-length), for tiny and huge lengths") {
  for (const double length : {0.001, 0.1, 1.0, 5.0, 15.0}) {
    RandomNumbers random = numbers(1);
    EventLine line(random);
    constexpr int trials = 200000;
    int events = 0;
    for (int i = 0; i < trials; ++i) events += static_cast<int>(line.count(1, length));
    CAPTURE(length);
    if (length < 15) {
      CHECK(errors(events, trials, 1 - std::exp(-length)) < 5);
    } else {
      CHECK(events >= trials - 5);
    }
  }
  RandomNumbers random = numbers(2);
  EventLine line(random);
  CHECK(line.count(1, 1e6) == 1);
  CHECK(line.count(1, 1e-300) == 0);
  CHECK(line.count(0, 3.0) == 0);
}

TEST_CASE("the number of events among few alike agents is binomial, exactly") {
  constexpr int agents = 4;
  for (const double length : {0.05, 0.7, 3.0}) {
    RandomNumbers random = numbers(3);
    EventLine line(random);
    constexpr int trials = 100000;
    std::array<int, agents + 1> seen{};
    for (int i = 0; i < trials; ++i) ++seen.at(static_cast<std::size_t>(line.count(agents, length)));
    for (int k = 0; k <= agents; ++k) {
      const double p = binomial_probability(agents, k, 1 - std::exp(-length));
      CAPTURE(length);
      CAPTURE(k);
      if (trials * p > 10) CHECK(errors(seen.at(static_cast<std::size_t>(k)), trials, p) < 5);
    }
  }
}

TEST_CASE("on both sides of the switch to a binomial number, mean and variance are the binomial's") {
  for (const std::int64_t agents : {70, 90, 500, 5000}) {
    constexpr double length = 0.2;
    const double p = 1 - std::exp(-length);
    RandomNumbers random = numbers(4);
    EventLine line(random);
    constexpr int trials = 40000;
    double sum = 0;
    double squares = 0;
    const double mean = static_cast<double>(agents) * p;
    for (int i = 0; i < trials; ++i) {
      const auto events = static_cast<double>(line.count(agents, length));
      sum += events - mean;
      squares += (events - mean) * (events - mean);
    }
    const double variance = mean * (1 - p);
    CAPTURE(agents);
    CHECK(std::abs(sum / trials) < 5 * std::sqrt(variance / trials));
    CHECK(std::abs(squares / trials - variance) < 5 * variance * std::sqrt(2.2 / trials));
  }
}

TEST_CASE("ten thousand million agents with a hazard of almost nothing") {
  RandomNumbers random = numbers(5);
  EventLine line(random);
  constexpr std::int64_t agents = 10'000'000'000;
  constexpr int trials = 20000;
  double events = 0;
  for (int i = 0; i < trials; ++i) events += static_cast<double>(line.count(agents, 2e-10));
  CHECK(std::abs(events - 2.0 * trials) < 5 * std::sqrt(2.0 * trials));
}

TEST_CASE("stretches do not know of each other: neighbouring cohorts are independent") {
  RandomNumbers random = numbers(6);
  constexpr int trials = 200000;
  std::array<std::array<int, 2>, 2> seen{};
  for (int i = 0; i < trials; ++i) {
    EventLine line(random);
    const auto first = static_cast<std::size_t>(line.count(1, 0.6));
    (void)line.count(30, 1.0);  // a binomial stretch between them
    const auto second = static_cast<std::size_t>(line.count(1, 0.9));
    ++seen.at(first).at(second);
  }
  const double p = 1 - std::exp(-0.6);
  const double q = 1 - std::exp(-0.9);
  CHECK(errors(seen[1][1], trials, p * q) < 5);
  CHECK(errors(seen[1][0], trials, p * (1 - q)) < 5);
  CHECK(errors(seen[0][1], trials, (1 - p) * q) < 5);
}

TEST_CASE("points: each agent is met at least once with probability 1 - exp(-length), pairs independently") {
  RandomNumbers random = numbers(7);
  constexpr double length = 0.8;
  constexpr int trials = 100000;
  std::array<int, 3> met{};
  int all = 0;
  double points = 0;
  for (int i = 0; i < trials; ++i) {
    EventLine line(random);
    (void)line.count(2, 0.3);
    std::array<bool, 3> now{};
    std::uint64_t before = 0;
    line.points(3, length, [&](std::uint64_t agent) {
      REQUIRE(agent >= before);
      REQUIRE(agent < 3);
      before = agent;
      now.at(agent) = true;
      ++points;
    });
    for (std::size_t a = 0; a < 3; ++a) met.at(a) += now.at(a) ? 1 : 0;
    all += now[0] && now[1] && now[2] ? 1 : 0;
  }
  const double p = 1 - std::exp(-length);
  for (const int count : met) CHECK(errors(count, trials, p) < 5);
  CHECK(errors(all, trials, p * p * p) < 5);
  CHECK(std::abs(points - trials * 3 * length) < 5 * std::sqrt(trials * 3 * length));
}

}  // namespace event_line_test
