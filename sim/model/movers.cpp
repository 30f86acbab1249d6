#include "sim/model/movers.hpp"

#include <sys/mman.h>

#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>

#include "sim/base/error.hpp"

namespace sojourn {

namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21U;

/// Copies 4, 8 or 16 bytes: each by instructions of its own, where a length that only the run knows would be
/// a call.
void copy_record(void* to, const void* from, std::size_t bytes) {
  if (bytes == 4) {
    std::memcpy(to, from, 4);
  } else if (bytes == 8) {
    std::memcpy(to, from, 8);
  } else {
    std::memcpy(to, from, 16);
  }
}

}  // namespace

void ChunkArena::Free::operator()(std::byte* memory) const { std::free(memory); }

ChunkArena::Chunk ChunkArena::allocate() {
  const std::lock_guard lock(mutex_);
  if (!free_.empty()) {
    const Chunk chunk = free_.back();
    free_.pop_back();
    return chunk;
  }
  if (next_ == 0) {
    first_.reset(static_cast<std::byte*>(std::malloc(first_chunks * chunk_bytes)));
    if (first_ == nullptr) throw std::bad_alloc();
  } else if (next_ >= first_chunks && (next_ - first_chunks) % chunks_per_slab == 0) {
    add_slab((next_ - first_chunks) / chunks_per_slab);
  }
  return static_cast<Chunk>(next_++);
}

void ChunkArena::add_slab(std::size_t number) {
  if (number == slab_limit) throw RunError("more movers than the program can hold");
  if (slabs_.empty()) slabs_.resize(slab_limit);
  constexpr std::size_t slab_bytes = chunks_per_slab * chunk_bytes;
  void* memory = std::aligned_alloc(huge_page, slab_bytes);
  if (memory == nullptr) throw std::bad_alloc();
  // Only a hint: without huge pages a run is slower and otherwise the same.
  (void)madvise(memory, slab_bytes, MADV_HUGEPAGE);
  slabs_[number].reset(static_cast<std::byte*>(memory));
}

void ChunkArena::release(Chunk chunk) {
  const std::lock_guard lock(mutex_);
  free_.push_back(chunk);
}

Movers::Movers(const RecordLayout& layout, std::size_t cells)
    : bytes_(layout.bytes()),
      per_chunk_(ChunkArena::chunk_bytes / layout.bytes()),
      chunk_shift_(static_cast<unsigned>(std::bit_width(per_chunk_) - 1)),
      key_count_(layout.key_count()),
      cells_(cells),
      arena_(std::make_unique<ChunkArena>()) {}

Block& Movers::block_for(Cell& cell, BlockKey key) const {
  if (cell.block_of_key.empty()) cell.block_of_key.resize(key_count_);
  std::uint32_t& number = cell.block_of_key[key];
  if (number == 0) {
    cell.blocks.push_back({key, 0, {}});
    number = static_cast<std::uint32_t>(cell.blocks.size());
  }
  return cell.blocks[number - 1];
}

void Movers::append(std::size_t cell, BlockKey key, RecordWord word) {
  Block& block = block_for(cells_[cell], key);
  if (block.size == block.chunks.size() * per_chunk_) block.chunks.push_back(arena_->allocate());
  ++block.size;
  copy_record(address(block, block.size - 1), &word, bytes_);
}

RecordWord Movers::read(const Block& block, std::uint64_t i) const {
  RecordWord word = 0;
  copy_record(&word, address(block, i), bytes_);
  return word;
}

void Movers::remove(std::size_t cell, std::size_t block_number, std::uint64_t i) {
  Block& block = cells_[cell].blocks[block_number];
  std::byte* const hole = address(block, i);
  const std::byte* const last = address(block, block.size - 1);
  if (hole != last) copy_record(hole, last, bytes_);
  --block.size;
  // One spare chunk stays, so that a block about a boundary does not take and give one again and again.
  const std::uint64_t needed = (block.size + per_chunk_ - 1) / per_chunk_ + 1;
  if (block.chunks.size() > needed) {
    arena_->release(block.chunks.back());
    block.chunks.pop_back();
  }
}

std::uint64_t Movers::count(std::size_t cell) const {
  std::uint64_t sum = 0;
  for (const Block& block : cells_[cell].blocks) sum += block.size;
  return sum;
}

std::size_t Movers::bytes() const {
  std::size_t sum = arena_ ? arena_->bytes() : 0;
  for (const Cell& cell : cells_) {
    sum += cell.block_of_key.capacity() * sizeof(std::uint32_t) + cell.blocks.capacity() * sizeof(Block);
    for (const Block& block : cell.blocks) sum += block.chunks.capacity() * sizeof(ChunkArena::Chunk);
  }
  return sum;
}

}  // namespace sojourn
