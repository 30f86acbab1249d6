#pragma once

#include <string>

#include "sim/base/random.hpp"

namespace sojourn {

/// What the program knows of a run and the scenario does not say.
struct RunInfo {
  RunKey key;
  /// As typed.
  std::string command_line;
  unsigned threads = 1;
};

}  // namespace sojourn
