#include "sim/engine/shared_line.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace shared_line_test {

using namespace sojourn;

namespace {

/// Lines that draw 10 and 100 on so many minutes; how many of each are served.
std::vector<std::int64_t> served(double minutes, std::vector<std::map<LineUp, std::int64_t>> places,
                                 std::uint32_t number = 0) {
  Scenario scenario = test::small_scenario(1);
  test::add_limit(scenario, "clerks", minutes);
  std::vector<std::vector<Draw>> draws;
  for (const double amount : {10.0, 100.0})
    draws.push_back({{LimitId{0}, test::add_parameter(scenario, "draws", {amount})}});
  Numbers numbers(scenario, Variant{});
  numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
  LimitLedger ledger(scenario);
  ledger.begin_step(Step{0}, numbers);
  std::vector<SharedLine> lines;
  for (std::size_t i = 0; i < places.size(); ++i)
    lines.push_back({{draws[i], Region{0}, Group{0}, Region{0}, Group{0}, Region{0}}, std::move(places[i])});
  RandomNumbers random({number, 0}, {Process::shared_offices, 0, 0, 0});
  share_out(lines, ledger, random);
  CHECK(ledger.is_balanced());
  return {lines[0].served, lines[1].served};
}

using Served = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("all are served who fit; those of the first place come first, whatever the line") {
  CHECK(served(1000, {{{{0, 1}, 5}}, {{{0, 1}, 4}}}) == Served{5, 4});
  CHECK(served(130, {{{{0, 2}, 5}}, {{{0, 1}, 4}}}) == Served{3, 1});
  CHECK(served(130, {{{{0, 1}, 5}}, {{{0, 2}, 4}}}) == Served{5, 0});
  CHECK(served(130, {{{{1, 1}, 5}}, {{{0, 2}, 4}}}) == Served{3, 1});
  CHECK(served(5, {{{{0, 1}, 5}}, {{{0, 2}, 4}}}) == Served{0, 0});
}

TEST_CASE("law: of one place the next is any, and a line whose next finds no room ends there") {
  // One of each and 100 minutes: with even chances the long one comes first and takes all, or the short one
  // does and the long one finds no room.
  std::int64_t first = 0;
  constexpr std::uint32_t runs = 4000;
  for (std::uint32_t i = 0; i < runs; ++i) {
    const Served both = served(100, {{{{0, 1}, 1}, {{0, 2}, 3}}, {{{0, 1}, 1}}}, i);
    CHECK((both == Served{0, 1} || both == Served{4, 0}));
    first += both[1];
  }
  CHECK(std::abs(static_cast<double>(first) - runs / 2.0) < test::five_sigma * std::sqrt(runs / 4.0));
}

}  // namespace shared_line_test
