#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>

namespace sojourn::app {

/// Exit codes of the program.
enum class Exit : int { done = 0, failed = 1, wrong_input = 2, interrupted = 130 };

/// What `sojourn run` was asked for.
struct RunOptions {
  std::string scenario;
  std::string output;
  std::string variant = "baseline";
  std::optional<std::uint32_t> seed;
  std::uint32_t replicate = 0;
  std::optional<double> persons_per_agent;
  std::optional<std::string> until;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  /// `check`: refuse what needs more memory than is free; or `anyway`.
  std::string memory = "check";
  bool force = false;
  bool quiet = false;
  bool strict = false;
};

/// What `sojourn validate` was asked for.
struct ValidateOptions {
  std::string scenario;
  bool strict = false;
};

/// What `sojourn info` was asked for.
struct InfoOptions {
  std::string file;
  /// Instead of a file: what files of this format may hold.
  bool format = false;
};

/// What `sojourn schema` was asked for.
struct SchemaOptions {
  /// Print a Markdown table of the keys of this map instead; `all` for those of every map.
  std::string reference;
};

/// The subcommands, each in the file of its name. `command_line` is what was typed.
Exit run(const RunOptions& options, const std::string& command_line);
Exit validate(const ValidateOptions& options);
Exit info(const InfoOptions& options);
Exit schema(const SchemaOptions& options);

}  // namespace sojourn::app
