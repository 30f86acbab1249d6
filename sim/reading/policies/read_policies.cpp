#include "sim/reading/policies/read_policies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/policies/read_change.hpp"
#include "sim/reading/policies/read_variants.hpp"

namespace sojourn {

namespace {

constexpr std::array policy_keys{
    Key{.name = "from",
        .form = Form::date,
        .need = Need::required,
        .doc = "The day from which the policy acts. A change acts for the days it covers."},
    Key{.name = "until",
        .form = Form::date,
        .doc = "The day from which it acts no longer.",
        .otherwise = "the end of the run"},
    Key{.name = "change",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "A list of what it changes, closes and opens.",
        .map = change_map,
        .is_list = true},
};

/// Whether the policy acts within the run.
void check_dates(Reader& reader, const Policy& policy, const Node& from, const Node* until,
                 const PolicySetting& setting) {
  if (policy.until && *policy.until <= policy.from) {
    reader.wrong(*until,
                 fmt::format("the policy ends on {} and begins on {}", to_string(*policy.until),
                             to_string(policy.from)),
                 "an end after the beginning");
    return;
  }
  if (!setting.start || !setting.end) return;
  const std::string run =
      fmt::format("the run lasts from {} to {}", to_string(*setting.start), to_string(*setting.end));
  if (policy.from >= *setting.end) {
    reader.wrong(from, fmt::format("the policy begins on {}, and {}", to_string(policy.from), run),
                 "a date before the end of the run");
  } else if (policy.until && *policy.until <= *setting.start) {
    reader.wrong(*until, fmt::format("the policy ends on {}, and {}", to_string(*policy.until), run),
                 "a date after the start of the run");
  }
}

/// Whether flags name all that others do; flags that are none name everything.
bool cover(const std::vector<bool>& wide, const std::vector<bool>& narrow) {
  if (wide.empty()) return true;
  if (narrow.empty()) return false;
  for (std::size_t i = 0; i < narrow.size(); ++i) {
    if (narrow[i] && !wide[i]) return false;
  }
  return true;
}

/// Changes that another one of the policy, after them, leaves nothing of.
void warn_of_undone(Reader& reader, const Policy& policy) {
  for (std::size_t i = 0; i < policy.changes.size(); ++i) {
    const Change& change = policy.changes[i];
    const auto undoes = [&](const Change& later) {
      return later.target == change.target && later.kind == Change::Kind::set && !later.ramp &&
             cover(later.places, change.places) && cover(later.groups, change.groups);
    };
    const auto after = policy.changes.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    const auto last = std::find_if(after, policy.changes.end(), undoes);
    if (last == policy.changes.end()) continue;
    reader.warn(
        change.where, "change-undone",
        fmt::format(
            "nothing is left of this change: that of line {}, which acts after it, sets the same number",
            last->where.line),
        "the two stand in the wrong order", "leave this one out");
  }
}

/// The same of doors: what a later one of the policy opens or closes altogether.
void warn_of_doors_undone(Reader& reader, const Policy& policy) {
  for (auto door = policy.doors.begin(); door != policy.doors.end(); ++door) {
    const auto last = std::find_if(door + 1, policy.doors.end(), [&](const Door& later) {
      return later.closes != door->closes && covers(later, *door);
    });
    if (last == policy.doors.end()) continue;
    reader.warn(
        door->where, "change-undone",
        fmt::format("nothing is left of this change: that of line {}, which acts after it, {} the same",
                    last->where.line, last->closes ? "closes" : "opens"),
        "the two stand in the wrong order", "leave this one out");
  }
}

Policy read_policy(Reader& reader, const Entry& entry, const PolicySetting& setting,
                   ChangeReader& change_reader) {
  Policy policy;
  policy.name = entry.key;
  const Fields fields(reader, entry.value, fmt::format("policy {}", in_quotes(entry.key)), policy_map());
  const Node* from_node = fields["from"];
  const Node* until_node = fields["until"];
  const auto from = reader.date(from_node, "'from'");
  if (until_node != nullptr) policy.until = reader.date(*until_node, "'until'");
  if (from) {
    policy.from = *from;
    check_dates(reader, policy, *from_node, until_node, setting);
  }
  const Node* changes = fields["change"];
  if (changes == nullptr) return policy;
  if (!changes->is_list() || changes->items.empty()) {
    reader.wrong_value(*changes, "'change'", "a list such as [{what: factors.NAME, add: 5}]");
    return policy;
  }
  for (const Node& node : changes->items) change_reader.read(node, policy);
  warn_of_undone(reader, policy);
  warn_of_doors_undone(reader, policy);
  return policy;
}

/// Each policy is for something: it is in a variant.
void check_used(Reader& reader, const Node& policies, const PolicySet& set) {
  std::vector<bool> used(set.policies.size());
  for (const Variant& variant : set.variants) {
    for (const PolicyId policy : variant.policies) used[policy.index()] = true;
  }
  for (std::size_t p = 0; p < used.size(); ++p) {
    if (used[p]) continue;
    reader.mistakes().add(reader.at_key(*policies.find(set.policies[p].name)),
                          fmt::format("policy {} is in no variant", in_quotes(set.policies[p].name)),
                          "a variant that lists it");
  }
}

}  // namespace

KeyMap policy_map() { return {"policy", policy_keys}; }

PolicySet read_policies(Reader& reader, const Node* policies, const Node* variants,
                        const PolicySetting& setting) {
  PolicySet set;
  if (policies != nullptr && !policies->is_map()) {
    reader.wrong_value(*policies, "'policies'", "a map from names to policies");
    set.names.set_complete(false);
  } else if (policies != nullptr) {
    ChangeReader change_reader(reader, setting);
    for (const Entry& entry : policies->entries) {
      if (!reader.is_name_for(entry, "policy")) continue;
      set.policies.push_back(read_policy(reader, entry, setting, change_reader));
      set.names.add(entry.key);
    }
  }
  const std::size_t mistakes_before = reader.mistakes().count();
  if (variants != nullptr) set.variants = read_variants(reader, *variants, policies, set.names);
  const bool variants_right = reader.mistakes().count() == mistakes_before;
  if (policies != nullptr && variants == nullptr && !set.policies.empty()) {
    reader.mistakes().add(
        reader.at_key(*policies), "there are policies and no variants",
        "a section 'variants' such as {baseline: [], reform: [" + set.policies.front().name + "]}");
  } else if (policies != nullptr && variants_right) {
    check_used(reader, *policies, set);
  }
  const auto is_baseline = [](const Variant& v) { return v.name == baseline_name; };
  if (std::none_of(set.variants.begin(), set.variants.end(), is_baseline)) {
    set.variants.insert(set.variants.begin(), Variant{std::string(baseline_name), {}});
  }
  return set;
}

}  // namespace sojourn
