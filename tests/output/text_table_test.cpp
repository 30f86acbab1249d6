#include "sim/output/text_table.hpp"

#include <doctest/doctest.h>

namespace text_table_test {

using namespace sojourn;

TEST_CASE("columns are aligned by characters, not bytes") {
  CHECK(format_table({{"from", "moves"}, {"Île", "1"}, {"Rom", "12,345"}}, 1, "  ") ==
        "  from   moves\n"
        "  Île        1\n"
        "  Rom   12,345\n");
}

TEST_CASE("rows may be of different lengths, and lines end in no space") {
  CHECK(format_table({{"a"}, {"bcd", "e"}, {"f", ""}}, 2, "") == "a\nbcd  e\nf\n");
  CHECK(format_table({}, 1, "").empty());
}

}  // namespace text_table_test
