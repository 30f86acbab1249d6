#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "sim/base/prefetch.hpp"
#include "sim/model/record.hpp"

namespace sojourn {

/// Memory for records in chunks of equal size, taken from slabs on huge pages. Which chunk a block gets
/// depends on the threads, but nothing of a run depends on where its records lie.
class ChunkArena {
 public:
  /// A power of two, at most 2^16.
  explicit ChunkArena(std::size_t chunk_bytes) : chunk_bytes_(chunk_bytes) {}

  [[nodiscard]] std::byte* allocate();
  void release(std::byte* chunk);
  [[nodiscard]] std::size_t chunk_bytes() const { return chunk_bytes_; }
  /// Bytes of all chunks that were ever in use at one time.
  [[nodiscard]] std::size_t bytes() const { return chunks_ * chunk_bytes_; }

 private:
  void add_slab(std::size_t bytes);

  struct Free {
    void operator()(std::byte* memory) const;
  };

  std::size_t chunk_bytes_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<std::byte[], Free>> slabs_;
  /// What is left of the last slab.
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::vector<std::byte*> free_;
  std::size_t chunks_ = 0;
};

/// Bytes of the chunks in which records of a layout are kept.
[[nodiscard]] std::size_t chunk_bytes_of(const RecordLayout& layout);

/// Movers of a cell with one key, in no order that means anything.
struct Block {
  BlockKey key = 0;
  std::uint64_t size = 0;
  std::vector<std::byte*> chunks;
};

/// The records of all movers, by cell and block. Different cells may be changed by different threads at once.
class Movers {
 public:
  Movers() = default;
  Movers(const RecordLayout& layout, std::size_t cells);

  [[nodiscard]] std::span<const Block> blocks(std::size_t cell) const { return cells_[cell].blocks; }
  /// Returns the number of the block that the record came into.
  std::uint32_t append(std::size_t cell, const KeyedRecord& record) {
    Cell& its_cell = cells_[cell];
    const std::uint32_t number = block_for(its_cell, record.key);
    Block& block = its_cell.blocks[number];
    if (block.size == block.chunks.size() << chunk_shift_) block.chunks.push_back(arena_->allocate());
    ++block.size;
    copy(address(block, block.size - 1), &record.word);
    return number;
  }
  [[nodiscard]] RecordWord read(const Block& block, std::uint64_t i) const {
    // Each size into a number of its own: a wide number that is written in part cannot be read at once.
    const std::byte* const from = address(block, i);
    if (record_shift_ == 2) return number_at<std::uint32_t>(from);
    if (record_shift_ == 3) return number_at<std::uint64_t>(from);
    return number_at<RecordWord>(from);
  }
  /// Two steps ahead of `read` and `remove`, so that they need not wait for memory: `ask_where` asks for the
  /// places of the chunks, and a while later `ask` looks them up and asks for the records.
  void ask_where(const Block& block, std::uint64_t i) const {
    prefetch(block.chunks.data() + (i >> chunk_shift_));
    prefetch(block.chunks.data() + ((block.size - 1) >> chunk_shift_));
  }
  void ask(const Block& block, std::uint64_t i) const {
    // All have left if one agent had more points than are asked for ahead.
    if (block.size == 0) return;
    prefetch(address(block, i));
    prefetch(address(block, block.size - 1));
  }
  /// Takes a record out; the last of its block takes its place.
  void remove(std::size_t cell, std::size_t block_number, std::uint64_t i) {
    Block& block = cells_[cell].blocks[block_number];
    copy(address(block, i), address(block, block.size - 1));
    --block.size;
    // One spare chunk stays, so that a block about a boundary does not take and give one again and again.
    if (block.size + (std::uint64_t{2} << chunk_shift_) <= block.chunks.size() << chunk_shift_) {
      arena_->release(block.chunks.back());
      block.chunks.pop_back();
    }
  }

  [[nodiscard]] std::uint64_t count(std::size_t cell) const;
  /// Bytes of records and blocks.
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Cell {
    std::vector<Block> blocks;
    /// 1 + the block of each key; 0: none yet.
    std::vector<std::uint32_t> block_of_key;
  };
  [[nodiscard]] std::byte* address(const Block& block, std::uint64_t i) const {
    return block.chunks[i >> chunk_shift_] + ((i & chunk_mask_) << record_shift_);
  }
  template <class Number>
  [[nodiscard]] static Number number_at(const std::byte* from) {
    Number number;
    std::memcpy(&number, from, sizeof(number));
    return number;
  }
  /// Copies 4, 8 or 16 bytes: each by instructions of its own, where a length that only the run knows would
  /// be a call.
  void copy(void* to, const void* from) const {
    if (record_shift_ == 2) {
      std::memmove(to, from, 4);
    } else if (record_shift_ == 3) {
      std::memmove(to, from, 8);
    } else {
      std::memmove(to, from, 16);
    }
  }
  [[nodiscard]] std::uint32_t block_for(Cell& cell, BlockKey key) const {
    if (!cell.block_of_key.empty() && cell.block_of_key[key] != 0) return cell.block_of_key[key] - 1;
    return add_block(cell, key);
  }
  std::uint32_t add_block(Cell& cell, BlockKey key) const;

  /// Bytes of a record, and records of a chunk, as powers of two.
  unsigned record_shift_ = 2;
  unsigned chunk_shift_ = 0;
  std::uint64_t chunk_mask_ = 0;
  std::size_t key_count_ = 1;
  std::vector<Cell> cells_;
  std::unique_ptr<ChunkArena> arena_;
};

}  // namespace sojourn
