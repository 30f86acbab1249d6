#include "sim/base/parallel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace parallel_test {

using namespace sojourn;

TEST_CASE("for_each visits each index once, for any number of threads") {
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    Workers workers(threads);
    CHECK(workers.threads() == threads);
    for (const std::size_t count :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{5000}}) {
      CAPTURE(threads);
      CAPTURE(count);
      std::vector<std::atomic<int>> visits(count);
      workers.for_each(count, [&](std::size_t i) { ++visits[i]; });
      CHECK(std::all_of(visits.begin(), visits.end(), [](const std::atomic<int>& n) { return n == 1; }));
    }
  }
}

TEST_CASE("what the bodies wrote is seen when for_each returns") {
  Workers workers(3);
  std::vector<std::size_t> values(10000);
  for (std::size_t round = 1; round <= 5; ++round) {
    workers.for_each(values.size(), [&](std::size_t i) { values[i] += i * round; });
  }
  for (std::size_t i = 0; i < values.size(); ++i) REQUIRE(values[i] == 15 * i);
}

TEST_CASE("an exception of a body is thrown by for_each") {
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    CAPTURE(threads);
    Workers workers(threads);
    std::atomic<int> done{0};
    const auto body = [&](std::size_t i) {
      if (i == 37) throw std::runtime_error("body " + std::to_string(i));
      ++done;
    };
    CHECK_THROWS_WITH_AS(workers.for_each(100, body), "body 37", std::runtime_error);
    CHECK(done < 100);
    // And the workers go on working.
    std::atomic<int> after{0};
    workers.for_each(100, [&](std::size_t /*i*/) { ++after; });
    CHECK(after == 100);
  }
}

TEST_CASE("more threads than cores are used if they are asked for") {
  constexpr unsigned threads = 8;
  Workers workers(threads);
  // Each body waits until another one runs beside it, or gives up: with one thread none would ever meet.
  std::atomic<int> running{0};
  std::atomic<bool> met{false};
  workers.for_each(threads, [&](std::size_t /*i*/) {
    ++running;
    for (int wait = 0; wait < 2000 && !met; ++wait) {
      if (running > 1) met = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  CHECK(met);
}

}  // namespace parallel_test
