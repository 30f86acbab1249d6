#include "sim/reading/factors/factor_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/factors/factor_ages.hpp"
#include "sim/reading/factors/factor_columns.hpp"
#include "sim/reading/factors/factor_grid.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/reading/forms/table_account.hpp"
#include "sim/reading/forms/table_labels.hpp"
#include "sim/reading/forms/table_times.hpp"
#include "sim/scenario/shape.hpp"

namespace sojourn {

namespace {

/// Reads one factor's table, step by step; `read` is the list of the steps.
class FactorTable {
 public:
  FactorTable(Reader& reader, const Node& definition, std::string name, const Setting& setting)
      : reader_(reader),
        setting_(setting),
        name_(std::move(name)),
        of_(fmt::format("factor {}", in_quotes(name_))),
        fields_(reader, definition, of_, factor_table_map(), attribute_names(*setting.groups).all()) {}

  [[nodiscard]] Factor read() {
    Factor factor;
    factor.name = name_;
    factor.places = places();
    const bool options_right = read_options();
    const Node* path = fields_["table"];
    table_ = path != nullptr ? reader_.table(*path) : nullptr;
    if (table_ == nullptr) return factor;
    auto columns = find_factor_columns(reader_, fields_, *table_, factor.places, setting_);
    if (!columns || !options_right) return factor;
    columns_ = std::move(*columns);
    const std::size_t mistakes_before = reader_.mistakes().count();
    find_places();
    if (columns_.age && !find_ages(factor.places)) return factor;
    const auto knots = find_knots();
    if (!knots) return factor;
    auto grid = make_grid(*knots, *path);
    if (!grid) return factor;
    fill(*grid, *knots);
    if (reader_.mistakes().count() > mistakes_before) return factor;
    if (!covers_run(*knots) || !complete(*grid, *knots)) return factor;
    give(factor, *grid, *knots);
    return factor;
  }

 private:
  [[nodiscard]] FactorPlaces places() const {
    if (fields_["origin"] != nullptr || fields_["destination"] != nullptr) {
      return FactorPlaces::pair;
    }
    return fields_["region"] != nullptr ? FactorPlaces::region : FactorPlaces::everywhere;
  }

  bool read_options() {
    bool right = true;
    if (fields_["between"] != nullptr) {
      const auto word = fields_.word("between");
      right = word.has_value();
      if (word) between_ = static_cast<Between>(*word);
    }
    if (const Node* node = fields_["missing"]) {
      if (node->is_scalar() && node->text == "nearest") {
        missing_ = Nearest{};
      } else if (const auto number = node->is_scalar() ? parse_number(node->text) : std::nullopt) {
        missing_ = *number;
      } else {
        reader_.wrong_value(*node, "'missing'", "a number, or nearest");
        right = false;
      }
    }
    if (fields_["outside"] != nullptr) {
      outside_holds_ = fields_.word("outside").has_value();
      right = right && outside_holds_;
    }
    if (const Node* node = fields_["symmetric"]) {
      symmetric_ = reader_.boolean(*node, "'symmetric'").value_or(false);
      if (places() != FactorPlaces::pair) {
        reader_.wrong(*node, "'symmetric' is for factors of pairs of regions",
                      "the keys origin and destination");
        right = false;
      }
    }
    return right;
  }

  /// The place that a row is about; nothing for regions that the scenario does not have.
  [[nodiscard]] std::optional<std::size_t> place_of(std::size_t row) const {
    if (place_of_row_[row] == no_place) return std::nullopt;
    return place_of_row_[row];
  }

  /// Finds the places of all rows, and accounts for those that have none.
  void find_places() {
    TableAccount account(reader_, *table_, setting_.geography->names, of_);
    place_of_row_.assign(table_->rows(), no_place);
    for (std::size_t row = 0; row < table_->rows(); ++row) find_place(row, account);
    static_cast<void>(std::move(account).close());
  }

