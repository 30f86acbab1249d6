#include "sim/reading/events/read_transitions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/events/hazard_keys.hpp"
#include "sim/reading/events/read_outcomes.hpp"
#include "sim/reading/events/read_who.hpp"
#include "sim/reading/forms/outcome_names.hpp"

namespace sojourn {

namespace {

constexpr std::array<std::string_view, 1> naturalisations{"residence"};

constexpr std::array<std::string_view, 1> at_once{"at once"};

constexpr Key transition_rate_key() {
  Key key = as_optional(rate_key(
      "Changes of one agent, or with a `capacity` its requests; also by an attribute, or `{factor: "
      "NAME}`; `at once`, with a `capacity`: all ask in the step in which they come to be among those "
      "of `who`. Required without `after`."));
  key.words = at_once;
  return key;
}

constexpr std::array transition_keys{
    Key{.name = "who",
        .form = Form::name,
        .doc =
            "People as in streams: by attributes, age, residence, `foreign_born`. Those who have the value "
            "already are never among them.",
        .otherwise = "everybody",
        .kind = "people",
        .map = people_map},
    becomes_key("The attributes that change, and the values they get. Required without `outcomes`.",
                Need::optional),
    Key{.name = "citizenship",
        .form = Form::nothing,
        .doc = "`residence`, if the transition makes them citizens of the region they live in "
               "(naturalisation).",
        .words = naturalisations},
    transition_rate_key(),
    schedule_key,
    stay_key,
    factors_key,
    Key{.name = "after",
        .form = Form::duration,
        .doc =
            "In place of `rate` and `capacity`, a term: it ends so long after they came to be among those of "
            "`who`, for everybody who still is, at the end of the step. Moves do not end it. Of the people "
            "of the start it began at times that are spread evenly over its length."},
    Key{.name = "capacity",
        .form = Form::nothing,
        .doc = "An office that makes so many of these changes in a period.",
        .map = capacity_map},
    Key{.name = "outcomes",
        .form = Form::nothing,
        .doc = "In place of `becomes`, what a decision may come to: one of these is drawn for each whom it "
               "concerns, `{recognised: {weight: 0.3, becomes: {...}}, refused: {weight: 0.7, ...}}`.",
        .map = outcome_map,
        .names = "OUTCOME"},
    Key{.name = given_up_key,
        .form = Form::nothing,
        .doc = "With a `capacity`: what becomes of those who give up waiting. Default: they only wait no "
               "longer.",
        .map = given_up_map},
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
    become(fields);
    transition_.naturalises = fields.word("citizenship").has_value();
    const HazardSetting setting{setting_,  factors_,        parameters_, "transitions." + transition_.name,
                                "factors", &transition_.who};
    const Node* after = fields["after"];
    const Node* rate = fields["rate"];
    const bool asks_at_once = rate != nullptr && rate->is_scalar() && rate->text == at_once[0];
    if (after != nullptr || asks_at_once) {
      come_by_themselves(fields, setting);
    } else {
      if (rate == nullptr) {
        reader_.wrong(fields.node(), fmt::format("transition {} needs 'rate'", in_quotes(transition_.name)),
                      "'rate', or 'after' of what has a term");
      }
      transition_.hazard = read_hazard(reader_, fields, setting);
    }
    if (!transition_.outcomes.empty())
      read_weights(reader_, *fields["outcomes"], setting, transition_.outcomes);
    const Node* part = fields["capacity"];
    given_up(fields[given_up_key], part != nullptr);
    if (after != nullptr) {
      queue_ = read_term(reader_, *after, setting);
    } else if (part != nullptr) {
      queue_ = read_capacity(reader_, *part, setting);
      queue_->joins_at_once = asks_at_once;
    }
    if (queue_) queue_->name = transition_.name;
  }

  void set_queue(QueueId queue) { transition_.queue = queue; }
  [[nodiscard]] Transition take_transition() { return std::move(transition_); }
  [[nodiscard]] std::optional<Queue>& queue() { return queue_; }

