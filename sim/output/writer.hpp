#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "sim/output/data_file.hpp"
#include "sim/output/gather.hpp"

namespace sojourn {

/// Appends records to a file on a thread of its own, and flushes it every few seconds. While it works, nobody
/// else may touch the file.
class Writer {
 public:
  /// Records that wait or are being written have up to this many bytes; who adds more waits (but there may
  /// always be one record). Little, as memory is foretold, and what waits here depends on the disk.
  static constexpr std::size_t queue_limit = std::size_t{1} << 22U;

  explicit Writer(DataFile& file, std::chrono::milliseconds flush_every = std::chrono::seconds(2));
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  Writer(Writer&&) = delete;
  Writer& operator=(Writer&&) = delete;
  /// Forgets what waits.
  ~Writer();

  /// Throws what went wrong with an earlier record.
  void add(Record record);
  /// Waits until all is written; throws what went wrong. The file is the caller's again.
  void finish();

 private:
  void work();
  void write_until_done();
  void release(Record record);
  void end(bool forget) noexcept;

  DataFile& file_;
  std::chrono::milliseconds flush_every_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Record> queue_;
  std::size_t held_bytes_ = 0;
  bool no_more_ = false;
  std::exception_ptr failure_;
  std::jthread thread_;
};

}  // namespace sojourn
