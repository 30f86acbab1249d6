#include "sim/model/waiting.hpp"

#include <algorithm>

#include "sim/base/sampling.hpp"

namespace sojourn {

Waiting::Waiting(const Groups& groups, std::size_t regions, std::size_t cohorts)
    : groups_(groups.count()),
      unqueued_(groups.unqueued()),
      cohorts_(cohorts),
      lists_(regions * (groups_ - unqueued_) * cohorts) {}

void Waiting::add(std::size_t cell, Cohort cohort, Ticket ticket, std::int64_t agents) {
  std::vector<Waiters>& list = lists_[place(cell, cohort)];
  const auto found =
      std::lower_bound(list.begin(), list.end(), ticket,
                       [](const Waiters& waiters, Ticket sought) { return waiters.ticket < sought; });
  if (found != list.end() && found->ticket == ticket) {
    found->agents += agents;
  } else {
    list.insert(found, {ticket, agents});
  }
}

void Waiting::take(std::size_t cell, Cohort cohort, Ticket ticket, std::int64_t agents) {
  add(cell, cohort, ticket, -agents);
  std::erase_if(lists_[place(cell, cohort)], [](const Waiters& waiters) { return waiters.agents == 0; });
}

std::vector<Waiters> Waiting::draw_out(std::size_t cell, Cohort cohort, std::int64_t agents,
                                       RandomNumbers& random) {
  std::vector<Waiters>& list = lists_[place(cell, cohort)];
  std::int64_t all = 0;
  for (const Waiters& waiters : list) all += waiters.agents;
  std::vector<Waiters> out;
  for (Waiters& waiters : list) {
    if (agents == 0) break;
    const std::int64_t taken = draw_hypergeometric(all, waiters.agents, agents, random);
    all -= waiters.agents;
    agents -= taken;
    waiters.agents -= taken;
    if (taken > 0) out.push_back({waiters.ticket, taken});
  }
  std::erase_if(list, [](const Waiters& waiters) { return waiters.agents == 0; });
  return out;
}

std::int64_t Waiting::count(std::size_t cell) const {
  std::int64_t sum = 0;
  for (std::size_t c = 0; c < cohorts_; ++c) {
    for (const Waiters& waiters : at(cell, Cohort{c})) sum += waiters.agents;
  }
  return sum;
}

std::size_t Waiting::bytes() const {
  std::size_t sum = lists_.capacity() * sizeof(std::vector<Waiters>);
  for (const std::vector<Waiters>& list : lists_) sum += list.capacity() * sizeof(Waiters);
  return sum;
}

}  // namespace sojourn