  void find_place(std::size_t row, TableAccount& account) {
    const std::size_t regions = setting_.geography->regions.size();
    std::size_t place = 0;
    std::size_t previous = regions;
    for (LabelColumn& column : columns_.places) {
      const auto region = column.find(row);
      if (!region) return account.leave_out(row, column.column());
      if (*region == previous) return account.pass_over();
      place = place * regions + *region;
      previous = *region;
    }
    place_of_row_[row] = place;
    account.use();
  }

  /// The times of the rows that count, as knots; one without meaning if there are no times.
  std::optional<TableKnots> find_knots() {
    std::vector<int> numbers;
    bool years = true;
    if (!columns_.time) {
      for (const TableTime& time : columns_.value_times) numbers.push_back(time.number);
      if (!columns_.value_times.empty()) years = columns_.value_times.front().is_year;
      if (numbers.empty()) numbers = {1};
      return TableKnots(years, std::move(numbers), between_);
    }
    bool first = true;
    bool right = true;
    for (std::size_t row = 0; row < table_->rows(); ++row) {
      if (!place_of(row)) continue;
      const auto time = parse_table_time(table_->cell(row, *columns_.time));
      if (first && time) years = time->is_year;
      if (!time || time->is_year != years) {
        reader_.wrong_cell(
            *table_, row, *columns_.time, "the time",
            time ? "all years or all dates" : "a year such as 2010 or a date such as 2010-01-31");
        right = false;
        continue;
      }
      first = false;
      if (numbers.empty() || numbers.back() != time->number) numbers.push_back(time->number);
    }
    if (!right) return std::nullopt;
    if (numbers.empty()) {
      say_nothing_matches(*fields_["table"]);
      return std::nullopt;
    }
    return TableKnots(years, std::move(numbers), between_);
  }

  void say_nothing_matches(const Node& path) {
    const Names& regions = setting_.geography->names;
    if (!regions.is_complete()) return;
    reader_.wrong(path,
                  fmt::format("no row of {} is about {} of the scenario", table_->file(),
                              places() == FactorPlaces::pair ? "two regions" : "a region"),
                  fmt::format("codes as in 'regions', such as {}", regions.all().front()));
  }

  std::optional<FactorGrid> make_grid(const TableKnots& knots, const Node& path) {
    std::vector<AttributeId> attributes;
    attributes.reserve(columns_.attributes.size());
    for (const AttributeColumn& column : columns_.attributes) attributes.push_back(column.attribute());
    const Groups& groups = ages_ ? groups_and_ages_ : *setting_.groups;
    if (ages_) attributes.emplace_back(groups.attributes().size() - 1);
    FactorGrid grid(places(), setting_.geography->names, groups, std::move(attributes));
    if (grid.allocate(knots.count())) return grid;
    reader_.wrong(path, of_ + " has too many values", "at most 134217728 places, groups and times together");
    return std::nullopt;
  }

  void fill(FactorGrid& grid, const TableKnots& knots) {
    bool any = false;
    for (std::size_t row = 0; row < table_->rows(); ++row) {
      const auto place = place_of(row);
      if (!place) continue;
      any = true;
      std::vector<std::size_t>& attribute_values = scratch_;
      attribute_values.clear();
      for (AttributeColumn& column : columns_.attributes) {
        if (const auto value = column.find(row)) attribute_values.push_back(*value);
      }
      if (attribute_values.size() < columns_.attributes.size()) continue;
      if (ages_) attribute_values.push_back(ages_->class_of_row[row]);
      const std::size_t cell = grid.cell(*place, attribute_values);
      for (std::size_t c = 0; c < columns_.values.size(); ++c) fill_cell(grid, knots, row, c, cell);
    }
    if (!any) say_nothing_matches(*fields_["table"]);
  }

