#include "sim/reading/factors/factor_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

constexpr std::array<std::string_view, 1> times_in_columns{"columns"};
/// By `Between`.
constexpr std::array<std::string_view, 2> ways_between{"step", "linear"};
constexpr std::array<std::string_view, 1> ways_of_filling{"nearest"};
constexpr std::array<std::string_view, 1> ways_outside{"hold"};

constexpr std::array factor_table_keys{
    Key{.name = "table", .form = Form::file, .need = Need::required, .doc = "The CSV file of the numbers."},
    Key{.name = "value", .form = Form::column, .doc = "With `table`: the column of the number."},
    Key{.name = "region",
        .form = Form::column,
        .doc = "With `table`: the column of regions. Rows for regions that the scenario does not have are "
               "skipped. Without it, and without `origin` and `destination`, the factor is the same "
               "everywhere."},
    Key{.name = "origin",
        .form = Form::column,
        .doc = "With `table`, of a factor of pairs of regions: the column of where people come from. Rows "
               "for regions that the scenario does not have are skipped."},
    Key{.name = "destination",
        .form = Form::column,
        .doc = "With `origin`: the column of where people go to."},
    Key{.name = "time",
        .form = Form::column,
        .doc = "With `table`: the column of times (years or dates), or `columns` for a wide table, in "
               "which every other column's header is a time.",
        .words = times_in_columns},
    Key{.name = "between",
        .form = Form::nothing,
        .doc = "With `time`: what holds between the times of the table. With `step` and years every year "
               "from the first to the last needs its row (or `missing`): what a table does not say is not "
               "taken from the year before.",
        .otherwise = "`step`",
        .words = ways_between},
    Key{.name = "missing",
        .form = Form::number,
        .doc = "With `table`: what a place and group without any row, or with gaps or empty cells, gets: "
               "a number; or `nearest`: the value of the same place and group that is nearest in time (a "
               "place with no row at all is still an error).",
        .otherwise = "a gap in the time of the run is an error that names it",
        .words = ways_of_filling},
    Key{.name = "outside",
        .form = Form::nothing,
        .doc = "With `time`, `hold`: before the first and after the last time of the table the nearest "
               "value holds.",
        .otherwise = "a table that does not cover the run is an error",
        .words = ways_outside},
    Key{.name = "symmetric",
        .form = Form::boolean,
        .doc = "With `origin` and `destination`, `true`: a pair that is in the table in one direction "
               "only holds in both.",
        .otherwise = "`false`"},
    Key{.name = "unit", .form = Form::text, .doc = "Text for outputs and plots.", .otherwise = "`1`"},
    Key{.name = "age",
        .form = Form::column,
        .doc = "With `table`: a column of ages (`0`, `1-4`, `5-9`, ..., `100+`; or first years): the "
               "factor varies by age, without gaps; ages that the table does not reach have the value 0. "
               "It can be a rate (`rate: {factor: NAME}`) and no term; it is not recorded."},
    Key{.name = "ATTRIBUTE",
        .form = Form::column,
        .doc = "With `table`, an attribute's name: the column of that attribute's values."},
};

class ColumnFinder {
 public:
  ColumnFinder(Reader& reader, const Fields& fields, const Table& table, const Setting& setting)
      : reader_(reader), fields_(fields), table_(table), setting_(setting) {}

  void find_places(FactorPlaces places) {
    const Node* region = fields_["region"];
    if (places == FactorPlaces::region) add_place("region");
    if (places != FactorPlaces::pair) return;
    add_place("origin");
    add_place("destination");
    if (region == nullptr) return;
    wrong(reader_.at(*region), fields_.of() + " has a region beside origin and destination",
          "one or the other");
  }

  void find_attributes() {
    const Groups& groups = *setting_.groups;
    for (std::size_t a = 0; a < groups.attributes().size(); ++a) {
      const std::string& attribute = groups.attributes()[a].name;
      if (fields_.optional(attribute) == nullptr) continue;
      if (const auto column = column_of(attribute)) {
        columns_.attributes.emplace_back(reader_, table_, *column, groups, AttributeId(a));
      }
    }
  }

  void find_age() {
    if (fields_["age"] != nullptr) columns_.age = column_of("age");
  }

  void find_times_and_values() {
    const Node* time = fields_["time"];
    if (time != nullptr && time->is_scalar() && time->text == "columns") {
      find_wide_columns(*time);
      return;
    }
    if (time != nullptr) columns_.time = column_of("time");
    if (const auto value = column_of("value")) columns_.values = {*value};
  }

  [[nodiscard]] std::optional<FactorColumns> take() && {
    return right_ ? std::optional(std::move(columns_)) : std::nullopt;
  }

 private:
  void wrong(const Position& where, std::string what, std::string expected) {
    reader_.mistakes().add(where, std::move(what), std::move(expected));
    right_ = false;
  }

  std::optional<Column> column_of(std::string_view key) {
    const auto column = reader_.column(table_, fields_.required(key));
    right_ = right_ && column;
    if (column) used_.push_back(column->index);
    return column;
  }

  void add_place(std::string_view key) {
    if (const auto column = column_of(key)) {
      columns_.places.emplace_back(table_, *column, setting_.geography->names);
    }
  }

  void find_wide_columns(const Node& time) {
    if (const Node* value = fields_["value"]) {
      wrong(reader_.at(*value), "a table with 'time: columns' has a column of numbers for each time",
            "no key 'value'");
    }
    for (std::size_t c = 0; c < table_.header().size(); ++c) {
      const bool is_used = std::find(used_.begin(), used_.end(), c) != used_.end();
      if (!is_used) add_time(Column{c});
    }
    if (right_ && columns_.values.empty()) {
      wrong(reader_.at(time), table_.file() + " has no columns of times", "years or dates in the header");
    }
  }

  void add_time(Column column) {
    const std::string& title = table_.header()[column.index];
    const auto time = parse_table_time(title);
    std::vector<TableTime>& times = columns_.value_times;
    if (!time || (!times.empty() && times.front().is_year != time->is_year)) {
      wrong(table_.where_in_header(column), fmt::format("the column {} is no time", in_quotes(title)),
            time ? "all years or all dates" : "a year or a date, because the scenario says 'time: columns'");
      return;
    }
    if (std::find(times.begin(), times.end(), *time) != times.end()) {
      wrong(table_.where_in_header(column), fmt::format("the column {} is there twice", title),
            "each time once");
      return;
    }
    columns_.values.push_back(column);
    times.push_back(*time);
  }

  Reader& reader_;
  const Fields& fields_;
  const Table& table_;
  const Setting& setting_;
  FactorColumns columns_;
  std::vector<std::size_t> used_;
  bool right_ = true;
};

}  // namespace

KeyMap factor_table_map() { return {"factor_table", factor_table_keys}; }

std::optional<FactorColumns> find_factor_columns(Reader& reader, const Fields& fields, const Table& table,
                                                 FactorPlaces places, const Setting& setting) {
  ColumnFinder finder(reader, fields, table, setting);
  finder.find_places(places);
  finder.find_attributes();
  finder.find_age();
  finder.find_times_and_values();
  return std::move(finder).take();
}

}  // namespace sojourn
