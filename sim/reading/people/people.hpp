#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/ages.hpp"
#include "sim/scenario/population.hpp"

namespace sojourn {

/// Stands for a region that is not given.
inline constexpr std::uint32_t no_region = std::numeric_limits<std::uint32_t>::max();

/// People of one row of a table that are alike but for their exact age. Before all is given, attributes that
/// are not yet known have their first value.
struct PeopleRow {
  std::uint32_t residence = 0;
  /// Movers only.
  std::uint32_t birth = no_region;
  std::uint32_t previous = no_region;
  std::uint32_t citizenship = no_region;
  std::uint32_t group = 0;
  /// Years of age, to before `age_to`.
  std::int16_t age_from = 0;
  std::int16_t age_to = 0;
  /// The row of the table; of inline values the number of the region.
  std::uint32_t row = 0;
  double persons = 0;
  double years_since_arrival = std::numeric_limits<double>::quiet_NaN();
};

/// One table of people, or inline values.
struct PeopleSource {
  /// Null for inline values.
  const Table* table = nullptr;
  /// The column of persons.
  Column count;
  /// Where it stands in the scenario.
  Position where;
  /// Which attributes the rows give.
  std::vector<bool> given;
  bool has_age = false;
  bool has_previous = false;
  /// Stayers: whether the counts include movers.
  std::optional<bool> includes_movers;
  /// Movers: how years since arrival are distributed, and whether anything was said of it at all.
  ArrivalLaw law;
  bool has_arrival = false;
  std::vector<PeopleRow> rows;

  /// Where the number of a row stands.
  [[nodiscard]] Position where_row(const PeopleRow& row) const {
    return table != nullptr ? table->where(row.row, count) : where;
  }
};

enum class PeopleKind : std::uint8_t { stayers, movers };

[[nodiscard]] KeyMap stayers_table_map();
[[nodiscard]] KeyMap stayers_inline_map();
/// Either of them.
[[nodiscard]] KeyMap stayers_map();
[[nodiscard]] KeyMap movers_map();
[[nodiscard]] KeyMap share_table_map();

/// One table of `population.stayers` or `population.movers`, or inline stayers, with its shares applied.
/// Nothing if there is a mistake.
[[nodiscard]] std::optional<PeopleSource> read_people(Reader& reader, const Node& node, PeopleKind kind,
                                                      const Setting& setting);

/// Splits the rows of `source` over what a table of shares gives and they do not. False if there is a
/// mistake.
[[nodiscard]] bool apply_share_table(Reader& reader, const Node& node, PeopleKind kind,
                                     const Setting& setting, PeopleSource& source);

/// More persons than this in one row is a slip.
inline constexpr Range persons_of_row{.least = 0, .most = 1e11};

/// A limit on rows after all splitting.
inline constexpr std::size_t most_people_rows = std::size_t{1} << 24;

/// Subtracts movers from stayers that include them, cell by cell: `movers` is laid out like
/// `StartPopulation::stayers`. Returns the stayers that are left, laid out in the same way. A negative rest,
/// and movers where no row of stayers is (told at `where_movers`), are mistakes.
[[nodiscard]] std::vector<double> stayers_without_movers(Reader& reader,
                                                         const std::vector<PeopleSource>& stayers,
                                                         const std::vector<double>& movers,
                                                         const Position& where_movers, std::size_t ages,
                                                         const Setting& setting);

}  // namespace sojourn
