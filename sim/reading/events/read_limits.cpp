#include "sim/reading/events/read_limits.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/events/read_who.hpp"

namespace sojourn {

namespace {

/// By `Period`.
constexpr std::array<std::string_view, 5> limit_periods{"step", "month", "quarter", "year", "day"};
/// By `Limit::ForEach`.
constexpr std::array<std::string_view, 4> for_each_words{"all", "region", "citizenship", "pair"};

constexpr std::array limit_keys{
    Key{.name = "amount",
        .form = Form::number,
        .doc = "So many units in a period, or so many places: a number, or `{factor: NAME}` with a unit such "
               "as `permits per year` (of places: `places`). Without it the limit has no end and is a meter: "
               "what was drawn is recorded (fees).",
        .unit = "units per period",
        .range = from_zero,
        .map = factor_map,
        .is_parameter = true},
    Key{.name = "every",
        .form = Form::nothing,
        .doc = "The period: a day, month, quarter or year of the calendar, or a step. A step belongs to the "
               "period it starts in; in a step that is longer, the amounts of all its periods are there. "
               "Of all amounts but places.",
        .words = limit_periods},
    Key{.name = "unit",
        .form = Form::text,
        .doc = "What is drawn: permits, minutes, AZN.",
        .otherwise = "`persons`"},
    Key{.name = "occupied",
        .form = Form::name,
        .doc = "Makes the amount one of places, each of them taken by one of these people, however they "
               "came, and free again when they are so no more: `{status: detained}`, `{residence: DEU}`. "
               "By attributes and `residence`.",
        .kind = "people",
        .map = people_map},
    Key{.name = "for_each",
        .form = Form::nothing,
        .doc = "Whether there is such an amount for each `region` (that is entered), each `citizenship`, or "
               "each `pair` of origin and destination.",
        .otherwise = "`all`: one for all",
        .words = for_each_words},
    Key{.name = "unused",
        .form = Form::name,
        .doc = "Another limit, to whose next period is added what a period of this one leaves. Else it is "
               "lost.",
        .kind = "limit"},
};

/// Reads one limit; each function reads the part that it is named after.
class LimitReader {
 public:
  LimitReader(Reader& reader, const Setting& setting, const FactorSet& factors, ParameterSet& parameters)
      : reader_(reader), setting_(setting), factors_(factors), parameters_(parameters) {}

  Limit read(const Entry& entry) {
    limit_.name = entry.key;
    limit_.where = reader_.at_key(entry.value);
    const Fields fields(reader_, entry.value, fmt::format("limit {}", in_quotes(entry.key)), limit_map());
    if (!fields.is_map()) return std::move(limit_);
    if (const auto word = fields.word("for_each")) limit_.for_each = static_cast<Limit::ForEach>(*word);
    if (const Node* node = fields["unit"]) limit_.unit = reader_.text(*node, "the unit").value_or("persons");
    if (const Node* node = fields["occupied"]) occupied(*node);
    every(fields);
    if (const Node* node = fields["amount"]) amount(*node, fields.key("amount").range);
    if (limit_.occupants && !limit_.amount && fields["amount"] == nullptr) {
      reader_.mistakes().add(limit_.where, fmt::format("{} is of places and has no 'amount'", fields.of()),
                             "how many places there are");
    }
    if (const Node* node = fields["unused"]) unused(*node, fields);
    return std::move(limit_);
  }

 private:
  void occupied(const Node& node) {
    limit_.occupants = read_who(reader_, &node, setting_, reader_.at(node),
                                {"the people of 'occupied'",
                                 {"age", "foreign_born", "citizenship"},
                                 "attributes, 'residence', and births and citizenships by name"});
    if (limit_.for_each == Limit::ForEach::all || limit_.for_each == Limit::ForEach::region) return;
    reader_.wrong(node, "places are for all or for each region",
                  "'for_each: region', or a limit in a period without 'occupied'");
  }

  void every(const Fields& fields) {
    const Node* node = fields["every"];
    const bool needs_period = fields["amount"] != nullptr && !limit_.occupants;
    if (node == nullptr) {
      if (!needs_period) return;
      reader_.mistakes().add(limit_.where, fmt::format("{} has an amount and no period", fields.of()),
                             "'every: year' or another period, or 'occupied' for places");
      return;
    }
    if (!needs_period) {
      reader_.wrong(*node, limit_.occupants ? "places have no period" : "a meter has no period",
                    "no key 'every'");
      return;
    }
    const auto word = fields.word("every");
    if (!word) return;
    limit_.period = static_cast<Period>(*word);
    begins_within_a_period(*node);
  }

  /// An amount is whole however little of its period is left.
  void begins_within_a_period(const Node& node) {
    const auto& time = setting_.time;
    if (!time || limit_.period == Period::step) return;
    const Date start = time->start();
    if (period_of(limit_.period, start - std::chrono::days(1)) != period_of(limit_.period, start)) return;
    reader_.warn(node, "part-of-a-period",
                 fmt::format("the run starts on {}, within a {}, and the amount of what is left of it is the "
                             "whole amount",
                             to_string(start), node.text),
                 "too many are admitted in it");
  }

