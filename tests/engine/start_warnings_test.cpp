#include "sim/engine/start_warnings.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace start_warnings_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

struct Start {
  explicit Start(const Parts& parts) : scenario(read(folder, parts.yaml())) {
    Workers workers(1);
    rates = start_rates(StartSketch(scenario, scenario.variants[0], workers));
  }
  [[nodiscard]] std::string warned() const {
    std::string text;
    for (const Warning& warning : warnings_of_start(scenario, rates))
      text += warning.id + ' ' + std::to_string(warning.where.line) + ':' +
              std::to_string(warning.where.column) + ' ' + warning.what + '\n';
    return text;
  }
  Folder folder;
  Scenario scenario;
  StartRates rates;
};

Parts with_streams(const std::string& rate, const std::string& demography = "") {
  Parts parts;
  parts.streams = "streams: {go: {hazard: {rate: " + rate + "}, destination: {}}}";
  parts.after_streams = demography;
  return parts;
}

}  // namespace

TEST_CASE("nothing is warned of rates that people have") {
  const Start start(with_streams(
      "0.05 per year",
      "demography: {deaths: {rate: 0.03 per year}, births: {rate: 0.05 per year, newborn: {}}}"));
  CHECK(start.warned().empty());
  CHECK(warnings_of_start(start.scenario, {}).empty());
}

TEST_CASE("a rate above one a year for each person concerned is told, and a step that is too long for it") {
  CHECK(Start(with_streams("1 per year")).warned().empty());
  CHECK(Start(with_streams("1.2 per year")).warned() ==
        "rate-above-one 8:31 stream 'go': 1.2 a year at the start for each person concerned\n");
  CHECK(Start(with_streams("0.5 per month")).warned() ==
        "rate-above-one 8:31 stream 'go': 6 a year at the start for each person concerned\n"
        "step-too-long 8:31 stream 'go': the mean hazard in a step of 1 month is 0.51 (6 a year)\n");
}

TEST_CASE("a factor is named, and of a long step so is the group that is too fast for it") {
  Parts parts = with_streams("{factor: often}");
  parts.before_population = "attributes: {sex: [f, m]}\nfactors: {often: {value: 1.5, unit: per year}}";
  parts.population =
      "population: {stayers: {values: {north: 1000, south: 500, east: 0}, sex: {f: 0.5, m: 0.5}, age: 0-79}}";
  parts.after_streams = "transitions: {change: {who: {sex: f}, becomes: {sex: m}, rate: 0.9 per year}}";
  parts.time = "time: {start: 2010-01-01, end: 2012-01-01, step: 6 months}";
  const std::string told = Start(parts).warned();
  CHECK(contains(told, "stream 'go': 1.5 a year at the start for each person concerned (factor 'often')"));
  CHECK(contains(told, "stream 'go': the mean hazard of m in a step of 6 months is 0.74 (1.5 a year)"));
  // Who changes does so as often as its rate says, whatever the step.
  CHECK_FALSE(contains(told, "transition 'change': the mean"));
  CHECK_FALSE(contains(told, "transition 'change': 0.9"));
}

}  // namespace start_warnings_test
