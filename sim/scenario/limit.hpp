#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "sim/base/calendar.hpp"
#include "sim/base/error.hpp"
#include "sim/base/ids.hpp"
#include "sim/scenario/hazard.hpp"
#include "sim/scenario/texts.hpp"

namespace sojourn {

/// A period of the calendar, or a step. A step belongs to the period that it starts in.
enum class Period : std::uint8_t { step, month, quarter, year, day };

/// The number of the day, month, quarter or year that a day lies in; the next one has the next number. Of no
/// step.
[[nodiscard]] std::int64_t period_of(Period period, Date date);

/// What cases draw on: so much in a period (a quota, minutes of staff), places that are occupied, or a meter,
/// which has no end.
struct Limit {
  std::string name;
  Position where{};
  std::string unit{"persons"};
  /// So many units in a period, or places: its rate, times its factor if it has one. No other part of it is
  /// used. A meter has none.
  std::optional<Hazard> amount{};
  Period period = Period::year;
  /// Of places: who takes one each, however they came; of its ages and birth nothing is used.
  std::optional<Who> occupants{};
  /// Whether there is one for all, or one for each region (that is entered), citizenship or pair (origin and
  /// destination).
  enum class ForEach : std::uint8_t { all, region, citizenship, pair };
  ForEach for_each = ForEach::all;
  /// What a period leaves is added to the next period of this one, for the same place or for all.
  std::optional<LimitId> unused{};
  /// What people call it, if the scenario says so.
  Texts label{};
};

/// How much of a limit one person's case takes.
struct Draw {
  LimitId limit;
  ParameterId amount;
};

}  // namespace sojourn
