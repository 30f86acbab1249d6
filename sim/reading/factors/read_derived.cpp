#include "sim/reading/factors/read_derived.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/expression.hpp"
#include "sim/base/text.hpp"
#include "sim/reading/events/read_who.hpp"
#include "sim/reading/factors/expression_keys.hpp"
#include "sim/reading/read_time.hpp"

namespace sojourn {

namespace {

constexpr std::array derived_factor_keys{
    Key{.name = "expression",
        .form = Form::text,
        .need = Need::required,
        .doc = "What the factor is, computed region by region and step by step from other factors and "
               "from the state of the run, such as `500 * (people / homes) ^ 0.6`."},
    Key{.name = "unit",
        .form = Form::text,
        .need = Need::required,
        .doc = "Text for outputs and plots; with `expression` it is required."},
    Key{.name = "where",
        .form = Form::nothing,
        .doc = "With `expression`: what its names mean that are no factors.",
        .map = expression_input_map,
        .names = "NAME"},
};

/// The first word of an expression that has a character beyond ASCII; "" if there is none.
std::string foreign_word(const std::string& expression) {
  const auto is_foreign = [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; };
  const auto is_of_word = [&](char c) { return is_foreign(c) || is_variable_name(std::string("_") + c); };
  const auto foreign = std::find_if(expression.begin(), expression.end(), is_foreign);
  if (foreign == expression.end()) return "";
  const auto first =
      std::find_if_not(std::make_reverse_iterator(foreign), expression.rend(), is_of_word).base();
  return {first, std::find_if_not(foreign, expression.end(), is_of_word)};
}

class DerivationReader {
 public:
  DerivationReader(Reader& reader, const Setting& setting, const FactorSet& factors, FactorId factor)
      : reader_(reader),
        setting_(setting),
        factors_(factors),
        of_(fmt::format("factor {}", in_quotes(factors.names.all()[factor.index()]))) {}

  [[nodiscard]] Derivation read(const Node& definition) {
    const Fields fields(reader_, definition, of_, derived_factor_map());
    (void)fields["unit"];
    const Node* expression = fields["expression"];
    if (expression == nullptr) return {};
    derivation_.where = reader_.at(*expression);
    derivation_.expression = reader_.text(*expression, "the expression").value_or("");
    if (const Node* where = fields["where"]) read_names(*where);
    if (expression->is_scalar()) resolve(*expression);
    return std::move(derivation_);
  }

 private:
  void read_names(const Node& where) {
    if (!where.is_map()) {
      reader_.wrong_value(where, "'where'", "a map from names in the expression to what they mean");
      right_ = false;
      return;
    }
    for (const Entry& entry : where.entries) {
      if (!is_variable_name(entry.key)) {
        reader_.mistakes().add(reader_.at_key(entry.value),
                               fmt::format("{} cannot be a name in an expression", in_quotes(entry.key)),
                               "letters, digits and _, and no digit first");
        right_ = false;
      } else if (factors_.names.find(entry.key)) {
        reader_.mistakes().add(reader_.at_key(entry.value),
                               fmt::format("{} is the name of a factor, too", in_quotes(entry.key)),
                               "another name");
        right_ = false;
      } else if (auto input = read_input(entry.value)) {
        input->name = entry.key;
        derivation_.inputs.push_back(std::move(*input));
        places_.push_back(reader_.at_key(entry.value));
      } else {
        right_ = false;
      }
    }
  }

  /// One of the kinds of input, told by its key.
  [[nodiscard]] std::optional<DerivedInput> read_input(const Node& node) {
    if (node.find("factor") != nullptr) return factor_input(node);
    if (node.find("people") != nullptr) return people_input(node);
    if (node.find("foreign_born") != nullptr) return foreign_born_input(node);
    if (node.find("queue") != nullptr) return queue_input(node);
    for (std::size_t k = 0; k < FlowInput::kinds; ++k) {
      const auto kind = static_cast<FlowInput::Kind>(k);
      if (node.find(flow_input_map(kind).keys.front().name) != nullptr) return flow_input(node, kind);
    }
    reader_.wrong_value(
        node, "what a name means",
        "a map with one of the keys factor, people, foreign_born, queue, arrivals, departures, inflow, "
        "outflow, births, deaths, transitions, requests");
    return std::nullopt;
  }

