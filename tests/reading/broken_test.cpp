// Every scenario in tests/reading/broken has a mistake (or several), and NAME.expected says what a planner
// reads about it. SOJOURN_REWRITE=1 in the environment writes the expected texts anew: read the difference
// before it is committed.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/reading/read_scenario.hpp"
#include "sim/scenario/scenario.hpp"
#include "tests/support/source_folder.hpp"

namespace broken_test {

namespace {

const std::filesystem::path folder =
    std::filesystem::path(sojourn::test::source_folder()) / "tests/reading/broken";

std::string text_of(const std::filesystem::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> scenarios() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// A first line `# --until 2011-01-15` stands for the command line.
sojourn::Overrides overrides_of(const std::string& text) {
  const std::string marker = "# --until ";
  sojourn::Overrides overrides;
  if (text.starts_with(marker)) overrides.until = text.substr(marker.size(), text.find('\n') - marker.size());
  return overrides;
}

std::string without_folder(std::string text) {
  const std::string prefix = folder.string() + '/';
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
    text.erase(at, prefix.size());
  }
  return text;
}

std::string mistakes_of(const std::filesystem::path& path) {
  try {
    static_cast<void>(sojourn::read_scenario(path.string(), overrides_of(text_of(path))));
  } catch (const sojourn::InputError& error) {
    CHECK_FALSE(error.mistakes().empty());
    return without_folder(error.what()) + '\n';
  }
  return "no mistake\n";
}

}  // namespace

TEST_CASE("every broken scenario gets the message that is written beside it") {
  const bool rewrite = std::getenv("SOJOURN_REWRITE") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  const auto paths = scenarios();
  CHECK(paths.size() >= 45);
  for (const auto& path : paths) {
    CAPTURE(path.filename().string());
    const std::string found = mistakes_of(path);
    auto expected = path;
    expected.replace_extension(".expected");
    if (rewrite) std::ofstream(expected, std::ios::binary) << found;
    CHECK(found != "no mistake\n");
    CHECK(found == text_of(expected));
  }
}

}  // namespace broken_test
