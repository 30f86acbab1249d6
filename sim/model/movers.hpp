#pragma once

#include <cstddef>
#include <cstdint>
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
  static constexpr std::size_t chunk_bytes = 256;
  using Chunk = std::uint32_t;

  [[nodiscard]] Chunk allocate();
  void release(Chunk chunk);
  [[nodiscard]] std::byte* at(Chunk chunk) const {
    if (chunk < first_chunks) return first_.get() + std::size_t{chunk} * chunk_bytes;
    const std::size_t number = chunk - first_chunks;
    return slabs_[number / chunks_per_slab].get() + (number % chunks_per_slab) * chunk_bytes;
  }
  /// Bytes of all chunks that were ever in use at one time.
  [[nodiscard]] std::size_t bytes() const { return next_ * chunk_bytes; }

 private:
  /// A small run has enough of these, and need not take and clear a whole slab.
  static constexpr std::size_t first_chunks = 256;
  static constexpr std::size_t chunks_per_slab = std::size_t{1} << 17U;
  static constexpr std::size_t slab_limit = (std::size_t{1} << 15U) - 1;
  void add_slab(std::size_t number);

  struct Free {
    void operator()(std::byte* memory) const;
  };

  std::mutex mutex_;
  std::unique_ptr<std::byte[], Free> first_;
  /// Sized once, before there is a chunk in it: other threads read it while one adds a slab.
  std::vector<std::unique_ptr<std::byte[], Free>> slabs_;
  std::vector<Chunk> free_;
  std::size_t next_ = 0;
};

/// Movers of a cell with one key, in no order that means anything.
struct Block {
  BlockKey key = 0;
  std::uint64_t size = 0;
  std::vector<ChunkArena::Chunk> chunks;
};

/// The records of all movers, by cell and block. Different cells may be changed by different threads at once.
class Movers {
 public:
  Movers() = default;
  Movers(const RecordLayout& layout, std::size_t cells);

  [[nodiscard]] std::span<const Block> blocks(std::size_t cell) const { return cells_[cell].blocks; }
  void append(std::size_t cell, BlockKey key, RecordWord word);
  [[nodiscard]] RecordWord read(const Block& block, std::uint64_t i) const;
  /// Two steps ahead of a `read`, so that it need not wait for memory: `ask_where` asks for the number of the
  /// chunk, and a while later `ask` looks the number up and asks for the record.
  void ask_where(const Block& block, std::uint64_t i) const {
    prefetch(block.chunks.data() + (i >> chunk_shift_));
  }
  void ask(const Block& block, std::uint64_t i) const { prefetch(address(block, i)); }
  /// Takes a record out; the last of its block takes its place.
  void remove(std::size_t cell, std::size_t block, std::uint64_t i);

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
    return arena_->at(block.chunks[i >> chunk_shift_]) + (i & (per_chunk_ - 1)) * bytes_;
  }
  [[nodiscard]] Block& block_for(Cell& cell, BlockKey key) const;

  std::size_t bytes_ = 4;
  /// Records in a chunk: a power of two.
  std::uint64_t per_chunk_ = 1;
  unsigned chunk_shift_ = 0;
  std::size_t key_count_ = 1;
  std::vector<Cell> cells_;
  std::unique_ptr<ChunkArena> arena_;
};

}  // namespace sojourn
