#include "sim/model/arrival.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>
#include <utility>

namespace arrival_test {

using namespace sojourn;

namespace {

/// The middle of the durations that a place of arrival may mean.
double middle_of(sojourn::ArrivalClock::Stay stay) { return stay.shortest + 0.5 * stay.width; }

TimeGrid grid(const std::string& step, const std::string& end = "2014-01-01",
              const std::string& start = "2010-01-01") {
  return {*parse_date(start), *parse_date(end), *parse_duration(step)};
}

void check_round_trips(const TimeGrid& time, double longest) {
  const ArrivalClock clock(time, longest);
  std::set<std::pair<std::uint32_t, std::uint32_t>> places;
  const ArrivalCode first = clock.before_start(1e9);
  for (ArrivalCode code = first; code < static_cast<ArrivalCode>(time.steps()); ++code) {
    const ArrivalClock::Place place = clock.place(code);
    REQUIRE(place.year < clock.years());
    REQUIRE(place.offset < clock.offsets());
    REQUIRE(clock.code(place) == code);
    places.insert({place.year, place.offset});
  }
  CHECK(places.size() == static_cast<std::size_t>(static_cast<ArrivalCode>(time.steps()) - first));
}

}  // namespace

TEST_CASE("codes and places are the same thing, for steps of every kind") {
  for (const std::string step :
       {"1 day", "10 days", "1 week", "1 month", "2 months", "1 quarter", "1 year"}) {
    CAPTURE(step);
    const Date start = *parse_date("2010-01-01");
    const Date end = nearest_ends(start, *parse_date("2016-01-01"), *parse_duration(step)).before;
    for (const double longest : {0.0, 0.5, 3.0, 20.0}) {
      CAPTURE(longest);
      check_round_trips({start, end, *parse_duration(step)}, longest);
    }
  }
}

TEST_CASE("steps that are longer than a year") {
  check_round_trips(grid("5 years", "2030-01-01"), 10);
  check_round_trips(grid("18 months", "2019-01-01"), 10);
}

TEST_CASE("time since an arrival during the run counts from the middle of its step") {
  const TimeGrid time = grid("1 month");
  const ArrivalClock clock(time, 5);
  for (std::size_t i = 0; i < time.steps(); ++i) {
    const auto place = clock.place(static_cast<ArrivalCode>(i));
    CHECK(middle_of(clock.stay(place, 3.75)) == doctest::Approx(3.75 - time.middle(Step{i})));
  }
}

TEST_CASE("time since an arrival before the start is right within half a slot") {
  for (const std::string step : {"1 day", "1 week", "1 month", "1 year"}) {
    CAPTURE(step);
    const Date start = *parse_date("2010-01-01");
    const Date end = nearest_ends(start, *parse_date("2014-01-01"), *parse_duration(step)).before;
    const TimeGrid time(start, end, *parse_duration(step));
    const ArrivalClock clock(time, 20);
    const double half_slot = 0.51 * time.elapsed(time.steps()) / static_cast<double>(time.steps());
    for (double years = 0; years < 20; years += 0.037) {
      const auto place = clock.place(clock.before_start(years));
      CHECK(std::abs(middle_of(clock.stay(place, 0)) - years) <= half_slot);
      CHECK(std::abs(middle_of(clock.stay(place, 2.5)) - years - 2.5) <= half_slot);
    }
  }
}

TEST_CASE(
    "arrivals long before the start are all alike, and longer ago than any duration that is told apart") {
  const ArrivalClock clock(grid("1 month"), 20);
  CHECK(clock.before_start(21) == clock.before_start(1000));
  CHECK(clock.before_start(INFINITY) == clock.before_start(1000));
  CHECK(clock.place(clock.before_start(1000)).year == 0);
  CHECK(clock.stay(clock.place(clock.before_start(1000)), 0).shortest >= 20);
  CHECK(clock.before_start(20) != clock.before_start(21));
  CHECK(clock.before_start(0) == -1);
  CHECK(clock.before_start(-0.5) == -1);
  CHECK(clock.before_start(1.0 / 12 + 1e-9) == -2);
}

TEST_CASE("a year holds the arrivals of one year") {
  const TimeGrid time = grid("1 week", "2013-12-26");
  const ArrivalClock clock(time, 2);
  CHECK(clock.years() == 3 + 4);
  for (std::size_t i = 0; i < time.steps(); ++i) {
    const auto place = clock.place(static_cast<ArrivalCode>(i));
    CHECK(place.year == 3 + static_cast<std::uint32_t>(time.middle(Step{i})));
  }
}

}  // namespace arrival_test
