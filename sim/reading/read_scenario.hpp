#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/input/key.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What the command line may say instead of the scenario; nothing: as written.
struct Overrides {
  std::optional<std::uint32_t> seed;
  std::optional<double> persons_per_agent;
  /// A step boundary after the start, as `YYYY-MM-DD`.
  std::optional<std::string> until;
};

/// Every key that a scenario may have, from its top level on.
[[nodiscard]] KeyMap scenario_map();

/// Reads and checks a scenario and every table it names. Throws `InputError` with all mistakes at once.
[[nodiscard]] Scenario read_scenario(const std::string& path, const Overrides& overrides = {});

}  // namespace sojourn