 private:
  /// What becomes of people, and who is none of them because nothing would.
  void become(const Fields& fields) {
    const Groups& groups = *setting_.groups;
    const Node* becomes = fields["becomes"];
    const Node* outcomes = fields["outcomes"];
    transition_.becomes = read_changes(reader_, outcomes == nullptr ? becomes : nullptr, groups, "'becomes'");
    if (outcomes == nullptr) {
      if (becomes == nullptr) {
        reader_.wrong(fields.node(),
                      fmt::format("transition {} needs 'becomes'", in_quotes(transition_.name)),
                      "'becomes', or 'outcomes' of a decision");
      } else {
        leave_out([&](Group group) { return transition_.becomes[group.index()] == group; });
      }
      return;
    }
    for (const Node* beside : {becomes, fields["citizenship"]}) {
      if (beside == nullptr) continue;
      reader_.mistakes().add(
          reader_.at_key(*beside),
          fmt::format("transition {} has outcomes, and so nothing beside them that it comes "
                      "to",
                      in_quotes(transition_.name)),
          "the key in each outcome that it holds for");
    }
    transition_.outcomes_where = reader_.at_key(*outcomes);
    transition_.outcomes = read_outcomes(reader_, *outcomes, groups, transition_.name);
    if (transition_.outcomes.empty()) return;
    if (changes_nobody()) {
      reader_.mistakes().add(reader_.at_key(*outcomes), "no outcome changes anything",
                             "'becomes' or 'leaves' in at least one of them");
      return;
    }
    leave_out([&](Group group) { return !is_changed(group); });
  }

  /// Whether any outcome changes those of a group.
  [[nodiscard]] bool is_changed(Group group) const {
    const std::vector<Outcome>& outcomes = transition_.outcomes;
    return std::any_of(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) {
      return outcome.leaves || outcome.becomes[group.index()] != group;
    });
  }
  [[nodiscard]] bool changes_nobody() const {
    for (std::size_t g = 0; g < setting_.groups->count(); ++g) {
      if (is_changed(Group{g})) return false;
    }
    return true;
  }

  /// Those of the groups for which `is_idle`.
  template <class IsIdle>
  void leave_out(const IsIdle& is_idle) {
    for (std::size_t g = 0; g < setting_.groups->count(); ++g) {
      if (is_idle(Group{g})) transition_.who.groups[g] = false;
    }
  }

  /// A term, or requests at once: nothing is drawn, and nothing may say how often.
  void come_by_themselves(const Fields& fields, const HazardSetting& setting) {
    const bool is_term = fields["after"] != nullptr;
    const std::string what = is_term ? "a term" : "'at once'";
    const auto none_of = [&](std::string_view key) {
      const Node* node = fields[key];
      if (node == nullptr) return;
      reader_.mistakes().add(reader_.at_key(*node), fmt::format("{} has no '{}'", what, key),
                             fmt::format("a rate, or no '{}'", key));
    };
    for (const std::string_view key : {"age", "stay", "factors"}) none_of(key);
    if (is_term) {
      for (const std::string_view key : {"rate", "capacity"}) none_of(key);
    } else if (fields["capacity"] == nullptr) {
      reader_.wrong(*fields["rate"], "nobody waits for a transition without a 'capacity'",
                    "a 'capacity' whose office serves those who ask at once, or a rate");
    }
    const Who& who = transition_.who;
    const bool somewhere =
        std::any_of(who.residences.begin(), who.residences.end(), [](bool named) { return !named; });
    if (who.by_age() || who.foreign_born || who.foreign_citizen || (is_term && somewhere)) {
      reader_.mistakes().add(
          who.where,
          fmt::format("{} is of people by attributes{}", what, is_term ? " alone" : " and residence"),
          is_term ? "a 'who' without age, residence and 'foreign_born'; births and citizenships by name"
                  : "a 'who' without age and 'foreign_born'; births and citizenships by name");
    }
    const Node* written = fields[is_term ? "after" : "rate"];
    transition_.hazard.rate = parameters_.add(
        {setting.prefix + ".rate", "per year", {0.0}, false, reader_.at(*written), {.least = 0, .most = 0}});
  }

  void given_up(const Node* node, bool has_capacity) {
    if (node == nullptr) return;
    transition_.given_up = read_given_up(reader_, *node, *setting_.groups, transition_.name);
    if (has_capacity) return;
    reader_.mistakes().add(reader_.at_key(*node), "nobody waits for a transition without a 'capacity'",
                           "a 'capacity', or no 'given_up'");
  }

  Reader& reader_;
  const Setting& setting_;
  const FactorSet& factors_;
  ParameterSet& parameters_;
  Transition transition_;
  std::optional<Queue> queue_;
};

/// What is counted has a name of its own.
void check_names_of_outcomes(Reader& reader, const Node& section) {
  const OutcomeNames names = names_of_outcomes(&section);
  Names known;
  for (std::size_t i = 0; i < names.counted.size(); ++i) {
    if (known.add(names.counted[i])) continue;
    reader.mistakes().add(reader.at_key(section.entries[names.transition[i]].value),
                          fmt::format("two things are counted as {}", in_quotes(names.counted[i])),
                          "another name for the outcome or the transition");
  }
}

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
  check_names_of_outcomes(reader, section);
  return set;
}

}  // namespace sojourn
