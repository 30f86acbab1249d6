#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/output/summary.hpp"

namespace sojourn {

/// A dimension or variable of an output, for people to read.
struct InfoItem {
  std::string name;
  std::string type;
  std::string unit;
  /// `time 25, region 3`.
  std::string shape;
  std::string long_name;
};

/// What is in an output, complete or not.
struct Info {
  std::string path;
  std::uintmax_t bytes = 0;
  bool complete = false;
  std::string title;
  /// The title in each language that has one: `az` and the text.
  std::vector<std::pair<std::string, std::string>> titles;
  /// In which anything is said for people.
  std::vector<std::string> languages;
  std::string variant;
  std::vector<std::string> policies;
  std::int64_t seed = 0;
  std::int64_t replicate = 0;
  /// As the scenario says; an incomplete output ends earlier.
  std::string start;
  std::string end;
  std::string step;
  /// `Sojourn 0.1.0 (9f2c...)`.
  std::string written_by;
  /// Path of the scenario when it was run, and what was checked: "" where the file does not say.
  std::string scenario_path;
  std::string checks;
  std::vector<InfoItem> dimensions;
  std::vector<InfoItem> variables;
  Summary summary;
};

/// Throws `RunError` if the file is no output of `sojourn run` or cannot be read.
[[nodiscard]] Info read_info(const std::string& path);

[[nodiscard]] std::string format_info(const Info& info);

}  // namespace sojourn
