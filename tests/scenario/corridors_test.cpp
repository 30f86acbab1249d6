#include "sim/scenario/corridors.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace corridors_test {

using namespace sojourn;

namespace {

/// The corridors of a stream of those who live in the first, second and third of four regions.
std::string corridors_with(const ChoiceSet& set) {
  Scenario scenario = test::small_scenario(4);
  scenario.links = {{Region{0}, Region{1}}, {Region{3}, Region{1}}};
  Stream& stream = test::add_stream(scenario, "s", 1);
  stream.who.residences = {true, true, true, false};
  stream.destination.choice_set = set;
  const Corridors corridors(scenario, stream);
  std::string text;
  for (std::size_t o = 0; o < 4; ++o) {
    bool leaves = false;
    for (std::size_t d = 0; d < 4; ++d) {
      if (!corridors.has(o, d)) continue;
      text += std::to_string(o) + std::to_string(d) + ' ';
      leaves = true;
      CHECK(corridors.destinations()[d]);
    }
    CHECK(corridors.origins()[o] == leaves);
  }
  for (std::size_t d = 0; d < 4; ++d) {
    const bool reached = corridors.has(0, d) || corridors.has(1, d) || corridors.has(2, d);
    CHECK(corridors.destinations()[d] == reached);
  }
  return text;
}

}  // namespace

TEST_CASE("corridors lead from where a stream's people live to where they may go") {
  CHECK(corridors_with(AllRegions{}) == "01 02 03 10 12 13 20 21 23 ");
  CHECK(corridors_with(Listed{{Region{0}}}) == "10 20 ");
  CHECK(corridors_with(Listed{{Region{0}, Region{3}}}) == "03 10 13 20 23 ");
  CHECK(corridors_with(Neighbours{}) == "01 10 13 ");
}

}  // namespace corridors_test
