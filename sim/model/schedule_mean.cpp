#include "sim/model/schedule_mean.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
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

/// Sums over people, and their means.
class Sums {
 public:
  void add(double persons, double age, double value) {
    persons_ += persons;
    ages_ += persons * age;
    values_ += persons * value;
  }
  [[nodiscard]] ScheduleReference result() const {
    if (persons_ <= 0) return {};
    return {persons_, ages_ / persons_, values_ / persons_};
  }

 private:
  double persons_ = 0;
  double ages_ = 0;
  double values_ = 0;
};

/// Adds up people of the start, each year of age by its middle.
class StartReference {
 public:
  StartReference(const Scenario& scenario, const Who& who, const Hazard& hazard)
      : scenario_(scenario),
        who_(who),
        everybody_(hazard.schedule_mean == ScheduleMean::everybody),
        by_region_(hazard.schedule_mean == ScheduleMean::region),
        sums_(by_region_ ? scenario.region_count() : 1) {
    for (std::size_t c = 0; c < scenario.population.ages; ++c)
      values_.push_back(schedule_mean(hazard.schedule, age(c)));
  }

  void add_stayers() {
    const StartPopulation& start = scenario_.population;
    const std::size_t groups = scenario_.groups.count();
    for (std::size_t i = 0; i < start.stayers.size(); ++i) {
      const std::size_t cell = i / start.ages;
      add(cell / groups, cell % groups, false, i % start.ages, start.stayers[i]);
    }
  }

  void add_movers() {
    for (const MoverRow& row : scenario_.population.movers) {
      const auto width = static_cast<double>(row.cohort_to.index() - row.cohort_from.index());
      for (std::size_t c = row.cohort_from.index(); c < row.cohort_to.index(); ++c)
        add(row.residence.index(), row.group.index(), row.birth != row.residence, c, row.persons / width);
    }
  }

  [[nodiscard]] std::vector<ScheduleReference> results() const {
    std::vector<ScheduleReference> all;
    all.reserve(sums_.size());
    for (const Sums& sums : sums_) all.push_back(sums.result());
    return all;
  }

 private:
  [[nodiscard]] double age(std::size_t cohort) const {
    return static_cast<double>(scenario_.population.ages - 1 - cohort) + 0.5;
  }

  void add(std::size_t region, std::size_t group, bool foreign_born, std::size_t cohort, double persons) {
    const bool named = who_.residences[region] && who_.groups[group] &&
                       who_.foreign_born.value_or(foreign_born) == foreign_born &&
                       names_age(who_, age(cohort));
    if (named || everybody_) sums_[by_region_ ? region : 0].add(persons, age(cohort), values_[cohort]);
  }

  const Scenario& scenario_;
  const Who& who_;
  bool everybody_;
  bool by_region_;
  std::vector<double> values_;
  std::vector<Sums> sums_;
};

/// Of a standard population those whom `who` names by their age.
ScheduleReference standard_reference(const Who& who, const Hazard& hazard) {
  Sums sums;
  for (std::size_t year = 0; year < hazard.standard.size(); ++year) {
    const double age = static_cast<double>(year) + 0.5;
    if (names_age(who, age)) sums.add(hazard.standard[year], age, schedule_mean(hazard.schedule, age));
  }
  return sums.result();
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

std::vector<ScheduleReference> schedule_references(const Scenario& scenario, const Who& who,
                                                   const Hazard& hazard) {
  if (hazard.schedule_mean == ScheduleMean::standard) return {standard_reference(who, hazard)};
  StartReference start(scenario, who, hazard);
  start.add_stayers();
  start.add_movers();
  return start.results();
}

std::vector<double> schedule_divisors(const Scenario& scenario, const Who& who, const Hazard& hazard) {
  if (hazard.schedule_mean == ScheduleMean::as_given) return {1.0};
  std::vector<double> divisors;
  for (const ScheduleReference& reference : schedule_references(scenario, who, hazard))
    divisors.push_back(reference.mean > 0 ? reference.mean : 1.0);
  return divisors;
}

}  // namespace sojourn
