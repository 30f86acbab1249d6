#include "sim/reading/events/read_who.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/events/named_people.hpp"
#include "sim/reading/forms/ages.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/reading/forms/tie_classes.hpp"

namespace sojourn {

namespace {

constexpr std::array<std::string_view, 3> words_of_citizenship{residence_word, outside_word, stateless_word};
constexpr std::array<std::string_view, 2> words_of_birth{residence_word, outside_word};

constexpr std::array other_regions_keys{
    Key{.name = "not",
        .form = Form::name,
        .need = Need::required,
        .doc = "A region or a word, or a list of them: all others are meant.",
        .words = words_of_citizenship,
        .kind = "region",
        .is_list = true},
};

constexpr std::array people_keys{
    Key{.name = "people",
        .form = Form::name,
        .doc = "A name of the section `people`: of those for whom it stands, all whom the other keys name.",
        .kind = "people"},
    Key{.name = "ATTRIBUTE",
        .form = Form::name,
        .doc = "A value of the attribute, or a list of values.",
        .kind = "value",
        .is_list = true},
    Key{.name = "age",
        .form = Form::ages,
        .doc =
            "Ages in completed years up to 150: `15-64`, `65+` or `18`. Ages are spread evenly over people "
            "born in the same year of the run; of those whom a bound cuts, the share that is named "
            "counts.",
        .unit = "years"},
    Key{.name = "residence",
        .form = Form::name,
        .doc = "A region, or a list of regions, where they live.",
        .kind = "region",
        .is_list = true},
    Key{.name = "foreign_born",
        .form = Form::boolean,
        .doc = "`true`: only those who live outside their region of birth; `false`: only those who live in "
               "it."},
    Key{.name = "citizenship",
        .form = Form::name,
        .doc = "Whose citizens they are: a region, or a list of regions; `none` (stateless), `outside`, or "
               "`residence`: the region they live in. `{not: ...}`: of any other.",
        .words = words_of_citizenship,
        .kind = "region",
        .map = other_regions_map,
        .is_list = true},
    Key{.name = "birth",
        .form = Form::name,
        .doc = "Where they were born, likewise: a region or a list of them, `outside`, `residence`, or "
               "`{not: ...}`.",
        .words = words_of_birth,
        .kind = "region",
        .map = other_regions_map,
        .is_list = true},
    Key{.name = "not",
        .form = Form::name,
        .doc =
            "People by the same keys, or a list of such, who are left out of those whom the other keys name.",
        .kind = "people",
        .map = people_map,
        .is_list = true},
};

constexpr const char* people_of_each_key = "at least one region, and one value of each attribute it names";

/// Reads a map of people; each function reads the key that it is named after.
class PeopleReader {
 public:
  PeopleReader(Reader& reader, const Setting& setting, const PeopleTold& told)
      : reader_(reader), setting_(setting), groups_(*setting.groups), told_(told) {}

  /// A map, or a name of people.
  [[nodiscard]] PeopleSet read(const Node& node, const std::string& of) {
    PeopleSet set = everybody();
    if (node.is_scalar()) {
      by_name(node, set);
      return set;
    }
    const Fields fields(reader_, node, of, people_map(), attribute_names(groups_).all());
    if (const Node* name = fields["people"]) by_name(*name, set);
    PeopleSet by_keys = everybody();
    attributes(fields, by_keys);
    if (const Node* part = told_by(fields, "residence")) residence(*part, by_keys);
    if (const Node* part = told_by(fields, "age")) age(*part, by_keys);
    if (const Node* part = told_by(fields, "foreign_born")) foreign_born(*part, by_keys);
    if (const Node* part = fields["citizenship"]) ties(*part, Tie::citizenship, by_keys);
    if (const Node* part = fields["birth"]) ties(*part, Tie::birth, by_keys);
    set = intersection(set, by_keys);
    if (const Node* part = fields["not"]) others(*part, set);
    return set;
  }

  /// Whether no mistake was met, here or behind a name.
  [[nodiscard]] bool is_right() const { return right_; }
  /// By which of the keys that not every place takes people were told.
  [[nodiscard]] const std::vector<std::string_view>& keys() const { return keys_; }

  [[nodiscard]] PeopleSet everybody() const {
    return sojourn::everybody(groups_.count(), setting_.geography->regions.size());
  }

 private:
  void attributes(const Fields& fields, PeopleSet& set) {
    for (std::size_t a = 0; a < groups_.attributes().size(); ++a) {
      const Attribute& attribute = groups_.attributes()[a];
      const Node* values = fields.optional(attribute.name);
      if (values == nullptr) continue;
      const auto named = reader_.references(*values, "value of " + attribute.name, Names(attribute.values));
      for (std::size_t g = 0; g < groups_.count(); ++g) {
        const std::size_t value = groups_.value(Group(g), AttributeId(a));
        if (std::find(named.begin(), named.end(), value) == named.end()) set.groups[g] = false;
      }
    }
  }

