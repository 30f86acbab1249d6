#include <tuple>
#include <utility>

#include "sim/reading/checks/check.hpp"
#include "sim/reading/checks/check_terms.hpp"
#include "sim/reading/checks/step_checks.hpp"

namespace sojourn {

namespace {

/// Leads checks through the steps of the scenario as written and of every variant that has policies.
template <class... Checks>
void check_steps(const Scenario& scenario, Mistakes& mistakes, Checks&&... checks) {
  const auto run = [&](const Variant& variant) {
    Evaluation evaluation(scenario, variant);
    (checks.begin(evaluation), ...);
    while (evaluation.advance()) (checks.look(evaluation, mistakes), ...);
  };
  run(Variant{});
  for (const Variant& variant : scenario.variants) {
    if (!variant.policies.empty()) run(variant);
  }
}

}  // namespace

void check_model(const Scenario& scenario, Mistakes& mistakes) {
  check_streams(scenario, mistakes);
  check_transitions(scenario, mistakes);
  check_long_steps(scenario, mistakes);
  check_schedules(scenario, mistakes);
  check_outside(scenario, mistakes);
  check_queues(scenario, mistakes);
  check_doors(scenario, mistakes);
  check_conflicts(scenario, mistakes);
  check_limits(scenario, mistakes);
  if (!check_derivation_order(scenario, mistakes)) return;
  check_steps(scenario, mistakes, RangeCheck(scenario), DerivedCheck(scenario), TermChecks(scenario),
              DiasporaCheck(scenario), OutcomeCheck(scenario));
  if (!mistakes.none()) return;
  check_steps(scenario, mistakes, HazardCheck(scenario, hazards_to_check(scenario)), UtilityCheck(scenario));
}

}  // namespace sojourn
