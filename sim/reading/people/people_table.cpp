#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/forms/age_sanity.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/reading/forms/table_account.hpp"
#include "sim/reading/forms/table_labels.hpp"
#include "sim/reading/people/people.hpp"
#include "sim/reading/people/people_attributes.hpp"
#include "sim/reading/people/people_history.hpp"
#include "sim/reading/people/people_sanity.hpp"

namespace sojourn {

namespace {

/// Reads one source; `read` is the list of the steps.
class PeopleReader {
 public:
  PeopleReader(Reader& reader, const Node& node, PeopleKind kind, const Setting& setting)
      : reader_(reader),
        kind_(kind),
        setting_(setting),
        inline_(kind == PeopleKind::stayers && node.find("values") != nullptr),
        of_(kind == PeopleKind::stayers ? "'stayers'" : "'movers'"),
        fields_(reader, node, of_, keys(), attribute_names(*setting.groups).all()) {
    source_.where = reader.at_key(node);
  }

  [[nodiscard]] std::optional<PeopleSource> read() {
    if (!fields_.is_map()) return std::nullopt;
    const std::size_t mistakes_before = reader_.mistakes().count();
    read_includes_movers();
    if (inline_) {
      attributes_.emplace(reader_, fields_, *setting_.groups, nullptr);
      read_inline();
    } else if (open_table()) {
      attributes_.emplace(reader_, fields_, *setting_.groups, source_.table);
      read_columns();
      if (reader_.mistakes().count() > mistakes_before) return std::nullopt;
      read_rows();
    }
    if (reader_.mistakes().count() > mistakes_before) return std::nullopt;
    warn_of_people(reader_, source_, setting_);
    source_.given = attributes_->given();
    attributes_->split(source_);
    read_share_tables();
    if (reader_.mistakes().count() > mistakes_before) return std::nullopt;
    return std::move(source_);
  }

 private:
  [[nodiscard]] KeyMap keys() const {
    if (kind_ == PeopleKind::movers) return movers_map();
    return inline_ ? stayers_inline_map() : stayers_table_map();
  }

  void read_includes_movers() {
    if (kind_ != PeopleKind::stayers) return;
    if (const Node* node = fields_["includes_movers"]) {
      source_.includes_movers = reader_.boolean(*node, "'includes_movers'");
    }
  }

  bool open_table() {
    const Node* path = fields_["table"];
    if (path != nullptr) source_.table = reader_.table(*path);
    return source_.table != nullptr;
  }

  std::optional<Column> required_column(std::string_view key) {
    return reader_.column(*source_.table, fields_[key]);
  }

  /// The fixed range that the scenario gives; or the column, into `age_column_`.
  void read_age() {
    const Node* node = fields_["age"];
    if (node == nullptr) return;
    source_.has_age = true;
    const auto name = reader_.text(*node, "the age");
    if (!name) return;
    const auto range = parse_age_range(*name);
    const bool is_column = source_.table != nullptr && reader_.column(*source_.table, *name).has_value();
    if (range && is_column) {
      reader_.wrong(
          *node,
          fmt::format("{} is a range of ages and a column of {}", in_quotes(*name), source_.table->file()),
          "a column with another name");
    } else if (range && !range->to) {
      reader_.wrong_value(*node, "the age", "a range with an end such as 65-99");
    } else if (range) {
      fixed_age_ = range;
    } else if (source_.table != nullptr) {
      age_column_ = reader_.column(*source_.table, *node);
    } else {
      reader_.wrong_value(*node, "the age", "ages up to 150 such as 20-39 or 18");
    }
  }

  void read_columns() {
    read_age();
    const auto count = required_column("count");
    if (count) source_.count = *count;
    const auto place = required_column(kind_ == PeopleKind::stayers ? "region" : "residence");
    if (place) places_.emplace_back(*source_.table, *place, setting_.geography->names);
    if (kind_ == PeopleKind::stayers) return;
    const auto birth = required_column("birth");
    if (birth) places_.emplace_back(*source_.table, *birth, setting_.geography->names);
    history_.emplace(reader_, fields_, setting_, source_);
  }

