#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/model/arrival.hpp"
#include "sim/model/ticket.hpp"
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
  /// Where it last lived for twelve months; `RecordLayout::nowhere` if nowhere yet.
  Region usual;
  /// The region of birth, until it is naturalised elsewhere.
  Region citizenship{};
  Ticket ticket{};
};

/// What of the movers' histories a scenario asks for, and why.
struct HistoryNeeds {
  bool birth = false;
  bool previous = false;
  bool arrival = false;
  bool census = false;
  bool usual = false;
  bool citizenship = false;
  /// How many queues there are.
  std::size_t queues = 0;
  /// Hazards depend on: whether a mover lives in its region of birth; whether it is a citizen of where it
  /// lives; its duration of stay; its age.
  bool hazard_by_home = false;
  bool hazard_by_citizenship = false;
  bool hazard_by_stay = false;
  bool hazard_by_age = false;
  /// Whether some hazard rises steeply with age, as that of death does.
  bool steep_by_age = false;

  /// Whether movers need records; otherwise they are counts, like stayers, whose tickets `Waiting` holds.
  [[nodiscard]] bool records() const {
    return birth || previous || arrival || census || usual || citizenship;
  }
};

[[nodiscard]] HistoryNeeds history_needs(const Scenario& scenario);

/// The keys of `output` that are asked for and without which movers would be counted: with them there are
/// records, among which the random numbers of a run fall to others than among counts. None where the model
/// itself looks at histories.
[[nodiscard]] std::vector<std::string> outputs_that_need_records(const Scenario& scenario);

/// Movers of a cell that share a key have nearly the same hazard and form a block.
using BlockKey = std::uint32_t;
/// A packed record; 4, 8 or 16 bytes of it are stored.
__extension__ using RecordWord = unsigned __int128;

/// A record and the key of the block that it belongs to.
struct KeyedRecord {
  BlockKey key = 0;
  RecordWord word = 0;

  /// The record with what `RecordLayout::arrival` says of a time of arrival.
  [[nodiscard]] KeyedRecord with(const KeyedRecord& arrival) const {
    return {key + arrival.key, word | arrival.word};
  }
};

/// How a history is split between the key of its block and its record, and packed into as few bits as its
/// values need.
class RecordLayout {
 public:
  /// Widths of bands of age that blocks may be cut into, in years of birth, and the movers that a block
  /// without bands should hold for bands of that width to be worth their cost.
  struct Bands {
    std::uint32_t width = 1;
    double movers_per_block = 0;
  };
  static constexpr Bands narrow{5, 1e5};
  /// Where people die by age, one bound for all ages would be that of the oldest, and hundreds of candidates
  /// would be looked at for each death.
  static constexpr Bands medium{10, 1e3};
  static constexpr Bands wide{20, 0};

  RecordLayout() = default;
  explicit RecordLayout(const Scenario& scenario);

  [[nodiscard]] const HistoryNeeds& needs() const { return needs_; }
  [[nodiscard]] const ArrivalClock& clock() const { return clock_; }
  /// Bytes of a stored record: 4, 8 or 16.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t key_count() const { return (std::size_t{1} << home_bits_) * years_ * bands_; }
  [[nodiscard]] std::size_t band_count() const { return bands_; }
  [[nodiscard]] std::size_t band_of(Cohort cohort) const {
    return bands_ > 1 ? cohort.index() / band_width_ : 0;
  }
  /// What a record says of a residence at the last census when there was none (born or entered since), and of
  /// a birth or a residence before outside all regions.
  [[nodiscard]] Region nowhere() const { return nowhere_; }
  /// Whether anybody may be born outside.
  [[nodiscard]] bool outside_births() const { return outside_births_; }
  /// Movers of a block to expect on average.
  [[nodiscard]] double block_size() const { return block_size_; }

  /// The record of a history but for its ticket, and for its time of arrival, which `arrival` gives.
  [[nodiscard]] KeyedRecord without_arrival(const History& history, Region residence) const {
    const std::uint32_t in_band = bands_ > 1 ? history.cohort.value / band_width_ : 0U;
    const bool home = needs_.hazard_by_home && history.birth == residence;
    // Numbers of 64 bits are quicker, and most often enough.
    const bool citizen = home_bits_ > 1 && history.citizenship == residence;
    return {(in_band << home_bits_) | (citizen ? 2U : 0U) | (home ? 1U : 0U),
            bytes_ <= 8 ? pack<std::uint64_t>(history) : pack<RecordWord>(history)};
  }
  [[nodiscard]] KeyedRecord arrival(ArrivalCode code) const;
  [[nodiscard]] KeyedRecord record(const History& history, Region residence) const {
    KeyedRecord record = without_arrival(history, residence).with(arrival(history.arrival));
    record.word = with_ticket(record.word, history.ticket);
    return record;
  }
  [[nodiscard]] History unpack(RecordWord word, BlockKey key) const;

