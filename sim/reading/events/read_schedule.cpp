#include "sim/reading/events/read_schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/forms/ages.hpp"
#include "sim/reading/forms/table_account.hpp"

namespace sojourn {

namespace {

constexpr std::array<std::string_view, 1> standards{"standard"};

constexpr Key rogers_castro_key{
    .name = "rogers_castro",
    .form = Form::nothing,
    .need = Need::required,
    .doc =
        "The model migration schedule of Rogers and Castro: its `standard` parameters, or `{a1: 0.02, "
        "alpha1: 0.1, a2: 0.06, alpha2: 0.1, mu2: 20, lambda2: 0.4, c: 0.003}`.",
    .words = standards,
    .map = rogers_castro_map};
constexpr Key schedule_table_key{
    .name = "table", .form = Form::file, .need = Need::required, .doc = "A table of ratios by age."};
constexpr Key schedule_age_key{.name = "age",
                               .form = Form::column,
                               .need = Need::required,
                               .doc = "Its column of ages: a row for all from age 0 on."};
constexpr Key schedule_value_key{
    .name = "value", .form = Form::column, .need = Need::required, .doc = "Its column of ratios."};
constexpr Key schedule_values_key{
    .name = "values",
    .form = Form::weights,
    .need = Need::required,
    .doc = "Ratios from each age on: `{0: 0.5, 15: 2, 65: 0.3}`; the first age is 0.",
    .range = from_zero};
constexpr Key over_key{
    .name = "over",
    .form = Form::nothing,
    .doc =
        "Over whom the mean of the schedule is 1, so that the rate is their mean rate: those whom "
        "`who` names at the start (`named`), `everybody` at the start, those whom `who` names in "
        "each `region` by itself, so that an old region moves as much as a young one, a standard "
        "population (a map), or nobody: `as_given`, the ratios as they stand.",
    .otherwise = "`named`",
    .words = schedule_means,
    .map = standard_population_map};

/// A schedule of any kind; those of each kind follow.
constexpr std::array schedule_keys{as_optional(rogers_castro_key),  as_optional(schedule_values_key),
                                   as_optional(schedule_table_key), as_optional(schedule_age_key),
                                   as_optional(schedule_value_key), over_key};
constexpr std::array rogers_castro_schedule_keys{rogers_castro_key, over_key};
constexpr std::array table_schedule_keys{schedule_table_key, schedule_age_key, schedule_value_key, over_key};
constexpr std::array values_schedule_keys{schedule_values_key, over_key};

constexpr Range up_to_1000{.least = 0, .most = 1000};
constexpr Range above_zero_up_to_1000{.least = 0, .most = 1000, .above_least = true};

constexpr std::array rogers_castro_keys{
    Key{.name = "a1",
        .form = Form::number,
        .need = Need::required,
        .doc = "Level of the part that falls from childhood on.",
        .range = up_to_1000},
    Key{.name = "alpha1",
        .form = Form::number,
        .need = Need::required,
        .doc = "How fast it falls.",
        .unit = "per year of age",
        .range = above_zero_up_to_1000},
    Key{.name = "a2",
        .form = Form::number,
        .need = Need::required,
        .doc = "Level of the part of those of working age.",
        .range = up_to_1000},
    Key{.name = "alpha2",
        .form = Form::number,
        .need = Need::required,
        .doc = "How fast it falls after its peak.",
        .unit = "per year of age",
        .range = above_zero_up_to_1000},
    Key{.name = "mu2",
        .form = Form::number,
        .need = Need::required,
        .doc = "About which age it rises.",
        .unit = "years",
        .range = up_to_1000},
    Key{.name = "lambda2",
        .form = Form::number,
        .need = Need::required,
        .doc = "How fast it rises.",
        .unit = "per year of age",
        .range = above_zero_up_to_1000},
    Key{.name = "c",
        .form = Form::number,
        .need = Need::required,
        .doc = "The part that is the same at all ages.",
        .range = up_to_1000},
};

/// Of the parameters of `rogers_castro_keys`.
constexpr std::array<double RogersCastro::*, 7> rogers_castro_slots{
    &RogersCastro::a1,  &RogersCastro::alpha1,  &RogersCastro::a2, &RogersCastro::alpha2,
    &RogersCastro::mu2, &RogersCastro::lambda2, &RogersCastro::c};

constexpr std::array stay_keys{
    Key{.name = "from",
        .form = Form::duration,
        .need = Need::required,
        .doc = "Since arrival; of the first item `0 years`, and rising from item to item."},
    Key{.name = "ratio",
        .form = Form::number,
        .need = Need::required,
        .doc = "What the rate is multiplied by from then on.",
        .unit = "1",
        .range = from_zero},
};

constexpr std::string_view schedule_forms =
    "flat, rogers_castro, or a map with one of the keys rogers_castro, table, values";

std::optional<RogersCastro> read_rogers_castro(Reader& reader, const Node& node) {
  if (node.is_scalar() && node.text == "standard") return RogersCastro{};
  if (!node.is_map()) {
    reader.wrong_value(node, "'rogers_castro'", "standard, or a map with its seven parameters");
    return std::nullopt;
  }
  RogersCastro given;
  const Fields fields(reader, node, "'rogers_castro'", rogers_castro_map());
  bool right = true;
  for (std::size_t i = 0; i < rogers_castro_keys.size(); ++i) {
    const Key& key = rogers_castro_keys[i];
    const Node* number = fields[key.name];
    const auto value = reader.number(number, in_quotes(key.name));
    right = value && reader.is_within(*number, in_quotes(key.name), *value, key.range) && right;
    if (value) given.*rogers_castro_slots[i] = *value;
  }
  if (right && given.a1 == 0 && given.a2 == 0 && given.c == 0) {
    reader.wrong(node, "the schedule is 0 at all ages", "a1, a2 or c above 0");
    return std::nullopt;
  }
  return right ? std::optional(given) : std::nullopt;
}

/// A table of ages that was read, if it makes sense; `where` is for the mistake if not.
std::optional<AgeTable> checked(Reader& reader, AgeTable table, const Position& where) {
  if (table.from_age.empty()) {
    reader.mistakes().add(where, "the schedule has no ages", "values from age 0 on");
    return std::nullopt;
  }
  if (table.from_age.front() != 0) {
    reader.mistakes().add(where, fmt::format("the schedule begins at age {}", table.from_age.front()),
                          "a value from age 0 on");
    return std::nullopt;
  }
  if (std::all_of(table.value.begin(), table.value.end(), [](double v) { return v == 0; })) {
    reader.mistakes().add(where, "the schedule is 0 at all ages", "a value above 0");
    return std::nullopt;
  }
  return table;
}

std::optional<AgeTable> read_values(Reader& reader, const Node& node) {
  if (!node.is_map()) {
    reader.wrong_value(node, "'values'", "a map from ages to ratios such as {0: 0.5, 15: 2, 65: 0.3}");
    return std::nullopt;
  }
  AgeTable table;
  bool right = true;
  for (const Entry& entry : node.entries) {
    const auto age = parse_whole_number(entry.key);
    if (!age || *age > static_cast<std::uint64_t>(oldest)) {
      reader.mistakes().add(reader.at_key(entry.value), fmt::format("the age is {}", in_quotes(entry.key)),
                            "a whole number of years up to 150");
      right = false;
      continue;
    }
    const auto from = static_cast<double>(*age);
    if (!table.from_age.empty() && from <= table.from_age.back()) {
      reader.mistakes().add(reader.at_key(entry.value),
                            fmt::format("age {} comes after age {}", from, table.from_age.back()),
                            "ages that rise");
      right = false;
    }
    const auto value = reader.number(entry.value, "the value");
    if (value && *value < 0) reader.wrong_value(entry.value, "the value", "0 or more");
    right = right && value && *value >= 0;
    table.from_age.push_back(from);
    table.value.push_back(value.value_or(0));
  }
  return right ? checked(reader, std::move(table), reader.at(node)) : std::nullopt;
}

std::optional<AgeTable> read_age_table(Reader& reader, const Fields& fields) {
  const Node* age_node = fields["age"];
  const Node* value_node = fields["value"];
  const Table* csv = reader.table(*fields["table"]);
  if (csv == nullptr || age_node == nullptr || value_node == nullptr) return std::nullopt;
  const auto age = reader.column(*csv, *age_node);
  const auto value = reader.column(*csv, *value_node);
  if (!age || !value) return std::nullopt;
  std::vector<std::size_t> rows(csv->rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  note_whole_table(reader, *csv, "ages");
  const auto ranges = ages_of_rows(reader, *csv, *age, rows);
  if (!ranges) return std::nullopt;
  std::sort(rows.begin(), rows.end(),
            [&](std::size_t a, std::size_t b) { return (*ranges)[a].from < (*ranges)[b].from; });
  AgeTable table;
  bool right = true;
  for (const std::size_t row : rows) {
    const auto from = static_cast<double>((*ranges)[row].from);
    if (!table.from_age.empty() && from == table.from_age.back()) {
      reader.wrong_cell(*csv, row, *age, "the age", "each age once");
      right = false;
    } else if (!table.from_age.empty() &&
               (*ranges)[rows[table.from_age.size() - 1]].to != (*ranges)[row].from) {
      reader.wrong_cell(
          *csv, row, *age, "the next age",
          fmt::format("{}, where the one before it ends", *(*ranges)[rows[table.from_age.size() - 1]].to));
      right = false;
    }
    const auto number = parse_number(csv->cell(row, *value));
    if (!number || *number < 0) {
      reader.wrong_cell(*csv, row, *value, "the value", "a number from 0");
      right = false;
    }
    table.from_age.push_back(from);
    table.value.push_back(number.value_or(0));
  }
  return right ? checked(reader, std::move(table), reader.at(*fields["table"])) : std::nullopt;
}

}  // namespace

KeyMap schedule_map() { return {"schedule", schedule_keys}; }

KeyMap rogers_castro_map() { return {"rogers_castro", rogers_castro_keys}; }

KeyMap stay_map() { return {"stay", stay_keys}; }

ScheduleRead read_schedule(Reader& reader, const Node& node) {
  if (node.is_scalar() && node.text == "flat") return {};
  if (node.is_scalar() && node.text == "rogers_castro") return {RogersCastro{}, {}};
  if (!node.is_map()) {
    const std::vector<std::string> words(whole_schedules.begin(), whole_schedules.end());
    reader.wrong_value(node, "the schedule", std::string(schedule_forms),
                       node.is_scalar() ? reader.closest(reader.file(), node.text, words) : "");
    return {};
  }
  ScheduleRead read;
  if (const Node* over = node.find("over")) read.over = read_reference(reader, *over);
  if (node.find("rogers_castro") != nullptr) {
    const Fields fields(reader, node, "the schedule", KeyMap{"schedule", rogers_castro_schedule_keys});
    if (const Node* parameters = fields["rogers_castro"]) {
      if (auto given = read_rogers_castro(reader, *parameters)) read.schedule = *given;
    }
  } else if (node.find("table") != nullptr) {
    const Fields fields(reader, node, "the schedule", KeyMap{"schedule", table_schedule_keys});
    if (fields["table"] != nullptr) {
      if (auto table = read_age_table(reader, fields)) read.schedule = std::move(*table);
    }
  } else if (node.find("values") != nullptr) {
    const Fields fields(reader, node, "the schedule", KeyMap{"schedule", values_schedule_keys});
    if (const Node* values = fields["values"]) {
      if (auto table = read_values(reader, *values)) read.schedule = std::move(*table);
    }
  } else {
    reader.wrong_value(node, "the schedule", std::string(schedule_forms));
  }
  return read;
}

StayTable read_stay(Reader& reader, const Node& node) {
  StayTable stay;
  if (!node.is_list() || node.items.empty()) {
    reader.wrong_value(node, "'stay'",
                       "a list such as [{from: 0 years, ratio: 2}, {from: 5 years, ratio: 0.5}]");
    return stay;
  }
  for (const Node& item : node.items) {
    const Fields fields(reader, item, "the item of 'stay'", stay_map());
    const Node* from_node = fields["from"];
    const Node* ratio_node = fields["ratio"];
    const auto from = reader.years(from_node, "'from'");
    const auto ratio = reader.number(ratio_node, "'ratio'");
    if (ratio) (void)reader.is_within(*ratio_node, "'ratio'", *ratio, fields.key("ratio").range);
    if (!from) continue;
    const double years = from.value_or(0);  // not *from: GCC 12 cannot tell that it is set
    if (stay.from_years.empty() && years != 0) reader.wrong_value(*from_node, "the first 'from'", "0 years");
    if (!stay.from_years.empty() && years <= stay.from_years.back()) {
      reader.wrong_value(*from_node, "'from'", "more than in the item before it");
    }
    stay.from_years.push_back(years);
    stay.ratio.push_back(ratio.value_or(1));
  }
  return stay;
}

}  // namespace sojourn
