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
/// `force` is false, is a directory, lies in no directory or in one that cannot be written to, or if what
/// bears the part name may not be replaced (see `make_room`).
[[nodiscard]] OutputPaths plan_output(const std::string& path, bool force);

/// Removes what an interrupted run has left under the part name, so that the file can be made anew. Only an
/// ordinary file goes, and only its name: a link is never followed, and what has another name stays there.
/// Throws `RunError` if there is a link, a FIFO, a device or a directory; a file that no run has written,
/// unless `force`; or a file that another run is writing.
void make_room(const OutputPaths& paths);

/// Brings the closed part file to the disk and gives it its final name, at once. Without `force`, what
/// another program has put there in the meantime stays.
void publish(const OutputPaths& paths);

}  // namespace sojourn
