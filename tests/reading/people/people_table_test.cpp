// Reading one table of people; `apply_share_table` is tested in people_shares_test.cpp.

#include <doctest/doctest.h>

#include "tests/reading/people/people_reading.hpp"

namespace people_table_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::read_people_of;
using sojourn::test::Text;

TEST_CASE("stayers from a table, with columns, a value for all, and shares") {
  Text text(
      "{table: t.csv, region: code, sex: sex, status: {citizen: 0.75, worker: 0.25}, age: age, count: n, "
      "includes_movers: true}");
  const auto source = read_people_of(text, PeopleKind::stayers,
                                     "code,sex,age,n\ns,male,0-9,8\nx,nobody,old,-1\nn,female,10+,4\n");
  REQUIRE(source.has_value());
  CHECK(source->includes_movers == true);
  REQUIRE(source->rows.size() == 4);
  const PeopleRow& first = source->rows[0];
  CHECK(first.residence == 1);
  CHECK(first.group == 2);  // male, citizen
  CHECK(first.persons == 6);
  CHECK(first.age_from == 0);
  CHECK(first.age_to == 10);
  CHECK(first.row == 0);
  CHECK(source->rows[1].group == 3);
  CHECK(source->rows[1].persons == 2);
  CHECK(source->rows[3].age_to == 20);
  CHECK(source->rows[3].row == 2);
  Text all_women("{table: t.csv, region: code, sex: female, status: worker, age: 15-19, count: n}");
  const auto women = read_people_of(all_women, PeopleKind::stayers, "code,n\ns,8\n");
  REQUIRE(women.has_value());
  CHECK(women->rows[0].group == 1);
  CHECK(women->rows[0].age_from == 15);
  CHECK(women->rows[0].age_to == 20);
}

TEST_CASE("stayers inline") {
  Text text("{values: {s: 5, n: 7, e: 0}, sex: female, status: citizen, age: 20-39}");
  const auto source = read_people_of(text, PeopleKind::stayers, "unused\nx\n");
  REQUIRE(source.has_value());
  REQUIRE(source->rows.size() == 3);
  CHECK(source->rows[0].residence == 1);
  CHECK(source->rows[0].persons == 5);
  CHECK(source->rows[0].age_to == 40);
  CHECK(source->table == nullptr);
}

}  // namespace people_table_test