  void by_name(const Node& node, PeopleSet& set) {
    NamedPeople none;
    NamedPeople& names = setting_.people != nullptr ? *setting_.people : none;
    const PeopleSaid* named = names.find(reader_, node);
    if (named == nullptr) {
      right_ = false;
      return;
    }
    set = named->set;
    for (const std::string_view key : named->keys) {
      keys_.push_back(key);
      if (!takes(key)) {
        reader_.wrong(node,
                      fmt::format("{} are not told apart by {}, as people {} are", told_.of,
                                  in_quotes(std::string(key)), in_quotes(node.text)),
                      told_.expected);
      }
    }
  }

  void residence(const Node& node, PeopleSet& set) {
    set.residences.assign(set.residences.size(), false);
    for (const std::size_t r : reader_.references(node, "region", setting_.geography->names)) {
      set.residences[r] = true;
    }
  }

  void foreign_born(const Node& node, PeopleSet& set) {
    const auto foreign = reader_.boolean(node, "'foreign_born'");
    set.native = !foreign.value_or(false);
    set.foreign = foreign.value_or(true);
  }

  enum class Tie : std::uint8_t { citizenship, birth };

  /// Regions that are named together, and whether their own region is among them.
  struct RegionsNamed {
    std::vector<std::size_t> regions{};
    bool residence = false;
  };

  /// A region, `outside`, `none`, `residence`, a list of them, or {not: ...} of either.
  void ties(const Node& node, Tie tie, PeopleSet& set) {
    const std::string_view key = tie == Tie::birth ? birth_key : citizenship_key_of_people;
    const Node* named_by = &node;
    const bool others = node.is_map();
    if (others) named_by = Fields(reader_, node, in_quotes(std::string(key)), other_regions_map())["not"];
    if (named_by == nullptr) return;
    const RegionsNamed named = regions_named(*named_by, tie);
    if (named_by->is_list() && named_by->items.empty()) {
      reader_.wrong(*named_by, fmt::format("'{}' names nothing", key), "at least one region");
      return;
    }
    if (named.residence && !named.regions.empty() && !others) {
      reader_.wrong(*named_by, fmt::format("'{}' names 'residence' and regions beside it", key),
                    "either of them; of both, two entries");
      return;
    }
    if (named.residence) at_residence(*named_by, tie, others, set);
    if (!named.regions.empty()) keep(tie, named.regions, others, set);
  }

  [[nodiscard]] RegionsNamed regions_named(const Node& node, Tie tie) {
    Names known = tie_names(setting_.geography->names);
    const std::size_t residence = known.size();
    known.add(std::string(residence_word));
    RegionsNamed result;
    for (const std::size_t r : reader_.references(node, "region", known)) {
      if (r == residence) {
        result.residence = true;
      } else if (tie == Tie::birth && r == stateless(setting_.geography->regions.size()).index()) {
        reader_.wrong(node, "nobody is born in 'none'", "a region, 'outside' or 'residence'");
      } else {
        result.regions.push_back(r);
      }
    }
    return result;
  }

  /// Keeps those who live where they were born, or whose citizens they are; or all others.
  void at_residence(const Node& node, Tie tie, bool others, PeopleSet& set) {
    const std::string_view key = tie == Tie::birth ? "foreign_born" : citizenship_key_of_people;
    keys_.push_back(key);
    if (!takes(key)) {
      reader_.wrong(node, fmt::format("{} are not told apart by whether they live there", told_.of),
                    "names of regions");
    } else if (tie == Tie::birth) {
      (others ? set.native : set.foreign) = false;
    } else {
      (others ? set.citizens : set.aliens) = false;
    }
  }

  void keep(Tie tie, const std::vector<std::size_t>& regions, bool others, PeopleSet& set) const {
    const TieClasses& classes = tie == Tie::birth ? groups_.births() : groups_.citizenships();
    const AttributeId attribute = tie == Tie::birth ? groups_.birth() : groups_.citizenship();
    std::vector<bool> named(classes.names.size());
    for (const std::size_t r : regions) named[classes.class_of(Region{r})] = true;
    for (std::size_t g = 0; g < groups_.count(); ++g) {
      if (named[groups_.value(Group(g), attribute)] == others) set.groups[g] = false;
    }
  }

  void age(const Node& node, PeopleSet& set) {
    const auto range = node.is_scalar() ? parse_age_range(node.text) : std::nullopt;
    if (!range) {
      reader_.wrong_value(node, "the age", "ages up to 150 such as 15-64, 65+ or 18");
      return;
    }
    set.age_from = range->from;
    if (range->to) set.age_to = *range->to;
  }

