#include "sim/model/movers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace movers_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

/// Layouts of 4, 8 and 16 bytes.
RecordLayout layout_of(std::size_t bytes) {
  const std::size_t regions = bytes == 4 ? 4 : (bytes == 8 ? 3000 : 200000);
  Scenario scenario = small_scenario(regions, "2020-01-01", "1 day", {}, 101);
  add_stream(scenario, "return", 0.1, BirthRegion{});
  if (bytes > 4) {
    add_stream(scenario, "back", 0.1, PreviousRegion{});
    scenario.output.relocations_every = 12;
  }
  RecordLayout layout(scenario);
  REQUIRE(layout.bytes() == bytes);
  return layout;
}

/// A number that fills a record of so many bytes.
RecordWord word_of(std::size_t bytes, std::mt19937_64& random) {
  RecordWord word = random();
  word = (word << 64U) | random();
  if (bytes < 16) word &= (RecordWord{1} << (8 * bytes)) - 1;
  return word;
}

/// Of layouts that expect no movers.
constexpr std::size_t chunk_bytes = 256;

/// The plainest model of the same: a list for each cell and key.
class Reference {
 public:
  std::vector<RecordWord>& at(std::size_t cell, BlockKey key) { return lists_[{cell, key}]; }

  void check(const Movers& movers, std::size_t cells) {
    std::size_t blocks = 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      std::uint64_t count = 0;
      for (const Block& block : movers.blocks(cell)) {
        const auto& list = at(cell, block.key);
        REQUIRE(block.size == list.size());
        for (std::uint64_t i = 0; i < block.size; ++i) REQUIRE(movers.read(block, i) == list[i]);
        count += block.size;
        ++blocks;
      }
      REQUIRE(movers.count(cell) == count);
    }
    REQUIRE(std::count_if(lists_.begin(), lists_.end(), [](const auto& entry) {
              return !entry.second.empty();
            }) <= static_cast<std::ptrdiff_t>(blocks));
  }

 private:
  std::map<std::pair<std::size_t, BlockKey>, std::vector<RecordWord>> lists_;
};

/// Random appending and removing, in waves so that blocks grow over several chunks and empty again.
void compare(std::size_t bytes) {
  constexpr std::size_t cells = 3;
  const RecordLayout layout = layout_of(bytes);
  Movers movers(layout, cells);
  Reference reference;
  std::mt19937_64 random(bytes);
  for (int wave = 0; wave < 8; ++wave) {
    for (int i = 0; i < 4000; ++i) {
      const std::size_t cell = random() % cells;
      const auto key = static_cast<BlockKey>(random() % layout.key_count());
      auto& list = reference.at(cell, key);
      const bool grow = random() % 10 < (wave % 2 == 0 ? 7U : 2U);
      if (grow) {
        const RecordWord word = word_of(bytes, random);
        const std::uint32_t number = movers.append(cell, {key, word});
        REQUIRE(movers.blocks(cell)[number].key == key);
        list.push_back(word);
      } else if (!list.empty()) {
        const std::uint64_t place = random() % list.size();
        const auto blocks = movers.blocks(cell);
        const auto block =
            std::find_if(blocks.begin(), blocks.end(), [&](const Block& b) { return b.key == key; });
        movers.remove(cell, static_cast<std::size_t>(block - blocks.begin()), place);
        list[place] = list.back();
        list.pop_back();
      }
    }
    reference.check(movers, cells);
  }
}

}  // namespace

TEST_CASE("movers are what a plain list would be, in records of every size") {
  compare(4);
  compare(8);
  compare(16);
}

TEST_CASE("a block about the boundary of a chunk") {
  const RecordLayout layout = layout_of(8);
  const std::uint64_t per_chunk = chunk_bytes / 8;
  Movers movers(layout, 1);
  for (std::uint64_t i = 0; i < 2 * per_chunk; ++i) (void)movers.append(0, {1, i});
  const Block& block = movers.blocks(0)[0];
  CHECK(block.chunks.size() == 2);
  for (int round = 0; round < 5; ++round) {
    (void)movers.append(0, {1, 1000});
    CHECK(block.chunks.size() == 3);
    movers.remove(0, 0, 0);  // 1000 takes the first place; the spare chunk stays
    CHECK(block.chunks.size() == 3);
    CHECK(movers.read(block, 0) == 1000);
  }
  CHECK(movers.read(block, 2 * per_chunk - 1) == 2 * per_chunk - 1);
  while (block.size > 0) movers.remove(0, 0, block.size - 1);
  CHECK(block.chunks.size() == 1);
  CHECK(movers.count(0) == 0);
  (void)movers.append(0, {1, 77});
  CHECK(movers.read(block, 0) == 77);
}

TEST_CASE("chunks that were given back are used again") {
  const RecordLayout layout = layout_of(4);
  Movers movers(layout, 2);
  for (RecordWord i = 0; i < 100000; ++i) (void)movers.append(0, {0, i});
  const std::size_t before = movers.bytes();
  while (movers.count(0) > 0) movers.remove(0, 0, movers.blocks(0)[0].size - 1);
  for (RecordWord i = 0; i < 100000; ++i) (void)movers.append(1, {0, i});
  CHECK(movers.bytes() < 1.1 * static_cast<double>(before));
}

TEST_CASE("at most a tenth of the memory of large blocks is unused") {
  for (const std::size_t bytes : {4U, 8U, 16U}) {
    const RecordLayout layout = layout_of(bytes);
    Movers movers(layout, 4);
    std::mt19937_64 random(7);
    for (std::uint64_t i = 0; i < 400000; ++i)
      (void)movers.append(random() % 4, {static_cast<BlockKey>(random() % 2), i});
    const auto used = static_cast<double>(400000 * bytes);
    CAPTURE(bytes);
    CHECK(static_cast<double>(movers.bytes()) < 1.1 * used + 8 * 2 * chunk_bytes);
    // And after half of them have gone in no order.
    for (std::size_t cell = 0; cell < 4; ++cell) {
      for (std::size_t b = 0; b < movers.blocks(cell).size(); ++b) {
        const Block& block = movers.blocks(cell)[b];
        while (block.size > 25000) movers.remove(cell, b, random() % block.size);
        CHECK(block.chunks.size() * chunk_bytes <= block.size * bytes + 3 * chunk_bytes);
      }
    }
  }
}

TEST_CASE("no movers") {
  const Movers movers(layout_of(4), 2);
  CHECK(movers.blocks(1).empty());
  CHECK(movers.count(0) == 0);
  CHECK(Movers().bytes() == 0);
}

}  // namespace movers_test
