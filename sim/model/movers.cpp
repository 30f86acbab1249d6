#include "sim/model/movers.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <new>

namespace sojourn {

namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21U;
/// A small run has enough of the first slab, and need not take and clear whole huge pages.
constexpr std::size_t first_slab_bytes = std::size_t{1} << 16U;
constexpr std::size_t slab_bytes = std::size_t{1} << 25U;

}  // namespace

/// Large chunks are found faster, but a block leaves half a chunk unused on average: so that this is about a
/// thirtieth of its records.
std::size_t chunk_bytes_of(const RecordLayout& layout) {
  constexpr double chunks_of_block = 16;
  constexpr double least = 256;
  constexpr double most = 4096;
  const double bytes = layout.block_size() * static_cast<double>(layout.bytes()) / chunks_of_block;
  return std::bit_floor(static_cast<std::size_t>(std::clamp(bytes, least, most)));
}

void ChunkArena::Free::operator()(std::byte* memory) const { std::free(memory); }

std::byte* ChunkArena::allocate() {
  const std::lock_guard lock(mutex_);
  if (!free_.empty()) {
    std::byte* const chunk = free_.back();
    free_.pop_back();
    return chunk;
  }
  if (left_ == 0) add_slab(slabs_.empty() ? first_slab_bytes : slab_bytes);
  std::byte* const chunk = next_;
  next_ += chunk_bytes_;
  left_ -= chunk_bytes_;
  ++chunks_;
  return chunk;
}

void ChunkArena::add_slab(std::size_t bytes) {
  void* memory = bytes < huge_page ? std::malloc(bytes) : std::aligned_alloc(huge_page, bytes);
  if (memory == nullptr) throw std::bad_alloc();
  next_ = static_cast<std::byte*>(memory);
  left_ = bytes;
  slabs_.emplace_back(next_);
  // Only a hint: without huge pages a run is slower and otherwise the same.
  if (bytes >= huge_page) (void)madvise(memory, bytes, MADV_HUGEPAGE);
}

void ChunkArena::release(std::byte* chunk) {
  const std::lock_guard lock(mutex_);
  free_.push_back(chunk);
}

Movers::Movers(const RecordLayout& layout, std::size_t cells)
    : record_shift_(static_cast<unsigned>(std::bit_width(layout.bytes()) - 1)),
      key_count_(layout.key_count()),
      cells_(cells),
      arena_(std::make_unique<ChunkArena>(chunk_bytes_of(layout))) {
  const std::size_t records = arena_->chunk_bytes() >> record_shift_;
  chunk_shift_ = static_cast<unsigned>(std::bit_width(records) - 1);
  chunk_mask_ = records - 1;
}

std::uint32_t Movers::add_block(Cell& cell, BlockKey key) const {
  if (cell.block_of_key.empty()) cell.block_of_key.resize(key_count_);
  cell.blocks.push_back({key, 0, {}});
  cell.block_of_key[key] = static_cast<std::uint32_t>(cell.blocks.size());
  return cell.block_of_key[key] - 1;
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
    for (const Block& block : cell.blocks) sum += block.chunks.capacity() * sizeof(std::byte*);
  }
  return sum;
}

}  // namespace sojourn
