#include "sim/reading/factors/factor_ages.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace factor_ages_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Text;

namespace {

/// The ages of a table with these in its one column.
struct Ages {
  explicit Ages(const std::vector<std::string>& cells) : text("t.csv") {
    std::string csv = "age\n";
    std::vector<std::size_t> rows;
    for (const std::string& cell : cells) {
      rows.push_back(rows.size());
      csv += cell + "\n";
    }
    text.folder.write("t.csv", csv);
    const Table& table = *text.reader.table(text.node);
    ages = read_factor_ages(text.reader, table, Column{0}, rows);
  }
  Text text;
  std::optional<FactorAges> ages;
};

}  // namespace

TEST_CASE("classes in any order, each up to the next; the last open or not") {
  const Ages open({"1-4", "0", "5+", "0"});
  REQUIRE(open.ages.has_value());
  CHECK(open.ages->from == std::vector<double>{0, 1, 5});
  CHECK_FALSE(open.ages->end.has_value());
  CHECK(open.ages->class_of_row == std::vector<std::size_t>{1, 0, 2, 0});
  const Ages closed({"15-19", "20-24"});
  REQUIRE(closed.ages.has_value());
  CHECK(closed.ages->end == 25);
  const Ages bare({"0", "5", "10"});
  REQUIRE(bare.ages.has_value());
  CHECK(bare.ages->end == 15);
}

TEST_CASE("a gap between classes is a mistake") {
  const Ages gap({"0-4", "10-14"});
  CHECK_FALSE(gap.ages.has_value());
  CHECK(gap.text.mistakes() ==
        "t.csv:3:1: the next age is '10-14'; expected 5, where the one before it ends\n");
}

}  // namespace factor_ages_test
