#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/random.hpp"
#include "sim/base/sampling.hpp"
#include "sim/model/event_ages.hpp"

namespace sojourn {

/// Draws how many of those who have an event are older than the bound of recorded ages that cuts their
/// cohort. The random numbers are used for nothing else, so that what is recorded by age changes no run.
class AgeDraws {
 public:
  AgeDraws(const EventAges& ages, RunKey key, RandomName name) : ages_(&ages), key_(key), name_(name) {}

  /// How many are of the older group among `agents` of one cell and cohort who have an event.
  [[nodiscard]] std::int64_t older(EventId event, Region region, Group group, Cohort cohort,
                                   std::int64_t agents) {
    if (!ages_->groups().cuts(cohort)) return 0;
    if (!random_) random_.emplace(key_, name_);
    const double share = ages_->older_share(event, region, group, cohort);
    if (agents == 1) return random_->uniform() < share ? 1 : 0;
    return draw_binomial(agents, share, *random_);
  }

 private:
  const EventAges* ages_;
  RunKey key_;
  RandomName name_;
  /// Opened when the first is drawn.
  std::optional<RandomNumbers> random_;
};

}  // namespace sojourn