  void fill_cell(FactorGrid& grid, const TableKnots& knots, std::size_t row, std::size_t c,
                 std::size_t cell) {
    const Column column = columns_.values[c];
    const bool gap_is_allowed = !std::holds_alternative<std::monostate>(missing_);
    if (gap_is_allowed && table_->cell(row, column).empty()) return;
    const auto value = parse_number(table_->cell(row, column));
    if (!value) {
      reader_.wrong_cell(
          *table_, row, column, fmt::format("the value of {}", of_),
          table_->cell(row, column).empty() ? "a number, or 'missing' in the scenario" : "a number");
      return;
    }
    std::size_t knot = 0;
    if (columns_.time) knot = knots.find(parse_table_time(table_->cell(row, *columns_.time))->number);
    if (!columns_.value_times.empty()) knot = knots.find(columns_.value_times[c].number);
    if (const auto first = grid.row_at(knot, cell)) {
      const std::string time = columns_.time ? fmt::format(" in {}", knots.label(knot)) : "";
      reader_.mistakes().add(
          table_->where(row, column),
          fmt::format("{} has a second value for {}{}; the first is in line {}, and the rows {}", of_,
                      grid.label(cell), time, table_->line(*first),
                      table_->difference(row, *first, columns_.values)),
          "one row for each");
      return;
    }
    grid.set(knot, cell, *value, row);
  }

  /// The first and last knot that the run needs.
  [[nodiscard]] std::pair<std::size_t, std::size_t> needed(const TableKnots& knots) const {
    std::size_t first = 0;
    std::size_t last = knots.count() - 1;
    if (!setting_.time || !columns_.has_times()) return {first, last};
    while (first < last && knots.date(first + 1) <= setting_.time->start()) ++first;
    const auto too_late = [&](std::size_t k) {
      return between_ == Between::step ? knots.date(k) >= setting_.time->end()
                                       : knots.date(k - 1) >= setting_.time->end();
    };
    while (last > first && too_late(last)) --last;
    return {first, last};
  }

  bool covers_run(const TableKnots& knots) {
    if (!columns_.has_times() || outside_holds_ || !setting_.time) return true;
    const auto until = knots.covers_until();
    if (knots.covers_from() <= setting_.time->start() && (!until || *until >= setting_.time->end()))
      return true;
    reader_.wrong(*fields_["time"],
                  fmt::format("{} has values from {} to {} in {}, and the run lasts from {} to {}", of_,
                              knots.label(0), knots.label(knots.count() - 1), table_->file(),
                              to_string(setting_.time->start()), to_string(setting_.time->end())),
                  "a table that covers the run, or 'outside: hold'");
    return false;
  }

  /// Fills what the table does not give, if the scenario says how; else says what is missing.
  bool complete(FactorGrid& grid, const TableKnots& knots) {
    if (!table_->is_whole()) return false;
    if (symmetric_) grid.mirror();
    if (const double* number = std::get_if<double>(&missing_)) {
      grid.fill_gaps(*number);
      return true;
    }
    bool right = say_absent(grid);
    if (std::holds_alternative<Nearest>(missing_)) {
      if (right) grid.fill_gaps_from_nearest(knots);
      return right;
    }
    const auto [first, last] = needed(knots);
    std::vector<std::size_t> at_knots;
    std::vector<std::string> empty_years;
    for (std::size_t k = first; k <= last; ++k) {
      if (columns_.has_times() && grid.is_empty_at(k)) {
        empty_years.push_back(knots.label(k));
      } else {
        at_knots.push_back(k);
      }
    }
    if (!empty_years.empty()) {
      reader_.wrong(*fields_["time"],
                    fmt::format("{} has no row for {}", table_->file(), in_words(empty_years)),
                    "rows for every year, or 'between: linear', or 'missing'");
      right = false;
    }
    for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
      if (grid.is_needed(cell) && !grid.is_absent(cell))
        right = say_gaps(grid, knots, cell, at_knots) && right;
    }
    return right;
  }

  /// Places without any row, all in one message.
  bool say_absent(const FactorGrid& grid) {
    if (!setting_.geography->names.is_complete()) return false;
    std::vector<std::string> absent;
    for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
      if (grid.is_needed(cell) && grid.is_absent(cell)) absent.push_back(grid.label(cell));
    }
    if (absent.empty()) return true;
    const bool nearest = std::holds_alternative<Nearest>(missing_);
    reader_.wrong(*fields_["table"],
                  fmt::format("{} has no row for {} in {}", of_, in_words(absent), table_->file()),
                  nearest ? "a row for each, as 'missing: nearest' takes values of the same place only"
                          : "a row for each, or 'missing' with a number");
    return false;
  }

