#pragma once

#include <vector>

#include "tests/support/small_scenario.hpp"

namespace sojourn::test {

/// A factor by age that is the same at all times. Values: [place][group][age].
inline FactorId add_age_factor(Scenario& scenario, const std::string& name, FactorPlaces places,
                               bool by_group, std::vector<double> age_from, std::vector<double> values) {
  const FactorId id = add_factor(scenario, name, places, std::move(values), by_group);
  scenario.factors[id.index()].unit = "per year";
  scenario.factors[id.index()].age_from = std::move(age_from);
  return id;
}

/// Deaths at the rates of a factor.
inline Deaths& add_deaths(Scenario& scenario, FactorId factor) {
  Deaths& deaths = scenario.demography.deaths.emplace();
  deaths.who = everybody(scenario);
  deaths.hazard.rate = add_parameter(scenario, "demography.deaths.rate", {1.0});
  deaths.hazard.rate_factor = factor;
  return deaths;
}

/// Deaths at one rate.
inline Deaths& add_deaths(Scenario& scenario, double rate) {
  Deaths& deaths = scenario.demography.deaths.emplace();
  deaths.who = everybody(scenario);
  deaths.hazard.rate = add_parameter(scenario, "demography.deaths.rate", {rate});
  return deaths;
}

/// Births of everybody at one rate; children are like their parents.
inline Births& add_births(Scenario& scenario, double rate) {
  Births& births = scenario.demography.births.emplace();
  births.who = everybody(scenario);
  births.hazard.rate = add_parameter(scenario, "demography.births.rate", {rate});
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) births.newborn.push_back({{Group{g}, 1.0}});
  return births;
}

/// Births of women (group 0 of two) at the rates of a factor; of 205 children 105 are boys.
inline Births& add_births(Scenario& scenario, FactorId factor) {
  Births& births = add_births(scenario, 1.0);
  births.hazard.rate_factor = factor;
  births.who.groups = {true, false};
  births.newborn.assign(2, {{Group{0}, 100.0 / 205}, {Group{1}, 105.0 / 205}});
  return births;
}

}  // namespace sojourn::test
