#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace sojourn::test {

/// An outcome as one would write it: values of attributes, by their numbers.
struct Comes {
  std::string name{};
  double weight = 0;
  std::vector<std::pair<std::size_t, std::size_t>> becomes{};
  bool leaves = false;
};

inline Outcome outcome_of(Scenario& scenario, const std::string& transition, const Comes& one) {
  Outcome outcome;
  outcome.name = transition + '/' + one.name;
  outcome.where = {"small.yaml", 1, 1};
  outcome.leaves = one.leaves;
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    Group group{g};
    for (const auto& [attribute, value] : one.becomes)
      group = scenario.groups.with(group, AttributeId{attribute}, value);
    outcome.becomes.push_back(group);
  }
  return outcome;
}

/// A transition of all whom an outcome changes, at one rate a year, that comes to one of several outcomes.
inline Transition& add_decision(Scenario& scenario, const std::string& name, double rate,
                                const std::vector<Comes>& outcomes) {
  Transition transition;
  transition.name = name;
  transition.where = transition.outcomes_where = {"small.yaml", 1, 1};
  transition.who = everybody(scenario);
  transition.hazard.rate = add_parameter(scenario, "transitions." + name + ".rate", {rate});
  for (const Comes& one : outcomes) {
    transition.outcomes.push_back(outcome_of(scenario, name, one));
    transition.outcomes.back().weight.rate =
        add_parameter(scenario, "transitions." + name + ".outcomes." + one.name + ".weight", {one.weight});
  }
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    transition.becomes.emplace_back(g);
    bool changes = false;
    for (const Outcome& outcome : transition.outcomes)
      changes = changes || outcome.leaves || outcome.becomes[g] != Group{g};
    transition.who.groups[g] = changes;
  }
  scenario.transitions.push_back(std::move(transition));
  return scenario.transitions.back();
}

/// What becomes of those who give up waiting for a transition.
inline void add_given_up(Scenario& scenario, std::size_t transition, Comes one) {
  one.name = "given_up";
  Transition& of = scenario.transitions[transition];
  of.given_up = outcome_of(scenario, of.name, one);
}

}  // namespace sojourn::test
