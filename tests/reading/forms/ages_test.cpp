#include "sim/reading/forms/ages.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace ages_test {

using sojourn::AgeRange;
using sojourn::parse_age_range;
using sojourn::test::Text;

TEST_CASE("ranges of ages end before the year after their last") {
  CHECK(parse_age_range("15-64") == AgeRange{15, 65});
  CHECK(parse_age_range("0-0") == AgeRange{0, 1});
  CHECK(parse_age_range("18") == AgeRange{18, 19});
  CHECK(parse_age_range("65+") == AgeRange{65, {}});
  for (const char* text :
       {"", "-", "+", "64-15", "15-", "-15", "15-64-70", "151", "0-151", "1.5", "15 - 64", "adult"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_age_range(text).has_value());
  }
  for (const char* text : {"15-64", "18", "65+"}) CHECK(to_string(*parse_age_range(text)) == text);
}

namespace {

/// The ages of a column, or what is told about them.
std::string ages_of(const std::vector<std::string>& cells) {
  Text text("t.csv");
  std::string csv = "age,n\n";
  for (const std::string& cell : cells) csv += cell + ",1\n";
  text.folder.write("t.csv", csv);
  const sojourn::Table& table = *text.reader.table(text.node);
  std::vector<std::size_t> rows(table.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  const auto ages = ages_of_rows(text.reader, table, sojourn::Column{0}, rows);
  if (!ages) return text.mistakes();
  CHECK(text.mistakes().empty());
  std::string all;
  for (const AgeRange& range : *ages) all += to_string(range) + ' ';
  return all;
}

}  // namespace

TEST_CASE("bare numbers reach to the next, and the open end is as wide as what is before it") {
  CHECK(ages_of({"0-4", "5-9", "10+"}) == "0-4 5-9 10-14 ");
  CHECK(ages_of({"0", "5", "10"}) == "0-4 5-9 10-14 ");
  CHECK(ages_of({"10", "0", "5", "0"}) == "10-14 0-4 5-9 0-4 ");
  CHECK(ages_of({"0", "1", "2", "3+"}) == "0 1 2 3 ");
  CHECK(ages_of({"0", "1-4", "5-9", "10+"}) == "0 1-4 5-9 10-14 ");
  CHECK(ages_of({"18", "18"}) == "18 18 ");
  CHECK(ages_of({"20-29", "40-49"}) == "20-29 40-49 ");
}

TEST_CASE("ages that overlap, or say nothing") {
  CHECK(ages_of({"0-9", "5-14"}) ==
        "t.csv:3:1: the age is '5-14'; expected ages that do not overlap with 0-9 in line 2\n");
  CHECK(ages_of({"0-9", "0-4"}) == "t.csv:3:1: the age is '0-4'; expected '0-9' as in line 2\n");
  CHECK(ages_of({"10+", "20+"}).find("do not overlap with 10+") != std::string::npos);
  CHECK(ages_of({"15+"}).find("the only age is '15+'") != std::string::npos);
  CHECK(ages_of({"0-9", "old"}).find("t.csv:3:1: the age is 'old'; expected ages such as") !=
        std::string::npos);
}

}  // namespace ages_test
