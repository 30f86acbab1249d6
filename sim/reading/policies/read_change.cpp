#include "sim/reading/policies/read_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/policies/read_door.hpp"

namespace sojourn {

namespace {

constexpr std::array change_keys{
    Key{.name = "what",
        .form = Form::text,
        .doc = "What changes, by its dotted name: `factors.NAME`, or one of the numbers that policies may "
               "change; of one that is by an attribute perhaps a value, as in "
               "`streams.labour.hazard.rate.worker`. Exactly one of `what`, `close`, `open`."},
    Key{.name = "close",
        .form = Form::nothing,
        .doc = "In place of a number: ways that nobody can go while the policy acts. Who could have, goes "
               "elsewhere or not at all, as the stream says.",
        .map = door_map},
    Key{.name = "open",
        .form = Form::nothing,
        .doc = "Likewise: ways that are open, whatever closed them before in the order of changes.",
        .map = door_map},
    Key{.name = "set",
        .doc = "The new value, with its unit (`0.02 per year`, `12 USD`); a number alone, which is in the "
               "unit of the "
               "value, unless it is a rate of the model. Exactly one of `set`, `add`, `scale`."},
    Key{.name = "add", .doc = "What is added to the value, with its unit as under `set`."},
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

}  // namespace

KeyMap change_map() { return {"change", change_keys}; }

KeyMap corridor_map() { return {"corridor", corridor_keys}; }

void ChangeReader::read(const Node& node, Policy& policy) {
  const Fields fields(reader_, node, "the change", change_map());
  if (!fields.is_map()) return;
  std::size_t given = 0;
  for (const char* key : {"what", "close", "open"}) given += fields[key] != nullptr ? 1 : 0;
  if (given != 1) {
    reader_.wrong(
        node, given == 0 ? "the change does not say what changes" : "the change is of several things at once",
        "one of the keys what, close, open");
  } else if (fields["what"] != nullptr) {
    if (auto change = read_number(fields)) policy.changes.push_back(std::move(*change));
  } else if (auto door = read_door_of(fields)) {
    policy.doors.push_back(std::move(*door));
  }
}

/// A door has all that it needs under its own key.
std::optional<Door> ChangeReader::read_door_of(const Fields& fields) {
  const Node* close = fields["close"];
  const Node& node = close != nullptr ? *close : *fields["open"];
  const std::string what = close != nullptr ? "'close'" : "'open'";
  for (const Key& key : change_keys) {
    const Node* other = fields[key.name];
    if (other == nullptr || other == &node) continue;
    reader_.mistakes().add(reader_.at_key(*other),
                           fmt::format("{} does not stand beside {}", in_quotes(std::string(key.name)), what),
                           key.name == "ramp" ? "no ramp: on a day a door is open or closed"
                                              : fmt::format("the ways as keys of {}", what));
    return std::nullopt;
  }
  return read_door(reader_, node, what, close != nullptr, setting_);
}

std::optional<Change> ChangeReader::read_number(const Fields& fields) {
  const Node& node = fields.node();
  const Node* what = fields["what"];
  const auto target = what != nullptr ? find_target(reader_, *what, setting_) : std::nullopt;
  Change change;
  change.where = reader_.at(node);
  bool right = read_amount(fields, target, change);
  if (const Node* ramp = fields["ramp"]) {
    change.ramp = reader_.duration(*ramp, "the ramp");
    right = right && change.ramp;
  }
  if (!target) return std::nullopt;
  change.target = target->id;
  change.groups = target->groups;
  right = read_places(fields, *target, change) && right;
  return right ? std::optional(std::move(change)) : std::nullopt;
}

/// The rates of the YAML need their unit, other numbers may have it.
std::optional<double> ChangeReader::amount(const Node& node, const std::string& what,
                                           const ChangeTarget& target) {
  if (target.long_unit == "persons per year") return reader_.persons_per_year(node, what);
  if (!node.is_scalar()) return target.needs_unit ? reader_.rate(node, what) : reader_.number(node, what);
  if (!target.needs_unit) {
    if (const auto plain = parse_number(node.text)) return plain;
  }
  for (const std::string& unit : {target.unit, target.long_unit}) {
    if (unit.empty() || unit == "1") continue;
    if (const auto value = parse_in_unit(node.text, unit)) return value;
  }
  if (target.needs_unit) return reader_.rate(node, what);  // which says what is wrong
  if (target.unit.empty() || target.unit == "1") {
    reader_.wrong_value(node, what, "a number such as 12 or 0.5, without a unit");
  } else {
    reader_.wrong_value(node, what, fmt::format("a number in {0}, such as 12 or '12 {0}'", target.unit));
  }
  return std::nullopt;
}

bool ChangeReader::read_amount(const Fields& fields, const std::optional<ChangeTarget>& target,
                               Change& change) {
  constexpr std::array<std::string_view, 3> keys = {"set", "add", "scale"};
  std::size_t given = 0;
  bool right = true;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const Node* node = fields[keys[k]];
    if (node == nullptr) continue;
    ++given;
    change.kind = static_cast<Change::Kind>(k);
    if (!target && change.kind != Change::Kind::scale) continue;  // whether it has a unit is not known
    const std::string what = in_quotes(keys[k]);
    const auto number =
        change.kind == Change::Kind::scale ? reader_.number(*node, what) : amount(*node, what, *target);
    right = right && number;
    change.amount = number.value_or(0);
  }
  if (given == 1) return right;
  reader_.wrong(fields.node(),
                given == 0 ? "the change does not say how" : "the change says several things at once",
                "one of the keys set, add, scale");
  return false;
}

std::vector<std::size_t> ChangeReader::regions_of(const Node& node) {
  return reader_.references(node, "region", setting_.geography.names);
}

bool ChangeReader::read_places(const Fields& fields, const ChangeTarget& target, Change& change) {
  const Node* regions = fields["regions"];
  const Node* origins = fields["origins"];
  const Node* destinations = fields["destinations"];
  const Node* corridors = fields["corridors"];
  const Node* any_pair = origins != nullptr ? origins : (destinations != nullptr ? destinations : corridors);
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
bool ChangeReader::count_flags(Change& change, const Node& node) {
  constexpr std::size_t most_flags = std::size_t{1} << 32;
  flags_ += change.places.size();
  if (flags_ <= most_flags) return true;
  change.places.clear();
  reader_.wrong(node, "there are too many changes that are narrowed to some places",
                "fewer changes or regions");
  return false;
}

void ChangeReader::mark_ends(const Node* origins, const Node* destinations, Change& change) {
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

void ChangeReader::read_corridors(const Node& list, Change& change) {
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

}  // namespace sojourn
