#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Calls `use(section, kind, things)` for each section of a scenario whose things have a name and a label,
/// such as `use("streams", "stream", scenario.streams)`: the one list of them. Attributes, whose values have
/// labels too, and regions, which have codes and names, are none.
template <class AScenario, class Use>
void for_each_labelled(AScenario& scenario, const Use& use) {
  use("factors", "factor", scenario.factors);
  use("streams", "stream", scenario.streams);
  use("transitions", "transition", scenario.transitions);
  for (auto& transition : scenario.transitions) use("transitions", "outcome", transition.outcomes);
  use("limits", "limit", scenario.limits);
  use("inflow", "inflow", scenario.inflows);
  use("outflow", "outflow", scenario.outflows);
  use("policies", "policy", scenario.policies);
  use("variants", "variant", scenario.variants);
}

/// Where a text for people may stand in a scenario.
struct TextPlace {
  /// `title`, `description`, `region`, `stream`, `attribute`, `value of sex`, ...
  std::string kind;
  /// Of what there are several: the code or name.
  std::string name;
  /// What stands there; nothing if it is empty.
  const Texts* texts = nullptr;
};

/// All places of a scenario, which must outlive them; those of a kind one after another. A description that
/// is not given is no place.
[[nodiscard]] std::vector<TextPlace> text_places(const Scenario& scenario);

/// The codes of all languages in which anything is said, in the order in which they come first.
[[nodiscard]] std::vector<std::string> languages_of(const Scenario& scenario);

/// What is not said in a language: `the title, 3 regions (a, b and c), 1 stream (work)`; "" if nothing is
/// lacking.
[[nodiscard]] std::string lacking_in(const Scenario& scenario, std::string_view language);

}  // namespace sojourn
