#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace sojourn::test {

inline FactorId add_derived(Scenario& scenario, const std::string& name, const std::string& expression,
                            std::vector<DerivedInput> inputs) {
  Factor factor;
  factor.name = name;
  factor.unit = "1";
  factor.places = FactorPlaces::region;
  factor.knots = {scenario.time.start()};
  factor.derivation = Derivation{expression, {"small.yaml", 7, 3}, std::move(inputs)};
  scenario.factors.push_back(std::move(factor));
  return FactorId{scenario.factors.size() - 1};
}

/// People of some groups (all if none are given) that live in the region.
inline DerivedInput people(const Scenario& scenario, const std::string& name, std::vector<bool> groups = {},
                           std::size_t lag = 0) {
  Who who = everybody(scenario);
  if (!groups.empty()) who.groups = std::move(groups);
  return {name, PeopleInput{who}, lag};
}

inline DerivedInput factor_now(const std::string& name, FactorId factor) {
  return {name, FactorInput{factor, std::nullopt}, 0};
}

}  // namespace sojourn::test
