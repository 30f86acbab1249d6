#include "sim/reading/forms/table_labels.hpp"

#include <doctest/doctest.h>

#include "tests/reading/reading.hpp"

namespace table_labels_test {

using sojourn::AttributeColumn;
using sojourn::AttributeId;
using sojourn::Column;
using sojourn::Groups;
using sojourn::LabelColumn;
using sojourn::Names;
using sojourn::test::Text;

TEST_CASE("labels are looked up, and strangers are passed over") {
  Text text("t.csv");
  text.folder.write("t.csv", "code\nsouth\nsouth\nwest\nnorth\nwest\n");
  const sojourn::Table& table = *text.reader.table(text.node);
  const Names regions({"north", "south"});
  LabelColumn column(table, Column{0}, regions);
  CHECK(column.find(0) == 1U);
  CHECK(column.find(1) == 1U);
  CHECK_FALSE(column.find(2).has_value());
  CHECK(column.find(3) == 0U);
  CHECK_FALSE(column.find(4).has_value());
  CHECK(text.mistakes().empty());
}

TEST_CASE("each value that an attribute does not have is told once") {
  Text text("t.csv");
  text.folder.write("t.csv", "sex\nfemale\nm\nmale\nm\nfemal\n");
  const sojourn::Table& table = *text.reader.table(text.node);
  const Groups groups({{"sex", {"female", "male"}}});
  AttributeColumn column(text.reader, table, Column{0}, groups, AttributeId(0));
  CHECK(column.find(0) == 0U);
  CHECK_FALSE(column.find(1).has_value());
  CHECK(column.find(2) == 1U);
  CHECK_FALSE(column.find(3).has_value());
  CHECK_FALSE(column.find(4).has_value());
  CHECK(text.mistakes() ==
        "t.csv:3:1: the sex is 'm'; expected female or male\n"
        "t.csv:6:1: the sex is 'femal'; expected female or male; did you mean female?\n");
}

}  // namespace table_labels_test
