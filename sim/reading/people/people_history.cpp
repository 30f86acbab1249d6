#include "sim/reading/people/people_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/forms/table_times.hpp"
#include "sim/reading/forms/tie_classes.hpp"

namespace sojourn {

namespace {

constexpr std::array<std::string_view, 1> as_birth{"birth"};
constexpr std::array<std::string_view, 2> as_birth_or_residence{"birth", "residence"};
constexpr std::array<std::string_view, 2> arrival_laws{"uniform", "exponential"};

constexpr std::array previous_keys{
    Key{.name = "same_as",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "`birth`: all lived before in the region of their birth.",
        .words = as_birth},
};

constexpr std::array citizenship_keys{
    Key{.name = "same_as",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "All are citizens of the region of their `birth`, or of their `residence`.",
        .words = as_birth_or_residence},
};

constexpr Key arrival_law_key{.name = "law",
                              .form = Form::nothing,
                              .need = Need::required,
                              .doc = "How years since arrival are distributed, at most the age.",
                              .words = arrival_laws};

constexpr std::array uniform_arrival_keys{
    arrival_law_key,
    Key{.name = "over",
        .form = Form::duration,
        .need = Need::required,
        .doc = "With `law: uniform`: from 0 to this, all alike.",
        .unit = "years",
        .range = {.least = 0, .above_least = true}},
};

constexpr std::array exponential_arrival_keys{
    arrival_law_key,
    Key{.name = "mean",
        .form = Form::duration,
        .need = Need::required,
        .doc = "With `law: exponential`: their mean.",
        .unit = "years",
        .range = {.least = 0, .above_least = true}},
};

constexpr std::array arrival_column_keys{
    Key{.name = "column",
        .form = Form::column,
        .need = Need::required,
        .doc = "In place of a law: the column of dates or years of arrival (people of a year arrived in "
               "its middle)."},
};

}  // namespace

KeyMap previous_map() { return {"previous", previous_keys}; }

KeyMap citizenship_map() { return {"citizenship", citizenship_keys}; }

KeyMap arrival_map() {
  static const std::vector<Key> keys = united({{"uniform_arrival", uniform_arrival_keys},
                                               {"exponential_arrival", exponential_arrival_keys},
                                               {"arrival_column", arrival_column_keys}});
  return {"arrival", keys};
}

PeopleHistory::PeopleHistory(Reader& reader, const Fields& fields, const Setting& setting,
                             PeopleSource& source)
    : reader_(reader), setting_(setting), source_(source) {
  if (const Node* node = fields["previous"]) previous_column(*node);
  if (const Node* node = fields["citizenship"]) citizenship_column(*node);
  if (const Node* node = fields["arrived"]) arrival(*node);
}

void PeopleHistory::previous_column(const Node& node) {
  source_.has_previous = true;
  if (node.is_map()) {
    const Fields fields(reader_, node, "'previous'", previous_map());
    previous_is_birth_ = fields.word("same_as").has_value();
    return;
  }
  if (const auto column = reader_.column(*source_.table, node)) {
    previous_.emplace(*source_.table, *column, setting_.geography->names);
  }
}

void PeopleHistory::citizenship_column(const Node& node) {
  if (node.is_map()) {
    const Fields fields(reader_, node, "'citizenship'", citizenship_map());
    citizenship_is_residence_ = fields.word("same_as") == 1U;
    return;
  }
  if (const auto column = reader_.column(*source_.table, node)) {
    citizenship_names_ = tie_names(setting_.geography->names);
    citizenship_.emplace(*source_.table, *column, citizenship_names_);
  }
}

void PeopleHistory::arrival(const Node& node) {
  source_.has_arrival = true;
  const std::string forms =
      "{law: uniform, over: 20 years}, {law: exponential, mean: 8 years} or {column: NAME}";
  if (!node.is_map()) {
    reader_.wrong_value(node, "'arrived'", forms);
  } else if (node.find("column") != nullptr) {
    const Fields fields(reader_, node, "'arrived'", {"arrival_column", arrival_column_keys});
    arrival_column_ = reader_.column(*source_.table, fields["column"]);
  } else if (const Node* law = node.find("law")) {
    arrival_law(node, *law);
  } else {
    reader_.wrong(node, "'arrived' has no law and no column", forms);
  }
}

void PeopleHistory::arrival_law(const Node& node, const Node& law_node) {
  const auto law = reader_.word(law_node, "the law", {arrival_laws.begin(), arrival_laws.end()});
  if (!law) return;
  const bool is_uniform = *law == 0;
  const Fields fields(reader_, node, "'arrived'",
                      is_uniform ? KeyMap{"uniform_arrival", uniform_arrival_keys}
                                 : KeyMap{"exponential_arrival", exponential_arrival_keys});
  const Key& length_key = fields.key(is_uniform ? "over" : "mean");
  const std::string what = in_quotes(length_key.name);
  const Node* length_node = fields[length_key.name];
  const auto length = reader_.years(length_node, what);
  if (!length || !reader_.is_within(*length_node, what, *length, length_key.range, length_key.unit)) return;
  if (is_uniform) source_.law = UniformArrival{*length};
  if (!is_uniform) source_.law = ExponentialArrival{*length};
}

void PeopleHistory::read_places(std::size_t row, Column birth, PeopleRow& people) {
  if (citizenship_is_residence_) people.citizenship = people.residence;
  if (citizenship_) {
    people.citizenship = region_in(*citizenship_, row, "the citizenship", people.citizenship,
                                   "a region of the scenario, 'outside', or 'none' of stateless persons");
  }
  if (previous_is_birth_) people.previous = people.birth;
  if (previous_) people.previous = region_in(*previous_, row, "the previous residence", people.previous);
  if (people.previous == people.residence && previous_) {
    reader_.wrong_cell(*source_.table, row, previous_->column(), "the previous residence",
                       "another region than the residence");
  } else if (people.birth == people.residence && people.previous == no_region) {
    reader_.wrong_cell(
        *source_.table, row, birth, "the region of birth",
        "another region than the residence, or a previous residence: who never moved is a stayer");
  }
}

std::uint32_t PeopleHistory::region_in(LabelColumn& column, std::size_t row, std::string_view what,
                                       std::uint32_t otherwise, std::string_view expected) {
  if (const auto region = column.find(row)) return static_cast<std::uint32_t>(*region);
  reader_.wrong_cell(*source_.table, row, column.column(), what, std::string(expected));
  return otherwise;
}

bool PeopleHistory::read_arrival(std::size_t row, PeopleRow& people) {
  if (!arrival_column_ || !setting_.time) return true;
  const Date start = setting_.time->start();
  const auto time = parse_table_time(source_.table->cell(row, *arrival_column_));
  if (!time) {
    reader_.wrong_cell(*source_.table, row, *arrival_column_, "the arrival",
                       "a year such as 2001 or a date such as 2001-05-31");
    return false;
  }
  const auto first_day = [](int year) { return Date(std::chrono::year{year} / std::chrono::January / 1); };
  // People of a year arrived in its middle; of the year in which the run starts, in the middle of what was
  // before.
  const Date from = time->is_year ? first_day(time->number) : Date(std::chrono::days(time->number));
  const Date to = time->is_year ? std::min(first_day(time->number + 1), start) : from;
  if (from > start || (time->is_year && from == start)) {
    reader_.wrong_cell(*source_.table, row, *arrival_column_, "the arrival",
                       fmt::format("a time before the start {}", to_string(start)));
    return false;
  }
  people.years_since_arrival = 0.5 * (years_between(from, start) + years_between(to, start));
  return true;
}

void PeopleHistory::say_arrived_before_birth() {
  for (const PeopleRow& row : source_.rows) {
    if (!arrival_column_ || row.age_to == 0 || !(row.years_since_arrival >= row.age_to)) continue;
    reader_.wrong_cell(*source_.table, row.row, *arrival_column_, "the arrival",
                       fmt::format("a time after the birth of people of age {}",
                                   to_string(AgeRange{row.age_from, row.age_to})));
  }
}

}  // namespace sojourn
