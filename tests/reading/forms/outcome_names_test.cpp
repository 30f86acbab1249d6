#include "sim/reading/forms/outcome_names.hpp"

#include <doctest/doctest.h>

#include "tests/reading/reading.hpp"

namespace outcome_names_test {

using namespace sojourn;

TEST_CASE("names of what transitions are counted as stand in the document before it is read") {
  const test::Text text(
      "a: {becomes: {x: y}}\n"
      "b: {outcomes: {yes: {weight: 1}, no: {leaves: outside}}, given_up: {leaves: outside}}\n"
      "c: 3\n");
  const OutcomeNames names = names_of_outcomes(&text.node);
  CHECK(names.counted == std::vector<std::string>{"a", "b/yes", "b/no", "b/given_up", "c"});
  CHECK(names.transition == std::vector<std::size_t>{0, 1, 1, 1, 2});
  CHECK(names.gives_up == std::vector<bool>{false, false, false, true, false});
  CHECK(names.ways_out == std::vector<std::string>{"b/no", "b/given_up"});
  CHECK(names_of_outcomes(nullptr).counted.empty());
}

}  // namespace outcome_names_test
