#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "sim/reading/forms/table_labels.hpp"
#include "sim/reading/people/people.hpp"

namespace sojourn {

[[nodiscard]] KeyMap previous_map();
[[nodiscard]] KeyMap citizenship_map();
/// Of what kind it is: a law, or a column.
[[nodiscard]] KeyMap arrival_map();

/// What a table of movers says of their past: where they lived before, whose citizens they are, and when they
/// arrived. What it says of all rows alike goes into the source.
class PeopleHistory {
 public:
  /// All must outlive it; the source has its table.
  PeopleHistory(Reader& reader, const Fields& fields, const Setting& setting, PeopleSource& source);

  /// Takes from a row whose places are known what it says of the past; `birth`: where the row has the region
  /// of birth.
  void read_places(std::size_t row, Column birth, PeopleRow& people);
  /// Takes the arrival from a row. False if there is a mistake.
  [[nodiscard]] bool read_arrival(std::size_t row, PeopleRow& people);
  /// Of rows whose ages are known.
  void say_arrived_before_birth();

 private:
  void previous_column(const Node& node);
  void citizenship_column(const Node& node);
  void arrival(const Node& node);
  void arrival_law(const Node& node, const Node& law_node);
  /// The region that a row has in a column; it must be one of the scenario.
  [[nodiscard]] std::uint32_t region_in(LabelColumn& column, std::size_t row, std::string_view what,
                                        std::uint32_t otherwise,
                                        std::string_view expected = "a region of the scenario");

  Reader& reader_;
  const Setting& setting_;
  PeopleSource& source_;
  std::optional<LabelColumn> previous_;
  bool previous_is_birth_ = false;
  Names citizenship_names_;
  std::optional<LabelColumn> citizenship_;
  bool citizenship_is_residence_ = false;
  std::optional<Column> arrival_column_;
};

}  // namespace sojourn
