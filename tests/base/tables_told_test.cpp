#include "sim/base/tables_told.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace tables_told_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

TableUse use_of_two_rows(std::string file, std::string user, bool all) {
  TableUse use{.file = std::move(file), .user = std::move(user), .rows = 2, .rows_used = 2};
  if (all) return use;
  use.rows_used = 1;
  use.left_out = {{.label = "x", .rows = 1}};
  return use;
}

}  // namespace

TEST_CASE("uses of a table that took the same rows are told once, with all that read it") {
  const std::vector<std::string> lines = tables_told(
      {use_of_two_rows("a.csv", "factor 'gdp'", true), use_of_two_rows("b.csv", "links", false),
       use_of_two_rows("a.csv", "factor 'wage'", true), use_of_two_rows("a.csv", "factor 'gdp'", true),
       use_of_two_rows("a.csv", "factor 'rent'", false)});
  CHECK(lines == std::vector<std::string>{
                     "a.csv (factor 'gdp' and factor 'wage'): all of 2 rows",
                     "b.csv (links): 1 of 2 rows are used; left out: 'x' (1 row)",
                     "a.csv (factor 'rent'): 1 of 2 rows are used; left out: 'x' (1 row)",
                 });
  CHECK(tables_told({}).empty());
}

}  // namespace tables_told_test
