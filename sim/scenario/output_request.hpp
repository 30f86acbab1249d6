#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/ids.hpp"

namespace sojourn {

enum class FlowLayout : std::uint8_t { automatic, dense, table };

/// What a run records, and how often. Every duration is a whole number of steps.
struct OutputRequest {
  /// Between records of stocks (instants) and flows (intervals), in steps.
  std::size_t every = 1;
  /// Lower bounds of the age groups of stocks and flows, in years, the first 0.
  std::vector<double> age_from;
  bool stock_by_age = false;
  std::vector<AttributeId> stock_attributes;
  bool flow_by_age = false;
  std::vector<AttributeId> flow_attributes;
  FlowLayout flow_layout = FlowLayout::automatic;
  /// In steps; nothing where not asked for.
  std::optional<std::size_t> relocations_every;
  std::optional<std::size_t> diaspora_every;
  /// The stock of foreign citizens.
  std::optional<std::size_t> citizens_every;
  /// Flows by the twelve-month rule of usual residence; and how many steps twelve months are, where asked
  /// for.
  std::optional<std::size_t> usual_every;
  std::size_t year_steps = 0;
  /// Factors whose effective values are recorded at every record; pair factors are never among them.
  std::vector<FactorId> factors;
};

}  // namespace sojourn
