#include "sim/model/schedule.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <variant>

#include "sim/base/math.hpp"

namespace sojourn {

namespace {

/// Gauss-Legendre with 5 nodes: exact for polynomials of degree 9, and better than 1e-9 for the schedule over
/// a year of age.
double mean_of(const RogersCastro& parameters, double from, double to) {
  constexpr std::array<double, 3> node = {0.0, 0.5384693101056831, 0.9061798459386640};
  constexpr std::array<double, 3> weight = {0.5688888888888889, 0.4786286704993665, 0.2369268850561891};
  const double middle = 0.5 * (from + to);
  const double half = 0.5 * (to - from);
  double sum = weight[0] * rogers_castro(parameters, middle);
  for (std::size_t i = 1; i < node.size(); ++i) {
    sum += weight[i] * (rogers_castro(parameters, middle - half * node[i]) +
                        rogers_castro(parameters, middle + half * node[i]));
  }
  return 0.5 * sum;
}

double mean_of(const AgeTable& table, double from, double to) {
  double integral = 0;
  for (std::size_t i = 0; i < table.from_age.size(); ++i) {
    const double low = std::max(from, table.from_age[i]);
    const double high = i + 1 < table.from_age.size() ? std::min(to, table.from_age[i + 1]) : to;
    if (high > low) integral += (high - low) * table.value[i];
  }
  return integral / (to - from);
}

double mean_of(const FlatSchedule& /*flat*/, double /*from*/, double /*to*/) { return 1.0; }

bool names_age(const Who& who, double age) { return age >= who.age_from && age < who.age_to; }

/// Sums of persons and of persons times schedule, over those whose mean shall be 1.
class WeightedMean {
 public:
  WeightedMean(const Scenario& scenario, const Who& who, const Hazard& hazard)
      : who_(who),
        cohorts_(scenario.population.ages),
        everybody_(hazard.schedule_mean == ScheduleMean::everybody) {
    for (std::size_t c = 0; c < cohorts_.count(); ++c) {
      values_.push_back(schedule_mean(hazard.schedule, cohorts_.age(Cohort{c}, 0)));
    }
  }

  void add(Region residence, Group group, bool foreign_born, Cohort cohort, double persons) {
    if (!everybody_ && !names(residence, group, foreign_born, cohort)) return;
    persons_ += persons;
    sum_ += persons * values_[cohort.index()];
  }

  [[nodiscard]] bool empty() const { return persons_ <= 0 || sum_ <= 0; }
  [[nodiscard]] double mean() const { return sum_ / persons_; }

 private:
  [[nodiscard]] bool names(Region residence, Group group, bool foreign_born, Cohort cohort) const {
    return who_.residences[residence.index()] && who_.groups[group.index()] &&
           who_.foreign_born.value_or(foreign_born) == foreign_born &&
           names_age(who_, cohorts_.age(cohort, 0));
  }

  const Who& who_;
  Cohorts cohorts_;
  bool everybody_;
  std::vector<double> values_;
  double persons_ = 0;
  double sum_ = 0;
};

double unweighted_mean(const Who& who, const Hazard& hazard) {
  double sum = 0;
  double ages = 0;
  for (int year = 0; year < 100; ++year) {
    const double age = year + 0.5;
    if (!names_age(who, age)) continue;
    sum += schedule_mean(hazard.schedule, age);
    ++ages;
  }
  return ages > 0 && sum > 0 ? sum / ages : 1.0;
}

}  // namespace

double rogers_castro(const RogersCastro& p, double age) {
  const double since_entry = age - p.mu2;
  return p.a1 * math::exp(-p.alpha1 * age) +
         p.a2 * math::exp(-p.alpha2 * since_entry - math::exp(-p.lambda2 * since_entry)) + p.c;
}

double schedule_mean(const AgeSchedule& schedule, double age, double width) {
  const double from = std::max(0.0, age - 0.5 * width);
  const double to = std::max(from + 1e-9, age + 0.5 * width);
  return std::visit([&](const auto& kind) { return mean_of(kind, from, to); }, schedule);
}

double exposed_schedule(const Who& who, const AgeSchedule& schedule, double from, double to) {
  const double lowest = std::max(from, who.age_from);
  const double highest = std::min(to, who.age_to);
  if (highest <= lowest) return 0;
  return (highest - lowest) *
         std::visit([&](const auto& kind) { return mean_of(kind, lowest, highest); }, schedule);
}

double schedule_divisor(const Scenario& scenario, const Who& who, const Hazard& hazard) {
  if (hazard.schedule_mean == ScheduleMean::as_given) return 1.0;
  WeightedMean mean(scenario, who, hazard);
  const StartPopulation& start = scenario.population;
  const std::size_t groups = scenario.groups.count();
  for (std::size_t i = 0; i < start.stayers.size(); ++i) {
    const std::size_t cell = i / start.ages;
    mean.add(Region{cell / groups}, Group{cell % groups}, false, Cohort{i % start.ages}, start.stayers[i]);
  }
  for (const MoverRow& row : start.movers) {
    const auto width = static_cast<double>(row.cohort_to.index() - row.cohort_from.index());
    for (std::size_t c = row.cohort_from.index(); c < row.cohort_to.index(); ++c) {
      mean.add(row.residence, row.group, row.birth != row.residence, Cohort{c}, row.persons / width);
    }
  }
  return mean.empty() ? unweighted_mean(who, hazard) : mean.mean();
}

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
