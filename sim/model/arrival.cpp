#include "sim/model/arrival.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn {

ArrivalClock::ArrivalClock(const TimeGrid& time, double longest)
    : years_before_(static_cast<std::uint32_t>(std::ceil(longest)) + 1) {
  boundaries_.push_back(0);
  for (std::size_t i = 0; i < time.steps(); ++i) {
    boundaries_.push_back(time.elapsed(i + 1));
    const auto year = static_cast<std::uint32_t>(time.middle(Step{i}));
    while (first_step_.size() <= year) first_step_.push_back(static_cast<std::uint32_t>(i));
    year_of_step_.push_back(year);
    offsets_ = std::max<std::size_t>(offsets_, i + 1 - first_step_[year]);
  }
  const double mean_step = time.elapsed(time.steps()) / static_cast<double>(time.steps());
  slots_per_year_ = static_cast<std::uint32_t>(std::max(1.0, std::nearbyint(1.0 / mean_step)));
  offsets_ = std::max<std::size_t>(offsets_, slots_per_year_);
}

ArrivalCode ArrivalClock::before_start(double years) const {
  const double slot = std::floor(years * slots_per_year_);
  const double last = static_cast<double>(years_before_) * slots_per_year_ - 1;
  return static_cast<ArrivalCode>(-1 - std::clamp(slot, 0.0, last));
}

ArrivalClock::Place ArrivalClock::place(ArrivalCode code) const {
  if (code >= 0) {
    const std::uint32_t year = year_of_step_[static_cast<std::size_t>(code)];
    return {years_before_ + year, static_cast<std::uint32_t>(code) - first_step_[year]};
  }
  const auto slot = static_cast<std::uint32_t>(-1 - code);
  return {years_before_ - 1 - slot / slots_per_year_, slot % slots_per_year_};
}

ArrivalCode ArrivalClock::code(Place place) const {
  if (place.year >= years_before_) {
    return static_cast<ArrivalCode>(first_step_[place.year - years_before_] + place.offset);
  }
  return -1 - static_cast<ArrivalCode>((years_before_ - 1 - place.year) * slots_per_year_ + place.offset);
}

ArrivalClock::Stay ArrivalClock::stay(Place place, double elapsed) const {
  if (place.year >= years_before_) {
    const std::size_t step = first_step_[place.year - years_before_] + place.offset;
    return {elapsed - boundaries_[step + 1], boundaries_[step + 1] - boundaries_[step]};
  }
  const double slot = (years_before_ - 1 - place.year) * slots_per_year_ + place.offset;
  return {elapsed + slot / slots_per_year_, 1.0 / slots_per_year_};
}

ArrivalClock::Range ArrivalClock::stays(std::uint32_t year, double from, double to) const {
  if (year >= years_before_) {
    const std::size_t of_run = year - years_before_;
    const std::size_t first = first_step_[of_run];
    const std::size_t last =
        of_run + 1 < first_step_.size() ? first_step_[of_run + 1] : boundaries_.size() - 1;
    return {from - boundaries_[last], to - boundaries_[first]};
  }
  const double years_ago = years_before_ - 1 - year;
  // Year 0 holds all who came before it, too.
  return {from + years_ago, year == 0 ? std::numeric_limits<double>::infinity() : to + years_ago + 1};
}

}  // namespace sojourn
