#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/input/reader.hpp"
#include "sim/input/yaml_tree.hpp"
#include "sim/reading/read_scenario.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::test {

/// A folder for the files of one test; it is removed with them.
class Folder {
 public:
  Folder() {
    static std::atomic<int> count{0};
    path_ = std::filesystem::temp_directory_path() /
            ("sojourn-test-" + std::to_string(getpid()) + '-' + std::to_string(count++));
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  /// Writes a file and gives its path.
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return file(name);
  }
  /// The text without the path of the folder.
  [[nodiscard]] std::string shortened(std::string text) const {
    const std::string prefix = path_.string() + '/';
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
      text.erase(at, prefix.size());
    }
    return text;
  }

 private:
  std::filesystem::path path_;
};

/// A reader of a YAML text, and the tree of it.
struct Text {
  explicit Text(const std::string& yaml)
      : reader(folder.file("s.yaml")),
        node(parse_yaml(yaml, reader.file(), reader.mistakes()).value_or(Node{})) {}

  /// What was told so far, a line for each.
  [[nodiscard]] std::string mistakes() const {
    std::string text;
    for (const Mistake& mistake : reader.mistakes().in_order())
      text += folder.shortened(to_string(mistake)) + '\n';
    return text;
  }

  /// What was warned of so far, a line for each.
  [[nodiscard]] std::string warnings() const {
    std::string text;
    for (const Warning& warning : reader.mistakes().warnings())
      text += folder.shortened(to_string(warning)) + '\n';
    return text;
  }

  Folder folder;
  Reader reader;
  Node node;
};

/// Whether a part stands in a text.
inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// What is warned of in a right scenario, a line for each.
inline std::string warnings_of(const Folder& folder, const Scenario& scenario) {
  std::string text;
  for (const Warning& warning : scenario.warnings) text += folder.shortened(to_string(warning)) + '\n';
  return text;
}

/// What is told about a scenario; "" if it is right.
inline std::string mistakes_of(const Folder& folder, const std::string& yaml,
                               const Overrides& overrides = {}) {
  try {
    static_cast<void>(read_scenario(folder.write("s.yaml", yaml), overrides));
  } catch (const InputError& error) {
    return folder.shortened(error.what());
  }
  return "";
}

inline Scenario read(const Folder& folder, const std::string& yaml, const Overrides& overrides = {}) {
  return read_scenario(folder.write("s.yaml", yaml), overrides);
}

/// A whole scenario of three regions, 2010 and 2011 by months, of which sections can be replaced.
struct Parts {
  std::string time = "time: {start: 2010-01-01, end: 2012-01-01, step: 1 month}";
  std::string regions = "regions: [north, south, east]";
  std::string before_population;
  std::string population = "population:\n  stayers: {values: {north: 1000, south: 500, east: 20}, age: 0-79}";
  std::string streams =
      "streams:\n  work:\n    hazard: {rate: 0.01 per year}\n    destination: {choose: all}";
  std::string after_streams;

  [[nodiscard]] std::string yaml() const {
    return "sojourn: 1\ntitle: Test\n" + time + '\n' + regions + '\n' + before_population + '\n' +
           population + '\n' + streams + '\n' + after_streams + '\n';
  }
};

}  // namespace sojourn::test
