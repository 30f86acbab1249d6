#include "bench/machine.hpp"

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/prefetch.hpp"

namespace sojourn::bench {

namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21U;

struct Slot {
  std::uint64_t a;
  std::uint64_t b;
};

struct Free {
  void operator()(Slot* memory) const { std::free(memory); }
};

/// Touched, and a power of two of slots so that a random place costs no division: at least half of `bytes`.
class Memory {
 public:
  explicit Memory(std::size_t bytes) : count_(std::bit_floor(bytes / sizeof(Slot))) {
    void* memory =
        std::aligned_alloc(huge_page, (count_ * sizeof(Slot) + huge_page - 1) / huge_page * huge_page);
    if (memory == nullptr) throw std::bad_alloc();
    (void)madvise(memory, count_ * sizeof(Slot), MADV_HUGEPAGE);
    slots_.reset(static_cast<Slot*>(memory));
    for (std::size_t i = 0; i < count_; ++i) slots_[static_cast<std::ptrdiff_t>(i)] = {i, i};
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] Slot& at(std::size_t i) { return slots_.get()[i]; }

 private:
  std::size_t count_;
  std::unique_ptr<Slot[], Free> slots_;
};

/// Steps of a Weyl sequence, mixed: as random as places need to be, and far cheaper than memory.
std::uint64_t place(std::uint64_t i) {
  std::uint64_t x = i * 0x9E3779B97F4A7C15U;
  x ^= x >> 29U;
  x *= 0xBF58476D1CE4E5B9U;
  return x ^ (x >> 32U);
}

/// Processor time of all programs since the machine was started.
double busy_seconds() {
  std::ifstream file("/proc/stat");
  std::string cpu;
  file >> cpu;
  double busy = 0;
  // user, nice, system, idle, iowait, irq, softirq, steal
  for (int i = 0; i < 8; ++i) {
    double ticks = 0;
    file >> ticks;
    if (i != 3 && i != 4) busy += ticks;
  }
  return busy / static_cast<double>(sysconf(_SC_CLK_TCK));
}

void update(Slot& slot) {
  slot.a += 1;
  slot.b ^= slot.a;
}

}  // namespace

double random_updates_per_second(std::size_t bytes, unsigned threads, bool prefetching) {
  constexpr std::uint64_t batch = 1U << 20U;
  constexpr std::uint64_t ahead = 16;
  Memory memory(bytes);
  const std::uint64_t mask = memory.count() - 1;
  Workers workers(threads);
  const double start = cpu_seconds();
  const auto seconds = [&] { return (cpu_seconds() - start) / threads; };
  std::uint64_t batches = 0;
  while (seconds() < 2) {
    // Threads have places of their own, as parts of a step have regions of their own.
    workers.for_each(threads, [&](std::size_t t) {
      const std::uint64_t first = (batches * threads + t) * batch;
      const std::uint64_t own = mask / threads;
      for (std::uint64_t i = first; i < first + batch; ++i) {
        if (prefetching) prefetch(&memory.at(place(i + ahead) % (own + 1) + t * own));
        update(memory.at(place(i) % (own + 1) + t * own));
      }
    });
    ++batches;
  }
  return static_cast<double>(batches * threads * batch) / seconds();
}

double sequential_bytes_per_second(std::size_t bytes) {
  Memory memory(bytes);
  const double start = cpu_seconds();
  std::uint64_t sum = 0;
  double read = 0;
  while (cpu_seconds() - start < 1) {
    for (std::size_t i = 0; i < memory.count(); ++i) sum += memory.at(i).a + memory.at(i).b;
    read += static_cast<double>(memory.count() * sizeof(Slot));
    memory.at(0).a = sum;  // so that the sum is needed
  }
  return read / (cpu_seconds() - start);
}

double cpu_seconds() {
  rusage usage{};
  (void)getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

OthersBusy::OthersBusy() : busy_(busy_seconds()), own_(cpu_seconds()), wall_(wall_seconds()) {}

double OthersBusy::get() const {
  return std::max(0.0, (busy_seconds() - busy_) - (cpu_seconds() - own_)) / (wall_seconds() - wall_);
}

}  // namespace sojourn::bench
