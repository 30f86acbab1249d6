#include <atomic>
#include <cstdio>
#include <thread>

#include "sim/base/parallel.hpp"

// Two bodies write one number at the same time. The relaxed counter makes them meet but orders nothing, so
// the race is there in every run, and a sanitizer that reports none does not see these threads.
int main() {
  int shared = 0;
  std::atomic<int> arrived{0};
  sojourn::Workers workers(2);
  workers.for_each(2, [&](std::size_t) {
    arrived.fetch_add(1, std::memory_order_relaxed);
    while (arrived.load(std::memory_order_relaxed) < 2) {
      std::this_thread::yield();
    }
    ++shared;
  });
  std::printf("no race was seen; the number is %d\n", shared);
}
