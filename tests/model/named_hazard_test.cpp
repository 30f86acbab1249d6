#include "sim/model/named_hazard.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace named_hazard_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

std::vector<std::string> names_of(const std::vector<NamedHazard>& hazards) {
  std::vector<std::string> names;
  for (const NamedHazard& one : hazards) names.push_back(one.of);
  return names;
}

}  // namespace

TEST_CASE("hazards are called as messages call them; those by a schedule are some of them") {
  test::Parts parts;
  parts.before_population = "attributes: {status: [none, worker]}";
  parts.population =
      "population: {stayers: {values: {north: 1000, south: 500, east: 20}, age: 0-79, status: {none: 1, "
      "worker: "
      "0}}}";
  parts.after_streams =
      "demography: {births: {rate: 0.01 per year, newborn: {status: none}}, deaths: {rate: 0.01 per year, "
      "age: "
      "{values: {0: 1, 60: 9}}}}\n"
      "transitions: {permit: {who: {status: none}, becomes: {status: worker}, rate: 1 per year, capacity: "
      "{limit: 5, every: month}}}\n"
      "outflow: {away: {rate: 0.1 per year, age: rogers_castro}}";
  const test::Folder folder;
  const Scenario scenario = read(folder, parts.yaml());
  CHECK(names_of(named_hazards(scenario)) == std::vector<std::string>{"stream 'work'", "births", "deaths",
                                                                      "transition 'permit'", "outflow 'away'",
                                                                      "giving up in transition 'permit'"});
  CHECK(names_of(scheduled_hazards(scenario)) == std::vector<std::string>{"deaths", "outflow 'away'"});
}

}  // namespace named_hazard_test
