#include "sim/scenario/factor.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace factor_test {

using sojourn::Between;
using sojourn::Date;
using sojourn::Factor;
using sojourn::FactorPlaces;
using sojourn::mean_weights;

namespace {

Date day(const std::string& text) { return sojourn::parse_date(text).value(); }

Factor factor(Between between, std::initializer_list<const char*> knots) {
  Factor f;
  f.between = between;
  for (const char* knot : knots) f.knots.push_back(day(knot));
  return f;
}

/// The weight of each knot.
std::vector<double> weights(const Factor& f, const char* from, const char* to) {
  std::vector<double> all(f.knots.size());
  double sum = 0;
  for (const auto& part : mean_weights(f, day(from), day(to))) {
    all[part.knot] += part.weight;
    sum += part.weight;
  }
  CHECK(sum == doctest::Approx(1).epsilon(1e-14));
  return all;
}

}  // namespace

TEST_CASE("places of a factor") {
  CHECK(sojourn::place_count(FactorPlaces::everywhere, 7) == 1);
  CHECK(sojourn::place_count(FactorPlaces::region, 7) == 7);
  CHECK(sojourn::place_count(FactorPlaces::pair, 7) == 49);
}

TEST_CASE("one knot has all the weight, exactly") {
  for (const Between between : {Between::step, Between::linear}) {
    const Factor f = factor(between, {"2010-01-01"});
    for (const char* from : {"2009-01-01", "2009-12-15", "2010-01-01", "2011-07-01"}) {
      const auto parts = mean_weights(f, day(from), day("2012-01-01"));
      REQUIRE(parts.size() == 1);
      CHECK(parts[0].weight == 1.0);
    }
  }
}

TEST_CASE("a step holds from its knot to the next, by the days") {
  const Factor f = factor(Between::step, {"2010-01-01", "2011-01-01", "2012-01-01"});
  CHECK(weights(f, "2010-02-01", "2010-03-01") == std::vector<double>{1, 0, 0});
  CHECK(weights(f, "2010-12-22", "2011-01-11") == std::vector<double>{10.0 / 20, 10.0 / 20, 0});
  CHECK(weights(f, "2009-12-22", "2010-01-11") == std::vector<double>{1, 0, 0});
  CHECK(weights(f, "2010-07-01", "2012-07-01") == std::vector<double>{184.0 / 731, 365.0 / 731, 182.0 / 731});
  CHECK(weights(f, "2013-07-01", "2014-07-01") == std::vector<double>{0, 0, 1});
}

TEST_CASE("straight lines: the mean is the value in the middle of each part") {
  const Factor f = factor(Between::linear, {"2010-01-01", "2010-01-11", "2010-01-31"});
  // The whole first line: half and half.
  CHECK(weights(f, "2010-01-01", "2010-01-11") == std::vector<double>{0.5, 0.5, 0});
  // From day 2 to day 4: the middle is day 3 of 10.
  const auto part = weights(f, "2010-01-03", "2010-01-05");
  CHECK(part[0] == doctest::Approx(0.7));
  CHECK(part[1] == doctest::Approx(0.3));
  // Over the knot: five days at 3/4 of the first line, five at 1/8 of the second.
  const auto over = weights(f, "2010-01-06", "2010-01-16");
  CHECK(over[0] == doctest::Approx(0.5 * 0.25));
  CHECK(over[1] == doctest::Approx(0.5 * 0.75 + 0.5 * 0.875));
  CHECK(over[2] == doctest::Approx(0.5 * 0.125));
  // Before the first and after the last knot the nearest value holds.
  CHECK(weights(f, "2009-01-01", "2009-02-01") == std::vector<double>{1, 0, 0});
  CHECK(weights(f, "2010-02-01", "2010-03-01") == std::vector<double>{0, 0, 1});
  const auto edge = weights(f, "2009-12-27", "2010-01-06");
  CHECK(edge[0] == doctest::Approx(0.5 + 0.5 * 0.75));
  CHECK(edge[1] == doctest::Approx(0.5 * 0.25));
}

TEST_CASE("the mean over a time is the mean of the means over its days") {
  for (const Between between : {Between::step, Between::linear}) {
    const Factor f = factor(between, {"2010-01-10", "2010-02-03", "2010-02-04", "2010-07-01"});
    std::vector<double> sum(4);
    const int days = 250;
    for (int d = 0; d < days; ++d) {
      const Date from = day("2009-12-20") + std::chrono::days(d);
      for (const auto& part : mean_weights(f, from, from + std::chrono::days(1)))
        sum[part.knot] += part.weight / days;
    }
    const Date end = day("2009-12-20") + std::chrono::days(days);
    std::vector<double> whole(4);
    for (const auto& part : mean_weights(f, day("2009-12-20"), end)) whole[part.knot] += part.weight;
    for (std::size_t k = 0; k < 4; ++k) CHECK(whole[k] == doctest::Approx(sum[k]).epsilon(1e-12));
  }
}

}  // namespace factor_test
