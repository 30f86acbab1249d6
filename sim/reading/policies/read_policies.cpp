#include "sim/reading/policies/read_policies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/parameter_kinds.hpp"

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
        .doc = "A list of what it changes.",
        .map = change_map,
        .is_list = true},
};

constexpr std::array change_keys{
    Key{.name = "what",
        .form = Form::text,
        .need = Need::required,
        .doc = "What changes, by its dotted name: `factors.NAME`, or one of the numbers that policies may "
               "change."},
    Key{.name = "set",
        .doc = "The new value; of a rate with its unit. Exactly one of `set`, `add`, `scale`."},
    Key{.name = "add", .doc = "What is added to the value; of a rate with its unit."},
    Key{.name = "scale", .form = Form::number, .doc = "What the value is multiplied by."},
    Key{.name = "ramp",
        .form = Form::duration,
        .doc = "The change comes in a straight line over that time.",
        .otherwise = "at once"},
    Key{.name = "regions",
        .form = Form::name,
        .doc = "Narrows the change to these places (of a pair factor or a pull term: these destinations).",
        .otherwise = "everywhere",
        .kind = "region",
        .is_list = true},
    Key{.name = "origins",
        .form = Form::name,
        .doc = "Narrows a change of pairs to those from these origins; alone, or together with "
               "`destinations`.",
        .kind = "region",
        .is_list = true},
    Key{.name = "destinations",
        .form = Form::name,
        .doc = "Narrows a change of pairs to those to these destinations.",
        .kind = "region",
        .is_list = true},
    Key{.name = "corridors",
        .form = Form::nothing,
        .doc = "Narrows a change of pairs to these: `[{origin: north, destination: south}]`.",
        .map = corridor_map,
        .is_list = true},
};

constexpr std::array corridor_keys{
    Key{.name = "origin",
        .form = Form::name,
        .need = Need::required,
        .doc = "The region that it leads from.",
        .kind = "region"},
    Key{.name = "destination",
        .form = Form::name,
        .need = Need::required,
        .doc = "The region that it leads to, another one.",
        .kind = "region"},
};

/// `factors.NAME, streams.NAME.hazard.rate, .hazard.attraction, ...`: what begins as the one before is not
/// said again.
std::string kinds_in_words() {
  std::string text = "factors.NAME";
  std::string_view before;
  for (const ParameterName& number : parameter_kinds()) {
    const std::string_view kind = number.name;
    const std::size_t section = kind.find('.', kind.find('.') + 1);
    const std::string_view head = kind.substr(0, section);
    text += head == before ? fmt::format(", {}", kind.substr(section)) : fmt::format(", {}", kind);
    before = head;
  }
  return text;
}

/// What a change is of: its places decide how it can be narrowed.
struct Target {
  std::variant<FactorId, ParameterId> id;
  FactorPlaces places = FactorPlaces::everywhere;
  bool is_rate = false;
};

/// Reads the changes of policies.
class ChangeReader {
 public:
  ChangeReader(Reader& reader, const PolicySetting& setting) : reader_(reader), setting_(setting) {}

  [[nodiscard]] std::optional<Change> read(const Node& node) {
    const Fields fields(reader_, node, "the change", change_map());
    if (!fields.is_map()) return std::nullopt;
    const Node* what = fields["what"];
    const auto target = what != nullptr ? find_target(*what) : std::nullopt;
    Change change;
    change.where = reader_.at(node);
    bool right = read_amount(fields, target, change);
    if (const Node* ramp = fields["ramp"]) {
      change.ramp = reader_.duration(*ramp, "the ramp");
      right = right && change.ramp;
    }
    if (!target) return std::nullopt;
    change.target = target->id;
    right = read_places(fields, *target, change) && right;
    return right ? std::optional(std::move(change)) : std::nullopt;
  }

 private:
  std::optional<Target> find_target(const Node& node) {
    const auto name = reader_.text(node, "'what'");
    if (!name) return std::nullopt;
    constexpr std::string_view factors = "factors.";
    if (name->starts_with(factors)) {
      const auto factor = setting_.factors.names.find(std::string_view(*name).substr(factors.size()));
      if (factor) return Target{FactorId(*factor), setting_.factors.factors[*factor].places, false};
      if (!setting_.factors.names.is_complete()) return std::nullopt;
    } else if (const auto number = setting_.parameters.names().find(*name)) {
      const Parameter& parameter = setting_.parameters.all()[*number];
      return Target{ParameterId(*number), parameter.over_pairs ? FactorPlaces::pair : FactorPlaces::region,
                    parameter.unit == "per year"};
    } else if (!setting_.parameters.names().is_complete()) {
      return std::nullopt;
    }
    say_unknown(node, *name);
    return std::nullopt;
  }

