#include "sim/model/ticket_clock.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace ticket_clock_test {

using namespace sojourn;

namespace {

Queue taking(const char* time) {
  Queue queue;
  queue.takes = parse_duration(time);
  queue.joins_at_once = true;
  return queue;
}

TimeGrid months() {
  return {*parse_date("2010-01-01"), *parse_date("2012-01-01"), *parse_duration("1 month")};
}

/// The entry of who joins in a step.
std::uint32_t entry(std::size_t step) { return static_cast<std::uint32_t>(step + 1); }

}  // namespace

TEST_CASE("a whole number of steps is over in one step for all, by the calendar") {
  const TimeGrid time = months();
  const Queue queue = taking("1 year");
  const TicketClock clock(time, queue);
  CHECK(clock.most_steps() == 12);
  CHECK(clock.share_ready(entry(0), 11) == 0);
  CHECK(clock.share_ready(entry(0), 12) == 1);
  CHECK(clock.share_ready(entry(7), 18) == 0);
  CHECK(clock.share_ready(entry(7), 19) == 1);
  CHECK(clock.share_ready(entry(7), 23) == 1);
  CHECK_FALSE(clock.is_hidden());
  CHECK(ticket_entries(time, queue) == 24 + 1 + 12);
}

TEST_CASE("other times lie between two numbers of steps, and their mean in days is right") {
  const TimeGrid time = months();
  const Queue queue = taking("45 days");
  const TicketClock clock(time, queue);
  for (std::size_t joined = 0; joined < 20; ++joined) {
    double mean = 0;
    double before = 0;
    for (std::size_t step = joined; step < joined + 4; ++step) {
      const double ready = clock.share_ready(entry(joined), step);
      // Of those who are left.
      const double now = (1 - before) * ready;
      mean += now * (to_days(time.boundary(step)) - to_days(time.boundary(joined)));
      before += now;
    }
    CAPTURE(joined);
    CHECK(before == doctest::Approx(1));
    CHECK(mean == doctest::Approx(45));
  }
}

TEST_CASE("a time shorter than a step is nothing, and no time at all as well") {
  const TimeGrid time = months();
  const Queue short_one = taking("20 days");
  const TicketClock hidden(time, short_one);
  CHECK(hidden.is_hidden());
  CHECK(hidden.share_ready(entry(5), 5) == 1);
  const Queue none;
  const TicketClock clock(time, none);
  CHECK_FALSE(clock.is_hidden());
  CHECK(clock.most_steps() == 0);
  CHECK(clock.share_ready(entry(5), 5) == 1);
  CHECK(ticket_entries(time, none) == 25);
}

TEST_CASE("entries beyond the steps are of those who joined before the start, evenly over the time") {
  const TimeGrid time = months();
  const Queue queue = taking("6 months");
  const TicketClock clock(time, queue);
  CHECK(clock.step_of(clock.before_start(1)) == -1);
  CHECK(clock.joined(clock.before_start(1)) == *parse_date("2009-12-01"));
  CHECK(clock.joined(clock.before_start(6)) == *parse_date("2009-07-01"));
  CHECK(clock.joined(entry(3)) == *parse_date("2010-04-01"));
  CHECK(clock.share_ready(clock.before_start(1), 4) == 0);
  CHECK(clock.share_ready(clock.before_start(1), 5) == 1);
  CHECK(clock.share_ready(clock.before_start(6), 0) == 1);
  const std::vector<double> shares = clock.shares_at_start();
  REQUIRE(shares.size() == 6);
  CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == doctest::Approx(1));
  CHECK(shares[0] == doctest::Approx(31.0 / 184));
  // The oldest of a time that is no whole number of steps.
  const Queue days = taking("45 days");
  const std::vector<double> of_days = TicketClock(time, days).shares_at_start();
  REQUIRE(of_days.size() == 2);
  CHECK(of_days[0] == doctest::Approx(31.0 / 45));
  CHECK(of_days[1] == doctest::Approx(14.0 / 45));
}

}  // namespace ticket_clock_test
