#include "sim/output/text_table.hpp"

#include <doctest/doctest.h>

namespace text_table_test {

using namespace sojourn;

TEST_CASE("numbers have commas") {
  CHECK(with_commas(std::int64_t{0}) == "0");
  CHECK(with_commas(std::int64_t{999}) == "999");
  CHECK(with_commas(std::int64_t{1000}) == "1,000");
  CHECK(with_commas(std::int64_t{8200000000}) == "8,200,000,000");
  CHECK(with_commas(std::int64_t{-123}) == "-123");
  CHECK(with_commas(std::int64_t{-123456}) == "-123,456");
}

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
