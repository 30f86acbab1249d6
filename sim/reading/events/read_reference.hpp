#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/scenario/hazard.hpp"

namespace sojourn {

/// By `ScheduleMean`, but for standard populations, which are maps.
inline constexpr std::array<std::string_view, 4> schedule_means{"named", "everybody", "as_given", "region"};

/// A standard population, as a map or a table of persons by age.
[[nodiscard]] KeyMap standard_population_map();

/// Over whom the mean of a schedule is made 1.
struct ReferenceRead {
  ScheduleMean mean = ScheduleMean::named;
  /// With `standard`: persons by completed year of age.
  std::vector<double> standard{};
};

/// The key `over` of a schedule: a word, or a standard population as a map or a table of persons by age.
[[nodiscard]] ReferenceRead read_reference(Reader& reader, const Node& node);

}  // namespace sojourn
