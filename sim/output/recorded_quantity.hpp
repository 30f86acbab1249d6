#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/output/recorded_dimension.hpp"

namespace sojourn {

struct OutputLayout;
struct RunView;

/// What a variable holds, which says its type: agents, counted at an instant, in an interval, or at both ends
/// of one, in the types of `CountTypes` and written as persons; reals; whole numbers of 32 bits; places along
/// the dimension whose name follows `flow_`; texts.
enum class Holds : std::uint8_t { stocks, flows, relocations, reals, whole_numbers, places, texts };

/// By what else a variable is than its dimensions: the attributes of the stocks, also their ages, ages and
/// attributes of the flows, or what a factor varies over.
enum class By : std::uint8_t { nothing, stock_attributes, stock_details, flow_details, factor };

/// What agents mean for the stock of their region, which is the first dimension after that of time: they are
/// it, they came in, they went out, or they went from origin to destination.
enum class Balance : std::uint8_t { none, stock, in, out, corridors };

/// Which scenarios have a variable, and how FORMAT.md says so.
struct Condition {
  bool (*holds)(const Scenario&, const OutputLayout&) = nullptr;
  std::string_view words{};
};

/// When something is recorded: boundaries of the time grid, the ends of an interval, or twice the same.
struct Moment {
  const RunView& run;
  std::size_t from = 0;
  std::size_t to = 0;
  bool is_final = true;
};

/// Values of one record, by the dimensions after the first, the last fastest; counts in agents.
using Values = std::variant<std::vector<std::int64_t>, std::vector<double>>;
/// Values that do not grow with the run.
using FixedValues = std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>>;

/// A variable of an output. One row for each: from it come the file, what is gathered of a run, the page
/// that describes the format, the names that attributes may not have, and the summary. A name with a word in
/// capitals stands for several variables (`factor_NAME`).
struct Quantity {
  std::string_view name{};
  Holds holds = Holds::flows;
  /// The first is the one that grows. `none` after the last.
  std::array<Axis, 4> over{};
  By by = By::nothing;
  Condition when{};
  /// Whether it is a label of its first dimension (or of all, if it has none) and is made with it.
  bool is_coordinate = false;
  /// How a value stands for its interval: the method of CF's `cell_methods`.
  std::string_view method{};
  /// What a flow counts.
  std::string_view counting{};
  std::string_view standard_name{};
  /// Of what counts no people, as UDUNITS knows them.
  std::string_view units{};
  std::string_view long_name{};
  /// One sentence of FORMAT.md, without the words of `when`.
  std::string_view meaning{};
  Balance balance = Balance::none;
  /// What a summary calls the sum over the run; it has none of the others.
  std::string_view in_summary{};
  /// Where its numbers lie. Null of what does not grow, and of rows of flows and factors.
  Values (*values)(const Moment&) = nullptr;
  FixedValues (*fixed)(const Scenario&, const OutputLayout&) = nullptr;

  [[nodiscard]] bool counts_people() const { return holds <= Holds::relocations; }
  [[nodiscard]] bool stands_for_several() const;
  [[nodiscard]] bool is_recorded(const Scenario& scenario, const OutputLayout& layout) const {
    return when.holds == nullptr || when.holds(scenario, layout);
  }
};

/// Instants and their bounds are whole days since then.
inline constexpr std::string_view days_since = "days since 1970-01-01";

/// All variables of outputs, in the order in which a file gets them (but for coordinates).
[[nodiscard]] std::span<const Quantity> recorded_quantities();

/// Whether a dimension, variable or group of an output has this name, or may once have it.
[[nodiscard]] bool is_name_of_output(std::string_view name);

}  // namespace sojourn
