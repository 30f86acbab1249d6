#include "sim/reading/checks/hazards_to_check.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace hazards_to_check_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

bool has(const std::vector<HazardToCheck>& all, const Hazard& hazard) {
  return std::any_of(all.begin(), all.end(), [&](const HazardToCheck& one) { return one.hazard == &hazard; });
}

}  // namespace

TEST_CASE("no hazard and no number of persons of a scenario is left out") {
  test::Parts parts;
  parts.before_population = "attributes: {status: [none, waits, worker]}";
  parts.population =
      "population: {stayers: {values: {north: 1000, south: 500, east: 20}, status: {none: 1, waits: 0, "
      "worker: "
      "0}}}";
  parts.after_streams =
      "demography: {births: {rate: 0.01 per year, newborn: {status: none}}, deaths: {rate: 0.01 per year}}\n"
      "transitions: {permit: {who: {status: none}, becomes: {status: worker}, rate: 1 per year, capacity: "
      "{limit: 5, every: month, give_up: 0.1 per year}}}\n"
      "inflow: {abroad: {rate: 10 per year, age: 20-39, status: none}}\n"
      "outflow: {away: {rate: 0.1 per year}}";
  const test::Folder folder;
  const Scenario scenario = read(folder, parts.yaml());
  const std::vector<HazardToCheck> hazards = hazards_to_check(scenario);
  for (const Stream& stream : scenario.streams) CHECK(has(hazards, stream.hazard));
  for (const Transition& transition : scenario.transitions) CHECK(has(hazards, transition.hazard));
  for (const Outflow& outflow : scenario.outflows) CHECK(has(hazards, outflow.hazard));
  REQUIRE(scenario.demography.births);
  CHECK(has(hazards, scenario.demography.births->hazard));
  REQUIRE(scenario.demography.deaths);
  CHECK(has(hazards, scenario.demography.deaths->hazard));
  const std::vector<HazardToCheck> persons = persons_to_check(scenario);
  for (const Queue& queue : scenario.queues) {
    CHECK(has(hazards, queue.giving_up));
    CHECK(has(persons, queue.limit));
  }
  for (const Inflow& inflow : scenario.inflows) CHECK(has(persons, inflow.number));
}

}  // namespace hazards_to_check_test
