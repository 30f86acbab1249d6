#include "sim/reading/people/people_attributes.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace people_attributes_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Text;

namespace {

struct Given {
  explicit Given(const std::string& keys) : text("{table: t.csv, " + keys + "}") {
    text.folder.write("t.csv", "code,s,female\nn,female,x\nn,male,x\nn,m,x\n");
    table = text.reader.table(*text.node.find("table"));
    const Fields fields(text.reader, text.node, "'stayers'", {"table", "sex", "status"});
    attributes.emplace(text.reader, fields, groups, table);
  }
  Text text;
  Groups groups{{{"sex", {"female", "male"}}, {"status", {"citizen", "worker", "guest"}}}};
  const Table* table = nullptr;
  std::optional<PeopleAttributes> attributes;
};

}  // namespace

TEST_CASE("a column, and one value for all") {
  Given given("sex: s, status: worker");
  CHECK(given.text.mistakes().empty());
  CHECK(given.attributes->given() == std::vector<bool>{true, true});
  CHECK(given.attributes->find_group(0) == Group(1));
  CHECK(given.attributes->find_group(1) == Group(4));
  CHECK_FALSE(given.attributes->find_group(2).has_value());
  CHECK(given.text.mistakes() == "t.csv:4:3: the sex is 'm'; expected female or male\n");
}

TEST_CASE("shares split rows, and values without a share get nobody") {
  Given given("status: {citizen: 0.75, guest: 0.25}");
  CHECK(given.attributes->given() == std::vector<bool>{false, true});
  PeopleSource source;
  PeopleRow row;
  row.group = 3;  // male
  row.persons = 8;
  source.rows = {row};
  given.attributes->split(source);
  REQUIRE(source.rows.size() == 2);
  CHECK(source.rows[0].group == 3);
  CHECK(source.rows[0].persons == 6);
  CHECK(source.rows[1].group == 5);
  CHECK(source.rows[1].persons == 2);
}

TEST_CASE("what is neither, both, or no share") {
  CHECK(Given("sex: women").text.mistakes() ==
        "s.yaml:1:21: 'women' is neither a value of 'sex' nor a column of t.csv; expected female, male, "
        "code, s and "
        "female\n");
  CHECK(Given("sex: female").text.mistakes() ==
        "s.yaml:1:21: 'female' is a value of 'sex' and a column of t.csv; expected a column with another "
        "name\n");
  CHECK(
      Given("status: {citizen: 0.75, guests: 0.25}").text.mistakes() ==
      "s.yaml:1:24: the shares of 'status' add up to 0.75; expected 1\n"
      "s.yaml:1:40: 'status' has no key 'guests'; expected citizen, worker or guest; did you mean guest?\n");
  CHECK(Given("status: {citizen: 1.5, guest: -0.5}").text.mistakes() ==
        "s.yaml:1:46: the share is negative; expected 0 or more\n");
}

}  // namespace people_attributes_test
