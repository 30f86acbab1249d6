#include "sim/reading/factors/expression_keys.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

namespace expression_keys_test {

using sojourn::find;
using sojourn::FlowInput;
using sojourn::Key;
using sojourn::KeyMap;
using sojourn::Need;

TEST_CASE("a flow is told by its first key, and begins with a rate of 0 or more") {
  using Kind = FlowInput::Kind;
  std::vector<std::string_view> first;
  for (const Kind kind : {Kind::arrivals, Kind::departures, Kind::inflow, Kind::outflow}) {
    const KeyMap map = sojourn::flow_input_map(kind);
    first.push_back(map.keys.front().name);
    const Key* initial = find(map, "initial");
    REQUIRE(initial != nullptr);
    CHECK(initial->need == Need::required);
    CHECK(initial->range.contains(0));
    CHECK_FALSE(initial->range.contains(-1));
  }
  CHECK(first == std::vector<std::string_view>{"arrivals", "departures", "inflow", "outflow"});
}

TEST_CASE("one map describes all that a name of an expression may mean, and requires none of it") {
  const KeyMap all = sojourn::expression_input_map();
  std::vector<KeyMap> maps{sojourn::factor_input_map(), sojourn::people_input_map(),
                           sojourn::foreign_born_input_map(), sojourn::queue_input_map()};
  for (int kind = 0; kind < 4; ++kind) maps.push_back(sojourn::flow_input_map(FlowInput::Kind(kind)));
  for (const KeyMap& map : maps) {
    for (const Key& key : map.keys) {
      CAPTURE(key.name);
      REQUIRE(find(all, key.name) != nullptr);
      CHECK(find(all, key.name)->need == Need::optional);
    }
  }
  // A number of a factor, a rate of a flow.
  CHECK(find(all, "initial")->form == sojourn::Form::any);
}

}  // namespace expression_keys_test
