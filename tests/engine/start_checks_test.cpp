#include "sim/engine/start_checks.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace start_checks_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

struct Start {
  explicit Start(const Parts& parts) : scenario(read(folder, parts.yaml())) {
    Workers workers(1);
    rates = start_rates(StartSketch(scenario, scenario.variants[0], workers));
  }
  [[nodiscard]] std::string refused() const {
    std::string text;
    for (const Mistake& mistake : mistakes_of_start(scenario, rates))
      text += folder.shortened(to_string(mistake)) + '\n';
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

TEST_CASE("nothing is said of rates that people have") {
  const Start start(with_streams(
      "0.05 per year",
      "demography: {deaths: {rate: 0.03 per year}, births: {rate: 0.05 per year, newborn: {}}}"));
  CHECK(start.refused().empty());
}

TEST_CASE("births and deaths that no population has had are refused, with what to write") {
  const Start deaths(with_streams("0.1 per year", "demography: {deaths: {rate: 8.3 per year}}"));
  CHECK(deaths.refused() ==
        "s.yaml:9:29: there are 8.3 deaths a year for each person at the start; expected at most 0.5: rates "
        "for one "
        "person and year, so that 8.3 per 1,000 persons is 0.0083 per year\n");
  Parts parts = with_streams("0.1 per year", "demography: {births: {rate: {factor: asfr}, newborn: {}}}");
  parts.before_population = "factors: {asfr: {value: 104.2, unit: per year}}";
  const std::string told = Start(parts).refused();
  CHECK(told.find("there are 104 births a year for each person at the start (factor 'asfr')") !=
        std::string::npos);
  CHECK(told.find("divide the factor's values by 1,000") != std::string::npos);
}

}  // namespace start_checks_test
