#pragma once

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/forms/table_labels.hpp"
#include "sim/reading/people/people.hpp"
#include "sim/scenario/groups.hpp"

namespace sojourn {

/// Shares of the values of an attribute.
[[nodiscard]] KeyMap attribute_shares_map();

/// What a source of people says of each attribute: the column of its values, one value for all rows, shares
/// of each row, or nothing (yet).
class PeopleAttributes {
 public:
  /// `table` is null for inline people. What is wrong is told, and counts as said.
  PeopleAttributes(Reader& reader, const Fields& fields, const Groups& groups, const Table* table);

  /// One flag for each attribute.
  [[nodiscard]] const std::vector<bool>& given() const { return given_; }
  /// The group of a row, in which attributes that are not given, or as shares, have their first value.
  /// Nothing if a cell is wrong.
  [[nodiscard]] std::optional<Group> find_group(std::size_t row);
  /// Splits the rows over the attributes that are given as shares.
  void split(PeopleSource& source);

 private:
  using Spec = std::variant<std::monostate, AttributeColumn, std::size_t, std::vector<double>>;

  [[nodiscard]] Spec shares_of(const Node& node, const Attribute& attribute);
  [[nodiscard]] Spec column_or_value(const Node& node, AttributeId id);
  void say_unknown(const Node& node, const Attribute& attribute);

  Reader& reader_;
  const Groups& groups_;
  const Table* table_;
  std::vector<Spec> specs_;
  std::vector<bool> given_;
};

}  // namespace sojourn
