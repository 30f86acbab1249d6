#include "sim/scenario/position_of.hpp"

#include <doctest/doctest.h>

#include <string>

#include "reading.hpp"

namespace position_of_test {

using sojourn::position_of;
using sojourn::Scenario;

namespace {

/// What stands in the text at the position of a parameter, up to the end of the line.
std::string text_at(const Scenario& scenario, const std::string& parameter) {
  const sojourn::Position where = position_of(scenario, parameter);
  if (where.line == 0) return "";
  std::size_t begin = 0;
  for (std::size_t line = 1; line < where.line; ++line) begin = scenario.text.find('\n', begin) + 1;
  begin += where.column - 1;
  return scenario.text.substr(begin, scenario.text.find('\n', begin) - begin);
}

}  // namespace

TEST_CASE("every number that policies may change is found where it is written") {
  const sojourn::test::Folder folder;
  sojourn::test::Parts parts;
  parts.before_population = "factors: {wage: {values: {north: 1, south: 2, east: 3}}}";
  parts.streams =
      "streams:\n  abroad:\n    hazard:\n      rate: 0.01 per year\n      attraction: 0.5\n      push:\n"
      "      - {factor: wage, coefficient: 0.1}\n"
      "      - {factor: wage, as: log, name: log_wage, coefficient: 0.2}\n"
      "    destination:\n      pull:\n      - {factor: wage, coefficient: 0.3}\n      - {diaspora: stock, "
      "coefficient: 0.4}\n";
  parts.after_streams =
      "demography:\n  deaths:\n    rate: 0.02 per year\n    factors:\n    - {factor: wage, coefficient: 0.6}";
  const Scenario scenario = read(folder, parts.yaml());
  for (const sojourn::Parameter& parameter : scenario.parameters) {
    CAPTURE(parameter.name);
    CHECK(position_of(scenario, parameter.name).line > 0);
  }
  const std::string stream = "streams.abroad.";
  CHECK(text_at(scenario, stream + "hazard.rate") == "0.01 per year");
  CHECK(text_at(scenario, stream + "hazard.push.wage") == "{factor: wage, coefficient: 0.1}");
  CHECK(text_at(scenario, stream + "hazard.push.log_wage") ==
        "{factor: wage, as: log, name: log_wage, coefficient: 0.2}");
  CHECK(text_at(scenario, stream + "destination.pull.diaspora") == "{diaspora: stock, coefficient: 0.4}");
  CHECK(text_at(scenario, "demography.deaths.factors.wage") == "{factor: wage, coefficient: 0.6}");
}

TEST_CASE("what the text does not have is at the file alone") {
  const sojourn::test::Folder folder;
  const Scenario scenario = read(folder, sojourn::test::Parts{}.yaml());
  CHECK(position_of(scenario, "streams.work.hazard.push.wage") == sojourn::Position{scenario.path});
  CHECK(position_of(scenario, "").line == 1);
}

}  // namespace position_of_test
