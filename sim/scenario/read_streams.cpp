#include "sim/scenario/read_streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "sim/scenario/ages.hpp"
#include "sim/scenario/read_schedule.hpp"
#include "sim/scenario/read_terms.hpp"
#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {

/// Reads one stream; each function reads the part that it is named after.
class StreamReader {
 public:
  StreamReader(Reader& reader, const Setting& setting, const FactorSet& factors, ParameterSet& parameters,
               const std::string& name)
      : reader_(reader), setting_(setting), factors_(factors), parameters_(parameters) {
    stream_.name = name;
  }

  void read(const Node& node) {
    const Fields fields(reader_, node, fmt::format("stream {}", in_quotes(stream_.name)),
                        {"who", "hazard", "destination", "becomes"});
    places_.stream = reader_.at_key(node);
    stream_.where = places_.stream;
    const Node* who_node = fields.optional("who");
    places_.who = who_node != nullptr ? reader_.at_key(*who_node) : places_.stream;
    who(who_node);
    if (const Node* part = fields.required("hazard")) hazard(*part);
    if (const Node* part = fields.required("destination")) destination(*part);
    becomes(fields.optional("becomes"));
  }

  [[nodiscard]] Stream take_stream() { return std::move(stream_); }
  [[nodiscard]] StreamPlaces take_places() { return std::move(places_); }

 private:
  void who(const Node* node) {
    const Groups& groups = *setting_.groups;
    Who& who = stream_.who;
    who.groups.assign(groups.count(), true);
    who.residences.assign(setting_.geography->regions.size(), true);
    if (node == nullptr) return;
    std::vector<std::string> keys = attribute_names(groups).all();
    keys.insert(keys.end(), {"age", "residence", "foreign_born"});
    const Fields fields(reader_, *node, "'who'", std::move(keys));
    for (std::size_t a = 0; a < groups.attributes().size(); ++a) {
      const Attribute& attribute = groups.attributes()[a];
      const Node* values = fields.optional(attribute.name);
      if (values == nullptr) continue;
      const auto named = reader_.references(*values, "value of " + attribute.name, Names(attribute.values));
      for (std::size_t g = 0; g < groups.count(); ++g) {
        const std::size_t value = groups.value(Group(g), AttributeId(a));
        if (std::find(named.begin(), named.end(), value) == named.end()) who.groups[g] = false;
      }
    }
    if (const Node* residence = fields.optional("residence")) {
      who.residences.assign(who.residences.size(), false);
      for (const std::size_t r : reader_.references(*residence, "region", setting_.geography->names)) {
        who.residences[r] = true;
      }
    }
    if (const Node* age = fields.optional("age")) who_age(*age);
    if (const Node* foreign = fields.optional("foreign_born")) {
      who.foreign_born = reader_.boolean(*foreign, "'foreign_born'");
    }
  }

  void who_age(const Node& node) {
    const auto range = node.is_scalar() ? parse_age_range(node.text) : std::nullopt;
    if (!range) {
      reader_.wrong_value(node, "the age", "ages up to 150 such as 15-64, 65+ or 18");
      return;
    }
    stream_.who.age_from = range->from;
    if (range->to) stream_.who.age_to = *range->to;
  }

  void hazard(const Node& node) {
    const Fields fields(reader_, node, "'hazard'", {"rate", "age", "stay", "push", "attraction"});
    Hazard& hazard = stream_.hazard;
    const std::string prefix = "streams." + stream_.name + ".hazard";
    if (const Node* rate = fields.required("rate")) {
      places_.rate = reader_.at(*rate);
      auto values = read_by_group(reader_, *rate, "the rate", *setting_.groups, &Reader::rate);
      if (std::any_of(values.begin(), values.end(), [](double v) { return v < 0; })) {
        reader_.wrong(*rate, "the rate is negative", "0 or more");
      }
      if (!values.empty())
        hazard.rate = parameters_.add({prefix + ".rate", "per year", std::move(values), false});
    }
    if (const Node* age = fields.optional("age")) {
      places_.schedule = reader_.at(*age);
      auto [schedule, mean] = read_schedule(reader_, *age);
      hazard.schedule = std::move(schedule);
      hazard.schedule_mean = mean;
    }
    if (const Node* stay = fields.optional("stay")) hazard.stay = read_stay(reader_, *stay);
    if (const Node* push = fields.optional("push")) {
      const TermSetting setting{*setting_.groups, factors_, parameters_, prefix + ".push"};
      hazard.push = read_push(reader_, *push, setting, places_.push);
    }
    if (const Node* attraction = fields.optional("attraction")) {
      places_.attraction = reader_.at(*attraction);
      auto values = read_by_group(reader_, *attraction, "the attraction", *setting_.groups, &Reader::number);
      if (!values.empty()) {
        hazard.attraction = parameters_.add({prefix + ".attraction", "1", std::move(values), false});
      }
    }
  }

