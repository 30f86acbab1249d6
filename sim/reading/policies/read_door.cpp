#include "sim/reading/policies/read_door.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "sim/base/text.hpp"
#include "sim/reading/events/read_who.hpp"
#include "sim/reading/policies/read_change.hpp"

namespace sojourn {

namespace {

constexpr std::array door_keys{
    Key{.name = "streams",
        .form = Form::name,
        .doc = "The streams whose ways they are.",
        .otherwise = "all, unless `inflow` or `outflow` is given",
        .kind = "stream",
        .is_list = true},
    Key{.name = "origins",
        .form = Form::name,
        .doc = "Ways from these regions.",
        .otherwise = "from everywhere",
        .kind = "region",
        .is_list = true},
    Key{.name = "destinations",
        .form = Form::name,
        .doc = "Ways to these regions.",
        .otherwise = "to everywhere",
        .kind = "region",
        .is_list = true},
    Key{.name = "corridors",
        .form = Form::nothing,
        .doc = "These ways, each in one direction: `[{origin: north, destination: south}]`; in place of "
               "`origins` and `destinations`.",
        .map = corridor_map,
        .is_list = true},
    Key{.name = "links",
        .form = Form::nothing,
        .doc = "These links, both ways, for the streams that go along links; in place of `origins`, "
               "`destinations` and `corridors`.",
        .map = door_link_map,
        .is_list = true},
    Key{.name = "who",
        .form = Form::name,
        .doc = "For whom: people by attributes and residence.",
        .otherwise = "everybody",
        .kind = "people",
        .map = people_map},
    Key{.name = "inflow",
        .form = Form::name,
        .doc = "Inflows, which are then closed into all regions or into `destinations`.",
        .kind = "inflow",
        .is_list = true},
    Key{.name = "outflow",
        .form = Form::name,
        .doc = "Outflows, which are then closed out of all regions or out of `origins`.",
        .kind = "outflow",
        .is_list = true},
};

constexpr std::array door_link_keys{
    Key{.name = "from",
        .form = Form::name,
        .need = Need::required,
        .doc = "One end of the link.",
        .kind = "region"},
    Key{.name = "to", .form = Form::name, .need = Need::required, .doc = "The other end.", .kind = "region"},
};

/// Reads one door; each function reads the keys that it is named after.
class DoorReader {
 public:
  DoorReader(Reader& reader, const PolicySetting& setting, std::string what)
      : reader_(reader), setting_(setting), what_(std::move(what)) {}

  std::optional<Door> read(const Node& node, bool closes) {
    const std::size_t mistakes_before = reader_.mistakes().count();
    door_.closes = closes;
    door_.where = reader_.at(node);
    const Fields fields(reader_, node, what_, door_map());
    if (!fields.is_map()) return std::nullopt;
    if (node.entries.empty()) reader_.wrong(node, fmt::format("{} names nothing", what_), "at least one key");
    ways(fields);
    ends(fields);
    if (const Node* who = fields["who"]) people(*who);
    check_ends_of_flows(fields);
    if (reader_.mistakes().count() > mistakes_before) return std::nullopt;
    return std::move(door_);
  }

 private:
  using Flags = std::vector<bool>;

  [[nodiscard]] Flags flags(const Node& node, std::string_view kind, const Names& names) {
    Flags flags(names.size());
    for (const std::size_t i : reader_.references(node, kind, names)) flags[i] = true;
    return flags;
  }

  void ways(const Fields& fields) {
    const Node* inflow = fields["inflow"];
    const Node* outflow = fields["outflow"];
    if (inflow != nullptr) door_.inflows = flags(*inflow, "inflow", setting_.events.inflows);
    if (outflow != nullptr) door_.outflows = flags(*outflow, "outflow", setting_.events.outflows);
    if (const Node* streams = fields["streams"]) {
      door_.streams = flags(*streams, "stream", setting_.events.streams);
    } else {
      door_.streams.assign(setting_.events.streams.size(), inflow == nullptr && outflow == nullptr);
    }
  }

  void ends(const Fields& fields) {
    const Node* origins = fields["origins"];
    const Node* destinations = fields["destinations"];
    const Node* corridors_node = fields["corridors"];
    const Node* links_node = fields["links"];
    const Names& regions = setting_.geography.names;
    if (origins != nullptr) door_.origins = flags(*origins, "region", regions);
    if (destinations != nullptr) door_.destinations = flags(*destinations, "region", regions);
    const bool by_end = origins != nullptr || destinations != nullptr;
    if ((by_end ? 1 : 0) + (corridors_node != nullptr ? 1 : 0) + (links_node != nullptr ? 1 : 0) > 1) {
      reader_.mistakes().add(reader_.at_key(links_node != nullptr ? *links_node : *corridors_node),
                             fmt::format("the ways of {} are told twice", what_),
                             "origins and destinations, or corridors, or links");
      return;
    }
    if (corridors_node != nullptr) corridors(*corridors_node);
    if (links_node != nullptr) links(*links_node);
    std::sort(door_.corridors.begin(), door_.corridors.end());
  }