  [[nodiscard]] std::optional<DerivedInput> factor_input(const Node& node) {
    const Fields fields(reader_, node, "a factor of an expression", factor_input_map());
    const auto number = reader_.reference(fields["factor"], "factor", factors_.names);
    DerivedInput input;
    if (!number || !read_lag(fields, input) || !may_be_read(*fields["factor"], *number)) {
      return std::nullopt;
    }
    FactorInput of{FactorId(*number), std::nullopt};
    const Node* initial = fields["initial"];
    if (initial != nullptr) of.initial = reader_.number(*initial, "'initial'");
    if (initial != nullptr && input.lag == 0) {
      reader_.mistakes().add(reader_.at_key(*initial), "'initial' has no meaning without a lag", "a 'lag'");
      return std::nullopt;
    }
    if (initial == nullptr && input.lag > 0 && factors_.factors[*number].derivation) {
      reader_.wrong(node, "a derived factor has no value before the start of the run",
                    "'initial': the value to begin with");
      return std::nullopt;
    }
    input.of = of;
    return input;
  }

  [[nodiscard]] std::optional<DerivedInput> people_input(const Node& node) {
    const Fields fields(reader_, node, "people of an expression", people_input_map());
    const Node* who = fields["people"];
    DerivedInput input;
    if (who == nullptr || !read_lag(fields, input)) return std::nullopt;
    const bool all = who->is_scalar() && who->text == "all";
    if (!who->is_scalar() && !who->is_map()) {
      reader_.wrong_value(
          *who, "'people'",
          "all, a name of the section 'people', or a map such as {status: worker, age: 15-64}");
      return std::nullopt;
    }
    const PeopleTold told{"people of an expression",
                          {"foreign_born", "residence", "citizenship"},
                          "attributes, 'age', and births and citizenships by name"};
    input.of = PeopleInput{read_who(reader_, all ? nullptr : who, setting_, {}, told)};
    return input;
  }

  [[nodiscard]] std::optional<DerivedInput> foreign_born_input(const Node& node) {
    const Fields fields(reader_, node, "people of an expression", foreign_born_input_map());
    DerivedInput input;
    if (!fields.word("foreign_born") || !read_lag(fields, input)) {
      return std::nullopt;
    }
    input.of = ForeignBornInput{};
    return input;
  }

  /// Those who wait are people of groups that wait.
  [[nodiscard]] std::optional<DerivedInput> queue_input(const Node& node) {
    const Fields fields(reader_, node, "the queue of an expression", queue_input_map());
    const Groups& groups = *setting_.groups;
    const auto number =
        reader_.reference(fields["queue"], "transition with a capacity", Names(groups.queues()));
    DerivedInput input;
    if (!number || !read_lag(fields, input)) return std::nullopt;
    Who who = read_who(reader_, nullptr, setting_);
    for (std::size_t g = 0; g < groups.count(); ++g) who.groups[g] = groups.waits(Group(g), QueueId(*number));
    input.of = PeopleInput{std::move(who)};
    return input;
  }

  /// What may be named of a kind of flow, one of it, and what there must be if there is none.
  struct FlowNames {
    Names known;
    std::string one;
    std::string expected;
    /// What each of the names means among what is counted, and what all of them mean, where that is not the
    /// same.
    std::vector<std::vector<std::size_t>> means{};
    std::vector<bool> all{};
  };
  [[nodiscard]] FlowNames flow_names(FlowInput::Kind kind) const {
    switch (kind) {
      case FlowInput::Kind::arrivals:
      case FlowInput::Kind::departures:
        break;
      case FlowInput::Kind::inflow:
        return {setting_.inflows, "inflow", "a section 'inflow'"};
      case FlowInput::Kind::outflow:
        return {setting_.outflows, "outflow", "a section 'outflow'"};
      case FlowInput::Kind::births:
        return {setting_.births, "births", "'births' in a section 'demography'"};
      case FlowInput::Kind::deaths:
        return {setting_.deaths, "deaths", "'deaths' in a section 'demography'"};
      case FlowInput::Kind::transitions:
        return transition_names();
      case FlowInput::Kind::requests:
        return {Names(setting_.groups->queues()), "transition with a capacity",
                "a transition with a 'capacity'"};
    }
    return {setting_.streams, "stream", ""};
  }

