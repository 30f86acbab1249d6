#pragma once

#include <string>

namespace sojourn {

/// Where a run writes, and the name under which it does so until it is whole: NAME.h5 and NAME.part.h5.
struct OutputPaths {
  std::string final;
  std::string part;
  /// Whether an output that is there already may be replaced.
  bool force = false;
};

/// Checks, before anything is computed, that an output can be written. Throws `RunError` if `path` exists and
/// `force` is false, is a directory, lies in no directory or in one that cannot be written to, or if its part
/// file is being written by another run. What is left of an interrupted run needs no `force`.
[[nodiscard]] OutputPaths plan_output(const std::string& path, bool force);

/// Brings the closed part file to the disk and gives it its final name, at once. Without `force`, what
/// another program has put there in the meantime stays.
void publish(const OutputPaths& paths);

}  // namespace sojourn
