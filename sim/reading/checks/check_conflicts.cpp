#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/checks/check.hpp"

namespace sojourn {

namespace {

/// Whether flags name all that others do; flags that are none name everything.
bool name_all_of(const std::vector<bool>& wide, const std::vector<bool>& narrow) {
  if (wide.empty()) return true;
  if (narrow.empty()) return false;
  for (std::size_t i = 0; i < narrow.size(); ++i) {
    if (narrow[i] && !wide[i]) return false;
  }
  return true;
}

/// Two policies of one variant, of which the second acts after the first and leaves nothing of it on days of
/// both. Where it also begins after the first, it takes over from it, and the order of the list says so. If
/// not, the first does nothing on these days, and nobody writes that on purpose.
class Conflicts {
 public:
  Conflicts(const Scenario& scenario, Mistakes& mistakes) : scenario_(scenario), mistakes_(mistakes) {}

  void look(const Variant& variant) {
    for (std::size_t j = 1; j < variant.policies.size(); ++j) {
      for (std::size_t i = 0; i < j; ++i) {
        if (looked_at_.insert({variant.policies[i], variant.policies[j]}).second)
          look(variant, variant.policies[i], variant.policies[j]);
      }
    }
  }

 private:
  void look(const Variant& variant, PolicyId first_id, PolicyId second_id) {
    const Policy& first = scenario_.policies[first_id.index()];
    const Policy& second = scenario_.policies[second_id.index()];
    const Date from = std::max(first.from, second.from);
    const Date end = scenario_.time.end();
    const Date until = std::min(first.until.value_or(end), second.until.value_or(end));
    if (second.from > first.from || from >= until) return;
    const std::string days = fmt::format("from {} to {}, in variant {}", to_string(from), to_string(until),
                                         in_quotes(variant.name));
    for (const Change& later : second.changes) {
      for (const Change& earlier : first.changes) {
        if (!both_set(earlier, later)) continue;
        say(later.where,
            fmt::format("policy {} sets {}, which policy {} sets in line {}, on the same days {}",
                        in_quotes(second.name), in_quotes(name_of(later)), in_quotes(first.name),
                        earlier.where.line, days));
      }
    }
    for (const Door& later : second.doors) {
      for (const Door& earlier : first.doors) {
        if (earlier.closes == later.closes || !covers(later, earlier)) continue;
        say(later.where,
            fmt::format("policy {} {} what policy {} {} in line {}, on the same days {}",
                        in_quotes(second.name), later.closes ? "closes" : "opens", in_quotes(first.name),
                        later.closes ? "opens" : "closes", earlier.where.line, days));
      }
    }
  }

  /// Whether the later leaves nothing of the earlier. What both set to the same is no matter.
  [[nodiscard]] static bool both_set(const Change& earlier, const Change& later) {
    return earlier.kind == Change::Kind::set && later.kind == Change::Kind::set &&
           earlier.target == later.target && name_all_of(later.places, earlier.places) &&
           name_all_of(later.groups, earlier.groups) &&
           (earlier.amount != later.amount || earlier.ramp != later.ramp);
  }

  [[nodiscard]] std::string name_of(const Change& change) const {
    if (const auto* factor = std::get_if<FactorId>(&change.target))
      return "factors." + scenario_.factors[factor->index()].name;
    return scenario_.parameters[std::get<ParameterId>(change.target).index()].name;
  }

  void say(const Position& where, std::string what) {
    mistakes_.add(where, std::move(what),
                  "other days, or one of the two; where one takes over from the other, the one that begins "
                  "later stands later in the list");
  }

  const Scenario& scenario_;
  Mistakes& mistakes_;
  std::set<std::pair<PolicyId, PolicyId>> looked_at_;
};

}  // namespace

void check_conflicts(const Scenario& scenario, Mistakes& mistakes) {
  Conflicts conflicts(scenario, mistakes);
  for (const Variant& variant : scenario.variants) conflicts.look(variant);
}

}  // namespace sojourn