  /// A transition means all its outcomes; giving up is meant by its own name alone.
  [[nodiscard]] FlowNames transition_names() const {
    const OutcomeNames& outcomes = setting_.outcomes;
    FlowNames names{setting_.transitions, "transition", "a section 'transitions'"};
    names.means.resize(names.known.size());
    for (std::size_t i = 0; i < outcomes.counted.size(); ++i) {
      if (!outcomes.gives_up[i]) names.means[outcomes.transition[i]].push_back(i);
      if (names.known.add(outcomes.counted[i])) names.means.push_back({i});
      names.all.push_back(!outcomes.gives_up[i]);
    }
    return names;
  }

  [[nodiscard]] std::optional<DerivedInput> flow_input(const Node& node, FlowInput::Kind kind) {
    const KeyMap map = flow_input_map(kind);
    const std::string key(map.keys.front().name);
    const Fields fields(reader_, node, fmt::format("the {} of an expression", key), map);
    FlowInput flow;
    flow.kind = kind;
    DerivedInput input;
    const Node* over = fields[key];
    const Node* initial = fields["initial"];
    if (over == nullptr || initial == nullptr || !read_lag(fields, input)) return std::nullopt;
    const auto steps = read_steps(reader_, *over, fmt::format("'{}'", key), setting_.time);
    const auto rate = reader_.persons_per_year(*initial, "'initial'");
    if (!steps || !rate) return std::nullopt;
    flow.steps = *steps;
    flow.initial = *rate;
    const FlowNames names = flow_names(kind);
    select(fields, names, flow);
    const Key& initial_key = fields.key("initial");
    (void)reader_.is_within(*initial, "'initial'", flow.initial, initial_key.range, initial_key.unit);
    if (names.one != "stream" && names.known.size() == 0) {
      reader_.mistakes().add(reader_.at_key(*over), fmt::format("the scenario has no {}", key),
                             names.expected);
      return std::nullopt;
    }
    input.of = std::move(flow);
    return input;
  }

  /// All of a kind of flow, or those under `streams` or `named`.
  void select(const Fields& fields, const FlowNames& names, FlowInput& flow) {
    flow.named = names.means.empty() ? std::vector<bool>(names.known.size(), true) : names.all;
    const bool of_streams = names.one == "stream";
    const std::string selection = of_streams ? "streams" : "named";
    const Node* some = fields.optional(selection);
    if (some == nullptr || names.known.size() == 0) return;
    flow.named.assign(flow.named.size(), false);
    for (const std::size_t i : reader_.references(*some, names.one, names.known)) {
      if (names.means.empty()) {
        flow.named[i] = true;
      } else {
        for (const std::size_t counted : names.means[i]) flow.named[counted] = true;
      }
    }
    if (some->is_list() && some->items.empty()) {
      reader_.wrong(*some, fmt::format("there is no flow in {}", in_quotes(selection)), "at least one name");
    }
  }

  [[nodiscard]] bool read_lag(const Fields& fields, DerivedInput& input) {
    const Node* lag = fields["lag"];
    if (lag == nullptr) return true;
    const auto steps = read_steps(reader_, *lag, "'lag'", setting_.time);
    if (steps) input.lag = *steps;
    return steps.has_value();
  }

  /// A factor that has one number for each region.
  [[nodiscard]] bool may_be_read(const Node& node, std::size_t number) {
    const Factor& factor = factors_.factors[number];
    const char* by = factor.places == FactorPlaces::pair ? "pairs of regions"
                     : factor.by_group                   ? "groups"
                     : factor.by_age()                   ? "ages"
                                                         : nullptr;
    if (by == nullptr) return true;
    reader_.wrong(node,
                  fmt::format("factor {} varies over {}, and the expression is computed once for each region",
                              in_quotes(factor.name), by),
                  "a factor over regions, or one that is the same everywhere");
    return false;
  }

