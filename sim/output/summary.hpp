#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn {

/// Moves from one region to another over a whole run.
struct CorridorMoves {
  /// Names of the regions.
  std::string origin;
  std::string destination;
  std::int64_t moves = 0;
  /// In the order of `Summary::streams`.
  std::vector<std::int64_t> by_stream;
};

/// What an output says in a few numbers. Counts are of agents.
struct Summary {
  double persons_per_agent = 1;
  std::size_t regions = 0;
  /// First and last instant at which stocks were recorded, as dates; "" where none was.
  std::string first;
  std::string last;
  std::int64_t people_first = 0;
  std::int64_t people_last = 0;
  std::vector<std::string> streams;
  std::vector<std::int64_t> moves_by_stream;
  std::int64_t moves = 0;
  /// Corridors that anyone moved along, and those with most moves, the largest first.
  std::size_t corridors = 0;
  std::vector<CorridorMoves> top;
};

/// Sums an output up, complete or not. Throws `RunError` if the file is no output or cannot be read.
[[nodiscard]] Summary summarise(const std::string& path, std::size_t top_corridors = 10);

/// As a table of some lines.
[[nodiscard]] std::string format_summary(const Summary& summary);

}  // namespace sojourn
