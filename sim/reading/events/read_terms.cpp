#include "sim/reading/events/read_terms.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/events/term_keys.hpp"

namespace sojourn {

namespace {

/// Reads terms one by one; `read_factor_term` and its like give nothing after a mistake.
class TermReader {
 public:
  TermReader(Reader& reader, const TermSetting& setting, std::string kind, bool over_pairs)
      : reader_(reader), setting_(setting), kind_(std::move(kind)), over_pairs_(over_pairs) {}

  [[nodiscard]] std::optional<FactorTerm> factor_term(const Node& node) {
    const KeyMap keys = over_pairs_ ? KeyMap{"pull_factor", pull_factor_keys} : factor_term_map();
    const Fields fields(reader_, node, "the " + kind_, keys);
    const Node* factor_node = fields["factor"];
    const Node* coefficient = fields["coefficient"];
    const auto factor = reader_.reference(factor_node, "factor", setting_.factors.names);
    FactorTerm term;
    bool right = read_transform(fields, term.transform);
    if (factor) {
      term.factor = FactorId(*factor);
      right = has_one_age(*factor_node, *factor) && right;
      right = read_measure(fields, term) && right;
      right = right && suits_derived(node, term);
      right = (over_pairs_ ? read_comparison(fields, term) && read_citizenship(fields, term)
                           : is_push_factor(*factor_node, *factor)) &&
              right;
    }
    const std::string default_name = factor ? setting_.factors.names.all()[*factor] : "";
    const auto added = add_coefficient(fields, coefficient, default_name);
    if (!added || !factor || !right) return std::nullopt;
    std::tie(term.name, term.coefficient) = *added;
    return term;
  }

  [[nodiscard]] std::optional<DiasporaTerm> diaspora_term(const Node& node) {
    const Fields fields(reader_, node, "the " + kind_ + " of the diaspora",
                        KeyMap{"diaspora", diaspora_keys});
    DiasporaTerm term;
    bool right = fields.word("diaspora").has_value();
    const Node* as = fields["as"];
    if (as != nullptr && as->is_scalar() && (as->text == "log" || as->text == "standardised")) {
      reader_.wrong_value(*as, "'as' of the diaspora",
                          "log1p, sqrt or identity, which are 0 where nobody lives", "log1p");
      right = false;
    } else {
      right = read_transform(fields, term.transform) && right;
    }
    if (const Node* measure = fields["measure"]) right = read_measure(*measure, term) && right;
    const auto added = add_coefficient(fields, fields["coefficient"], "diaspora");
    if (!added || !right) return std::nullopt;
    std::tie(term.name, term.coefficient) = *added;
    return term;
  }

  [[nodiscard]] std::optional<HomeTerm> home_term(const Node& node) {
    const Fields fields(reader_, node, "the " + kind_ + " of home", KeyMap{"home", home_keys});
    const auto added = add_coefficient(fields, fields["home"], "home");
    if (!added) return std::nullopt;
    return HomeTerm{added->first, added->second};
  }

 private:
  static bool read_transform(const Fields& fields, Transform& transform) {
    if (fields["as"] == nullptr) return true;
    const auto word = fields.word("as");
    if (word) transform = static_cast<Transform>(*word);
    return word.has_value();
  }

  bool read_measure(const Fields& fields, FactorTerm& term) {
    const Node* node = fields["measure"];
    if (node == nullptr) return true;
    if (node->is_map()) return read_ratio(*node, term);
    std::vector<std::string> words(measure_words.begin(), measure_words.end());
    words.emplace_back("{ratio_to: FACTOR}");
    const auto word = reader_.word(*node, "'measure'", words);
    if (!word || *word >= measure_words.size()) return false;
    term.measure = static_cast<Measure>(*word);
    return true;
  }

  /// Of the diaspora: what is not 0 where nobody lives would say something of every destination and birth.
  bool read_measure(const Node& node, DiasporaTerm& term) {
    if (!node.is_map()) {
      if (node.is_scalar() && node.text == measure_words[0]) return true;
      reader_.wrong_value(node, "'measure' of the diaspora",
                          "level or {ratio_to: FACTOR}, which are 0 where nobody of the agent's region of "
                          "birth lives");
      return false;
    }
    const Fields fields(reader_, node, "'measure'", measure_map());
    const Node* to = fields["ratio_to"];
    if (to == nullptr) return false;
    const auto reference = reader_.reference(*to, "factor", setting_.factors.names);
    if (!reference || !has_one_age(*to, *reference)) return false;
    const Factor& factor = setting_.factors.factors[*reference];
    if (factor.places == FactorPlaces::pair) {
      reader_.wrong(
          *to,
          fmt::format("factor {} varies over pairs of regions, and a diaspora is of the destination",
                      in_quotes(factor.name)),
          "a factor over regions, or one that is the same everywhere");
      return false;
    }
    term.ratio_to = FactorId(*reference);
    return true;
  }

