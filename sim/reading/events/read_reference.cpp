#include "sim/reading/events/read_reference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/forms/age_sanity.hpp"
#include "sim/reading/forms/ages.hpp"
#include "sim/reading/forms/table_account.hpp"

namespace sojourn {

namespace {

constexpr Key standard_table_key{
    .name = "table", .form = Form::file, .need = Need::required, .doc = "A table of persons by age."};
constexpr Key standard_age_key{
    .name = "age",
    .form = Form::column,
    .need = Need::required,
    .doc =
        "Its column of ages, as in a table of people: ranges, or first years, each of which reaches to the "
        "next. Persons are spread evenly over their years."};
constexpr Key standard_count_key{
    .name = "count", .form = Form::column, .need = Need::required, .doc = "Its column of persons."};
constexpr Key standard_values_key{
    .name = "values",
    .form = Form::weights,
    .need = Need::required,
    .doc =
        "Persons by age: `{20-24: 2, 25-39: 5}`, of whom those count whose age `who` names. What counts "
        "is how they compare, not how many they are.",
    .unit = "persons",
    .range = from_zero};

/// A table or values.
constexpr std::array standard_population_keys{as_optional(standard_values_key),
                                              as_optional(standard_table_key), as_optional(standard_age_key),
                                              as_optional(standard_count_key)};
constexpr std::array standard_table_keys{standard_table_key, standard_age_key, standard_count_key};
constexpr std::array standard_values_keys{standard_values_key};

/// Persons of these ages.
struct PersonsOfAges {
  AgeRange ages;
  double persons = 0;
};

/// Spreads the persons of each class evenly over its years; nothing, and a mistake, if there are none.
std::optional<std::vector<double>> persons_by_year(Reader& reader, const std::vector<PersonsOfAges>& classes,
                                                   const Position& where) {
  std::vector<double> persons;
  double sum = 0;
  for (const PersonsOfAges& one : classes) {
    const auto from = static_cast<std::size_t>(one.ages.from);
    const auto to = static_cast<std::size_t>(one.ages.to.value_or(one.ages.from + 1));
    if (persons.size() < to) persons.resize(to);
    for (std::size_t year = from; year < to; ++year)
      persons[year] += one.persons / static_cast<double>(to - from);
    sum += one.persons;
  }
  if (sum > 0) return persons;
  reader.mistakes().add(where, "the standard population of 'over' is nobody", "persons by age, some above 0");
  return std::nullopt;
}

/// Ends of the classes that do not say one: a number alone reaches to the next one, and the last, or an open
/// one, is as wide as the one before it. `bare`: which are a number alone.
bool set_ends_of_ages(Reader& reader, const Node& node, std::vector<PersonsOfAges>& classes,
                      const std::vector<bool>& bare) {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    AgeRange& ages = classes[i].ages;
    const bool last = i + 1 == classes.size();
    const Node& value = node.entries[i].value;
    if (!last && classes[i + 1].ages.from <= ages.from) {
      reader.mistakes().add(reader.at_key(node.entries[i + 1].value),
                            fmt::format("age {} comes after age {}", classes[i + 1].ages.from, ages.from),
                            "ages that rise");
      return false;
    }
    if (bare[i] && !last) ages.to = classes[i + 1].ages.from;
    const bool as_the_one_before = last && i > 0 && (bare[i] || !ages.to);
    if (as_the_one_before) ages.to = ages.from + *classes[i - 1].ages.to - classes[i - 1].ages.from;
    if (!ages.to || (!last && *ages.to > classes[i + 1].ages.from)) {
      reader.mistakes().add(reader.at_key(value),
                            fmt::format("the ages {} have no end before the next", to_string(ages)),
                            "ages that do not overlap, each with an end, such as {0-14: 25, 15-64: 65}");
      return false;
    }
  }
  return true;
}

void warn_of_ages(Reader& reader, const Node& node, const std::vector<PersonsOfAges>& classes) {
  AgesGiven given;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const Entry& entry = node.entries[i];
    given.add(classes[i].ages, entry.key, [&] { return reader.at_key(entry.value); });
  }
  given.warn_of_classes(reader);
}

