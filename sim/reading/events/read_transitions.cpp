#include "sim/reading/events/read_transitions.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/events/hazard_keys.hpp"
#include "sim/reading/events/read_who.hpp"

namespace sojourn {

namespace {

constexpr std::array<std::string_view, 1> naturalisations{"residence"};

constexpr std::array transition_keys{
    Key{.name = "who",
        .form = Form::name,
        .doc =
            "People as in streams: by attributes, age, residence, `foreign_born`. Those who have the value "
            "already are never among them.",
        .otherwise = "everybody",
        .kind = "people",
        .map = people_map},
    becomes_key("One attribute and the value it gets.", Need::required),
    Key{.name = "citizenship",
        .form = Form::nothing,
        .doc = "`residence`, if the transition makes them citizens of the region they live in "
               "(naturalisation).",
        .words = naturalisations},
    rate_key("Changes of one agent, or with a `capacity` its requests; also by an attribute, or `{factor: "
             "NAME}`."),
    schedule_key,
    stay_key,
    factors_key,
    Key{.name = "capacity",
        .form = Form::nothing,
        .doc = "An office that makes so many of these changes in a period.",
        .map = capacity_map},
};

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
                        transition_map());
    transition_.where = reader_.at_key(node);
    transition_.who = read_who(reader_, fields["who"], setting_, transition_.where);
    if (const Node* part = fields["becomes"]) becomes(*part);
    transition_.naturalises = fields.word("citizenship").has_value();
    const HazardSetting setting{setting_,  factors_,        parameters_, "transitions." + transition_.name,
                                "factors", &transition_.who};
    transition_.hazard = read_hazard(reader_, fields, setting);
    const Node* part = fields["capacity"];
    if (part == nullptr) return;
    queue_ = read_capacity(reader_, *part, setting);
    queue_->name = transition_.name;
  }

  void set_queue(QueueId queue) { transition_.queue = queue; }
  [[nodiscard]] Transition take_transition() { return std::move(transition_); }
  [[nodiscard]] std::optional<Queue>& queue() { return queue_; }

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
  std::optional<Queue> queue_;
};

}  // namespace

KeyMap transition_map() { return {"transition", transition_keys}; }

TransitionSet read_transitions(Reader& reader, const Node& section, const Setting& setting,
                               const FactorSet& factors, ParameterSet& parameters) {
  TransitionSet set;
  if (!reader.is_map_of(section, "transitions", "transitions")) return set;
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "transition")) continue;
    TransitionReader transition(reader, setting, factors, parameters, entry.key);
    transition.read(entry.value);
    if (std::optional<Queue>& queue = transition.queue()) {
      queue->transition = TransitionId(set.transitions.size());
      transition.set_queue(QueueId(set.queues.size()));
      set.queues.push_back(std::move(*queue));
    }
    set.transitions.push_back(transition.take_transition());
  }
  return set;
}

}  // namespace sojourn