  void say_unknown(const Node& node, const std::string& name) {
    if (name.ends_with(".hazard.attraction")) {
      reader_.wrong(node,
                    fmt::format("a policy cannot change {}: there is no such stream, or it has no attraction",
                                in_quotes(name)),
                    "the key 'attraction' in the stream's hazard (0 if it has no effect before the policy)");
      return;
    }
    std::vector<std::string> known;
    for (const std::string& factor : setting_.factors.names.all()) known.push_back("factors." + factor);
    const std::vector<std::string>& parameters = setting_.parameters.names().all();
    known.insert(known.end(), parameters.begin(), parameters.end());
    std::string suggestion = reader_.closest(reader_.file(), name, known);
    // Often the right word stands there without the way to it: `wage`, `streams.work.rate`.
    const std::string last = '.' + name.substr(name.rfind('.') + 1);
    for (const std::string& target : known) {
      if (suggestion.empty() && target.ends_with(last)) suggestion = target;
    }
    reader_.wrong(node, fmt::format("a policy cannot change {}, which does not exist", in_quotes(name)),
                  kinds_in_words(), std::move(suggestion));
  }

  bool read_amount(const Fields& fields, const std::optional<Target>& target, Change& change) {
    constexpr std::array<std::string_view, 3> keys = {"set", "add", "scale"};
    std::size_t given = 0;
    bool right = true;
    for (std::size_t k = 0; k < keys.size(); ++k) {
      const Node* node = fields[keys[k]];
      if (node == nullptr) continue;
      ++given;
      change.kind = static_cast<Change::Kind>(k);
      if (!target && change.kind != Change::Kind::scale) continue;  // whether it has a unit is not known
      const bool with_unit = target && target->is_rate && change.kind != Change::Kind::scale;
      const std::string what = in_quotes(keys[k]);
      const auto amount = with_unit ? reader_.rate(*node, what) : reader_.number(*node, what);
      right = right && amount;
      change.amount = amount.value_or(0);
    }
    if (given == 1) return right;
    reader_.wrong(fields.node(),
                  given == 0 ? "the change does not say how" : "the change says several things at once",
                  "one of the keys set, add, scale");
    return false;
  }

  std::vector<std::size_t> regions_of(const Node& node) {
    return reader_.references(node, "region", setting_.geography.names);
  }

  bool read_places(const Fields& fields, const Target& target, Change& change) {
    const Node* regions = fields["regions"];
    const Node* origins = fields["origins"];
    const Node* destinations = fields["destinations"];
    const Node* corridors = fields["corridors"];
    const Node* any_pair =
        origins != nullptr ? origins : (destinations != nullptr ? destinations : corridors);
    if (regions == nullptr && any_pair == nullptr) return true;
    if (target.places == FactorPlaces::everywhere) {
      reader_.mistakes().add(reader_.at_key(regions != nullptr ? *regions : *any_pair),
                             "this factor is the same everywhere and cannot change in some places only",
                             "a factor that varies over regions");
      return false;
    }
    if (target.places == FactorPlaces::region && any_pair != nullptr) {
      reader_.mistakes().add(reader_.at_key(*any_pair),
                             "what changes here has a region, not an origin and a destination",
                             "the key 'regions'");
      return false;
    }
    const bool by_end = origins != nullptr || destinations != nullptr;
    if ((regions != nullptr ? 1 : 0) + (by_end ? 1 : 0) + (corridors != nullptr ? 1 : 0) > 1) {
      reader_.mistakes().add(reader_.at_key(*any_pair), "the change is narrowed in two ways",
                             "regions, or origins and destinations, or corridors");
      return false;
    }
    const std::size_t mistakes_before = reader_.mistakes().count();
    if (corridors != nullptr) {
      read_corridors(*corridors, change);
    } else if (target.places == FactorPlaces::region) {
      change.places.assign(setting_.geography.regions.size(), false);
      for (const std::size_t r : regions_of(*regions)) change.places[r] = true;
    } else {
      mark_ends(origins, regions != nullptr ? regions : destinations, change);
    }
    if (reader_.mistakes().count() > mistakes_before || !count_flags(change, fields.node())) return false;
    if (std::none_of(change.places.begin(), change.places.end(), [](bool flag) { return flag; })) {
      if (!setting_.geography.names.is_complete()) return false;
      reader_.wrong(regions != nullptr ? *regions : *any_pair, "the change is narrowed to nothing",
                    "at least one region");
      return false;
    }
    return true;
  }