  bool has_one_age(const Node& node, std::size_t factor) {
    if (!setting_.factors.factors[factor].by_age()) return true;
    reader_.wrong(node,
                  fmt::format("factor {} varies by age, which terms cannot",
                              in_quotes(setting_.factors.names.all()[factor])),
                  "a factor without 'age'; one with it can be a rate: 'rate: {factor: NAME}'");
    return false;
  }

  /// What values a derived factor will have is not known before the run.
  bool suits_derived(const Node& node, const FactorTerm& term) {
    const Factor& factor = setting_.factors.factors[term.factor.index()];
    if (!factor.derivation) return true;
    if (term.transform == Transform::standardised) {
      reader_.wrong(node,
                    fmt::format("factor {} is derived and cannot be standardised", in_quotes(factor.name)),
                    "a scale of its own in its expression");
      return false;
    }
    if (term.measure != Measure::change_from_start || term.transform == Transform::identity) return true;
    reader_.wrong(node,
                  fmt::format("the change of the derived factor {} may be negative", in_quotes(factor.name)),
                  "'as: identity', or another measure");
    return false;
  }

  bool read_ratio(const Node& node, FactorTerm& term) {
    const Fields fields(reader_, node, "'measure'", measure_map());
    const Node* to = fields["ratio_to"];
    if (to == nullptr) return false;
    const auto reference = reader_.reference(*to, "factor", setting_.factors.names);
    if (!reference || !has_one_age(*to, *reference)) return false;
    const Factor& factor = setting_.factors.factors[term.factor.index()];
    const Factor& other = setting_.factors.factors[*reference];
    if (other.places != FactorPlaces::everywhere && other.places != factor.places) {
      reader_.wrong(*to,
                    fmt::format("factors {} and {} vary over different places", in_quotes(factor.name),
                                in_quotes(other.name)),
                    "a factor over the same places, or one that is the same everywhere");
      return false;
    }
    term.measure = Measure::ratio_to_factor;
    term.reference = FactorId(*reference);
    return true;
  }

  bool is_push_factor(const Node& node, std::size_t factor) {
    if (setting_.factors.factors[factor].places != FactorPlaces::pair) return true;
    reader_.wrong(
        node,
        fmt::format("factor {} varies over pairs of regions, and a push acts before there is a destination",
                    in_quotes(node.text)),
        "a factor over regions or everywhere; pairs belong into 'pull'");
    return false;
  }

  bool read_comparison(const Fields& fields, FactorTerm& term) {
    const Factor& factor = setting_.factors.factors[term.factor.index()];
    const Node* node = fields["compare"];
    if (factor.places == FactorPlaces::everywhere) {
      reader_.wrong(*fields["factor"],
                    fmt::format("factor {} is the same for every destination, so that the term cancels",
                                in_quotes(factor.name)),
                    "a factor over regions or pairs; others belong into 'push'");
      return false;
    }
    if (factor.places == FactorPlaces::pair) {
      term.comparison = Comparison::pair;
      if (node == nullptr) return true;
      reader_.wrong(*node,
                    "'compare' is for factors over regions; " + in_quotes(factor.name) + " varies over pairs",
                    "no key 'compare'");
      return false;
    }
    term.comparison = Comparison::destination;
    if (node == nullptr) return true;
    if (node->is_scalar() && node->text == "origin") {
      reader_.wrong(*node, "a term of the origin is the same for every destination, so that it cancels",
                    "destination, difference or ratio; a term of the origin belongs into 'push'");
      return false;
    }
    const auto word = fields.word("compare");
    if (!word) return false;
    term.comparison = static_cast<Comparison>(static_cast<std::size_t>(Comparison::destination) + *word);
    return true;
  }

  /// The keys `of`, `own` and `outside`: the factor is read from the region of citizenship.
  bool read_citizenship(const Fields& fields, FactorTerm& term) {
    const Node* of = fields["of"];
    const Node* own = fields["own"];
    const Node* outside = fields["outside"];
    if (of == nullptr) {
      if (own == nullptr && outside == nullptr) return true;
      reader_.mistakes().add(reader_.at_key(own != nullptr ? *own : *outside),
                             "'own' and 'outside' are of terms by citizenship", "'of: citizenship'");
      return false;
    }
    if (!fields.word("of")) return false;
    if (term.comparison != Comparison::pair) {
      reader_.wrong(*of,
                    "the citizenship is one of two regions of a pair, and the factor varies over regions",
                    "a factor over pairs");
      return false;
    }
    if (term.measure != Measure::level || term.transform == Transform::standardised) {
      reader_.wrong(*of, "a term by citizenship takes the factor as it is",
                    "no 'measure', and no 'as: standardised'");
      return false;
    }
    term.comparison = Comparison::citizenship;
    if (own == nullptr) {
      reader_.wrong(fields.node(), "a term by citizenship needs 'own'",
                    "'own: NUMBER', the factor for the region whose citizen one is");
      return false;
    }
    const auto value = number_in_domain(*own, "'own'", term.transform);
    if (value) term.own = *value;
    if (outside != nullptr) term.outside = number_in_domain(*outside, "'outside'", term.transform);
    return value && (outside == nullptr || term.outside);
  }

