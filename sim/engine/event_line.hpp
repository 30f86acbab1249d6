#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/base/sampling.hpp"

namespace sojourn {

/// A Poisson process of rate 1 on a line on which agents lie side by side, each on an interval as long as its
/// hazard times the length of the step. An agent has an event if a point falls into its interval: with
/// probability 1 - exp(-length), exactly. Nothing is drawn for agents without a point: the gap to the next
/// point runs on from one stretch of agents to the next (gaps are exponential, and have no memory).
class EventLine {
 public:
  /// From this many expected events on, a stretch of alike agents is drawn by one binomial number instead,
  /// off the line.
  static constexpr double many = 5;
  /// From this many expected events on, a stretch is never passed as a whole: whatever is drawn off the line
  /// lies in such a stretch.
  static constexpr double certain_look = 1;

  explicit EventLine(RandomNumbers& random) : random_(&random), gap_(random.exponential()) {}

  /// Passes a stretch of `length` as a whole if it has no point. If not, its agents must be passed one by
  /// one, and together be as long as the stretch (`nobody` fills it up).
  [[nodiscard]] bool skip(double length) {
    if (length >= certain_look || gap_ < length) return false;
    gap_ -= length;
    return true;
  }

  /// Passes `agents` alike agents, each on an interval of `length`: how many have an event.
  [[nodiscard]] std::int64_t count(std::int64_t agents, double length) {
    double stretch = static_cast<double>(agents) * length;
    if (stretch >= many) {
      const double probability = -math::expm1(-length);
      if (static_cast<double>(agents) * probability >= many) {
        return draw_binomial(agents, probability, *random_);
      }
    }
    std::int64_t hits = 0;
    while (gap_ < stretch) {
      const auto hit = std::min(static_cast<std::int64_t>(gap_ / length), agents - 1);
      ++hits;
      // The rest of the hit agent's interval does not matter: the line goes on at the next agent.
      agents -= hit + 1;
      stretch = static_cast<double>(agents) * length;
      gap_ = random_->exponential();
    }
    gap_ -= stretch;
    return hits;
  }

  /// Passes `agents` agents with intervals of `length` and calls point(i) for each point in the interval of
  /// agent i, in order; an agent may be met more than once.
  template <class Point>
  void points(std::uint64_t agents, double length, const Point& point) {
    const double stretch = static_cast<double>(agents) * length;
    const double per_length = 1 / length;
    double place = gap_;
    while (place < stretch) {
      point(std::min(static_cast<std::uint64_t>(place * per_length), agents - 1));
      place += random_->exponential();
    }
    gap_ = place - stretch;
  }

  /// Passes a stretch on which nobody lies: by how much the bound of a stretch was too long.
  void nobody(double length) {
    while (gap_ < length) gap_ += random_->exponential();
    gap_ -= std::max(0.0, length);
  }

 private:
  RandomNumbers* random_;
  double gap_;
};

}  // namespace sojourn