  /// A flag for each pair of regions and change: that is little in any scenario that makes sense.
  bool count_flags(Change& change, const Node& node) {
    constexpr std::size_t most_flags = std::size_t{1} << 32;
    flags_ += change.places.size();
    if (flags_ <= most_flags) return true;
    change.places.clear();
    reader_.wrong(node, "there are too many changes that are narrowed to some places",
                  "fewer changes or regions");
    return false;
  }

  void mark_ends(const Node* origins, const Node* destinations, Change& change) {
    const std::size_t n = setting_.geography.regions.size();
    std::vector<bool> from(n, origins == nullptr);
    std::vector<bool> to(n, destinations == nullptr);
    if (origins != nullptr) {
      for (const std::size_t r : regions_of(*origins)) from[r] = true;
    }
    if (destinations != nullptr) {
      for (const std::size_t r : regions_of(*destinations)) to[r] = true;
    }
    change.places.assign(n * n, false);
    for (std::size_t o = 0; o < n; ++o) {
      for (std::size_t d = 0; d < n; ++d) change.places[o * n + d] = from[o] && to[d] && o != d;
    }
  }

  void read_corridors(const Node& list, Change& change) {
    if (!list.is_list()) {
      reader_.wrong_value(list, "'corridors'", "a list such as [{origin: north, destination: south}]");
      return;
    }
    const std::size_t n = setting_.geography.regions.size();
    change.places.assign(n * n, false);
    for (const Node& node : list.items) {
      const Fields fields(reader_, node, "the corridor", corridor_map());
      const Node* origin_node = fields["origin"];
      const Node* destination_node = fields["destination"];
      if (origin_node == nullptr || destination_node == nullptr) continue;
      const auto origin = reader_.reference(*origin_node, "region", setting_.geography.names);
      const auto destination = reader_.reference(*destination_node, "region", setting_.geography.names);
      if (!origin || !destination) continue;
      if (*origin == *destination)
        reader_.wrong(node, "the corridor leads from a region to itself", "two regions");
      change.places[*origin * n + *destination] = true;
    }
  }

  Reader& reader_;
  const PolicySetting& setting_;
  std::size_t flags_ = 0;
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
  for (const Node& node : changes->items) {
    if (auto change = change_reader.read(node)) policy.changes.push_back(std::move(*change));
  }
  return policy;
}

constexpr std::string_view baseline = "baseline";

void read_variants(Reader& reader, const Node& section, PolicySet& set) {
  if (!section.is_map()) {
    reader.wrong_value(section, "'variants'", "a map such as {baseline: [], reform: [reform]}");
    return;
  }
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "variant")) continue;
    Variant variant{entry.key, {}};
    if (!entry.value.is_list()) {
      reader.wrong_value(entry.value, fmt::format("variant {}", in_quotes(entry.key)),
                         "a list of policies such as [reform]");
      continue;
    }
    for (const std::size_t p : reader.references(entry.value, "policy", set.names))
      variant.policies.emplace_back(p);
    if (entry.key == baseline && !entry.value.items.empty()) {
      reader.wrong(entry.value, "the baseline is the variant without policies", "[]");
    }
    set.variants.push_back(std::move(variant));
  }
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

KeyMap change_map() { return {"change", change_keys}; }

KeyMap corridor_map() { return {"corridor", corridor_keys}; }

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
  if (variants != nullptr) read_variants(reader, *variants, set);
  const bool variants_right = reader.mistakes().count() == mistakes_before;
  if (policies != nullptr && variants == nullptr && !set.policies.empty()) {
    reader.mistakes().add(
        reader.at_key(*policies), "there are policies and no variants",
        "a section 'variants' such as {baseline: [], reform: [" + set.policies.front().name + "]}");
  } else if (policies != nullptr && variants_right) {
    check_used(reader, *policies, set);
  }
  const auto is_baseline = [](const Variant& v) { return v.name == baseline; };
  if (std::none_of(set.variants.begin(), set.variants.end(), is_baseline)) {
    set.variants.insert(set.variants.begin(), Variant{std::string(baseline), {}});
  }
  return set;
}

}  // namespace sojourn
