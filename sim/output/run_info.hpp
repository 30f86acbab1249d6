#pragma once

#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/base/warning.hpp"

namespace sojourn {

/// What the program knows of a run and the scenario does not say.
struct RunInfo {
  RunKey key;
  /// As typed.
  std::string command_line;
  unsigned threads = 1;
  /// What was warned of, accepted or not.
  std::vector<Warning> warnings = {};
};

}  // namespace sojourn
