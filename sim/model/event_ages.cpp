#include "sim/model/event_ages.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "sim/model/schedule.hpp"

namespace sojourn {

EventAges::EventAges(const Scenario& scenario) : scenario_(&scenario), cohorts_(scenario) {
  const OutputRequest& output = scenario.output;
  if (!output.stock_by_age && !output.flow_by_age) return;
  groups_ = AgeGroups(cohorts_, output.age_from);
  const EventOrder order(scenario);
  for (const EventKind& of : event_kinds(scenario)) {
    const EventId number{kinds_.size()};
    Kind& kind = kinds_.emplace_back(Kind{.of = of});
    kind.is_recorded =
        order.is_move(number) ? output.flow_by_age : number == order.death() && output.stock_by_age;
    const auto& factor = of.hazard().rate_factor;
    kind.by_factor = factor && scenario.factors[factor->index()].by_age();
    if (kind.is_recorded && !kind.by_factor) kind.shares.resize(cohorts_.count());
  }
}

void EventAges::update(const Numbers& now, Step step) {
  if (kinds_.empty()) return;
  now_ = &now;
  const double elapsed = scenario_->time.middle(step);
  groups_.set_time(elapsed);
  for (Kind& kind : kinds_) {
    if (!kind.is_recorded) continue;
    if (kind.by_factor) {
      cut_classes(kind, elapsed);
    } else {
      share_out(kind, elapsed);
    }
  }
}

void EventAges::share_out(Kind& kind, double elapsed) const {
  for (std::size_t c = 0; c < kind.shares.size(); ++c) {
    if (!groups_.cuts(Cohort{c})) continue;
    const Cohorts::Ages ages = cohorts_.ages(Cohort{c}, elapsed);
    const double bound = groups_.bound(Cohort{c});
    const double younger = exposed_schedule(kind.of.who(), kind.of.hazard().schedule, ages.from, bound);
    const double older = exposed_schedule(kind.of.who(), kind.of.hazard().schedule, bound, ages.to);
    kind.shares[c] = younger + older > 0 ? older / (younger + older) : groups_.older_share(Cohort{c});
  }
}

void EventAges::cut_classes(Kind& kind, double elapsed) const {
  const std::vector<double>& from = scenario_->factors[kind.of.hazard().rate_factor->index()].age_from;
  kind.parts.clear();
  kind.first.clear();
  for (std::size_t c = 0; c < cohorts_.count(); ++c) {
    kind.first.push_back(kind.parts.size());
    if (!groups_.cuts(Cohort{c})) continue;
    const Cohorts::Ages ages = cohorts_.ages(Cohort{c}, elapsed);
    const double bound = groups_.bound(Cohort{c});
    for (std::size_t i = 0; i < from.size(); ++i) {
      const double end = i + 1 < from.size() ? from[i + 1] : std::numeric_limits<double>::infinity();
      const double lowest = std::max({ages.from, from[i], kind.of.who().age_from});
      const double highest = std::min({ages.to, end, kind.of.who().age_to});
      const auto add = [&](bool older, double years) {
        if (years > 0) kind.parts.push_back({static_cast<std::uint32_t>(i), older, years});
      };
      add(false, std::min(highest, bound) - lowest);
      add(true, highest - std::max(lowest, bound));
    }
  }
  kind.first.push_back(kind.parts.size());
}

double EventAges::older_share(EventId event, Region region, Group group, Cohort cohort) const {
  const Kind& kind = kinds_[event.index()];
  if (!kind.by_factor) return kind.shares[cohort.index()];
  const std::span<const double> classes = now_->factor(*kind.of.hazard().rate_factor).by_age(region, group);
  std::array<double, 2> exposed{};
  for (std::size_t i = kind.first[cohort.index()]; i < kind.first[cohort.index() + 1]; ++i) {
    exposed[kind.parts[i].older ? 1 : 0] += kind.parts[i].years * classes[kind.parts[i].number];
  }
  const double both = exposed[0] + exposed[1];
  return both > 0 ? exposed[1] / both : groups_.older_share(cohort);
}

}  // namespace sojourn