std::optional<std::vector<double>> read_standard_values(Reader& reader, const Node& node) {
  if (!node.is_map() || node.entries.empty()) {
    reader.wrong_value(node, "'values'",
                       "a map from ages to persons such as {0-14: 25, 15-64: 65, 65-99: 10}");
    return std::nullopt;
  }
  std::vector<PersonsOfAges> classes;
  std::vector<bool> bare;
  bool right = true;
  for (const Entry& entry : node.entries) {
    const auto range = parse_age_range(entry.key);
    const auto persons = reader.number(entry.value, "the number of persons");
    if (!range) {
      reader.mistakes().add(reader.at_key(entry.value), fmt::format("the age is {}", in_quotes(entry.key)),
                            "ages up to 150 such as 15-64, or the first of them");
    }
    if (persons && *persons < 0) reader.wrong_value(entry.value, "the number of persons", "0 or more");
    right = right && range && persons && *persons >= 0;
    classes.push_back({range.value_or(AgeRange{}), persons.value_or(0)});
    bare.push_back(entry.key.find_first_of("-+") == std::string::npos);
  }
  if (!right || !set_ends_of_ages(reader, node, classes, bare)) return std::nullopt;
  warn_of_ages(reader, node, classes);
  return persons_by_year(reader, classes, reader.at(node));
}

std::optional<std::vector<double>> read_standard_table(Reader& reader, const Fields& fields) {
  const Node* age_node = fields["age"];
  const Node* count_node = fields["count"];
  const Table* csv = reader.table(*fields["table"]);
  if (csv == nullptr || age_node == nullptr || count_node == nullptr) return std::nullopt;
  const auto age = reader.column(*csv, *age_node);
  const auto count = reader.column(*csv, *count_node);
  if (!age || !count) return std::nullopt;
  std::vector<std::size_t> rows(csv->rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  note_whole_table(reader, *csv, "'over'");
  const auto ranges = ages_of_rows(reader, *csv, *age, rows);
  if (!ranges) return std::nullopt;
  warn_of_ages(reader, *csv, *age, rows, *ranges);
  std::vector<PersonsOfAges> classes;
  bool right = true;
  for (const std::size_t row : rows) {
    const AgeRange& ages = (*ranges)[row];
    const auto persons = reader.number(*csv, row, *count, "the number of persons");
    if (persons && *persons < 0) reader.wrong_cell(*csv, row, *count, "the number of persons", "0 or more");
    const bool again = std::any_of(classes.begin(), classes.end(),
                                   [&](const PersonsOfAges& other) { return other.ages == ages; });
    if (again) reader.wrong_cell(*csv, row, *age, "the age", "each age once");
    right = right && persons && *persons >= 0 && !again;
    classes.push_back({ages, persons.value_or(0)});
  }
  return right ? persons_by_year(reader, classes, reader.at(*fields["table"])) : std::nullopt;
}

}  // namespace

KeyMap standard_population_map() { return {"standard_population", standard_population_keys}; }

ReferenceRead read_reference(Reader& reader, const Node& node) {
  constexpr const char* words = "named, everybody, region, as_given, or persons by age: {values: {20-39: 1}}";
  ReferenceRead read;
  std::optional<std::vector<double>> standard;
  if (node.is_scalar()) {
    const auto word = reader.word(node, "'over'", {schedule_means.begin(), schedule_means.end()});
    if (word) read.mean = static_cast<ScheduleMean>(*word);
    return read;
  }
  if (node.find("table") != nullptr) {
    const Fields fields(reader, node, "'over'", KeyMap{"over", standard_table_keys});
    if (fields["table"] != nullptr) standard = read_standard_table(reader, fields);
  } else if (node.find("values") != nullptr) {
    const Fields fields(reader, node, "'over'", KeyMap{"over", standard_values_keys});
    if (const Node* values = fields["values"]) standard = read_standard_values(reader, *values);
  } else {
    reader.wrong_value(node, "'over'", words);
  }
  if (standard) read = {ScheduleMean::standard, std::move(*standard)};
  return read;
}

}  // namespace sojourn
