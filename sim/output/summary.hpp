#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn {

class StoredFile;

/// Moves from one region to another over a whole run.
struct CorridorMoves {
  /// Names of the regions.
  std::string origin;
  std::string destination;
  double moves = 0;
  /// In the order of `Summary::streams`.
  std::vector<double> by_stream;
};

/// Numbers of people of one kind, such as transitions, by their names in the scenario; of births and the like
/// one number without a name.
struct NumbersByName {
  std::string kind;
  std::vector<std::string> names;
  std::vector<double> numbers;
};

/// What an output says in a few numbers. Counts are of persons.
struct Summary {
  double persons_per_agent = 1;
  std::size_t regions = 0;
  /// First and last instant at which stocks were recorded, as dates; "" where none was.
  std::string first;
  std::string last;
  double people_first = 0;
  double people_last = 0;
  /// In the whole run: births, deaths, transitions and what else recorded quantities say, where it has them.
  std::vector<NumbersByName> totals;
  std::vector<std::string> streams;
  std::vector<double> moves_by_stream;
  double moves = 0;
  /// What was warned of, and how many of these the scenario accepts.
  std::size_t warnings = 0;
  std::size_t warnings_accepted = 0;
  /// Corridors that anyone moved along, and those with most moves, the largest first.
  std::size_t corridors = 0;
  std::vector<CorridorMoves> top;
};

/// Sums an output up, complete or not. Throws `RunError` if the file is no output or cannot be read.
[[nodiscard]] Summary summarise(const std::string& path, std::size_t top_corridors = 10);
/// The same of a file that is open. Each variable that it sums up is read once, in few large parts.
[[nodiscard]] Summary summarise(const StoredFile& file, std::size_t top_corridors = 10);

/// As a table of some lines.
[[nodiscard]] std::string format_summary(const Summary& summary);

}  // namespace sojourn
