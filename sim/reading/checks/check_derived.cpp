#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/checks/check.hpp"
#include "sim/reading/checks/step_checks.hpp"

namespace sojourn {

bool check_derivation_order(const Scenario& scenario, Mistakes& mistakes) {
  const std::vector<FactorId> order = derivation_order(scenario);
  bool is_right = true;
  for (std::size_t f = 0; f < scenario.factors.size(); ++f) {
    const Factor& factor = scenario.factors[f];
    if (!factor.derivation || std::find(order.begin(), order.end(), FactorId(f)) != order.end()) continue;
    is_right = false;
    mistakes.add(factor.derivation->where,
                 fmt::format("factor {} depends on itself within a step", in_quotes(factor.name)),
                 "a lag: {factor: NAME, lag: 1 month, initial: NUMBER} under 'where'");
  }
  return is_right;
}

DerivedCheck::DerivedCheck(const Scenario& scenario) : scenario_(scenario) {}

void DerivedCheck::begin(const Evaluation& /*now*/) {}

void DerivedCheck::look(const Evaluation& now, Mistakes& mistakes) {
  if (told_ || !now.undefined()) return;
  told_ = true;
  const UndefinedFactor& undefined = *now.undefined();
  const Factor& factor = scenario_.factors[undefined.factor.index()];
  std::string what = fmt::format("factor {} {} in {}", in_quotes(factor.name), undefined.what,
                                 scenario_.regions[undefined.region.index()].code);
  if (!now.is_first_step()) {
    what += fmt::format(", in the step from {} with the people of the start", to_string(now.from()));
  }
  if (!is_as_written(now)) what += fmt::format(" in variant {}", in_quotes(now.variant().name));
  mistakes.add(factor.derivation->where, what,
               "an expression that has a value everywhere, such as people / max(1, homes)");
}

}  // namespace sojourn