  /// Parts of a record that hazards depend on.
  [[nodiscard]] Cohort cohort(RecordWord word, BlockKey key) const {
    const std::uint32_t within = get(word, cohort_);
    return Cohort{bands_ > 1 ? band(key) * band_width_ + within : within};
  }
  [[nodiscard]] Region birth(RecordWord word) const { return Region{get(word, birth_)}; }
  [[nodiscard]] Region previous(RecordWord word) const { return Region{get(word, previous_)}; }
  [[nodiscard]] Region census(RecordWord word) const { return Region{get(word, census_)}; }
  [[nodiscard]] Region usual(RecordWord word) const { return Region{get(word, usual_)}; }
  [[nodiscard]] Region citizenship(RecordWord word) const { return Region{get(word, citizenship_)}; }
  /// The record of one who has become a citizen of its residence.
  [[nodiscard]] KeyedRecord naturalised(KeyedRecord record, Region residence) const {
    const RecordWord others = record.word & ~place<RecordWord>(citizenship_, citizenship_.mask);
    return {record.key | (home_bits_ > 1 ? 2U : 0U),
            others | place<RecordWord>(citizenship_, residence.value)};
  }
  [[nodiscard]] Ticket ticket(RecordWord word) const;
  [[nodiscard]] RecordWord with_ticket(RecordWord word, Ticket ticket) const;
  /// For layouts that need it.
  [[nodiscard]] ArrivalCode arrival_code(RecordWord word, BlockKey key) const {
    if (needs_.hazard_by_stay) return clock_.code(arrival_place(word, key));
    return static_cast<ArrivalCode>(get(word, arrival_)) - 1;
  }
  /// Where blocks are cut by year of arrival.
  [[nodiscard]] ArrivalClock::Place arrival_place(RecordWord word, BlockKey key) const {
    return {year(key), get(word, arrival_)};
  }

  /// Parts of a key: at home or not; a citizen of the residence or not (not, if that matters to nothing); the
  /// band of cohorts (0 if blocks are not cut by age); the year of arrival (0 if they do not depend on stay).
  [[nodiscard]] static bool at_home(BlockKey key) { return (key & 1U) != 0; }
  [[nodiscard]] bool citizen(BlockKey key) const { return home_bits_ > 1 && (key & 2U) != 0; }
  [[nodiscard]] std::uint32_t band(BlockKey key) const { return (key >> home_bits_) % bands_; }
  [[nodiscard]] std::uint32_t year(BlockKey key) const { return (key >> home_bits_) / bands_; }

 private:
  struct Slot {
    unsigned shift = 0;
    std::uint32_t mask = 0;
  };
  /// The fields of a history but for the time of arrival. What is not needed has no bits, and is 0.
  template <class Word>
  [[nodiscard]] Word pack(const History& history) const {
    const std::uint32_t cohort = history.cohort.value;
    return place<Word>(cohort_, bands_ > 1 ? cohort % band_width_ : cohort) |
           place<Word>(birth_, history.birth.value) | place<Word>(previous_, history.previous.value) |
           place<Word>(census_, history.census.value) | place<Word>(usual_, history.usual.value) |
           place<Word>(citizenship_, history.citizenship.value);
  }
  template <class Word>
  [[nodiscard]] static Word place(Slot slot, std::uint32_t value) {
    return static_cast<Word>(value & slot.mask) << slot.shift;
  }
  [[nodiscard]] static std::uint32_t get(RecordWord word, Slot slot) {
    return static_cast<std::uint32_t>(word >> slot.shift) & slot.mask;
  }

  HistoryNeeds needs_;
  ArrivalClock clock_;
  std::uint32_t bands_ = 1;
  std::uint32_t band_width_ = 1;
  Region nowhere_;
  bool outside_births_ = false;
  std::uint32_t years_ = 1;
  unsigned home_bits_ = 1;
  std::size_t bytes_ = 4;
  double block_size_ = 0;
  Slot cohort_, birth_, previous_, arrival_, census_, usual_, citizenship_;
  std::array<Slot, most_queues> entries_;
};

}  // namespace sojourn
