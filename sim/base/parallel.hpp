#pragma once

#include <cstddef>

#ifdef SOJOURN_THREADS_STD
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>
#else
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#endif

namespace sojourn {

/// The threads of a run; all parallel work is started here. Built with SOJOURN_THREADS_STD it runs on
/// std::jthread instead of oneTBB, so that ThreadSanitizer sees every synchronisation (with TBB it would need
/// suppressions, and those hide real races).
class Workers {
 public:
  explicit Workers(unsigned threads);
  [[nodiscard]] unsigned threads() const { return threads_; }

  /// Calls body(i) once for each i < count, in any order, on any of the threads; returns when all are done.
  /// The bodies must not depend on each other. An exception of a body is thrown here. `in_parallel` false: on
  /// this thread alone, for work that is over before another thread has woken up.
  template <class Body>
  void for_each(std::size_t count, const Body& body, bool in_parallel = true);

 private:
  unsigned threads_;
#ifndef SOJOURN_THREADS_STD
  // TBB would otherwise never use more threads than there are cores, whatever is asked for.
  oneapi::tbb::global_control limit_;
  oneapi::tbb::task_arena arena_;
#endif
};

#ifdef SOJOURN_THREADS_STD

inline Workers::Workers(unsigned threads) : threads_(threads) {}

template <class Body>
void Workers::for_each(std::size_t count, const Body& body, bool in_parallel) {
  if (!in_parallel) {
    for (std::size_t i = 0; i < count; ++i) body(i);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) body(i);
    } catch (...) {
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < threads_ && i < count; ++i) helpers.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

#else

inline Workers::Workers(unsigned threads)
    : threads_(threads),
      limit_(oneapi::tbb::global_control::max_allowed_parallelism, threads),
      arena_(static_cast<int>(threads)) {}

template <class Body>
void Workers::for_each(std::size_t count, const Body& body, bool in_parallel) {
  if (threads_ == 1 || count <= 1 || !in_parallel) {
    for (std::size_t i = 0; i < count; ++i) body(i);
    return;
  }
  arena_.execute(
      [&] { oneapi::tbb::parallel_for(std::size_t{0}, count, body, oneapi::tbb::simple_partitioner{}); });
}

#endif

}  // namespace sojourn
