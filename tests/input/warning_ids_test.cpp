#include "sim/input/warning_ids.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>

#include "tests/reading/reading.hpp"
#include "tests/support/source_folder.hpp"

namespace warning_ids_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

/// The ids in the first column of the table below the heading `## Warnings`.
std::set<std::string> described_warning_ids() {
  std::ifstream page(std::string(test::source_folder()) + "/scenarios/README.md");
  std::set<std::string> ids;
  bool in_section = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) in_section = line == "## Warnings";
    if (in_section && line.starts_with("| `")) ids.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return ids;
}

}  // namespace

TEST_CASE("the reference describes every warning, and no other") {
  const auto& ids = warning_ids();
  CHECK(described_warning_ids() == std::set<std::string>(ids.begin(), ids.end()));
  CHECK(std::is_sorted(ids.begin(), ids.end()));
}

TEST_CASE("ids have a hyphen, so that none looks like a key") {
  for (const std::string& id : warning_ids()) CHECK(id.find('-') != std::string::npos);
}

TEST_CASE("a warning without a described id is an error of the program") {
  Mistakes mistakes("s.yaml");
  CHECK_THROWS_AS(
      mistakes.warn({.id = "no-such-warning", .where = {"s.yaml", 1, 1}, .what = "x", .may_mean = "y"}),
      std::logic_error);
}

TEST_CASE("a scenario accepts warnings by their ids, and no others") {
  const test::Folder folder;
  test::Parts parts;
  parts.after_streams = "accept: [table-mostly-left-out]";
  CHECK(test::read(folder, parts.yaml()).accepted_warnings ==
        std::vector<std::string>{"table-mostly-left-out"});
  parts.after_streams = "accept: table-mostly-left-out";
  CHECK(test::read(folder, parts.yaml()).accepted_warnings.size() == 1);
  parts.after_streams = "accept: [table-mostly-left-ou]";
  const std::string told = test::mistakes_of(folder, parts.yaml());
  CHECK(told.find("there is no warning 'table-mostly-left-ou'; expected") != std::string::npos);
  CHECK(told.find("did you mean table-mostly-left-out?") != std::string::npos);
}

}  // namespace warning_ids_test