  void read_rows() {
    bool any = false;
    std::vector<std::size_t> used;
    TableAccount account(reader_, *source_.table, setting_.geography->names,
                         kind_ == PeopleKind::stayers ? "stayers" : "movers", "persons");
    for (std::size_t row = 0; row < source_.table->rows(); ++row) {
      PeopleRow people;
      people.row = static_cast<std::uint32_t>(row);
      const double persons = parse_number(source_.table->cell(row, source_.count)).value_or(0);
      if (const auto unknown = find_places(row, people)) {
        account.leave_out(row, *unknown, persons);
        continue;
      }
      account.use(persons);
      any = true;
      if (!find_group(row, people) || !find_count(row, people)) continue;
      if (history_ && !history_->read_arrival(row, people)) continue;
      source_.rows.push_back(people);
      used.push_back(row);
    }
    if (!any && source_.table->is_whole() && setting_.geography->names.is_complete()) {
      reader_.wrong(
          *fields_["table"],
          fmt::format("no row of {} is about {} of the scenario", source_.table->file(),
                      kind_ == PeopleKind::stayers ? "a region" : "two regions"),
          fmt::format("codes as in 'regions', such as {}", setting_.geography->names.all().front()));
    }
    say_left_out(std::move(account).close());
    const std::size_t mistakes_before = reader_.mistakes().count();
    give_ages(used);
    if (reader_.mistakes().count() > mistakes_before) return;
    say_repeated_rows();
    if (history_) history_->say_arrived_before_birth();
  }

  void say_left_out(const TableUse& use) {
    if (!is_partly_left_out(use) || !setting_.geography->names.is_complete()) return;
    reader_.warn(*fields_["table"],
                 is_mostly_left_out(use) ? "table-mostly-left-out" : "table-partly-left-out", to_string(use),
                 "the codes of the table are not those of the scenario's regions",
                 "write a table of the scenario's regions only");
  }

  /// The column whose label no region has; nothing where the places are known.
  std::optional<Column> find_places(std::size_t row, PeopleRow& people) {
    const auto residence = places_[0].find(row);
    if (!residence) return places_[0].column();
    people.residence = static_cast<std::uint32_t>(*residence);
    if (kind_ == PeopleKind::stayers) return std::nullopt;
    const auto birth = places_[1].find(row);
    if (!birth) return places_[1].column();
    people.birth = static_cast<std::uint32_t>(*birth);
    if (history_) history_->read_places(row, places_[1].column(), people);
    return std::nullopt;
  }

  bool find_group(std::size_t row, PeopleRow& people) {
    const auto group = attributes_->find_group(row);
    if (group) people.group = group->value;
    return group.has_value();
  }

  bool find_count(std::size_t row, PeopleRow& people) {
    const auto count = parse_number(source_.table->cell(row, source_.count));
    if (!count || !persons_of_row.contains(*count)) {
      reader_.wrong_cell(*source_.table, row, source_.count, "the count",
                         to_string(persons_of_row) + " persons");
      return false;
    }
    people.persons = *count;
    return true;
  }

  void give_ages(const std::vector<std::size_t>& used) {
    if (fixed_age_) {
      for (PeopleRow& row : source_.rows) give_age(row, *fixed_age_);
    }
    if (!age_column_) return;
    const auto ages = ages_of_rows(reader_, *source_.table, *age_column_, used);
    if (!ages) return;
    warn_of_ages(reader_, *source_.table, *age_column_, used, *ages);
    for (std::size_t i = 0; i < source_.rows.size(); ++i) give_age(source_.rows[i], (*ages)[i]);
  }

  static void give_age(PeopleRow& row, const AgeRange& range) {
    row.age_from = static_cast<std::int16_t>(range.from);
    row.age_to = static_cast<std::int16_t>(*range.to);
  }

