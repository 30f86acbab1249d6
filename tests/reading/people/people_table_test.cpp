// Reading one table of people; `apply_share_table` is tested in people_shares_test.cpp.

#include <doctest/doctest.h>

#include <cmath>
#include <optional>
#include <string>
#include <variant>

#include "sim/reading/people/people.hpp"
#include "tests/reading/reading.hpp"

namespace people_table_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Text;

namespace {

/// A place with three regions and two attributes in which people are read.
struct Place3 {
  Place3() {
    for (const char* code : {"n", "s", "e"}) {
      geography.names.add(code);
      geography.regions.push_back({code, code});
    }
    setting.time.emplace(parse_date("2010-07-01").value(), parse_date("2012-07-01").value(),
                         Duration{1, Duration::Unit::years});
    setting.geography = &geography;
    setting.groups = &groups;
  }
  Place3(const Place3&) = delete;
  Place3& operator=(const Place3&) = delete;
  Place3(Place3&&) = delete;
  Place3& operator=(Place3&&) = delete;
  ~Place3() = default;

  Geography geography;
  Groups groups{{{"sex", {"female", "male"}}, {"status", {"citizen", "worker"}}}};
  Setting setting;
};

std::optional<PeopleSource> read(Text& text, PeopleKind kind, const std::string& csv) {
  static const Place3 place;
  text.folder.write("t.csv", csv);
  return read_people(text.reader, text.node, kind, place.setting);
}

}  // namespace

TEST_CASE("stayers from a table, with columns, a value for all, and shares") {
  Text text(
      "{table: t.csv, region: code, sex: sex, status: {citizen: 0.75, worker: 0.25}, age: age, count: n, "
      "includes_movers: true}");
  const auto source =
      read(text, PeopleKind::stayers, "code,sex,age,n\ns,male,0-9,8\nx,nobody,old,-1\nn,female,10+,4\n");
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
  const auto women = read(all_women, PeopleKind::stayers, "code,n\ns,8\n");
  REQUIRE(women.has_value());
  CHECK(women->rows[0].group == 1);
  CHECK(women->rows[0].age_from == 15);
  CHECK(women->rows[0].age_to == 20);
}

TEST_CASE("stayers inline") {
  Text text("{values: {s: 5, n: 7, e: 0}, sex: female, status: citizen, age: 20-39}");
  const auto source = read(text, PeopleKind::stayers, "unused\nx\n");
  REQUIRE(source.has_value());
  REQUIRE(source->rows.size() == 3);
  CHECK(source->rows[0].residence == 1);
  CHECK(source->rows[0].persons == 5);
  CHECK(source->rows[0].age_to == 40);
  CHECK(source->table == nullptr);
}

TEST_CASE("movers are citizens of their birth, of their residence, or of what a column says") {
  const std::string head = "{table: t.csv, residence: to, birth: from, sex: male, status: worker, count: n";
  const std::string csv = "to,from,of,n\nn,s,e,1\ns,n,s,3\n";
  Text column(head + ", citizenship: of}");
  const auto told = read(column, PeopleKind::movers, csv);
  REQUIRE(told.has_value());
  CHECK(told->rows[0].citizenship == 2);
  CHECK(told->rows[1].citizenship == 1);
  Text residence(head + ", citizenship: {same_as: residence}}");
  CHECK(read(residence, PeopleKind::movers, csv)->rows[0].citizenship == 0);
  Text birth(head + ", citizenship: {same_as: birth}}");
  CHECK(read(birth, PeopleKind::movers, csv)->rows[0].citizenship == no_region);
  Text unknown(head + ", citizenship: of}");
  (void)read(unknown, PeopleKind::movers, "to,from,of,n\nn,s,zz,1\n");
  CHECK(unknown.mistakes().find("the citizenship is 'zz'; expected a region of the scenario") !=
        std::string::npos);
}

TEST_CASE("movers have a residence, a birth and perhaps a place before") {
  const std::string csv = "to,from,before,n\nn,s,e,1\nn,x,e,1\nn,n,s,2\ns,n,e,3\n";
  Text text(
      "{table: t.csv, residence: to, birth: from, previous: before, sex: male, status: worker, count: n}");
  const auto source = read(text, PeopleKind::movers, csv);
  CHECK(text.mistakes().empty());
  REQUIRE(source.has_value());
  REQUIRE(source->rows.size() == 3);
  CHECK(source->rows[0].birth == 1);
  CHECK(source->rows[0].previous == 2);
  CHECK(source->rows[1].birth == 0);
  CHECK(source->rows[1].previous == 1);
  CHECK(source->rows[2].previous == 2);
  CHECK(std::isnan(source->rows[0].years_since_arrival));
  Text unknown(
      "{table: t.csv, residence: to, birth: from, previous: before, sex: male, status: worker, count: n}");
  (void)read(unknown, PeopleKind::movers, "to,from,before,n\nn,s,zz,1\n");
  CHECK(unknown.mistakes().find("the previous residence is 'zz'; expected a region of the scenario") !=
        std::string::npos);
  Text same(
      "{table: t.csv, residence: to, birth: from, previous: {same_as: birth}, sex: male, status: worker, "
      "count: n}");
  const auto as_birth = read(same, PeopleKind::movers, "to,from,n\nn,s,1\n");
  REQUIRE(as_birth.has_value());
  CHECK(as_birth->rows[0].previous == 1);
}

TEST_CASE(
    "times of arrival: a day is that day, a year its middle, the year of the start the middle of what was "
    "before") {
  Text text(
      "{table: t.csv, residence: to, birth: from, sex: male, status: worker, count: n, arrived: {column: "
      "year}}");
  const auto source = read(text, PeopleKind::movers,
                           "to,from,year,n\nn,s,2009,1\ns,n,2010,1\nn,e,2008-07-01,1\ns,e,2010-07-01,1\n");
  REQUIRE(source.has_value());
  CHECK(source->rows[0].years_since_arrival == doctest::Approx(181.0 / 365 + 0.5));
  CHECK(source->rows[1].years_since_arrival == doctest::Approx(0.5 * 181 / 365));
  CHECK(source->rows[2].years_since_arrival == doctest::Approx(184.0 / 366 + 1 + 181.0 / 365));
  CHECK(source->rows[3].years_since_arrival == 0);
}

TEST_CASE("laws of arrival") {
  Text uniform(
      "{table: t.csv, residence: to, birth: from, sex: male, status: worker, count: n, arrived: {law: "
      "uniform, over: 6 months}}");
  const auto first = read(uniform, PeopleKind::movers, "to,from,n\nn,s,1\n");
  REQUIRE(first.has_value());
  CHECK(std::get<UniformArrival>(first->law).years == 0.5);
  Text exponential(
      "{table: t.csv, residence: to, birth: from, sex: male, status: worker, count: n, arrived: {law: "
      "exponential, mean: 8 years}}");
  const auto second = read(exponential, PeopleKind::movers, "to,from,n\nn,s,1\n");
  REQUIRE(second.has_value());
  CHECK(std::get<ExponentialArrival>(second->law).mean_years == 8);
}

}  // namespace people_table_test
