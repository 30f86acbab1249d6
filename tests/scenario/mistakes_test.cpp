#include "sim/scenario/mistakes.hpp"

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
  for (std::size_t line = 1; line <= 150; ++line) mistakes.add({"t.csv", line, 1}, "wrong");
  mistakes.add({"s.yaml", 1, 1}, "wrong");
  const auto told = mistakes.in_order();
  REQUIRE(told.size() == 102);
  CHECK(told[0].where.file == "s.yaml");
  CHECK(told[100].where.line == 100);
  CHECK(to_string(told[101]) == "t.csv: and 50 more mistakes in this file");
  CHECK(mistakes.is_full("t.csv"));
  CHECK_FALSE(mistakes.is_full("s.yaml"));
}

}  // namespace mistakes_test