  void say_repeated_rows() {
    const auto key = [](const PeopleRow& r) {
      const double years = std::isnan(r.years_since_arrival) ? -1 : r.years_since_arrival;
      return std::tuple(r.residence, r.birth, r.previous, r.citizenship, r.group, r.age_from, years);
    };
    std::vector<std::uint32_t> order(source_.rows.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto& rows = source_.rows;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tuple(key(rows[a]), a) < std::tuple(key(rows[b]), b);
    });
    std::size_t first = 0;
    for (std::size_t i = 1; i < order.size(); ++i) {
      if (key(rows[order[i]]) != key(rows[order[first]])) {
        first = i;
        continue;
      }
      const std::size_t row = rows[order[i]].row;
      const std::size_t first_row = rows[order[first]].row;
      const std::array but = {source_.count};
      reader_.mistakes().add(
          source_.table->where(row, places_[0].column()),
          fmt::format(
              "the row is about the same people as line {}: same places, attributes and age; the rows {}",
              source_.table->line(first_row), source_.table->difference(row, first_row, but)),
          "one row for each (of several years or variants, the rows of one)");
    }
  }

  void read_inline() {
    read_age();
    const Node* values = fields_["values"];
    if (values == nullptr) return;
    if (!values->is_map()) {
      reader_.wrong_value(*values, "'values'", "a map with a number of persons for each region");
      return;
    }
    const Names& regions = setting_.geography->names;
    const Range& range = fields_.key("values").range;
    std::vector<bool> given(regions.size());
    for (const Entry& entry : values->entries) {
      const auto region = regions.find(entry.key);
      const auto count = reader_.number(entry.value, "the count");
      if (count) static_cast<void>(reader_.is_within(entry.value, "the count", *count, range, "persons"));
      if (!region) {
        reader_.say_unknown(reader_.at_key(entry.value), "region", entry.key, regions);
        continue;
      }
      given[*region] = true;
      PeopleRow row;
      row.residence = static_cast<std::uint32_t>(*region);
      row.row = row.residence;
      row.persons = count.value_or(0);
      if (fixed_age_) give_age(row, *fixed_age_);
      static_cast<void>(find_group(0, row));
      source_.rows.push_back(row);
    }
    std::vector<std::string> missing;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      if (!given[r]) missing.push_back(regions.all()[r]);
    }
    if (!missing.empty() && regions.is_complete()) {
      reader_.mistakes().add(reader_.at_key(*values),
                             fmt::format("there is no count for {}", in_words(missing)),
                             "a count for every region, 0 where nobody lives");
    }
  }

  void read_share_tables() {
    const Node* node = fields_["shares"];
    if (node == nullptr) return;
    if (node->is_map()) {
      static_cast<void>(apply_share_table(reader_, *node, kind_, setting_, source_));
      return;
    }
    if (!node->is_list()) {
      reader_.wrong_value(*node, "'shares'",
                          "a list of tables such as [{table: ages.csv, age: age, share: n}]");
      return;
    }
    for (const Node& item : node->items) {
      if (!apply_share_table(reader_, item, kind_, setting_, source_)) return;
    }
  }

  Reader& reader_;
  PeopleKind kind_;
  const Setting& setting_;
  bool inline_;
  std::string of_;
  Fields fields_;
  PeopleSource source_;
  std::optional<PeopleAttributes> attributes_;
  /// The region; or residence and birth.
  std::vector<LabelColumn> places_;
  /// Of movers.
  std::optional<PeopleHistory> history_;
  std::optional<AgeRange> fixed_age_;
  std::optional<Column> age_column_;
};

}  // namespace

std::optional<PeopleSource> read_people(Reader& reader, const Node& node, PeopleKind kind,
                                        const Setting& setting) {
  return PeopleReader(reader, node, kind, setting).read();
}

}  // namespace sojourn
