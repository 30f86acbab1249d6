#include "sim/model/schedule.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace sojourn {

/// The duration is a sum of two uniform numbers, so the mean of a step of the table from 0 to 1 is a second
/// difference of the square of what lies beyond it.
double stay_ratio(const StayTable& table, double shortest, double width, double step) {
  if (table.from_years.empty()) return 1.0;
  const auto beyond = [](double years) { return years > 0 ? 0.5 * years * years : 0.0; };
  double mean = table.ratio[0];
  for (std::size_t i = 1; i < table.ratio.size(); ++i) {
    const double from = shortest - table.from_years[i];
    if (from + width + step <= 0) break;
    if (from >= 0) {
      mean = table.ratio[i];
      continue;
    }
    const double share =
        (beyond(from + width + step) - beyond(from + width) - beyond(from + step) + beyond(from)) /
        (width * step);
    mean += (table.ratio[i] - table.ratio[i - 1]) * std::clamp(share, 0.0, 1.0);
  }
  return std::max(0.0, mean);
}

StayRange stay_range(const StayTable& table, double shortest, double longest) {
  if (table.from_years.empty()) return {};
  StayRange range{std::numeric_limits<double>::infinity(), 0};
  for (std::size_t i = 0; i < table.ratio.size(); ++i) {
    const bool begins = i == 0 || table.from_years[i] <= longest;
    const bool ends = i + 1 < table.ratio.size() && table.from_years[i + 1] < shortest;
    if (!begins || ends) continue;
    range.least = std::min(range.least, table.ratio[i]);
    range.largest = std::max(range.largest, table.ratio[i]);
  }
  return range;
}

std::vector<double> schedule_by_cohort(const Who& who, const Hazard& hazard, double divisor,
                                       const Cohorts& cohorts, double elapsed) {
  std::vector<double> values(cohorts.count());
  for (std::size_t c = 0; c < values.size(); ++c) {
    const Cohorts::Ages ages = cohorts.ages(Cohort{c}, elapsed);
    if (ages.to <= ages.from) continue;
    const double width = ages.to - ages.from;
    const bool all = who.age_from <= ages.from && who.age_to >= ages.to;
    values[c] = (all ? schedule_mean(hazard.schedule, cohorts.age(Cohort{c}, elapsed), width)
                     : exposed_schedule(who, hazard.schedule, ages.from, ages.to) / width) /
                divisor;
  }
  return values;
}

}  // namespace sojourn
