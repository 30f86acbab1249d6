#include "sim/engine/memory.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/small_scenario.hpp"

namespace memory_test {

using namespace sojourn;

TEST_CASE("the estimate counts records only where a history is asked for, and grows as the design says") {
  Scenario scenario = test::small_scenario(4, "2020-01-01", "1 month");
  test::add_stream(scenario, "move", 0.05);
  for (std::size_t r = 0; r < 4; ++r) test::stayers(scenario, r) = 5e7;
  Workers workers(1);
  const MemoryEstimate counts = estimate_memory(StartSketch(scenario, scenario.variants[0], workers));
  CHECK(counts.agents == 2e8);
  CHECK(counts.bytes_per_mover == 0);
  CHECK(counts.movers_at_end == 0);
  CHECK(counts.moves_per_step == doctest::Approx(2e8 * 0.05 * scenario.time.years(Step{0})).epsilon(0.01));

  scenario.output.diaspora_every = 12;
  const MemoryEstimate records = estimate_memory(StartSketch(scenario, scenario.variants[0], workers));
  CHECK(records.bytes_per_mover == 4);
  CHECK(records.movers_at_end == doctest::Approx(2e8 * (1 - std::exp(-0.05 * 10))).epsilon(0.01));
  CHECK(records.bytes > counts.bytes + 4 * records.movers_at_end);
}

}  // namespace memory_test
