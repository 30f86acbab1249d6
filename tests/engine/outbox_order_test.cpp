#include "sim/engine/outbox_order.hpp"

#include <doctest/doctest.h>

#include <cstddef>

namespace outbox_order_test {

using namespace sojourn;

TEST_CASE(
    "moves lie by destination in their order, be they few or many, and requests know where theirs are") {
  for (const std::size_t regions : {4U, 400U}) {
    CAPTURE(regions);
    Drawn drawn;
    for (std::size_t i = 0; i < 6; ++i) {
      drawn.moves.emplace_back().cohort = Cohort{i};
      drawn.destinations.emplace_back(3 - i % 3);
    }
    Request& request = drawn.requests.emplace_back();
    request.move = 4;
    Outbox outbox;
    sort_by_destination(drawn, regions, outbox);
    REQUIRE(outbox.bundles.size() == 3);
    CHECK(outbox.bundles[0].destination == Region{1});
    CHECK(outbox.bundles[2].last == 6);
    CHECK(outbox.moves[0].cohort == Cohort{2});
    CHECK(outbox.moves[1].cohort == Cohort{5});
    REQUIRE(outbox.requests.size() == 1);
    CHECK(outbox.moves[outbox.requests[0].move].cohort == Cohort{4});
  }
}

}  // namespace outbox_order_test
