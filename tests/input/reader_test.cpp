#include "sim/input/reader.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace reader_test {

using sojourn::Fields;
using sojourn::Names;
using sojourn::Node;
using sojourn::test::Text;

TEST_CASE("typed values are read, and everything else is told with what was expected") {
  Text text(
      "n: 1.5\nr: 1 per month\nd: 2010-01-31\nl: 800 m\ny: 6 months\nb: true\nq: 'true'\nm: {a: 1}\ne:\n");
  auto& reader = text.reader;
  const auto at = [&](const char* key) -> const Node& { return *text.node.find(key); };
  CHECK(reader.number(at("n"), "n") == 1.5);
  CHECK(reader.rate(at("r"), "r") == 12);
  CHECK(sojourn::to_string(reader.date(at("d"), "d").value()) == "2010-01-31");
  CHECK(reader.length_km(at("l"), "l") == 0.8);
  CHECK(reader.years(at("y"), "y") == 0.5);
  CHECK(to_string(reader.duration(at("y"), "y").value()) == "6 months");
  CHECK(reader.boolean(at("b"), "b") == true);
  CHECK(reader.text(at("n"), "n") == "1.5");
  CHECK(reader.word(at("b"), "b", {"false", "true"}) == 1U);
  CHECK(text.mistakes().empty());
  CHECK_FALSE(reader.number(at("r"), "the number").has_value());
  CHECK_FALSE(reader.rate(at("n"), "the rate").has_value());
  CHECK_FALSE(reader.boolean(at("q"), "the flag").has_value());
  CHECK_FALSE(reader.number(at("m"), "the number").has_value());
  CHECK_FALSE(reader.number(at("e"), "the number").has_value());
  CHECK_FALSE(reader.word(at("b"), "the word", {"trues", "other"}).has_value());
  CHECK(text.mistakes() ==
        "s.yaml:1:4: the rate is '1.5', without a unit; expected a rate such as 0.004 per year (or quarter, "
        "month, "
        "week, day); did you mean 1.5 per year?\n"
        "s.yaml:2:4: the number is '1 per month'; expected a number such as 12 or 0.5\n"
        "s.yaml:6:4: the word is 'true'; expected trues or other; did you mean trues?\n"
        "s.yaml:7:4: the flag is 'true'; expected true or false\n"
        "s.yaml:8:4: the number is a map; expected a number such as 12 or 0.5\n"
        "s.yaml:9:1: the number is empty; expected a number such as 12 or 0.5\n");
}

TEST_CASE("years are parts of a year, and 0 years is a time of stay") {
  Text text("[0 years, 1 day, 2 weeks, 1 quarter, 3 years]");
  const auto years = [&](std::size_t i) { return text.reader.years(text.node.items[i], "x").value(); };
  CHECK(years(0) == 0);
  CHECK(years(1) == 1 / 365.25);
  CHECK(years(2) == 14 / 365.25);
  CHECK(years(3) == 0.25);
  CHECK(years(4) == 3);
}

TEST_CASE("a key that is missing is no mistake of the value") {
  Text text("{}");
  const Node* none = nullptr;
  CHECK_FALSE(text.reader.number(none, "x").has_value());
  CHECK_FALSE(text.reader.date(none, "x").has_value());
  CHECK_FALSE(text.reader.reference(none, "x", {}).has_value());
  CHECK(text.mistakes().empty());
}

TEST_CASE("references name what the scenario has") {
  Text text("[north, nort, [x], north]");
  const Names regions({"north", "south"});
  CHECK(text.reader.references(text.node, "region", regions).size() == 1);
  CHECK(text.mistakes() ==
        "s.yaml:1:9: there is no region 'nort'; expected north or south; did you mean north?\n"
        "s.yaml:1:15: here is a list; expected the name of a region\n"
        "s.yaml:1:20: region 'north' is in the list twice; expected each once\n");
}

TEST_CASE("where the names themselves are wrong, not finding one is no mistake") {
  Text text("north");
  Names regions;
  CHECK_FALSE(text.reader.reference(text.node, "region", regions).has_value());
  CHECK(text.mistakes() ==
        "s.yaml:1:1: there is no region 'north'; expected a region of the scenario, which has none\n");
  Text other("north");
  regions.set_complete(false);
  CHECK_FALSE(other.reader.reference(other.node, "region", regions).has_value());
  CHECK(other.mistakes().empty());
}

TEST_CASE("fields tell unknown, missing and empty keys") {
  Text text("a: {x: 1, zz: 2, empty: }\n");
  const Fields fields(text.reader, *text.node.find("a"), "the thing", {"x", "y", "zy", "empty"});
  CHECK(fields.optional("x")->text == "1");
  CHECK(fields.optional("y") == nullptr);
  CHECK(fields.required("x") != nullptr);
  CHECK(fields.required("y") == nullptr);
  CHECK(fields.required("empty") == nullptr);
  CHECK(text.mistakes() ==
        "s.yaml:1:1: the thing needs 'y'\n"
        "s.yaml:1:11: the thing has no key 'zz'; expected x, y, zy or empty; did you mean zy?\n"
        "s.yaml:1:18: the thing needs 'empty'\n");
  Text list("a: [1]\n");
  CHECK_FALSE(Fields(list.reader, *list.node.find("a"), "the thing", std::vector<std::string>{"x"}).is_map());
  CHECK(list.mistakes() == "s.yaml:1:4: the thing is a list; expected a map with the keys x\n");
}

TEST_CASE("a table is read once, and what is wrong in it is told once") {
  Text text("[t.csv, t.csv, none.csv, none.csv, '', bad.csv, bad.csv]");
  text.folder.write("t.csv", "code,n,n\nnorth,1,2\n");
  text.folder.write("bad.csv", "");
  const auto table = [&](std::size_t i) { return text.reader.table(text.node.items[i]); };
  REQUIRE(table(0) != nullptr);
  CHECK(table(0) == table(1));
  for (std::size_t i = 2; i < 7; ++i) CHECK(table(i) == nullptr);
  CHECK(text.reader.tables_read().size() == 1);
  CHECK(text.reader.tables_read()[0].path == "t.csv");
  CHECK(text.mistakes() ==
        "s.yaml:1:16: the table 'none.csv' cannot be read: there is no such file (also in line 1)\n"
        "s.yaml:1:36: the table is ''; expected the path of a CSV file\n"
        "s.yaml:1:40: the table 'bad.csv' is empty; expected a header and rows\n");
}

TEST_CASE("a column is named by a text of the header that is there once") {
  Text text("[code, n, cod]");
  text.folder.write("t.csv", "code,n,n\nnorth,1,2\n");
  Text path("t.csv");
  const Node node = path.node;
  const sojourn::Table& table = *text.reader.table(node);
  CHECK(text.reader.column(table, text.node.items[0])->index == 0);
  CHECK_FALSE(text.reader.column(table, text.node.items[1]).has_value());
  CHECK_FALSE(text.reader.column(table, text.node.items[2]).has_value());
  CHECK(text.mistakes() ==
        "s.yaml:1:8: t.csv has several columns 'n'; expected one\n"
        "s.yaml:1:11: t.csv has no column 'cod'; expected code, n and n; did you mean code?\n");
}

}  // namespace reader_test
