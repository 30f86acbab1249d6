#include "sim/base/version.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace version_test {

TEST_CASE("the version is three numbers") {
  const std::string version{sojourn::version()};
  CHECK(version.find_first_not_of("0123456789.") == std::string::npos);
  CHECK(std::count(version.begin(), version.end(), '.') == 2);
}

TEST_CASE("the commit is twelve digits, perhaps dirty, or unknown") {
  std::string commit{sojourn::commit()};
  if (commit == "unknown") {
    return;
  }
  if (const auto plus = commit.find('+'); plus != std::string::npos) {
    CHECK(commit.substr(plus) == "+dirty");
    commit.erase(plus);
  }
  CHECK(commit.size() == 12);
  CHECK(commit.find_first_not_of("0123456789abcdef") == std::string::npos);
}

}  // namespace version_test
