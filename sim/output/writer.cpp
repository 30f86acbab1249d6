#include "sim/output/writer.hpp"

#include <utility>

namespace sojourn {

Writer::Writer(DataFile& file, std::chrono::milliseconds flush_every)
    : file_(file), flush_every_(flush_every), thread_([this] { work(); }) {}

Writer::~Writer() { end(true); }

void Writer::add(Record record) {
  if (record.pieces.empty()) return;
  const std::size_t bytes = record.bytes();
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return failure_ || held_bytes_ == 0 || held_bytes_ + bytes <= queue_limit; });
    if (failure_) std::rethrow_exception(failure_);
    queue_.push_back(std::move(record));
    held_bytes_ += bytes;
  }
  changed_.notify_all();
}

void Writer::finish() {
  end(false);
  if (failure_) std::rethrow_exception(failure_);
}

void Writer::end(bool forget) noexcept {
  {
    const std::lock_guard lock(mutex_);
    no_more_ = true;
    if (forget) queue_.clear();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Writer::work() {
  try {
    hdf5::silence();
    write_until_done();
  } catch (...) {
    {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
      queue_.clear();
    }
    changed_.notify_all();
  }
}

/// Frees it before another may take its room.
void Writer::release(Record record) {
  const std::size_t bytes = record.bytes();
  record = {};
  {
    const std::lock_guard lock(mutex_);
    held_bytes_ -= bytes;
  }
  changed_.notify_all();
}

void Writer::write_until_done() {
  using Clock = std::chrono::steady_clock;
  // The first record is flushed at once: it makes the structures that later ones only fill.
  Clock::time_point flushed = Clock::now() - flush_every_;
  bool dirty = false;
  while (true) {
    Record record;
    {
      std::unique_lock lock(mutex_);
      const auto something_to_do = [&] { return no_more_ || !queue_.empty(); };
      if (dirty) {
        changed_.wait_until(lock, flushed + flush_every_, something_to_do);
      } else {
        changed_.wait(lock, something_to_do);
      }
      if (no_more_ && queue_.empty()) break;
      if (!queue_.empty()) {
        record = std::move(queue_.front());
        queue_.pop_front();
      }
    }
    for (const Piece& piece : record.pieces) {
      std::visit([&](const auto& values) { file_.append(piece.variable, values); }, piece.values);
    }
    dirty = dirty || !record.pieces.empty();
    release(std::move(record));
    if (dirty && Clock::now() >= flushed + flush_every_) {
      file_.flush();
      flushed = Clock::now();
      dirty = false;
    }
  }
  file_.flush(true);
}

}  // namespace sojourn