  std::optional<double> number_in_domain(const Node& node, std::string_view what, Transform transform) {
    const auto value = reader_.number(node, what);
    if (!value) return value;
    const bool right = transform == Transform::log     ? *value > 0
                       : transform == Transform::log1p ? *value > -1
                       : transform == Transform::sqrt  ? *value >= 0
                                                       : true;
    if (right) return value;
    reader_.wrong_value(node, what, "a number that 'as' can take");
    return std::nullopt;
  }

  /// The term's name and the parameter of its coefficient.
  std::optional<std::pair<std::string, ParameterId>> add_coefficient(const Fields& fields,
                                                                     const Node* coefficient,
                                                                     const std::string& default_name) {
    std::string name = default_name;
    bool right = true;
    const Node* name_node = fields["name"];
    if (name_node != nullptr) {
      name = reader_.text(*name_node, "the name").value_or("");
      if (!is_name(name)) {
        if (name_node->is_scalar())
          reader_.wrong_value(*name_node, "the name", "a letter, then letters, digits, '_' and '-'");
        right = false;
      }
    }
    NumbersRead read;
    if (coefficient != nullptr) {
      const Concerned concerned{setting_.groups, setting_.who};
      read = read_by_group(reader_, *coefficient, "the coefficient", concerned, &Reader::number);
    }
    if (read.by_group.empty() || name.empty() || !right) return std::nullopt;
    const std::string dotted = setting_.prefix + '.' + name;
    if (setting_.parameters.names().find(dotted)) {
      reader_.wrong(name_node != nullptr ? *name_node : fields.node(),
                    fmt::format("there is another {} with the name {}", kind_, in_quotes(name)),
                    "a 'name' for the term, by which policies can call it");
      return std::nullopt;
    }
    if (setting_.parameters.is_full()) {
      reader_.wrong(fields.node(), "the streams have too many terms", "fewer terms or groups");
      return std::nullopt;
    }
    return std::pair{name, setting_.parameters.add({dotted,
                                                    "1",
                                                    std::move(read.by_group),
                                                    over_pairs_,
                                                    reader_.at(fields.node()),
                                                    {},
                                                    std::move(read.by)})};
  }

  Reader& reader_;
  const TermSetting& setting_;
  std::string kind_;
  bool over_pairs_;
};

bool is_list_of_terms(Reader& reader, const Node& list, std::string_view key) {
  if (list.is_list()) return true;
  reader.wrong_value(list, key, "a list of terms such as [{factor: NAME, as: log, coefficient: 0.5}]");
  return false;
}

}  // namespace

KeyMap factor_term_map() { return {"factor_term", factor_term_keys}; }

KeyMap pull_term_map() { return {"pull_term", pull_term_keys}; }

KeyMap measure_map() { return {"measure", measure_keys}; }

std::vector<FactorTerm> read_push(Reader& reader, const Node& list, const std::string& key,
                                  const TermSetting& setting) {
  std::vector<FactorTerm> terms;
  if (!is_list_of_terms(reader, list, "'" + key + "'")) return terms;
  TermReader term_reader(reader, setting, key == "push" ? "push term" : "factor term", false);
  for (const Node& node : list.items) {
    auto term = term_reader.factor_term(node);
    if (term) terms.push_back(std::move(*term));
  }
  return terms;
}

std::vector<PullTerm> read_pull(Reader& reader, const Node& list, const TermSetting& setting) {
  std::vector<PullTerm> terms;
  if (!is_list_of_terms(reader, list, "'pull'")) return terms;
  TermReader term_reader(reader, setting, "pull term", true);
  const auto add = [&](auto&& term) {
    if (term) terms.emplace_back(std::move(*term));
  };
  for (const Node& node : list.items) {
    if (node.find("diaspora") != nullptr) {
      add(term_reader.diaspora_term(node));
    } else if (node.find("home") != nullptr) {
      add(term_reader.home_term(node));
    } else {
      add(term_reader.factor_term(node));
    }
  }
  return terms;
}

}  // namespace sojourn
