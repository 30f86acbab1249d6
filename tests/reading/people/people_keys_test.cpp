#include <doctest/doctest.h>

#include "sim/reading/people/people.hpp"

namespace people_keys_test {

using sojourn::find;
using sojourn::Key;
using sojourn::KeyMap;
using sojourn::Need;

TEST_CASE("stayers of a table and inline are described by one map, which requires neither") {
  const KeyMap all = sojourn::stayers_map();
  for (const KeyMap& map : {sojourn::stayers_table_map(), sojourn::stayers_inline_map()}) {
    for (const Key& key : map.keys) {
      CAPTURE(key.name);
      REQUIRE(find(all, key.name) != nullptr);
      CHECK(find(all, key.name)->need == Need::optional);
    }
  }
  CHECK(find(sojourn::stayers_table_map(), "table")->need == Need::required);
  CHECK(find(sojourn::stayers_inline_map(), "values")->need == Need::required);
  CHECK_FALSE(find(sojourn::stayers_inline_map(), "values")->range.contains(-1));
}

TEST_CASE("movers come from a table: inline values would not say where they were born") {
  CHECK(find(sojourn::movers_map(), "values") == nullptr);
  CHECK(find(sojourn::movers_map(), "birth")->need == Need::required);
}

}  // namespace people_keys_test