  /// Takes out those of all entries, in whatever order it can be said: of 30 and more first those of 65 and
  /// more, then those up to 64.
  void others(const Node& node, PeopleSet& set) {
    std::vector<std::pair<const Node*, PeopleSet>> entries;
    if (node.is_list()) {
      for (const Node& item : node.items) add_named(item, entries);
    } else {
      add_named(node, entries);
    }
    while (!entries.empty()) {
      std::vector<std::string_view> undivided;
      const auto next = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
        PeopleSet rest = set;
        const auto keys = subtract(rest, entry.second);
        if (undivided.empty()) undivided = keys;
        if (keys.empty()) set = rest;
        return keys.empty();
      });
      if (next == entries.end()) {
        say_undivided(*entries.front().first, undivided);
        return;
      }
      entries.erase(next);
    }
  }

  void add_named(const Node& node, std::vector<std::pair<const Node*, PeopleSet>>& entries) {
    const std::size_t mistakes_before = reader_.mistakes().count();
    PeopleSet named = read(node, "'not'");
    if (!right_ || reader_.mistakes().count() != mistakes_before) return;
    if (is_empty(named)) {
      reader_.wrong(node, "'not' names nobody", people_of_each_key);
      return;
    }
    entries.emplace_back(&node, std::move(named));
  }

  /// That those whom `not` leaves are of several kinds, which a hazard does not tell apart.
  void say_undivided(const Node& node, const std::vector<std::string_view>& keys) {
    if (keys.size() == 1) {
      reader_.wrong(node, "'not' leaves younger people and older ones",
                    "ages from 0 on, or without an end; or two entries, one for the younger and one for the "
                    "older");
    } else if (keys.size() > 1) {
      reader_.wrong(
          node,
          fmt::format("'not' names people by {} at once, so that the others are of several kinds",
                      in_words(std::vector<std::string>(keys.begin(), keys.end()))),
          fmt::format("one of these; or an entry for each kind: those of other {0}, and those of the same "
                      "{0} and other {1}",
                      keys[0], keys[1]));
    }
  }

  [[nodiscard]] bool takes(std::string_view key) const {
    return std::find(told_.not_by.begin(), told_.not_by.end(), key) == told_.not_by.end();
  }

  /// The value of a key, or null; a mistake where the place does not tell people apart by it.
  const Node* told_by(const Fields& fields, std::string_view key) {
    const Node* node = fields[key];
    if (node == nullptr) return nullptr;
    keys_.push_back(key);
    if (takes(key)) return node;
    reader_.mistakes().add(reader_.at_key(*node),
                           fmt::format("{} are not told apart by {}", told_.of, in_quotes(std::string(key))),
                           told_.expected);
    return nullptr;
  }

  Reader& reader_;
  const Setting& setting_;
  const Groups& groups_;
  const PeopleTold& told_;
  bool right_ = true;
  std::vector<std::string_view> keys_;
};

}  // namespace

KeyMap other_regions_map() { return {"other_regions", other_regions_keys}; }

KeyMap people_map() { return {"people", people_keys}; }

Who read_who(Reader& reader, const Node* node, const Setting& setting, Position of, const PeopleTold& told) {
  PeopleReader people(reader, setting, told);
  const std::size_t mistakes_before = reader.mistakes().count();
  const PeopleSet set = node != nullptr ? people.read(*node, "'who'") : people.everybody();
  Who who = who_of(set);
  who.where = node != nullptr ? reader.at_key(*node) : std::move(of);
  if (!people.is_right() || reader.mistakes().count() != mistakes_before) {
    who.groups.assign(who.groups.size(), false);
    return who;
  }
  if (node == nullptr || !is_empty(set)) return who;
  if (node->find("not") != nullptr) {
    reader.mistakes().add(who.where, "'not' leaves nobody", "people whom 'not' does not name");
  } else if (node->find("people") != nullptr) {
    reader.mistakes().add(
        who.where, "'people' and the keys beside it name nobody in common",
        "a region, a value of each attribute, an age, a citizenship and a place of birth that both name");
  }
  return who;
}

std::optional<PeopleSaid> read_people(Reader& reader, const Node& node, const Setting& setting,
                                      const std::string& of) {
  const PeopleTold by_all_keys;
  PeopleReader people(reader, setting, by_all_keys);
  const std::size_t mistakes_before = reader.mistakes().count();
  const PeopleSet set = people.read(node, of);
  if (!people.is_right() || reader.mistakes().count() != mistakes_before) return std::nullopt;
  if (!is_empty(set)) return PeopleSaid{set, people.keys()};
  reader.mistakes().add(reader.at_key(node), fmt::format("{} names nobody", of), people_of_each_key);
  return std::nullopt;
}

}  // namespace sojourn
