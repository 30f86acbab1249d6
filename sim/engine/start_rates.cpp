#include "sim/engine/start_rates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "sim/model/entry.hpp"
#include "sim/model/event_kind.hpp"

namespace sojourn {

namespace {

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

StartRate named(StartRate::Kind kind, std::string name, const Hazard& hazard) {
  StartRate rate;
  rate.kind = kind;
  rate.name = std::move(name);
  rate.rate = hazard.rate;
  rate.factor = hazard.rate_factor;
  return rate;
}

/// What a kind of event is called before a run.
struct RateOf {
  using Kind = StartRate::Kind;
  StartRate operator()(const Stream& stream) const { return named(Kind::stream, stream.name, stream.hazard); }
  StartRate operator()(const Transition& transition) const {
    return named(Kind::transition, transition.name, transition.hazard);
  }
  StartRate operator()(const GivingUp& giving_up) const {
    const Queue& queue = giving_up.queue;
    return named(Kind::giving_up, queue.name, queue.giving_up);
  }
  StartRate operator()(const Outflow& outflow) const {
    return named(Kind::outflow, outflow.name, outflow.hazard);
  }
  StartRate operator()(const Deaths& deaths) const { return named(Kind::deaths, "", deaths.hazard); }
  StartRate operator()(const Births& births) const { return named(Kind::births, "", births.hazard); }
};

/// In the order of `event_kinds`.
std::vector<StartRate> rates_of(const Scenario& scenario) {
  std::vector<StartRate> rates;
  for (const EventKind& kind : event_kinds(scenario)) rates.push_back(kind.visit(RateOf()));
  return rates;
}

/// Adds up the hazards of all agents.
class HazardSums {
 public:
  /// `persons`: those of an agent.
  HazardSums(const Hazards& hazards, double persons, std::size_t groups, std::vector<StartRate>& rates)
      : hazards_(&hazards), persons_(persons), rates_(&rates), values_(hazards.events()) {
    for (StartRate& rate : rates) {
      rate.events.assign(groups, 0.0);
      rate.concerned.assign(groups, 0.0);
    }
  }

  void add(const Population& population, std::size_t cell, std::size_t group) {
    const std::span<const std::int64_t> agents = population.counted(cell);
    for (std::size_t c = 0; c < agents.size(); ++c) {
      if (agents[c] == 0) continue;
      (void)hazards_->stayer(cell, Cohort{c}, values_);
      note(group, static_cast<double>(agents[c]));
    }
    for (const Block& block : population.movers().blocks(cell)) {
      for (std::uint64_t i = 0; i < block.size; ++i) {
        (void)hazards_->mover(cell, block.key, population.movers().read(block, i), values_);
        note(group, 1);
      }
    }
  }

 private:
  void note(std::size_t group, double agents) {
    for (std::size_t e = 0; e < values_.size(); ++e) {
      if (values_[e] <= 0) continue;
      (*rates_)[e].events[group] += values_[e] * agents * persons_;
      (*rates_)[e].concerned[group] += agents * persons_;
    }
  }

  const Hazards* hazards_;
  double persons_;
  std::vector<StartRate>* rates_;
  std::vector<double> values_;
};

}  // namespace

std::string StartRate::label() const {
  switch (kind) {
    case Kind::births:
      return "births";
    case Kind::deaths:
      return "deaths";
    case Kind::stream:
      return "stream '" + name + "'";
    case Kind::transition:
      return "transition '" + name + "'";
    case Kind::giving_up:
      return "giving up in transition '" + name + "'";
    case Kind::outflow:
      break;
  }
  return "outflow '" + name + "'";
}

double StartRate::for_each_concerned() const {
  const double persons = sum_of(concerned);
  return persons > 0 ? sum_of(events) / persons : 0;
}

double StartRates::all_persons() const { return sum_of(persons); }

StartRates start_rates(const StartSketch& sketch) {
  const Scenario& scenario = sketch.scenario();
  const Simulation& simulation = sketch.simulation();
  const Population& population = simulation.population();
  const std::size_t groups = scenario.groups.count();
  const double persons = scenario.persons_per_agent * sketch.scale();

  StartRates result;
  result.persons.assign(groups, 0.0);
  std::vector<StartRate> rates = rates_of(scenario);
  std::vector<StartRate> births;
  HazardSums sums(simulation.hazards(), persons, groups, rates);
  std::optional<HazardSums> birth_sums;
  if (const Hazards* fertility = simulation.fertility()) {
    births.push_back(RateOf()(*scenario.demography.births));
    birth_sums.emplace(*fertility, persons, groups, births);
  }
  for (std::size_t cell = 0; cell < scenario.cell_count(); ++cell) {
    const std::size_t group = cell % groups;
    result.persons[group] += static_cast<double>(population.noted(cell)) * persons;
    sums.add(population, cell, group);
    if (birth_sums) birth_sums->add(population, cell, group);
  }
  result.rates = std::move(births);
  if (scenario.demography.deaths) std::rotate(rates.begin(), std::prev(rates.end()), rates.end());
  result.rates.insert(result.rates.end(), std::make_move_iterator(rates.begin()),
                      std::make_move_iterator(rates.end()));
  for (const Inflow& inflow : scenario.inflows) {
    StartInflow& entry = result.inflows.emplace_back(StartInflow{inflow.name, 0});
    for (std::size_t r = 0; r < scenario.region_count(); ++r) {
      const bool into = inflow.into.residences[r];
      entry.by_region.push_back(into ? persons_at(inflow.number, Region{r}, simulation.numbers()) : 0);
    }
    entry.persons = sum_of(entry.by_region);
  }
  return result;
}

std::string of_factor(const Scenario& scenario, const StartRate& rate) {
  return rate.factor ? fmt::format(" (factor '{}')", scenario.factors[rate.factor->index()].name) : "";
}

}  // namespace sojourn
