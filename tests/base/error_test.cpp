#include "sim/base/error.hpp"

#include <doctest/doctest.h>

#include <string>

namespace error_test {

using sojourn::closest_name;
using sojourn::InputError;
using sojourn::Mistake;

TEST_CASE("a mistake says where, what, what was expected and what was meant") {
  CHECK(to_string(Mistake{{"a.yaml", 3, 7}, "x is y", "z", "w"}) ==
        "a.yaml:3:7: x is y; expected z; did you mean w?");
  CHECK(to_string(Mistake{{"a.yaml", 3, 7}, "x is y", "", ""}) == "a.yaml:3:7: x is y");
  CHECK(to_string(Mistake{{"a.yaml", 0, 0}, "x is y", "z", ""}) == "a.yaml: x is y; expected z");
}

TEST_CASE("an input error carries all mistakes, and its text has a line for each") {
  const InputError error({{{"a", 1, 1}, "one", "", ""}, {{"b", 2, 2}, "two", "three", ""}});
  CHECK(error.mistakes().size() == 2);
  CHECK(std::string(error.what()) == "a:1:1: one\nb:2:2: two; expected three");
}

TEST_CASE("the closest name is close, or none") {
  CHECK(closest_name("incme", {"wage", "income", "distance"}) == "income");
  CHECK(closest_name("income", {"incomes", "income"}) == "income");
  CHECK(closest_name("ab", {"xy"}).empty());
  CHECK(closest_name("x", {"o"}).empty());
  CHECK(closest_name("", {"a"}).empty());
  CHECK(closest_name("income", {}).empty());
  CHECK(closest_name(std::string(100, 'a'), {std::string(100, 'a')}).empty());
}

TEST_CASE("what a message quotes does not act on a terminal") {
  CHECK(to_string(Mistake{{"a\x1b.csv", 1, 1}, "x\ny", "\xE2\x80\xAE", ""}) ==
        "a\\x1b.csv:1:1: x\\ny; expected \\u202e");
}

}  // namespace error_test
