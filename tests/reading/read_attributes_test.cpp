#include "sim/reading/read_attributes.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace read_attributes_test {

using sojourn::Group;
using sojourn::Groups;
using sojourn::read_attributes;
using sojourn::test::Text;

TEST_CASE("attributes and their values, in the order of the file") {
  Text text("{status: [citizen, foreign worker], sex: [f, m, 9]}");
  const Groups groups = read_attributes(text.reader, text.node);
  CHECK(text.mistakes().empty());
  CHECK(groups.count() == 6);
  CHECK(groups.label(Group(5)) == "foreign worker, 9");
}

TEST_CASE("reserved names, and names of keys, are refused") {
  for (const char* name : {"age", "table", "count", "foreign_born", "shares", "citizenship", "latitude",
                           "flow_count", "factor_x", "bnds"}) {
    Text text(std::string("{") + name + ": [a, b]}");
    static_cast<void>(read_attributes(text.reader, text.node));
    CHECK(text.mistakes().find("is a reserved name") != std::string::npos);
  }
}

TEST_CASE("a value may not be called as the key beside values") {
  Text text("{transport: [car, by]}");
  static_cast<void>(read_attributes(text.reader, text.node));
  CHECK(text.mistakes().find("'by' cannot be a value") != std::string::npos);
}

TEST_CASE("too many groups") {
  std::string values = "[v0";
  for (int i = 1; i < 200; ++i) values += ", v" + std::to_string(i);
  values += "]";
  Text text("{a: " + values + ", b: " + values + "}");
  static_cast<void>(read_attributes(text.reader, text.node));
  CHECK(text.mistakes().find("more than 10000 groups") != std::string::npos);
}

}  // namespace read_attributes_test
