#include "sim/scenario/queues.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace sojourn {

namespace {

/// The groups, and whom each queue is open to.
class Joining {
 public:
  explicit Joining(const Scenario& scenario) : groups_(scenario.groups) {
    for (const Queue& queue : scenario.queues) {
      open_to_.push_back(scenario.transitions[queue.transition.index()].who.groups);
      stays_on_moves_.push_back(queue.stays_on_moves);
    }
  }

  /// The group without the queues that are not open to it any more.
  [[nodiscard]] Group kept(Group group) const {
    for (std::size_t q = 0; q < open_to_.size(); ++q) {
      if (!open_to_[q][groups_.left_all(group).index()]) group = groups_.left(group, QueueId{q});
    }
    return group;
  }

  /// The group of movers without the queues that they leave: all but terms that go on.
  [[nodiscard]] Group moved(Group group) const {
    for (std::size_t q = 0; q < stays_on_moves_.size(); ++q) {
      if (!stays_on_moves_[q]) group = groups_.left(group, QueueId{q});
    }
    return kept(group);
  }

  void join(Transition& transition) const {
    for (Outcome& outcome : transition.outcomes) join(outcome, transition.queue);
    if (transition.given_up) join(*transition.given_up, transition.queue);
    for (std::size_t g = 0; g < groups_.count(); ++g) {
      const Group group{g};
      if (!transition.queue) {
        transition.becomes[g] = kept(transition.becomes[g]);
        continue;
      }
      if (groups_.waits(group, *transition.queue)) transition.who.groups[g] = false;
      transition.becomes[g] = groups_.joined(group, *transition.queue);
    }
  }

  /// Of a queue whose transition has not joined it yet.
  void serve(Queue& queue, QueueId id, const Transition& transition) const {
    queue.served.clear();
    for (std::size_t g = 0; g < groups_.count(); ++g) {
      queue.who.groups[g] = groups_.waits(Group{g}, id);
      queue.served.push_back(kept(groups_.left(transition.becomes[g], id)));
    }
  }

 private:
  /// Of a transition that waits in this queue, if it has one, until it is made or given up.
  void join(Outcome& outcome, std::optional<QueueId> queue) const {
    for (Group& group : outcome.becomes) group = kept(queue ? groups_.left(group, *queue) : group);
  }

  const Groups& groups_;
  std::vector<std::vector<bool>> open_to_;
  std::vector<bool> stays_on_moves_;
};

}  // namespace

void join_queues(Scenario& scenario) {
  if (scenario.queues.empty()) return;
  const Groups& groups = scenario.groups;
  const Joining joining(scenario);
  for (std::size_t q = 0; q < scenario.queues.size(); ++q) {
    Queue& queue = scenario.queues[q];
    joining.serve(queue, QueueId{q}, scenario.transitions[queue.transition.index()]);
  }
  for (Transition& transition : scenario.transitions) joining.join(transition);
  for (Stream& stream : scenario.streams) {
    for (Group& group : stream.becomes) group = joining.moved(group);
  }
  if (!scenario.demography.births) return;
  for (std::vector<GroupShare>& shares : scenario.demography.births->newborn) {
    for (GroupShare& share : shares) share.group = groups.left_all(share.group);
  }
}

}  // namespace sojourn
