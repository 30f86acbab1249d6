#include "sim/engine/usual_tally.hpp"

namespace sojourn {

UsualTally::UsualTally(const Scenario& scenario) : regions_(scenario.region_count()) {
  if (!scenario.output.usual_every) return;
  year_steps_ = scenario.output.year_steps;
  interval_steps_ = *scenario.output.usual_every;
  intervals_ = (scenario.time.steps() + interval_steps_ - 1) / interval_steps_;
  // The running one, and those of the twelve months before it.
  kept_ = (year_steps_ + interval_steps_ - 1) / interval_steps_ + 2;
  counts_.resize(kept_ * regions_ * regions_);
}

std::vector<std::int64_t> UsualTally::take(std::size_t interval) {
  std::vector<std::int64_t> result(regions_ * regions_);
  for (std::size_t d = 0; d < regions_; ++d) {
    for (std::size_t o = 0; o < regions_; ++o) {
      std::int64_t& count = counts_[(interval % kept_ * regions_ + d) * regions_ + o];
      result[o * regions_ + d] = count;
      count = 0;
    }
  }
  return result;
}

}  // namespace sojourn