  [[nodiscard]] std::string unit_of_amount() const {
    if (limit_.occupants) return limit_.unit;
    return fmt::format("{} per {}", limit_.unit, limit_periods[static_cast<std::size_t>(limit_.period)]);
  }

  void amount(const Node& node, const Range& range) {
    const std::string name = fmt::format("limits.{}.amount", limit_.name);
    const bool over_pairs = limit_.for_each == Limit::ForEach::pair;
    Hazard amount;
    if (node.find("factor") == nullptr) {
      const auto units = reader_.number(node, "the amount");
      if (!units || !reader_.is_within(node, "the amount", *units, range, unit_of_amount())) return;
      amount.rate = parameters_.add({name, unit_of_amount(), {*units}, over_pairs, reader_.at(node), range});
    } else {
      amount.rate_factor = factor(node);
      if (!amount.rate_factor) return;
      amount.rate = parameters_.add({name, "1", {1.0}, over_pairs, reader_.at(node), range});
    }
    limit_.amount = amount;
  }

  [[nodiscard]] std::optional<FactorId> factor(const Node& node) {
    const Fields fields(reader_, node, "the amount", factor_map());
    const auto id = reader_.reference(fields["factor"], "factor", factors_.names);
    if (!id) return std::nullopt;
    const Factor& factor = factors_.factors[*id];
    const std::string called = fmt::format("factor {}", in_quotes(factor.name));
    if (factor.unit != unit_of_amount()) {
      reader_.wrong(node, fmt::format("{} is in {}", called, in_quotes(factor.unit)),
                    fmt::format("a factor with 'unit: {}'", unit_of_amount()));
    }
    const bool varies = factor.places != FactorPlaces::everywhere;
    const bool is_too_fine = factor.by_group || factor.by_age() ||
                             (factor.places == FactorPlaces::pair && limit_.for_each != Limit::ForEach::pair);
    if (is_too_fine) {
      reader_.wrong(node, fmt::format("{} has more than one number for a place of the limit", called),
                    "a factor over what 'for_each' says, or one that is the same everywhere");
    } else if (varies && limit_.for_each == Limit::ForEach::all) {
      reader_.wrong(node, fmt::format("{} varies over regions, and the limit is one for all", called),
                    "a factor that is the same everywhere, or 'for_each: region'");
    }
    return FactorId(*id);
  }

  void unused(const Node& node, const Fields& fields) {
    const auto other = reader_.reference(node, "limit", setting_.limits);
    if (!other) return;
    if (setting_.limits.all()[*other] == limit_.name) {
      reader_.wrong(node, fmt::format("what {} leaves would go to itself", fields.of()), "another limit");
      return;
    }
    if (limit_.occupants || fields["amount"] == nullptr) {
      reader_.wrong(node, fmt::format("{} has no period that could leave anything", fields.of()),
                    "no key 'unused'");
      return;
    }
    limit_.unused = LimitId(*other);
  }

  Reader& reader_;
  const Setting& setting_;
  const FactorSet& factors_;
  ParameterSet& parameters_;
  Limit limit_;
};

}  // namespace

KeyMap limit_map() { return {"limit", limit_keys}; }

std::vector<Limit> read_limits(Reader& reader, const Node& section, const Setting& setting,
                               const FactorSet& factors, ParameterSet& parameters) {
  std::vector<Limit> limits;
  if (!reader.is_map_of(section, "limits", "limits")) return limits;
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "limit")) continue;
    limits.push_back(LimitReader(reader, setting, factors, parameters).read(entry));
  }
  return limits;
}

std::vector<Draw> read_draws(Reader& reader, const Node& node, const Setting& setting,
                             ParameterSet& parameters, const std::string& prefix) {
  std::vector<Draw> draws;
  if (!node.is_map() || node.entries.empty()) {
    reader.wrong_value(node, "'draws'", "a map from limits to amounts such as {quota: 1}");
    return draws;
  }
  for (const Entry& entry : node.entries) {
    const auto limit = setting.limits.find(entry.key);
    if (!limit) {
      reader.say_unknown(reader.at_key(entry.value), "limit", entry.key, setting.limits);
      continue;
    }
    const auto amount = reader.number(entry.value, "what is drawn");
    if (!amount || !reader.is_within(entry.value, "what is drawn", *amount, from_zero)) continue;
    draws.push_back({LimitId(*limit), parameters.add({fmt::format("{}.draws.{}", prefix, entry.key),
                                                      "1",
                                                      {*amount},
                                                      false,
                                                      reader.at(entry.value),
                                                      from_zero})});
  }
  return draws;
}

}  // namespace sojourn
