#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/model/age_groups.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Ages at which moves and deaths are recorded. Where a bound of the recorded ages cuts a cohort, an event
/// happens on each side of it in proportion to hazard times exposure: nobody dies below 60 where the rate
/// below 60 is 0.
class EventAges {
 public:
  /// Nothing is recorded by age.
  EventAges() = default;
  explicit EventAges(const Scenario& scenario);

  /// Moves on to a step, whose numbers must live as long.
  void update(const Numbers& now, Step step);
  /// At the middle of the step.
  [[nodiscard]] const AgeGroups& groups() const { return groups_; }
  /// The share of the older group among those of a cell and a cohort that is cut who have an event.
  [[nodiscard]] double older_share(EventId event, Region region, Group group, Cohort cohort) const;

 private:
  /// What a side of a bound has of a class of a factor by age.
  struct Part {
    std::uint32_t number = 0;
    bool older = false;
    double years = 0;
  };
  struct Kind {
    EventKind of;
    /// Of moves, if flows are recorded by age; of deaths, if stocks are.
    bool is_recorded = false;
    bool by_factor = false;
    /// By cohort; where the rate is a factor by age: where its parts begin, and one more.
    std::vector<double> shares{};
    std::vector<std::size_t> first{};
    std::vector<Part> parts{};
  };

  void share_out(Kind& kind, double elapsed) const;
  void cut_classes(Kind& kind, double elapsed) const;

  const Scenario* scenario_ = nullptr;
  const Numbers* now_ = nullptr;
  Cohorts cohorts_;
  AgeGroups groups_;
  std::vector<Kind> kinds_;
};

}  // namespace sojourn
