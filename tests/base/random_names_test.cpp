#include "sim/base/random_names.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>

#include "sim/base/parallel.hpp"

namespace random_names_test {

using namespace sojourn;

TEST_CASE("a run key without a log notices nothing") {
  const RunKey key{1, 2};
  CHECK(key.names == nullptr);
  RandomNumbers one(key, {Process::event_line, 3, 4, 5});
  RandomNumbers other(key, {Process::event_line, 3, 4, 5});
  CHECK(one.bits() == other.bits());
}

TEST_CASE("a log changes no number") {
  RandomNameLog log;
  RandomNumbers with({1, 2, &log}, {Process::event_line, 3, 4, 5});
  RandomNumbers without({1, 2}, {Process::event_line, 3, 4, 5});
  for (int i = 0; i < 10; ++i) CHECK(with.bits() == without.bits());
}

TEST_CASE("each name is opened once for each seed and replicate") {
  RandomNameLog log;
  for (const std::uint32_t seed : {0U, 1U}) {
    for (const std::uint32_t replicate : {0U, 1U}) {
      for (const Process process : {Process::event_line, Process::destinations}) {
        for (const std::uint32_t step : {0U, 1U}) {
          for (const std::uint32_t region : {0U, 1U}) {
            for (const std::uint32_t part : {0U, 1U, (1U << 24) - 1}) {
              const RandomNumbers random({seed, replicate, &log}, {process, step, region, part});
            }
          }
        }
      }
    }
  }
  CHECK(log.size() == 2 * 2 * 2 * 2 * 2 * 3);
}

TEST_CASE("a name that is opened twice is named") {
  RandomNameLog log;
  const RunKey key{7, 8, &log};
  const RandomNumbers random(key, {Process::destinations, 3, 4, 5});
  CHECK_THROWS_WITH_AS(
      RandomNumbers(key, {Process::destinations, 3, 4, 5}),
      "Random numbers of process destinations (4), step 3, region 4, part 5 are opened twice "
      "under seed 7 and replicate 8",
      std::logic_error);
  CHECK(log.size() == 1);
  CHECK_NOTHROW(RandomNumbers(RunKey{7, 9, &log}, {Process::destinations, 3, 4, 5}));
}

TEST_CASE("a copy of a stream opens nothing") {
  RandomNameLog log;
  const RandomNumbers random({7, 8, &log}, {Process::destinations, 3, 4, 5});
  RandomNumbers copy = random;
  CHECK(copy.bits() != copy.bits());
  CHECK(log.size() == 1);
}

TEST_CASE("a part that reaches into the bits of the process is an error") {
  RandomNameLog log;
  CHECK_THROWS_WITH_AS(RandomNumbers(RunKey{7, 8, &log}, {Process::event_line, 0, 1, 1U << 24}),
                       "Random numbers of process event_line (3), step 0, region 1, part 16777216: the part "
                       "must be below 16777216",
                       std::logic_error);
}

TEST_CASE("names are opened from several threads, and one of two with the same name fails") {
  RandomNameLog log;
  Workers workers(4);
  std::atomic<int> failures = 0;
  workers.for_each(1000, [&](std::size_t i) {
    try {
      const RandomNumbers random({1, 0, &log},
                                 {Process::event_line, 0, static_cast<std::uint32_t>(i % 500), 0});
    } catch (const std::logic_error&) {
      ++failures;
    }
  });
  CHECK(log.size() == 500);
  CHECK(failures == 500);
}

}  // namespace random_names_test
