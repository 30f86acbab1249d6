#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/base/ids.hpp"
#include "sim/model/arrival.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What a mover remembers, as far as the scenario asks; the rest is 0. Its residence and group are its
/// cell's.
struct History {
  Cohort cohort;
  Region birth;
  Region previous;
  ArrivalCode arrival = 0;
  /// Residence at the last census (start of the running interval of relocations).
  Region census;
};

/// What of the movers' histories a scenario asks for, and why.
struct HistoryNeeds {
  bool birth = false;
  bool previous = false;
  bool arrival = false;
  bool census = false;
  /// Hazards depend on: whether a mover lives in its region of birth; its duration of stay; its age.
  bool hazard_by_home = false;
  bool hazard_by_stay = false;
  bool hazard_by_age = false;

  /// Whether movers need records; otherwise they are counts, like stayers.
  [[nodiscard]] bool records() const { return birth || previous || arrival || census; }
};

[[nodiscard]] HistoryNeeds history_needs(const Scenario& scenario);

/// Movers of a cell that share a key have nearly the same hazard and form a block.
using BlockKey = std::uint32_t;
/// A packed record; 4, 8 or 16 bytes of it are stored.
__extension__ using RecordWord = unsigned __int128;

/// How a history is split between the key of its block and its record, and packed into as few bits as its
/// values need.
class RecordLayout {
 public:
  /// Years of birth in one block, where hazards depend on age: bounds stay tight and blocks do not get too
  /// many.
  static constexpr std::uint32_t band_width = 5;
  /// Movers that a block should hold for bands by age to be worth their cost.
  static constexpr double movers_per_block = 1000;

  RecordLayout() = default;
  explicit RecordLayout(const Scenario& scenario);

  [[nodiscard]] const HistoryNeeds& needs() const { return needs_; }
  [[nodiscard]] const ArrivalClock& clock() const { return clock_; }
  /// Bytes of a stored record: 4, 8 or 16.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t key_count() const { return std::size_t{2} * years_ * bands_; }
  [[nodiscard]] std::size_t band_count() const { return bands_; }
  [[nodiscard]] std::size_t year_count() const { return years_; }

  [[nodiscard]] BlockKey key(const History& history, Region residence) const;
  [[nodiscard]] RecordWord pack(const History& history) const;
  [[nodiscard]] History unpack(RecordWord word, BlockKey key) const;

  /// Parts of a key: at home or not; the band of cohorts (0 if blocks are not cut by age); the year of
  /// arrival (0 if they do not depend on stay).
  [[nodiscard]] static bool at_home(BlockKey key) { return (key & 1U) != 0; }
  [[nodiscard]] std::uint32_t band(BlockKey key) const { return (key >> 1U) % bands_; }
  [[nodiscard]] std::uint32_t year(BlockKey key) const { return (key >> 1U) / bands_; }

 private:
  struct Slot {
    unsigned shift = 0;
    unsigned bits = 0;
  };
  static void put(RecordWord& word, Slot slot, std::uint64_t value) {
    word |= static_cast<RecordWord>(value) << slot.shift;
  }
  static std::uint32_t get(RecordWord word, Slot slot) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(word >> slot.shift) &
                                      ((std::uint64_t{1} << slot.bits) - 1));
  }

  HistoryNeeds needs_;
  ArrivalClock clock_;
  std::uint32_t bands_ = 1;
  std::uint32_t years_ = 1;
  std::size_t bytes_ = 4;
  Slot cohort_, birth_, previous_, arrival_, census_;
};

}  // namespace sojourn
