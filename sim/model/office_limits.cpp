#include "sim/model/office_limits.hpp"

#include <algorithm>
#include <cmath>

#include "sim/model/entry.hpp"
#include "sim/scenario/queues.hpp"

namespace sojourn {

namespace {

/// Whole agents; a number that only rounding keeps below a whole one is that one.
std::int64_t whole(double agents) {
  constexpr double tolerance = 1e-6;
  return static_cast<std::int64_t>(std::floor(agents + tolerance));
}

/// A limit beyond all people is as good as none.
constexpr double no_limit = 1e15;

}  // namespace

OfficeLimits::Place OfficeLimits::place_of(const Queue& queue, Step step) const {
  if (queue.period == Queue::Period::step) return {};
  const TimeGrid& time = scenario_->time;
  const auto period_at = [&](int number) {
    return period_of(queue.period, advance(time.start(), time.step_length(), number));
  };
  const int here = static_cast<int>(step.value);
  const std::int64_t period = period_at(here);
  int first = here;
  while (period_at(first - 1) == period) --first;
  int end = here + 1;
  while (period_at(end) == period) ++end;
  return {static_cast<std::size_t>(here - first), static_cast<std::size_t>(end - first)};
}

OfficeLimits::OfficeLimits(const Scenario& scenario)
    : scenario_(&scenario), offices_(scenario.queues.size() * scenario.region_count()) {
  for (const Queue& queue : scenario.queues) {
    std::vector<Place>& places = places_.emplace_back();
    for (std::size_t s = 0; s < scenario.time.steps(); ++s) places.push_back(place_of(queue, Step{s}));
  }
}

std::int64_t OfficeLimits::in_step(QueueId queue, Region office, Step step, const Numbers& numbers) {
  const Queue& of = scenario_->queues[queue.index()];
  const Place place = places_[queue.index()][step.index()];
  Office& here = at(queue, office);
  if (place.before == 0 || step.value == 0) {
    const double all = here.carried + here.limit;
    here = {0, std::max(0.0, all - static_cast<double>(whole(all))), 0};
  }
  const double agents = persons_at(of.limit, office, numbers) / scenario_->persons_per_agent;
  here.limit = std::clamp(agents, 0.0, no_limit);
  if (!of.spread_evenly) return std::max<std::int64_t>(0, whole(here.carried + here.limit) - here.served);
  const auto steps = static_cast<double>(place.steps);
  const auto until = [&](std::size_t done) {
    return whole(here.carried + here.limit * static_cast<double>(done) / steps);
  };
  return until(place.before + 1) - (place.before > 0 ? until(place.before) : 0);
}

void OfficeLimits::note_served(QueueId queue, Region office, std::int64_t agents) {
  at(queue, office).served += agents;
}

}  // namespace sojourn
