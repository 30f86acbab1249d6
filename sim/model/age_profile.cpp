#include "sim/model/age_profile.hpp"

#include <algorithm>
#include <span>

#include "sim/model/schedule.hpp"

namespace sojourn {

namespace {

/// The factor by age that is the rate; null if there is none.
const Factor* factor_of_ages(const Scenario& scenario, const Hazard& hazard) {
  if (!hazard.rate_factor) return nullptr;
  const Factor& factor = scenario.factors[hazard.rate_factor->index()];
  return factor.by_age() ? &factor : nullptr;
}

}  // namespace

AgeProfile::AgeProfile(const Scenario& scenario, const EventKind& kind, double divisor)
    : scenario_(&scenario), kind_(kind), divisor_(divisor), cohorts_(scenario) {
  const Factor* const factor = factor_of_ages(scenario, kind.hazard());
  if (factor != nullptr) {
    stride_ = cohorts_.count();
    values_.resize(scenario.cell_count() * stride_);
    ages_ = AgeRates(factor->age_from, cohorts_, {kind.who().age_from, kind.who().age_to});
  }
  bounds_.resize(factor != nullptr ? values_.size() : cohorts_.count());
}

/// The bounds of a factor are those of the year's ages at the factor as it is now, so that no policy of the
/// future has any effect; a factor that rises beyond the room they have makes new ones.
bool AgeProfile::update(const Numbers& now, Step step, const YearOfSteps& year, bool new_year) {
  if (!differs_between_cells()) {
    if (new_year) take_schedule(year);
    current_ = (step.index() - year.first) * cohorts_.count();
    return new_year;
  }
  const Field& field = now.factor(*kind_.hazard().rate_factor);
  if (take_factor(field, step) && !new_year) return false;
  bound_factor(field, step, year);
  return true;
}

void AgeProfile::take_schedule(const YearOfSteps& year) {
  values_.clear();
  bounds_.assign(cohorts_.count(), 0.0);
  for (std::size_t i = year.first; i < year.last; ++i) {
    const std::vector<double> of_step =
        schedule_by_cohort(kind_.who(), kind_.hazard(), divisor_, cohorts_, scenario_->time.middle(Step{i}));
    values_.insert(values_.end(), of_step.begin(), of_step.end());
    for (std::size_t c = 0; c < of_step.size(); ++c) bounds_[c] = std::max(bounds_[c], of_step[c]);
  }
}

bool AgeProfile::take_factor(const Field& field, Step step) {
  const std::size_t groups = scenario_->groups.count();
  ages_.set_time(scenario_->time.middle(step));
  bool fits = true;
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    const auto values = std::span(values_).subspan(cell * stride_, stride_);
    const auto bounds = std::span(bounds_).subspan(cell * stride_, stride_);
    ages_.by_cohort(field.by_age(Region{cell / groups}, Group{cell % groups}), values);
    for (std::size_t c = 0; c < values.size() && fits; ++c) fits = values[c] <= bounds[c];
  }
  return fits;
}

void AgeProfile::bound_factor(const Field& field, Step step, const YearOfSteps& year) {
  constexpr double room = 1.05;
  const TimeGrid& time = scenario_->time;
  const double from = time.middle(step);
  const double to = time.middle(Step{year.last - 1});
  const std::size_t groups = scenario_->groups.count();
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    const std::span<const double> classes = field.by_age(Region{cell / groups}, Group{cell % groups});
    for (std::size_t c = 0; c < cohorts_.count(); ++c) {
      bounds_[cell * stride_ + c] = room * ages_.largest(classes, Cohort{c}, from, to);
    }
  }
}

}  // namespace sojourn
