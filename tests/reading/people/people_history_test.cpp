#include "sim/reading/people/people_history.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <variant>

#include "tests/reading/people/people_reading.hpp"

namespace people_history_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::read_people_of;
using sojourn::test::Text;

TEST_CASE("movers are citizens of their birth, of their residence, or of what a column says") {
  const std::string head = "{table: t.csv, residence: to, birth: from, sex: male, status: worker, count: n";
  const std::string csv = "to,from,of,n\nn,s,e,1\ns,n,s,3\n";
  Text column(head + ", citizenship: of}");
  const auto told = read_people_of(column, PeopleKind::movers, csv);
  REQUIRE(told.has_value());
  CHECK(told->rows[0].citizenship == 2);
  CHECK(told->rows[1].citizenship == 1);
  Text residence(head + ", citizenship: {same_as: residence}}");
  CHECK(read_people_of(residence, PeopleKind::movers, csv)->rows[0].citizenship == 0);
  Text birth(head + ", citizenship: {same_as: birth}}");
  CHECK(read_people_of(birth, PeopleKind::movers, csv)->rows[0].citizenship == no_region);
  Text unknown(head + ", citizenship: of}");
  (void)read_people_of(unknown, PeopleKind::movers, "to,from,of,n\nn,s,zz,1\n");
  CHECK(unknown.mistakes().find("the citizenship is 'zz'; expected a region of the scenario") !=
        std::string::npos);
}

TEST_CASE("movers have a residence, a birth and perhaps a place before") {
  const std::string csv = "to,from,before,n\nn,s,e,1\nn,x,e,1\nn,n,s,2\ns,n,e,3\n";
  Text text(
      "{table: t.csv, residence: to, birth: from, previous: before, sex: male, status: worker, count: n}");
  const auto source = read_people_of(text, PeopleKind::movers, csv);
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
  (void)read_people_of(unknown, PeopleKind::movers, "to,from,before,n\nn,s,zz,1\n");
  CHECK(unknown.mistakes().find("the previous residence is 'zz'; expected a region of the scenario") !=
        std::string::npos);
  Text same(
      "{table: t.csv, residence: to, birth: from, previous: {same_as: birth}, sex: male, status: worker, "
      "count: n}");
  const auto as_birth = read_people_of(same, PeopleKind::movers, "to,from,n\nn,s,1\n");
  REQUIRE(as_birth.has_value());
  CHECK(as_birth->rows[0].previous == 1);
}

TEST_CASE(
    "times of arrival: a day is that day, a year its middle, the year of the start the middle of what was "
    "before") {
  Text text(
      "{table: t.csv, residence: to, birth: from, sex: male, status: worker, count: n, arrived: {column: "
      "year}}");
  const auto source =
      read_people_of(text, PeopleKind::movers,
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
  const auto first = read_people_of(uniform, PeopleKind::movers, "to,from,n\nn,s,1\n");
  REQUIRE(first.has_value());
  CHECK(std::get<UniformArrival>(first->law).years == 0.5);
  Text exponential(
      "{table: t.csv, residence: to, birth: from, sex: male, status: worker, count: n, arrived: {law: "
      "exponential, mean: 8 years}}");
  const auto second = read_people_of(exponential, PeopleKind::movers, "to,from,n\nn,s,1\n");
  REQUIRE(second.has_value());
  CHECK(std::get<ExponentialArrival>(second->law).mean_years == 8);
}

}  // namespace people_history_test
