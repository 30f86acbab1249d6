#include "sim/engine/outbox_order.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace sojourn {

namespace {

/// Requests know their moves by the places at which these are now.
void take_requests(const Drawn& drawn, const std::vector<std::size_t>& place_of, Outbox& outbox) {
  outbox.requests = drawn.requests;
  for (Request& request : outbox.requests) request.move = place_of[request.move];
}

}  // namespace

void sort_by_destination(const Drawn& drawn, std::size_t regions, Outbox& outbox) {
  const std::size_t count = drawn.moves.size();
  outbox.moves.resize(count);
  outbox.luggage.resize(drawn.luggage.size());
  outbox.bundles.clear();
  std::vector<std::size_t> place_of(drawn.requests.empty() ? 0 : count);
  const auto put = [&](std::size_t place, std::size_t from) {
    outbox.moves[place] = drawn.moves[from];
    if (!drawn.luggage.empty()) outbox.luggage[place] = drawn.luggage[from];
    if (!place_of.empty()) place_of[from] = place;
  };
  const auto add = [&](std::size_t i, Region destination, std::size_t from) {
    put(i, from);
    if (outbox.bundles.empty() || outbox.bundles.back().destination != destination) {
      outbox.bundles.push_back({destination, i, i});
    }
    outbox.bundles.back().last = i + 1;
  };
  if (count < regions / 8) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return drawn.destinations[a] < drawn.destinations[b];
    });
    for (std::size_t i = 0; i < count; ++i) add(i, drawn.destinations[order[i]], order[i]);
    take_requests(drawn, place_of, outbox);
    return;
  }
  std::vector<std::uint32_t> place(regions + 1);
  for (const Region destination : drawn.destinations) ++place[destination.index() + 1];
  for (std::size_t d = 0; d < regions; ++d) {
    if (place[d + 1] > 0) outbox.bundles.push_back({Region{d}, place[d], place[d] + place[d + 1]});
    place[d + 1] += place[d];
  }
  for (std::size_t i = 0; i < count; ++i) {
    put(place[drawn.destinations[i].index()]++, i);
  }
  take_requests(drawn, place_of, outbox);
}

}  // namespace sojourn
