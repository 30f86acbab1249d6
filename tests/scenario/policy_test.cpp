#include "sim/scenario/policy.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

namespace policy_test {

using sojourn::Change;
using sojourn::changed;
using sojourn::Date;
using sojourn::Policy;
using sojourn::share_in_force;

namespace {

Date day(const std::string& text) { return sojourn::parse_date(text).value(); }

double share(const Policy& policy, const Change& change, const char* from, const char* to) {
  return share_in_force(policy, change, day(from), day(to));
}

Change change_of(Change::Kind kind, double amount) {
  Change change;
  change.kind = kind;
  change.amount = amount;
  return change;
}

}  // namespace

TEST_CASE("without a ramp the share is that of the days covered") {
  Policy policy{"p", day("2012-02-15"), {}, {}};
  const Change change;
  CHECK(share(policy, change, "2012-01-01", "2012-02-01") == 0);
  CHECK(share(policy, change, "2012-02-01", "2012-02-15") == 0);
  CHECK(share(policy, change, "2012-02-01", "2012-03-01") == 15.0 / 29);
  CHECK(share(policy, change, "2012-03-01", "2012-04-01") == 1);
  policy.until = day("2012-02-20");
  CHECK(share(policy, change, "2012-02-01", "2012-03-01") == 5.0 / 29);
  CHECK(share(policy, change, "2012-02-16", "2012-02-18") == 1);
  CHECK(share(policy, change, "2012-02-20", "2012-03-01") == 0);
}

TEST_CASE("along a ramp the share is the mean of a straight line") {
  Policy policy{"p", day("2011-01-01"), {}, {}};
  Change change;
  change.ramp = sojourn::parse_duration("1 year");
  // Over the whole ramp one half; over its first tenth of days (36.5) about a twentieth.
  CHECK(share(policy, change, "2011-01-01", "2012-01-01") == 0.5);
  CHECK(share(policy, change, "2011-01-01", "2011-02-01") == (31.0 / 2) / 365);
  CHECK(share(policy, change, "2011-12-01", "2012-01-01") == doctest::Approx((334 + 31.0 / 2) / 365));
  // A step that begins before the policy: 16 of 31 days, half of 16 / 365 on average.
  policy.from = day("2011-01-16");
  CHECK(share(policy, change, "2011-01-01", "2011-02-01") == doctest::Approx(16.0 / 31 * (8.0 / 365)));
  // A step that ends after the ramp.
  CHECK(share(policy, change, "2012-01-01", "2012-02-01") ==
        doctest::Approx((15 * ((350 + 7.5) / 365) + 16) / 31));
  CHECK(share(policy, change, "2012-02-01", "2012-03-01") == 1);
}

TEST_CASE("a ramp longer than its policy ends with it, half way up") {
  Policy policy{"p", day("2011-01-01"), day("2011-01-11"), {}};
  Change change;
  change.ramp = sojourn::parse_duration("20 days");
  CHECK(share(policy, change, "2011-01-01", "2011-01-11") == 0.25);
  CHECK(share(policy, change, "2011-01-01", "2011-01-21") == 0.125);
  CHECK(share(policy, change, "2011-01-11", "2011-01-21") == 0);
}

TEST_CASE("the mean share of a year is the mean of the shares of its days") {
  Policy policy{"p", day("2011-03-05"), day("2011-11-20"), {}};
  Change change;
  change.ramp = sojourn::parse_duration("5 months");
  double sum = 0;
  for (int d = 0; d < 365; ++d) {
    const Date from = day("2011-01-01") + std::chrono::days(d);
    sum += share_in_force(policy, change, from, from + std::chrono::days(1)) / 365;
  }
  CHECK(share(policy, change, "2011-01-01", "2012-01-01") == doctest::Approx(sum).epsilon(1e-12));
}

TEST_CASE("a change moves a number by its share") {
  CHECK(changed(10, change_of(Change::Kind::set, 4), 0.5) == 7);
  CHECK(changed(10, change_of(Change::Kind::add, 4), 0.5) == 12);
  CHECK(changed(10, change_of(Change::Kind::scale, 4), 0.5) == 25);
}

TEST_CASE("wholly in force, a change gives exactly what is written") {
  CHECK(changed(0.1, change_of(Change::Kind::set, 1e-17), 1) == 1e-17);
  CHECK(changed(0.3, change_of(Change::Kind::scale, 0.1), 1) == 0.3 * 0.1);
  CHECK(changed(0.3, change_of(Change::Kind::add, 0.1), 1) == 0.3 + 0.1);
}

TEST_CASE("a change that changes nothing leaves every bit") {
  for (const double x : {0.1, -0.0, 1e300, 3.0}) {
    for (const double r : {0.0, 0.3, 1.0}) {
      for (const Change& change : {change_of(Change::Kind::set, x), change_of(Change::Kind::add, 0.0),
                                   change_of(Change::Kind::add, -0.0), change_of(Change::Kind::scale, 1.0)}) {
        CHECK(changed(x, change, r) == x);
        CHECK(std::signbit(changed(x, change, r)) == std::signbit(x));
      }
    }
    CHECK(changed(x, change_of(Change::Kind::scale, 7), 0) == x);
  }
  CHECK(std::signbit(changed(-0.0, change_of(Change::Kind::set, 0.0), 1)));
}

}  // namespace policy_test
