#include "sim/base/warning.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace warning_test {

using sojourn::count_text;
using sojourn::folded;
using sojourn::mark_accepted;
using sojourn::Warning;

namespace {

Warning warning_at(std::size_t line, const std::string& what = "the rate is 12 per year") {
  return {.id = "high-rate", .where = {"s.yaml", line, 3}, .what = what, .may_mean = "it is per 1,000"};
}

}  // namespace

TEST_CASE("a warning says where, what, what it may mean, and how to say that it is meant") {
  Warning warning = warning_at(4);
  CHECK(to_string(warning) ==
        "s.yaml:4:3: warning: the rate is 12 per year; this may mean that it is per 1,000; if it is meant, "
        "write "
        "'accept: [high-rate]'");
  warning.how_meant = "write 'unit: per day'";
  CHECK(to_string(warning) ==
        "s.yaml:4:3: warning: the rate is 12 per year; this may mean that it is per 1,000; if it is meant, "
        "write "
        "'unit: per day', or write 'accept: [high-rate]'");
  warning.accepted = true;
  CHECK(to_string(warning) ==
        "s.yaml:4:3: warning: the rate is 12 per year; this may mean that it is per 1,000; accepted "
        "[high-rate]");
}

TEST_CASE("equal warnings are told once, with the first places and how many more there are") {
  std::vector<Warning> warnings{warning_at(9, "another")};
  for (std::size_t line = 1; line <= 8; ++line) warnings.push_back(warning_at(line));
  warnings.push_back(warning_at(1));  // the same place counts once
  const std::vector<Warning> once = folded(warnings);
  REQUIRE(once.size() == 2);
  CHECK(once[0].what == "another");
  CHECK(once[1].more == 7);
  CHECK(to_string(once[1]) ==
        "s.yaml:1:3: warning: the rate is 12 per year; this may mean that it is per 1,000 (also in lines 2, "
        "3, 4 and "
        "5 and in 3 more places); if it is meant, write 'accept: [high-rate]'");
  CHECK(folded(once) == once);
  std::vector<Warning> two{once[1], once[1]};
  two[1].where.line = 20;
  CHECK(folded(two)[0].more == 15);
}

TEST_CASE("accepted warnings are marked and still counted") {
  std::vector<Warning> warnings{warning_at(1), warning_at(2, "another")};
  CHECK(count_text({}) == "no warnings");
  CHECK(count_text({warnings[0]}) == "1 warning");
  CHECK(count_text(warnings) == "2 warnings");
  warnings[1].id = "low-rate";
  mark_accepted(warnings, {"low-rate"});
  CHECK_FALSE(warnings[0].accepted);
  CHECK(warnings[1].accepted);
  CHECK(count_text(warnings) == "2 warnings, 1 of them accepted");
}

TEST_CASE("as a mistake a warning keeps its place and its remedy") {
  CHECK(to_string(as_mistake(warning_at(4))) ==
        "s.yaml:4:3: the rate is 12 per year; this may mean that it is per 1,000; if it is meant, write "
        "'accept: "
        "[high-rate]'");
}

}  // namespace warning_test
