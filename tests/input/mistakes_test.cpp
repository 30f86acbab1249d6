#include "sim/input/mistakes.hpp"

#include <doctest/doctest.h>

#include <string>

namespace mistakes_test {

using sojourn::Mistakes;

TEST_CASE("mistakes are told by file, then line, then column, and none twice") {
  Mistakes mistakes("s.yaml");
  CHECK(mistakes.none());
  mistakes.add({"b.csv", 2, 1}, "four");
  mistakes.add({"s.yaml", 10, 2}, "three");
  mistakes.add({"s.yaml", 9, 5}, "two");
  mistakes.add({"s.yaml", 9, 1}, "one");
  mistakes.add({"a.csv", 1, 1}, "five");
  mistakes.add({"s.yaml", 9, 1}, "one");
  std::string order;
  for (const auto& mistake : mistakes.in_order()) order += mistake.what + ' ';
  CHECK(order == "one two three four five ");
  CHECK(mistakes.count() == 6);
}

TEST_CASE("of a file with many mistakes the first hundred are told, and how many more there are") {
  Mistakes mistakes("s.yaml");
  for (std::size_t line = 1; line <= 150; ++line)
    mistakes.add({"t.csv", line, 1}, "wrong " + std::to_string(line));
  mistakes.add({"s.yaml", 1, 1}, "wrong");
  const auto told = mistakes.in_order();
  REQUIRE(told.size() == 102);
  CHECK(told[0].where.file == "s.yaml");
  CHECK(told[100].where.line == 100);
  CHECK(to_string(told[101]) == "t.csv: and 50 more mistakes in this file");
  CHECK(mistakes.is_full("t.csv"));
  CHECK_FALSE(mistakes.is_full("s.yaml"));
}

TEST_CASE("equal mistakes of a file are told once, with the first lines and how many more there are") {
  Mistakes mistakes("s.yaml");
  for (std::size_t line = 900; line > 0; --line) mistakes.add({"t.csv", line, 2}, "wrong", "right", "a");
  mistakes.add({"t.csv", 3, 2}, "wrong", "right");
  mistakes.add({"t.csv", 3, 2}, "wrong", "another");
  mistakes.add({"s.yaml", 7, 1}, "wrong", "right");
  mistakes.add({"s.yaml", 9, 1}, "wrong", "right");
  const auto told = mistakes.in_order();
  REQUIRE(told.size() == 3);
  CHECK(to_string(told[0]) == "s.yaml:7:1: wrong; expected right (also in line 9)");
  CHECK(to_string(told[1]) ==
        "t.csv:1:2: wrong; expected right; did you mean a? (also in lines 2, 3, 4 and 5 and in 895 more "
        "places)");
  CHECK(to_string(told[2]) == "t.csv:3:2: wrong; expected another");
  CHECK(mistakes.count() == 904);
}

TEST_CASE("warnings are no mistakes, and of very many the first are kept") {
  Mistakes mistakes("s.yaml");
  for (std::size_t line = 1; line <= 5; ++line)
    mistakes.warn(
        {.id = "table-mostly-left-out", .where = {"s.yaml", line, 1}, .what = "odd", .may_mean = "x"});
  CHECK(mistakes.none());
  REQUIRE(mistakes.warnings().size() == 1);
  CHECK(mistakes.warnings()[0].more == 4);
  for (std::size_t line = 1; line <= 2000; ++line) {
    mistakes.warn({.id = "table-mostly-left-out",
                   .where = {"s.yaml", line, 1},
                   .what = std::to_string(line),
                   .may_mean = "x"});
  }
  CHECK(mistakes.warnings().size() == 1001);
  CHECK(mistakes.warnings().back().what == "there are 1001 more warnings");
}

}  // namespace mistakes_test