  void destination(const Node& node) {
    const Fields fields(reader_, node, "'destination'", {"choose", "pull"});
    DestinationChoice& choice = stream_.destination;
    const Node* choose = fields.optional("choose");
    places_.choose = reader_.at(choose != nullptr ? *choose : node);
    if (choose != nullptr) choice_set(*choose);
    const Node* pull = fields.optional("pull");
    if (pull == nullptr) return;
    const TermSetting setting{*setting_.groups, factors_, parameters_,
                              "streams." + stream_.name + ".destination.pull"};
    choice.pull = read_pull(reader_, *pull, setting, places_.pull);
    const bool one_region = std::holds_alternative<BirthRegion>(choice.choice_set) ||
                            std::holds_alternative<PreviousRegion>(choice.choice_set);
    if (one_region) {
      reader_.mistakes().add(
          reader_.at_key(*pull),
          fmt::format("'choose: {}' leaves one destination, so that 'pull' has no effect", choose->text),
          "no key 'pull'");
    }
  }

  void choice_set(const Node& node) {
    ChoiceSet& set = stream_.destination.choice_set;
    if (node.is_list()) {
      Listed listed;
      for (const std::size_t r : reader_.references(node, "region", setting_.geography->names)) {
        listed.regions.emplace_back(r);
      }
      set = std::move(listed);
      return;
    }
    const std::vector<std::string> words = {"all", "neighbours", "birth", "previous"};
    const auto found = node.is_scalar() ? std::find(words.begin(), words.end(), node.text) : words.end();
    switch (found - words.begin()) {
      case 0:
        set = AllRegions{};
        break;
      case 1:
        set = Neighbours{};
        break;
      case 2:
        set = BirthRegion{};
        break;
      case 3:
        set = PreviousRegion{};
        break;
      default:
        reader_.wrong_value(node, "'choose'", "all, neighbours, birth, previous or a list of regions",
                            node.is_scalar() ? reader_.closest(reader_.file(), node.text, words) : "");
    }
  }

  void becomes(const Node* node) {
    const Groups& groups = *setting_.groups;
    stream_.becomes.clear();
    for (std::size_t g = 0; g < groups.count(); ++g) stream_.becomes.emplace_back(g);
    if (node == nullptr) return;
    const Names attributes = attribute_names(groups);
    const Fields fields(reader_, *node, "'becomes'", attributes.all());
    for (std::size_t a = 0; a < groups.attributes().size(); ++a) {
      const Attribute& attribute = groups.attributes()[a];
      const Node* value_node = fields.optional(attribute.name);
      if (value_node == nullptr) continue;
      const auto value =
          reader_.reference(*value_node, "value of " + attribute.name, Names(attribute.values));
      if (!value) continue;
      for (Group& group : stream_.becomes) group = groups.with(group, AttributeId(a), *value);
    }
  }

  Reader& reader_;
  const Setting& setting_;
  const FactorSet& factors_;
  ParameterSet& parameters_;
  Stream stream_;
  StreamPlaces places_;
};

}  // namespace

StreamSet read_streams(Reader& reader, const Node& section, const Setting& setting,
                       const FactorSet& factors) {
  StreamSet set;
  if (!section.is_map()) {
    reader.wrong_value(section, "'streams'", "a map from names to streams");
    set.parameters.set_complete(false);
    return set;
  }
  const std::size_t mistakes_before = reader.mistakes().count();
  if (section.entries.empty()) reader.wrong(section, "there is no stream", "at least one");
  constexpr std::size_t most_streams = 100;
  if (section.entries.size() > most_streams) {
    reader.wrong(section, fmt::format("there are more than {} streams", most_streams), "fewer");
    return set;
  }
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "stream")) continue;
    StreamReader stream(reader, setting, factors, set.parameters, entry.key);
    stream.read(entry.value);
    set.streams.push_back(stream.take_stream());
    set.places.push_back(stream.take_places());
  }
  set.parameters.set_complete(reader.mistakes().count() == mistakes_before);
  return set;
}

}  // namespace sojourn
