#pragma once

#include <cmath>
#include <string>

#include "sim/base/random.hpp"
#include "sim/output/dataset.hpp"

namespace sojourn {

/// The types in which counts are written: integers of 32 bits where they surely fit; reals where an agent is
/// no whole number of persons.
struct CountTypes {
  ValueType stock = ValueType::int64;
  ValueType flow = ValueType::int64;
  ValueType relocations = ValueType::int64;
};

/// Whether numbers of persons are whole when an agent stands for so many: then they are integers.
[[nodiscard]] inline bool counts_are_whole(double persons_per_agent) {
  return std::floor(persons_per_agent) == persons_per_agent;
}

/// What is written of a run, apart from the scenario itself.
struct OutputLayout {
  std::string variant;
  RunKey key;
  CountTypes counts;
  /// Whether flows are an array over all corridors, or a table of those that are not 0.
  bool dense_flows = true;
};

}  // namespace sojourn