  /// Finds what every name of the expression means, and that every meaning is used.
  void resolve(const Node& node) {
    if (has_unfit_names(node)) return;
    std::vector<std::string> names;
    try {
      names = names_in_expression(derivation_.expression);
    } catch (const ExpressionError& error) {
      say(node, error);
      return;
    }
    if (!right_) return;
    Names known;
    for (const DerivedInput& input : derivation_.inputs) known.add(input.name);
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (std::find(names.begin(), names.end(), known.all()[i]) != names.end()) continue;
      reader_.mistakes().add(places_[i],
                             fmt::format("the expression does not use {}", in_quotes(known.all()[i])),
                             "a name that stands in the expression");
    }
    for (const std::string& name : names) {
      if (known.find(name)) continue;
      const auto factor = factors_.names.find(name);
      if (factor) {
        right_ = may_be_read(node, *factor) && right_;
        derivation_.inputs.push_back({name, FactorInput{FactorId(*factor), std::nullopt}, 0});
        continue;
      }
      right_ = false;
      if (!factors_.names.is_complete()) continue;
      std::vector<std::string> all = known.all();
      all.insert(all.end(), factors_.names.all().begin(), factors_.names.all().end());
      reader_.wrong(node, fmt::format("the expression names {}, which is nothing here", in_quotes(name)),
                    "factors, and names explained under 'where'", reader_.closest(reader_.file(), name, all));
    }
    if (!right_) return;
    try {
      names.clear();
      for (const DerivedInput& input : derivation_.inputs) names.push_back(input.name);
      (void)Expression(derivation_.expression, names);
    } catch (const ExpressionError& error) {
      say(node, error);
    }
  }

  /// Whether the expression has a name that it cannot hold, and says so: `gəlir`, which no parser knows, or
  /// `base-wage`, which it would read as one minus another.
  [[nodiscard]] bool has_unfit_names(const Node& node) {
    const std::vector<std::string>& names = factors_.names.all();
    const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
      return !is_variable_name(name) && derivation_.expression.find(name) != std::string::npos;
    });
    const std::string word = foreign_word(derivation_.expression);
    if (found != names.end()) {
      const bool is_ascii = foreign_word(*found).empty();
      reader_.wrong(node,
                    fmt::format("the name of factor {} cannot stand in an expression", in_quotes(*found)),
                    fmt::format("names of a-z, A-Z, 0-9 and _; give it another one under 'where': "
                                "{{x: {{factor: {}}}}}{}",
                                *found, is_ascii ? "; or spaces around a minus" : ""));
      return true;
    }
    if (word.empty()) return false;
    reader_.wrong(node, fmt::format("{} cannot stand in an expression", in_quotes(word)),
                  "names of a-z, A-Z, 0-9 and _, explained under 'where'; and + - * / ^ ( )");
    return true;
  }

  void say(const Node& node, const ExpressionError& error) {
    std::string what = error.what();
    // The parser ends its messages as sentences.
    while (!what.empty() && (what.back() == '.' || what.back() == ' ')) what.pop_back();
    const std::string at = error.column() > 0 ? fmt::format(" (character {})", error.column()) : "";
    reader_.wrong(node, fmt::format("the expression cannot be read: {}{}", what, at),
                  "an expression such as 100 * (people / homes) ^ 0.5");
  }

  Reader& reader_;
  const Setting& setting_;
  const FactorSet& factors_;
  std::string of_;
  bool right_ = true;
  Derivation derivation_;
  /// Of the names under `where`.
  std::vector<Position> places_;
};

}  // namespace

KeyMap derived_factor_map() { return {"derived_factor", derived_factor_keys}; }

Derivation read_derivation(Reader& reader, const Node& definition, FactorId factor, const Setting& setting,
                           const FactorSet& factors) {
  return DerivationReader(reader, setting, factors, factor).read(definition);
}

}  // namespace sojourn
