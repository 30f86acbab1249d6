#pragma once

#include <cstddef>
#include <string>

#include "tests/support/small_scenario.hpp"

namespace sojourn::test {

/// A term of those who have `from` of an attribute, after which they have `to`. The scenario was made with
/// its name among the queues; `join_queues` comes when all is said.
inline Queue& add_term(Scenario& scenario, const std::string& name, std::size_t attribute, std::size_t from,
                       std::size_t to, const std::string& length) {
  Transition& transition = add_transition(scenario, name, 0, attribute, to);
  for (std::size_t g = 0; g < scenario.groups.count(); ++g)
    transition.who.groups[g] = scenario.groups.value(Group{g}, AttributeId{attribute}) == from;
  Queue& queue = add_queue(scenario, scenario.transitions.size() - 1, 0);
  queue.joins_at_once = queue.is_unlimited = queue.stays_on_moves = true;
  queue.takes = parse_duration(length);
  return queue;
}

/// An office for all that serves all who ask at once, or whom the rate brings.
inline Queue& add_open_office(Scenario& scenario, std::size_t transition, bool at_once) {
  Queue& queue = add_queue(scenario, transition, 1e12);
  queue.joins_at_once = at_once;
  return queue;
}

}  // namespace sojourn::test
