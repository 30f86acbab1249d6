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

TEST_CASE("texts of others in a table do not act on a terminal") {
  CHECK(format_table({{"a\nb", "1"}, {"\x1b[31m", "2"}}, 1, "") == "a\\nb      1\n\\x1b[31m  2\n");
}

}  // namespace text_table_test
