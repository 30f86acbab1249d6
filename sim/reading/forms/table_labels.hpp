#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "sim/input/names.hpp"
#include "sim/input/reader.hpp"
#include "sim/scenario/groups.hpp"

namespace sojourn {

/// A column whose cells name things of one kind, such as regions.
class LabelColumn {
 public:
  LabelColumn(const Table& table, Column column, const Names& names)
      : table_(&table), column_(column), names_(&names) {}

  [[nodiscard]] Column column() const { return column_; }
  /// The number of the thing that the row names; nothing if the scenario does not have it.
  [[nodiscard]] std::optional<std::size_t> find(std::size_t row) {
    const std::string_view cell = table_->cell(row, column_);
    // Tables are mostly sorted, so that the same name stands in many rows one after another.
    if (cell != last_cell_ || !any_) last_ = names_->find(cell);
    last_cell_ = cell;
    any_ = true;
    return last_;
  }

 private:
  const Table* table_;
  Column column_;
  const Names* names_;
  std::string_view last_cell_;
  std::optional<std::size_t> last_;
  bool any_ = false;
};

/// A column whose cells are values of an attribute.
class AttributeColumn {
 public:
  AttributeColumn(Reader& reader, const Table& table, Column column, const Groups& groups,
                  AttributeId attribute)
      : reader_(&reader),
        table_(&table),
        attribute_(attribute),
        info_(&groups.attributes()[attribute.index()]),
        names_(info_->values),
        column_(column) {}

  [[nodiscard]] AttributeId attribute() const { return attribute_; }
  /// The index of the row's value. Nothing if the attribute does not have it: a mistake, told once for each
  /// text.
  [[nodiscard]] std::optional<std::size_t> find(std::size_t row) {
    const std::string_view cell = table_->cell(row, column_);
    const auto value = names_.find(cell);
    if (!value && reported_.emplace(cell).second) {
      reader_->wrong_cell(*table_, row, column_, "the " + info_->name, one_of_values(),
                          reader_->closest(table_->file(), std::string(cell), info_->values));
    }
    return value;
  }

 private:
  [[nodiscard]] std::string one_of_values() const;

  Reader* reader_;
  const Table* table_;
  AttributeId attribute_;
  const Attribute* info_;
  Names names_;
  Column column_;
  std::unordered_set<std::string> reported_;
};

}  // namespace sojourn