  bool say_gaps(const FactorGrid& grid, const TableKnots& knots, std::size_t cell,
                const std::vector<std::size_t>& at_knots) {
    std::vector<std::string> gaps;
    std::optional<std::size_t> row;
    for (const std::size_t k : at_knots) {
      if (grid.row_at(k, cell)) continue;
      if (!row) row = grid.row_at(grid.nearest(k, cell, knots), cell);
      gaps.push_back(knots.label(k));
    }
    if (gaps.empty()) return true;
    const Column column = columns_.places.empty() ? Column{} : columns_.places.front().column();
    reader_.mistakes().add(table_->where(*row, column),
                           fmt::format("{} has no value for {} in {}; this row is the nearest", of_,
                                       grid.label(cell), in_words(gaps)),
                           "a row for each time that other rows have, or 'missing' in the scenario");
    return false;
  }

  void give(Factor& factor, const FactorGrid& grid, const TableKnots& knots) {
    const auto [first, last] = needed(knots);
    factor.between = between_;
    factor.by_group = !columns_.attributes.empty();
    if (ages_) factor.age_from = ages_->from;
    for (std::size_t k = first; k <= last; ++k) {
      factor.knots.push_back(columns_.has_times() ? knots.date(k)
                                                  : (setting_.time ? setting_.time->start() : Date{}));
    }
    factor.values = grid.values(first, last);
    if (ages_) add_other_ages(factor);
  }

  /// Ages of the table are told apart like values of an attribute, the last of a list of attributes.
  bool find_ages(FactorPlaces places) {
    if (places == FactorPlaces::pair) {
      reader_.mistakes().add(reader_.at_key(*fields_["age"]),
                             of_ + " varies over pairs of regions and by age", "one or the other");
      return false;
    }
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table_->rows(); ++row) {
      if (place_of(row)) rows.push_back(row);
    }
    if (rows.empty()) {
      say_nothing_matches(*fields_["table"]);
      return false;
    }
    ages_ = read_factor_ages(reader_, *table_, *columns_.age, rows);
    if (!ages_) return false;
    const Groups told_apart = columns_.attributes.empty() ? Groups() : *setting_.groups;
    groups_and_ages_ = refined(told_apart, {"age", ages_->labels});
    return true;
  }

  /// Ages below the first of the table, and beyond the last where that has an end, have the value 0.
  void add_other_ages(Factor& factor) const {
    const bool below = factor.age_from.front() > 0;
    const bool beyond = ages_->end.has_value();
    if (below) factor.age_from.insert(factor.age_from.begin(), 0.0);
    if (beyond) factor.age_from.push_back(*ages_->end);
    const std::size_t known = ages_->from.size();
    std::vector<double> values;
    for (std::size_t i = 0; i < factor.values.size(); i += known) {
      const auto first = factor.values.begin() + static_cast<std::ptrdiff_t>(i);
      if (below) values.push_back(0);
      values.insert(values.end(), first, first + static_cast<std::ptrdiff_t>(known));
      if (beyond) values.push_back(0);
    }
    factor.values = std::move(values);
  }

  struct Nearest {};

  Reader& reader_;
  const Setting& setting_;
  std::string name_;
  std::string of_;
  Fields fields_;
  const Table* table_ = nullptr;
  FactorColumns columns_;
  static constexpr std::size_t no_place = static_cast<std::size_t>(-1);
  std::vector<std::size_t> place_of_row_;
  std::optional<FactorAges> ages_;
  /// The groups of the scenario, if the table has columns for its attributes, each by class of age.
  Groups groups_and_ages_;
  std::vector<std::size_t> scratch_;
  Between between_ = Between::step;
  std::variant<std::monostate, double, Nearest> missing_;
  bool outside_holds_ = false;
  bool symmetric_ = false;
};

}  // namespace

Factor read_factor_table(Reader& reader, const Node& definition, const std::string& name,
                         const Setting& setting) {
  return FactorTable(reader, definition, name, setting).read();
}

}  // namespace sojourn
