#include "sim/engine/queue_tally.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "sim/scenario/queues.hpp"
#include "tests/support/small_scenario.hpp"

namespace queue_tally_test {

using namespace sojourn;

TEST_CASE("means and quantiles of waiting times") {
  const QueueTally::Waits waits{{0, 5}, {31, 3}, {59, 1}, {90, 1}};
  CHECK(mean_of(waits) == doctest::Approx((31 * 3 + 59 + 90) / 10.0));
  CHECK(quantile_of(waits, 0.1) == 0);
  CHECK(quantile_of(waits, 0.5) == 0);
  CHECK(quantile_of(waits, 0.51) == 31);
  CHECK(quantile_of(waits, 0.8) == 31);
  CHECK(quantile_of(waits, 0.9) == 59);
  CHECK(quantile_of(waits, 1) == 90);
  CHECK(std::isnan(mean_of({})));
  CHECK(std::isnan(quantile_of({}, 0.5)));
}

TEST_CASE("who leaves is told by queue, who keeps a queue has not left it") {
  const Scenario scenario = [] {
    Scenario made = test::small_scenario(2, "2011-01-01", "1 month", {{"status", {"a", "b"}}}, 1, {"p", "q"});
    test::add_transition(made, "p", 1, 0, 1);
    test::add_transition(made, "q", 1, 0, 1);
    test::add_queue(made, 0, 1);
    test::add_queue(made, 1, 1);
    return made;
  }();
  QueueTally tally(scenario);
  tally.add_left(Region{1}, Group{6}, 5);  // waits for both
  tally.add_left(Region{1}, Group{6}, Group{3}, 2);
  tally.add_left(Region{1}, Group{1}, 9);  // waits for none
  tally.add_requests(Region{0}, QueueId{1}, 4);
  CHECK(tally.counts()[2].left == 5);
  CHECK(tally.counts()[3].left == 7);
  CHECK(tally.counts()[1].requests == 4);
  tally.clear();
  CHECK(tally.counts()[3].left == 0);
}

TEST_CASE("who waited longer than a deadline is late; a month by the calendar is not longer than a month") {
  const QueueTally::Waits served{{0, 5}, {30, 7}, {31, 11}, {32, 13}, {365, 2}, {366, 3}, {367, 1}};
  const auto late = [&](const char* time) { return served_after(served, *parse_duration(time)); };
  CHECK(late("30 days") == 30);
  CHECK(late("31 days") == 19);
  CHECK(late("1 month") == 19);
  CHECK(late("1 year") == 1);
  CHECK(late("52 weeks") == 6);
  CHECK(served_after({}, *parse_duration("1 day")) == 0);
}

}  // namespace queue_tally_test
