#include "sim/scenario/read_transitions.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>

#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {

/// Reads one transition; each function reads the part that it is named after.
class TransitionReader {
 public:
  TransitionReader(Reader& reader, const Setting& setting, const FactorSet& factors, ParameterSet& parameters,
                   const std::string& name)
      : reader_(reader), setting_(setting), factors_(factors), parameters_(parameters) {
    transition_.name = name;
  }

  void read(const Node& node) {
    const Fields fields(reader_, node, fmt::format("transition {}", in_quotes(transition_.name)),
                        {"who", "becomes", "rate", "age", "stay", "factors"});
    transition_.where = reader_.at_key(node);
    const Node* who = fields.optional("who");
    places_.who = who != nullptr ? reader_.at_key(*who) : transition_.where;
    transition_.who = read_who(reader_, who, setting_);
    if (const Node* part = fields.required("becomes")) becomes(*part);
    const HazardSetting setting{setting_, factors_, parameters_, "transitions." + transition_.name,
                                "factors"};
    transition_.hazard = read_hazard(reader_, fields, setting, places_.hazard);
  }

  [[nodiscard]] Transition take_transition() { return std::move(transition_); }
  [[nodiscard]] TransitionPlaces take_places() { return std::move(places_); }

 private:
  void becomes(const Node& node) {
    const Groups& groups = *setting_.groups;
    transition_.becomes = read_becomes(reader_, &node, groups, "'becomes'");
    if (!node.is_map()) return;
    if (node.entries.size() != 1) {
      reader_.wrong(node, fmt::format("'becomes' names {} attributes", node.entries.size()),
                    "one: a transition changes one attribute");
      return;
    }
    for (std::size_t g = 0; g < groups.count(); ++g) {
      if (transition_.becomes[g] == Group{g}) transition_.who.groups[g] = false;
    }
  }

  Reader& reader_;
  const Setting& setting_;
  const FactorSet& factors_;
  ParameterSet& parameters_;
  Transition transition_;
  TransitionPlaces places_;
};

}  // namespace

TransitionSet read_transitions(Reader& reader, const Node& section, const Setting& setting,
                               const FactorSet& factors, ParameterSet& parameters) {
  TransitionSet set;
  if (!section.is_map()) {
    reader.wrong_value(section, "'transitions'", "a map from names to transitions");
    return set;
  }
  constexpr std::size_t most_transitions = 100;
  if (section.entries.size() > most_transitions) {
    reader.wrong(section, fmt::format("there are more than {} transitions", most_transitions), "fewer");
    return set;
  }
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "transition")) continue;
    TransitionReader transition(reader, setting, factors, parameters, entry.key);
    transition.read(entry.value);
    set.transitions.push_back(transition.take_transition());
    set.places.push_back(transition.take_places());
  }
  return set;
}

}  // namespace sojourn
