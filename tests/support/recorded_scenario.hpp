#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/scenario/build.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::test {

/// What tests may want to be otherwise.
struct RecordedScenario {
  int months = 24;
  /// Stayers of each region, sex and year of age; half as many foreign-born by pair of regions live
  /// elsewhere.
  double persons = 50;
  /// Per year.
  double rate = 0.2;
  std::size_t regions = 3;
  FlowLayout flow_layout = FlowLayout::automatic;
};

inline Parameter number(const std::string& name, double value) { return {name, "1", {value}, false}; }

/// Regions A, B, C, ... of equal size, people of two sexes up to 79 years old, and two streams: labour
/// (everyone, drawn by income) and return (movers, to their region of birth). One policy raises the rate of
/// labour fourfold from the second year on, in the variant `open`. Every output is asked for: monthly stocks
/// by age and sex and flows by sex, yearly diaspora, relocations over a year, and the factor income. Built
/// without a file, so that layers above the reader can be tested without it.
inline Scenario recorded_scenario(const RecordedScenario& options = {}) {
  using std::chrono::January;
  const Date start = std::chrono::year{2010} / January / 1;
  const Date end = advance(start, {1, Duration::Unit::months}, options.months);
  const TimeGrid time(start, end, {1, Duration::Unit::months});
  Scenario scenario = empty_scenario(time, {}, Groups({{"sex", {"female", "male"}}}));
  scenario.title = Texts("A small scenario");
  scenario.seed = 7;
  scenario.description = Texts("For tests: a few regions – and a dash.");
  scenario.text = "sojourn: 1\ntitle: A small scenario\n";
  scenario.path = "small.yaml";
  scenario.tables = {{"regions.csv", std::string(64, 'a')}, {"population.csv", std::string(64, 'b')}};

  Factor income;
  income.name = "income";
  income.unit = "USD";
  income.places = FactorPlaces::region;
  income.between = Between::linear;
  income.knots = {start, end};
  for (std::size_t knot = 0; knot < 2; ++knot) {
    for (std::size_t r = 0; r < options.regions; ++r) {
      income.values.push_back(1000.0 * static_cast<double>(r + 1 + knot));
    }
  }
  scenario.factors = {income};
  scenario.parameters = {number("streams.labour.hazard.rate", options.rate), number("income", 0.5),
                         number("streams.return.hazard.rate", 2 * options.rate)};

  StartPopulation& population = scenario.population;
  population.ages = 80;
  population.stayers.assign(options.regions * 2 * population.ages, options.persons);
  population.arrival = UniformArrival{10};
  for (std::size_t r = 0; r < options.regions; ++r) {
    const std::string code(1, static_cast<char>('A' + r));
    scenario.regions.push_back({code, Texts("Région " + code), 10.0 * static_cast<double>(r), -5.0});
    for (std::size_t b = 0; b < options.regions; ++b) {
      if (b == r) continue;
      MoverRow row;
      row.residence = Region{r};
      row.birth = Region{b};
      row.cohort_from = Cohort{20};
      row.cohort_to = Cohort{60};
      row.persons = options.persons * 40;
      row.source = population.movers.size();
      population.movers.push_back(row);
    }
  }

  Stream labour;
  labour.name = "labour";
  labour.who.groups = {true, true};
  labour.who.residences.assign(options.regions, true);
  labour.hazard.rate = ParameterId{0};
  FactorTerm pull;
  pull.name = "income";
  pull.factor = FactorId{0};
  pull.transform = Transform::log;
  pull.comparison = Comparison::destination;
  pull.coefficient = ParameterId{1};
  labour.destination.pull = {pull};
  labour.becomes = {Group{0}, Group{1}};
  Stream back = labour;
  back.name = "return";
  back.who.foreign_born = true;
  back.hazard.rate = ParameterId{2};
  back.destination.choice_set = BirthRegion{};
  back.destination.pull.clear();
  scenario.streams = {labour, back};

  Policy open;
  open.name = "open_doors";
  open.from = advance(start, {1, Duration::Unit::years});
  Change change;
  change.target = ParameterId{0};
  change.kind = Change::Kind::scale;
  change.amount = 4;
  open.changes = {change};
  scenario.policies = {open};
  scenario.variants = {{"baseline", {}}, {"open", {PolicyId{0}}}};

  OutputRequest& output = scenario.output;
  output.every = 1;
  output.age_from = {0, 15, 65};
  output.stock_by_age = true;
  output.stock_attributes = {AttributeId{0}};
  output.flow_attributes = {AttributeId{0}};
  output.flow_layout = options.flow_layout;
  output.relocations_every = 12;
  output.diaspora_every = 12;
  output.factors = {FactorId{0}};
  return scenario;
}

}  // namespace sojourn::test
