#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/input/names.hpp"
#include "sim/reading/forms/table_times.hpp"
#include "sim/scenario/factor.hpp"
#include "sim/scenario/groups.hpp"

namespace sojourn {

/// The values of a factor while its table is read: by knot and cell, each with the row it came from. A cell
/// here is a place and a value of each attribute that the table has.
class FactorGrid {
 public:
  FactorGrid(FactorPlaces places, const Names& regions, const Groups& groups,
             std::vector<AttributeId> attributes);

  /// Makes room; false if there would be too many values.
  [[nodiscard]] bool allocate(std::size_t knots);
  [[nodiscard]] std::size_t cells() const { return cells_; }
  [[nodiscard]] std::size_t cell(std::size_t place, const std::vector<std::size_t>& attribute_values) const;
  /// `GEO`, `GEO to ARM`, `GEO, female`; "the table" for a factor that is the same everywhere.
  [[nodiscard]] std::string label(std::size_t cell) const;

  void set(std::size_t knot, std::size_t cell, double value, std::size_t row);
  /// The row that gave the value; nothing if none did.
  [[nodiscard]] std::optional<std::size_t> row_at(std::size_t knot, std::size_t cell) const;
  /// False for pairs of a region with itself.
  [[nodiscard]] bool is_needed(std::size_t cell) const;
  /// Whether no row is about the cell.
  [[nodiscard]] bool is_absent(std::size_t cell) const;
  [[nodiscard]] bool is_empty_at(std::size_t knot) const { return rows_at_[knot] == 0; }
  /// The knot with a value that is nearest in time; the earlier of two. Requires that the cell is not absent.
  [[nodiscard]] std::size_t nearest(std::size_t knot, std::size_t cell, const TableKnots& knots) const;

  /// Pairs without any row get the values of the opposite direction.
  void mirror();
  void fill_gaps(double value);
  void fill_gaps_from_nearest(const TableKnots& knots);
  /// As `Factor::values`, of the knots from `first` to `last`.
  [[nodiscard]] std::vector<double> values(std::size_t first, std::size_t last) const;

 private:
  FactorPlaces places_;
  const Names* regions_;
  const Groups* groups_;
  std::vector<AttributeId> attributes_;
  std::size_t places_count_ = 1;
  /// Cells of one place.
  std::size_t groups_of_table_ = 1;
  std::size_t cells_ = 1;
  std::vector<double> values_;
  /// One more than the number of the row; 0 where there is none.
  std::vector<std::uint32_t> rows_;
  std::vector<std::size_t> rows_at_;
};

}  // namespace sojourn
