#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sim/reading/people/people.hpp"
#include "tests/reading/reading.hpp"

namespace people_shares_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Text;

namespace {

struct Split {
  Split(const std::string& yaml, const std::string& csv, const std::vector<PeopleRow>& rows, bool given_sex,
        bool has_age)
      : text(yaml) {
    for (const char* code : {"n", "s", "e"}) {
      geography.names.add(code);
      geography.regions.push_back({.code = code});
    }
    setting.geography = &geography;
    setting.groups = &groups;
    text.folder.write("shares.csv", csv);
    source.where = {"s.yaml", 1, 1};
    source.given = {given_sex, false};
    source.has_age = has_age;
    source.rows = rows;
    right = apply_share_table(text.reader, text.node, PeopleKind::movers, setting, source);
  }

  Text text;
  Geography geography;
  Groups groups{{{"sex", {"female", "male"}}, {"status", {"citizen", "worker"}}}};
  Setting setting;
  PeopleSource source;
  bool right = false;
};

PeopleRow people(std::uint32_t residence, std::uint32_t birth, std::uint32_t group, double persons,
                 int from = 0, int to = 0) {
  PeopleRow row;
  row.residence = residence;
  row.birth = birth;
  row.group = group;
  row.persons = persons;
  row.age_from = static_cast<std::int16_t>(from);
  row.age_to = static_cast<std::int16_t>(to);
  return row;
}

}  // namespace

TEST_CASE("what rows do not give is split, and the total is kept; what they give selects") {
  // Rows know their sex; shares by residence and sex give ages.
  const Split split("{table: shares.csv, residence: to, sex: sex, age: age, share: w}",
                    "to,sex,age,w\nn,female,0-9,1\nn,female,10+,3\nn,male,0-9,1\nn,male,10+,1\ns,female,0-9,"
                    "5\nx,male,0-9,1\n",
                    {people(0, 1, 0, 100), people(0, 2, 2, 10), people(1, 0, 0, 7)}, true, false);
  CHECK(split.right);
  CHECK(split.source.has_age);
  const auto& rows = split.source.rows;
  REQUIRE(rows.size() == 5);
  CHECK(rows[0].persons == 25);
  CHECK(rows[0].age_to == 10);
  CHECK(rows[1].persons == 75);
  CHECK(rows[1].age_from == 10);
  CHECK(rows[1].age_to == 20);
  CHECK(rows[1].birth == 1);
  CHECK(rows[2].persons == 5);
  CHECK(rows[2].group == 2);
  CHECK(rows[4].persons == 7);
}

TEST_CASE("attributes that rows do not give are added") {
  const Split split("{table: shares.csv, birth: from, sex: sex, status: st, share: w}",
                    "from,sex,st,w\ns,female,citizen,2\ns,female,worker,1\ns,male,worker,1\n",
                    {people(0, 1, 0, 8)}, false, true);
  CHECK(split.right);
  const auto& rows = split.source.rows;
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].group == 0);
  CHECK(rows[0].persons == 4);
  CHECK(rows[1].group == 1);
  CHECK(rows[2].group == 3);
  CHECK(rows[2].persons == 2);
  CHECK(split.source.given == std::vector<bool>{true, true});
}

TEST_CASE("ages of rows select shares by what they have in common") {
  // A row of ages 5 to 14 has half of 0-9 (weight 2 of 4 citizens) and half of 10-19 (weight 5 of 10
  // workers).
  const Split split("{table: shares.csv, age: age, status: st, share: w}",
                    "age,st,w\n0-9,citizen,4\n10-19,worker,10\n", {people(0, 1, 0, 7, 5, 15)}, true, true);
  CHECK(split.right);
  REQUIRE(split.source.rows.size() == 2);
  CHECK(split.source.rows[0].persons == doctest::Approx(2));
  CHECK(split.source.rows[1].persons == doctest::Approx(5));
  CHECK(split.source.rows[1].group == 1);
  CHECK(split.source.rows[1].age_from == 5);
}

TEST_CASE("people without shares are told once, nobody without shares is fine") {
  const Split split(
      "{table: shares.csv, residence: to, sex: sex, share: w}", "to,sex,w\nn,female,1\ns,female,0\n",
      {people(0, 1, 0, 1), people(1, 0, 0, 1), people(1, 2, 0, 1), people(2, 0, 0, 0)}, false, true);
  CHECK_FALSE(split.right);
  CHECK(split.text.mistakes() ==
        "s.yaml:1:1: shares.csv has no share for people living in s; expected shares for everybody who is in "
        "this table\n");
}

}  // namespace people_shares_test