  void corridors(const Node& list) {
    if (!list.is_list() || list.items.empty()) {
      reader_.wrong_value(list, "'corridors'", "a list such as [{origin: north, destination: south}]");
      return;
    }
    for (const Node& node : list.items) {
      const Fields fields(reader_, node, "the corridor", corridor_map());
      const auto origin = reader_.reference(fields["origin"], "region", setting_.geography.names);
      const auto destination = reader_.reference(fields["destination"], "region", setting_.geography.names);
      if (!origin || !destination) continue;
      if (*origin == *destination)
        reader_.wrong(node, "the corridor leads from a region to itself", "two regions");
      door_.corridors.push_back({Region(*origin), Region(*destination)});
    }
  }

  void links(const Node& list) {
    if (!list.is_list() || list.items.empty()) {
      reader_.wrong_value(list, "'links'", "a list such as [{from: north, to: south}]");
      return;
    }
    for (const Node& node : list.items) link(node);
    bool any = false;
    for (std::size_t i = 0; i < door_.streams.size() && i < setting_.streams.size(); ++i) {
      const ChoiceSet& set = setting_.streams[i].destination.choice_set;
      if (!std::holds_alternative<Neighbours>(set)) door_.streams[i] = false;
      any = any || door_.streams[i];
    }
    if (any || !setting_.parameters.names().is_complete()) return;
    reader_.mistakes().add(reader_.at_key(list),
                           fmt::format("none of the streams of {} goes along links", what_),
                           "a stream with 'choose: neighbours', or 'corridors'");
  }

  void link(const Node& node) {
    const Fields fields(reader_, node, "the link", door_link_map());
    const Names& names = setting_.geography.names;
    const auto from = reader_.reference(fields["from"], "region", names);
    const auto to = reader_.reference(fields["to"], "region", names);
    if (!from || !to) return;
    const Region a(*from);
    const Region b(*to);
    const auto& links = setting_.geography.links;
    const bool is_there = std::any_of(links.begin(), links.end(), [&](const Link& one) {
      return (one.from == a && one.to == b) || (one.from == b && one.to == a);
    });
    if (!is_there) {
      reader_.wrong(node,
                    fmt::format("there is no link between {} and {}", in_quotes(names.all()[*from]),
                                in_quotes(names.all()[*to])),
                    "one of the section 'links'");
    }
    door_.corridors.push_back({a, b});
    door_.corridors.push_back({b, a});
  }

  /// Where they live is an origin; what else tells people apart must be the same for all of a group.
  void people(const Node& node) {
    const PeopleTold told{"the people of a door",
                          {"age", "foreign_born", "citizenship"},
                          "attributes, 'residence', or births and citizenships by name; for some ages or "
                          "births a stream of their own"};
    const Who who = read_who(reader_, &node, setting_.events, {}, told);
    door_.groups = who.groups;
    if (std::find(who.residences.begin(), who.residences.end(), false) == who.residences.end()) return;
    if (door_.origins.empty()) {
      door_.origins = who.residences;
      return;
    }
    for (std::size_t r = 0; r < door_.origins.size(); ++r)
      door_.origins[r] = door_.origins[r] && who.residences[r];
    if (std::find(door_.origins.begin(), door_.origins.end(), true) == door_.origins.end())
      reader_.wrong(node, "nobody of 'who' lives in an origin", "a residence that is an origin");
  }

  /// Who enters comes from no origin and is not told apart; who leaves goes to no destination.
  void check_ends_of_flows(const Fields& fields) {
    const Node* inflow = fields["inflow"];
    const Node* outflow = fields["outflow"];
    const auto refuse = [&](const Node* flow, std::string_view key, std::string_view why,
                            std::string expected) {
      const Node* node = fields[key];
      if (flow == nullptr || node == nullptr) return;
      reader_.mistakes().add(reader_.at_key(*node), std::string(why), std::move(expected));
    };
    refuse(inflow, "origins", "an inflow comes from no region", "'destinations', or a door of its own");
    refuse(inflow, "who", "the people of an inflow are not told apart by a door",
           "a door of its own for the inflow, without 'who'");
    refuse(outflow, "destinations", "an outflow leads to no region", "'origins', or a door of its own");
    for (const std::string_view key : {"corridors", "links"}) {
      refuse(inflow != nullptr ? inflow : outflow, key, "corridors and links are ways of streams",
             "a door of its own for the inflow or outflow");
    }
  }

  Reader& reader_;
  const PolicySetting& setting_;
  std::string what_;
  Door door_;
};

}  // namespace

KeyMap door_map() { return {"door", door_keys}; }

KeyMap door_link_map() { return {"door_link", door_link_keys}; }

std::optional<Door> read_door(Reader& reader, const Node& node, const std::string& what, bool closes,
                              const PolicySetting& setting) {
  return DoorReader(reader, setting, what).read(node, closes);
}

std::vector<Door> read_closed(Reader& reader, const Node& section, const PolicySetting& setting) {
  std::vector<Door> doors;
  if (!section.is_list()) {
    reader.wrong_value(section, "'closed'", "a list such as [{destinations: [north]}]");
    return doors;
  }
  for (const Node& node : section.items) {
    if (auto door = read_door(reader, node, "what is closed", true, setting))
      doors.push_back(std::move(*door));
  }
  return doors;
}

}  // namespace sojourn
