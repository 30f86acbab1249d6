#include "sim/reading/read_attributes.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

#include "sim/output/recorded_quantity.hpp"
#include "tests/reading/reading.hpp"
#include "tests/support/source_folder.hpp"

namespace read_attributes_test {

using sojourn::Group;
using sojourn::Groups;
using sojourn::read_attributes;
using sojourn::test::Text;

TEST_CASE("attributes and their values, in the order of the file") {
  Text text("{status: [citizen, foreign worker], sex: [f, m, 9]}");
  const Groups groups = read_attributes(text.reader, &text.node);
  CHECK(text.mistakes().empty());
  CHECK(groups.count() == 6);
  CHECK(groups.label(Group(5)) == "foreign worker, 9");
}

namespace {

bool is_refused(std::string_view name) {
  Text text("{" + std::string(name) + ": [a, b]}");
  static_cast<void>(read_attributes(text.reader, &text.node));
  return text.mistakes().find("is a reserved name") != std::string::npos;
}

}  // namespace

TEST_CASE("names of the output, and names of keys, are refused") {
  for (const sojourn::Dimension& row : sojourn::recorded_dimensions()) {
    if (row.axis != sojourn::Axis::attribute) CHECK(is_refused(row.name));
  }
  for (const sojourn::Quantity& row : sojourn::recorded_quantities()) CHECK(is_refused(row.name));
  for (const char* name : {"table", "count", "foreign_born", "shares", "previous", "factor", "provenance",
                           "flow_sex", "factor_x", "time_of_day", "interval_long"})
    CHECK(is_refused(name));
  CHECK_FALSE(is_refused("status"));
}

TEST_CASE("the README lists keys that are refused") {
  std::ifstream file(sojourn::test::source_folder() + "/scenarios/README.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::string before = "the keys that stand beside attributes (";
  const std::size_t first = page.find(before) + before.size();
  std::istringstream keys(page.substr(first, page.find(')', first) - first));
  std::size_t count = 0;
  for (std::string key; keys >> key; ++count) {
    if (key.back() == ',') key.pop_back();
    CAPTURE(key);
    CHECK(is_refused(key));
  }
  CHECK(count > 20);
}

TEST_CASE("a value may not be called as the key beside values") {
  for (const std::string key : {"by", "else"}) {
    Text text("{transport: [car, " + key + "]}");
    static_cast<void>(read_attributes(text.reader, &text.node));
    CHECK(text.mistakes().find("'" + key + "' cannot be a value") != std::string::npos);
  }
}

TEST_CASE("too many groups") {
  std::string values = "[v0";
  for (int i = 1; i < 200; ++i) values += ", v" + std::to_string(i);
  values += "]";
  Text text("{a: " + values + ", b: " + values + "}");
  static_cast<void>(read_attributes(text.reader, &text.node));
  CHECK(text.mistakes().find("more than 10000 groups") != std::string::npos);
}

}  // namespace read_attributes_test
