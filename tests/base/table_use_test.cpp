#include "sim/base/table_use.hpp"

#include <doctest/doctest.h>

namespace table_use_test {

using sojourn::is_mostly_left_out;
using sojourn::TableUse;

TEST_CASE("a use is told with rows and amounts, and what was left out by label") {
  TableUse use{.file = "t.csv",
               .user = "links",
               .counted = "pairs",
               .rows = 3,
               .rows_used = 3,
               .amount = 3,
               .amount_used = 3};
  CHECK(to_string(use) == "t.csv (links): all of 3 rows, 3 pairs");
  CHECK_FALSE(is_mostly_left_out(use));
  use.rows_used = 1;
  use.amount_used = 1;
  use.left_out = {{.label = "", .rows = 2, .amount = 2, .suggestion = "AZE"}};
  CHECK(to_string(use) ==
        "t.csv (links): 1 of 3 rows and 1 of 3 pairs are used; left out: an empty cell (2 rows, 2 pairs; did "
        "you mean AZE?)");
  CHECK(is_mostly_left_out(use));
}

TEST_CASE("a use that counts rows alone tells no amounts") {
  const TableUse use{.file = "t.csv", .user = "names", .rows = 2, .rows_used = 2};
  CHECK(to_string(use) == "t.csv (names): all of 2 rows");
}

}  // namespace table_use_test
