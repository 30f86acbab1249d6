#include "sim/reading/events/read_schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/forms/ages.hpp"
#include "sim/reading/forms/table_account.hpp"

namespace sojourn {

namespace {

constexpr std::string_view schedule_forms =
    "flat, rogers_castro, or a map with one of the keys rogers_castro, table, values";

std::optional<RogersCastro> read_rogers_castro(Reader& reader, const Node& node) {
  if (node.is_scalar() && node.text == "standard") return RogersCastro{};
  if (!node.is_map()) {
    reader.wrong_value(node, "'rogers_castro'", "standard, or a map with its seven parameters");
    return std::nullopt;
  }
  RogersCastro given;
  struct Slot {
    std::string name;
    double* value;
    bool may_be_zero;
  };
  const std::vector<Slot> slots = {{"a1", &given.a1, true},   {"alpha1", &given.alpha1, false},
                                   {"a2", &given.a2, true},   {"alpha2", &given.alpha2, false},
                                   {"mu2", &given.mu2, true}, {"lambda2", &given.lambda2, false},
                                   {"c", &given.c, true}};
  std::vector<std::string> keys;
  keys.reserve(slots.size());
  for (const Slot& slot : slots) keys.push_back(slot.name);
  const Fields fields(reader, node, "'rogers_castro'", keys);
  bool right = true;
  for (const Slot& slot : slots) {
    const Node* number = fields.required(slot.name);
    const auto value = reader.number(number, in_quotes(slot.name));
    right = right && value;
    if (!value) continue;
    if (*value < 0 || (*value == 0 && !slot.may_be_zero) || *value > 1000) {
      reader.wrong_value(*number, in_quotes(slot.name),
                         slot.may_be_zero ? "a number from 0 to 1000" : "a number above 0, up to 1000");
      right = false;
    }
    *slot.value = *value;
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
  const Node* age_node = fields.required("age");
  const Node* value_node = fields.required("value");
  const Table* csv = reader.table(*fields.required("table"));
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
  return right ? checked(reader, std::move(table), reader.at(*fields.optional("table"))) : std::nullopt;
}

}  // namespace

ScheduleRead read_schedule(Reader& reader, const Node& node) {
  if (node.is_scalar() && node.text == "flat") return {};
  if (node.is_scalar() && node.text == "rogers_castro") return {RogersCastro{}, {}};
  if (!node.is_map()) {
    const std::vector<std::string> words = {"flat", "rogers_castro"};
    reader.wrong_value(node, "the schedule", std::string(schedule_forms),
                       node.is_scalar() ? reader.closest(reader.file(), node.text, words) : "");
    return {};
  }
  ScheduleRead read;
  if (const Node* over = node.find("over")) read.over = read_reference(reader, *over);
  if (node.find("rogers_castro") != nullptr) {
    const Fields fields(reader, node, "the schedule", {"rogers_castro", "over"});
    if (const Node* parameters = fields.required("rogers_castro")) {
      if (auto given = read_rogers_castro(reader, *parameters)) read.schedule = *given;
    }
  } else if (node.find("table") != nullptr) {
    const Fields fields(reader, node, "the schedule", {"table", "age", "value", "over"});
    if (fields.required("table") != nullptr) {
      if (auto table = read_age_table(reader, fields)) read.schedule = std::move(*table);
    }
  } else if (node.find("values") != nullptr) {
    const Fields fields(reader, node, "the schedule", {"values", "over"});
    if (const Node* values = fields.required("values")) {
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
    const Fields fields(reader, item, "the item of 'stay'", {"from", "ratio"});
    const Node* from_node = fields.required("from");
    const Node* ratio_node = fields.required("ratio");
    const auto from = reader.years(from_node, "'from'");
    const auto ratio = reader.number(ratio_node, "'ratio'");
    if (ratio && *ratio < 0) reader.wrong_value(*ratio_node, "'ratio'", "0 or more");
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
