#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The dimensions of an output, in the order in which a file gets them. `attribute` stands for all attributes
/// of agents.
enum class Axis : std::uint8_t {
  none,
  time,
  interval,
  bnds,
  region,
  origin,
  destination,
  stream,
  age,
  attribute,
  transition,
  queue,
  quantile,
  entry,
  exit,
  limit,
  interval_relocations,
  interval_usual,
  time_diaspora,
  birth,
  time_citizenship,
  citizenship,
  residence,
  flow_row,
};

/// How many values `Axis` has, `none` among them.
inline constexpr std::size_t axis_count = static_cast<std::size_t>(Axis::flow_row) + 1;

/// What stands along a dimension. Instants, intervals (by their starts) and rows grow with the run.
enum class Along : std::uint8_t { texts, numbers, places, instants, intervals, rows };

/// What becomes of an instant or interval that the end of the run cuts short: it is written, as it stands
/// there; it is left out; or intervals are written twelve months after their end, and at the end of the run
/// all the rest, as preliminary.
enum class AtTheEnd : std::uint8_t { written, left_out, preliminary };

/// A dimension of an output: one row for each, from which come the file and the page that describes it.
struct Dimension {
  Axis axis = Axis::none;
  std::string_view name{};
  Along along = Along::texts;
  std::string_view long_name{};
  /// What FORMAT.md says of it.
  std::string_view meaning{};
  /// Its labels, or its numbers, or how many places it has.
  std::vector<std::string> (*labels)(const Scenario&) = nullptr;
  std::span<const double> numbers{};
  std::size_t places = 0;
  /// Steps between two records, if it grows; nothing where the scenario does not ask for them.
  std::optional<std::size_t> (*every)(const OutputRequest&) = nullptr;
  AtTheEnd at_the_end = AtTheEnd::left_out;
  /// Whether a file has it before all variables; null: where a variable needs it.
  bool (*comes_first)(const Scenario&) = nullptr;

  [[nodiscard]] bool grows() const { return along >= Along::instants; }
};

/// The shares at which quantiles of waiting times are recorded.
inline constexpr std::array<double, 5> waiting_quantiles = {0.1, 0.25, 0.5, 0.75, 0.9};

/// All dimensions, in the order of `Axis`, without `none`.
[[nodiscard]] std::span<const Dimension> recorded_dimensions();
[[nodiscard]] const Dimension& recorded_dimension(Axis axis);

/// A limit, and the region, citizenship or pair of which it is: "" if there is one for all.
struct LimitPlace {
  const Limit* limit = nullptr;
  std::string of{};
};

/// All limits in all their places, as `LimitLedger` has them.
[[nodiscard]] std::vector<LimitPlace> limit_places(const Scenario& scenario);

/// `0-4`, `5-9`, `80+`: the labels of age groups with these lower bounds.
[[nodiscard]] std::vector<std::string> age_labels(const std::vector<double>& age_from);

}  // namespace sojourn
