#include "sim/scenario/build.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <stdexcept>
#include <utility>

namespace sojourn {

namespace {

/// What stands for the file that there is not: in mistakes, and in the output, which keeps the text of each
/// scenario.
constexpr const char* built_in_code = "(built in code)";

void must_be_below(const char* what, std::size_t number, std::size_t count) {
  if (number < count) return;
  throw std::out_of_range(fmt::format("{} {}: there are {}, counted from 0", what, number, count));
}

}  // namespace

Scenario empty_scenario(TimeGrid time, const std::vector<std::string>& regions, Groups groups,
                        std::size_t oldest) {
  Scenario scenario{.title = Texts("A scenario built in code"),
                    .description = {},
                    .text = std::string(built_in_code) + "\n",
                    .path = built_in_code,
                    .tables = {},
                    .time = std::move(time),
                    .regions = {},
                    .links = {},
                    .groups = std::move(groups),
                    .factors = {},
                    .parameters = {},
                    .population = {},
                    .streams = {},
                    .demography = {},
                    .transitions = {},
                    .queues = {},
                    .inflows = {},
                    .outflows = {},
                    .policies = {},
                    .variants = {Variant{"baseline", {}}},
                    .output = {}};
  for (const std::string& code : regions) scenario.regions.push_back({.code = code});
  scenario.population.ages = oldest + 1;
  scenario.population.stayers.assign(scenario.cell_count() * scenario.population.ages, 0.0);
  scenario.output.age_from = {0};
  return scenario;
}

double& stayers(Scenario& scenario, Region region, Group group, std::size_t age) {
  const std::size_t ages = scenario.population.ages;
  must_be_below("region", region.index(), scenario.region_count());
  must_be_below("group", group.index(), scenario.groups.unqueued());
  must_be_below("age", age, ages);
  const std::size_t cell = region.index() * scenario.groups.count() + group.index();
  return scenario.population.stayers[cell * ages + ages - 1 - age];
}

void add_people(Scenario& scenario, Region region, double persons, Ages ages, Group group) {
  if (ages.to < ages.from) throw std::out_of_range(fmt::format("ages {} to {}", ages.from, ages.to));
  must_be_below("age", ages.to, scenario.population.ages);
  const double each = persons / static_cast<double>(ages.to - ages.from + 1);
  for (std::size_t age = ages.from; age <= ages.to; ++age) stayers(scenario, region, group, age) += each;
}

ParameterId add_parameter(Scenario& scenario, const std::string& name, const std::string& unit,
                          std::vector<double> by_group) {
  Parameter parameter;
  parameter.name = name;
  parameter.unit = unit;
  parameter.by_group = std::move(by_group);
  parameter.where.file = scenario.path;
  scenario.parameters.push_back(std::move(parameter));
  return ParameterId{scenario.parameters.size() - 1};
}

Who everybody(const Scenario& scenario) {
  Who who;
  who.groups.assign(scenario.groups.count(), true);
  who.residences.assign(scenario.region_count(), true);
  who.where.file = scenario.path;
  return who;
}

Stream& add_stream(Scenario& scenario, const std::string& name, double rate, ChoiceSet choice_set) {
  Stream stream;
  stream.name = name;
  stream.where.file = scenario.path;
  stream.who = everybody(scenario);
  stream.hazard.rate = add_parameter(scenario, "streams." + name + ".hazard.rate", "per year", {rate});
  scenario.parameters.back().range = from_zero;
  stream.hazard.schedule_where.file = scenario.path;
  stream.destination.choice_set = std::move(choice_set);
  stream.destination.where.file = scenario.path;
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) stream.becomes.emplace_back(g);
  scenario.streams.push_back(std::move(stream));
  return scenario.streams.back();
}

}  // namespace sojourn
