#include "sim/model/waiting.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "tests/support/statistics.hpp"

namespace waiting_test {

using namespace sojourn;

namespace {

Ticket joined(std::size_t step) { return Ticket{}.joined(QueueId{0}, Step{step}); }

}  // namespace

TEST_CASE("a ticket holds a step for each queue, as far as its group waits") {
  const Groups groups({{"status", {"a", "b"}}}, {"p", "q"});
  const Ticket ticket = Ticket{}.joined(QueueId{0}, Step{0}).joined(QueueId{1}, Step{65533});
  CHECK(ticket.entry(0) == 1);
  CHECK(ticket.entry(1) == 65534);
  CHECK(ticket.with(0, 7).entry(1) == 65534);
  CHECK(ticket.kept(groups, Group{6}) == ticket);
  CHECK(ticket.kept(groups, Group{2}) == Ticket{}.joined(QueueId{0}, Step{0}));
  CHECK(ticket.kept(groups, Group{1}) == Ticket{});
  // In the order of steps within the last queue.
  CHECK(joined(3) < joined(4));
}

TEST_CASE("those who leave are any of those who wait") {
  const Groups groups({{"status", {"a", "b"}}}, {"p"});
  RandomNumbers random({1, 0}, {Process::offices, 0, 0, 0});
  const std::size_t cell = 4 + 3;  // region 1, group 3
  constexpr int runs = 60000;
  std::vector<std::int64_t> of_first(6);
  for (int i = 0; i < runs; ++i) {
    Waiting waiting(groups, 2, 3);
    waiting.add(cell, Cohort{2}, joined(8), 7);
    waiting.add(cell, Cohort{2}, joined(5), 3);
    waiting.add(cell, Cohort{2}, joined(5), 2);
    waiting.add(cell, Cohort{1}, joined(5), 1);
    REQUIRE(waiting.count(cell) == 13);
    REQUIRE(waiting.at(cell, Cohort{2}).size() == 2);
    REQUIRE(waiting.at(cell, Cohort{2})[0].ticket == joined(5));
    std::int64_t first = 0;
    std::int64_t all = 0;
    for (const Waiters& out : waiting.draw_out(cell, Cohort{2}, 5, random)) {
      if (out.ticket == joined(5)) first = out.agents;
      all += out.agents;
    }
    REQUIRE(all == 5);
    REQUIRE(waiting.count(cell) == 8);
    ++of_first[static_cast<std::size_t>(first)];
  }
  // Of 12, 5 are marked and 5 drawn: C(5, k) C(7, 5 - k) / C(12, 5).
  std::vector<double> expected;
  for (const double ways : {21.0, 175.0, 350.0, 210.0, 35.0, 1.0}) expected.push_back(runs * ways / 792);
  CHECK(test::chi_square_sigmas(of_first, expected) < test::five_sigma);
}

TEST_CASE("places that nobody holds any more are forgotten") {
  const Groups groups({{"status", {"a"}}}, {"p"});
  Waiting waiting(groups, 1, 1);
  waiting.add(1, Cohort{0}, joined(1), 4);
  waiting.take(1, Cohort{0}, joined(1), 3);
  CHECK(waiting.count(1) == 1);
  waiting.take(1, Cohort{0}, joined(1), 1);
  CHECK(waiting.at(1, Cohort{0}).empty());
  CHECK_FALSE(Waiting(Groups(std::vector<Attribute>{{"status", {"a"}}}), 5, 5).asked_for());
}

}  // namespace waiting_test
