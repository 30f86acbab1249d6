#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/engine/move.hpp"
#include "sim/model/age_groups.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Moves counted since the last time they were taken, by origin, destination, stream, and what else the
/// scenario asks for: the age group and attributes with which a mover leaves. Dense where that is small, else
/// lists of corridors. Rows of different destinations may be added to by
/// different threads.
class FlowTally {
 public:
  /// A cell of the flow table that is not 0.
  struct Row {
    Region origin;
    Region destination;
    StreamId stream;
    /// Age group and attributes in one number; see `detail_count`.
    std::uint32_t detail = 0;
    std::int64_t count = 0;
  };

  explicit FlowTally(const Scenario& scenario);

  /// Combinations of age group (slowest, if asked for) and attributes in the order of the request.
  [[nodiscard]] std::size_t detail_count() const { return details_; }
  /// Whether `dense` (true) or `take_rows` gives the flows.
  [[nodiscard]] bool is_dense() const { return is_dense_; }

  /// Sets the ages at which movers of a step leave: `elapsed` years after the start.
  void set_time(double elapsed);
  /// Whether moves are recorded by ages of which a bound cuts the cohort.
  [[nodiscard]] bool cuts(Cohort cohort) const { return ages_.cuts(cohort); }
  /// `older`: whether the mover is older than the bound that cuts its cohort.
  void add(Region origin, Region destination, const Move& move, bool older = false) {
    const std::size_t place = key(origin, move) + (older ? per_age_ : 0);
    if (is_dense_) {
      ++dense_[destination.index() * regions_ * streams_ * details_ + place];
    } else {
      listed_[destination.index()].add(place);
    }
  }

  /// Dense flows: [destination][origin][stream][detail].
  [[nodiscard]] const std::vector<std::int64_t>& dense() const { return dense_; }
  /// All flows that are not 0, sorted by origin, destination, stream, detail; and empties the tally.
  [[nodiscard]] std::vector<Row> take_rows();
  void clear();
  [[nodiscard]] std::size_t bytes() const;

 private:
  /// Moves to one destination: their keys, which are counted whenever there are as many of them as were
  /// counted so far, so that there is never room for more than about the corridors in use.
  class List {
   public:
    struct Counted {
      std::uint64_t key = 0;
      std::int64_t moves = 0;
    };
    void add(std::uint64_t key) {
      keys_.push_back(key);
      if (keys_.size() >= few && keys_.size() >= counted_.size()) count();
    }
    void count();
    void clear() {
      keys_.clear();
      counted_.clear();
    }
    /// What was counted, by key.
    [[nodiscard]] const std::vector<Counted>& counted() const { return counted_; }
    [[nodiscard]] std::size_t bytes() const {
      return keys_.capacity() * sizeof(keys_[0]) + counted_.capacity() * sizeof(Counted);
    }

   private:
    static constexpr std::size_t few = 1024;
    std::vector<std::uint64_t> keys_;
    std::vector<Counted> counted_;
  };

  /// Calls use(row) for all flows that are not 0, by destination, each sorted by origin, stream and detail.
  template <class Use>
  void for_each_row(const Use& use) const;
  [[nodiscard]] std::size_t key(Region origin, const Move& move) const {
    const std::size_t detail =
        detail_of_cohort_[move.cohort.index()] + detail_of_group_[move.leaves_as.index()];
    return (origin.index() * streams_ + move.stream.index()) * details_ + detail;
  }

  std::size_t regions_;
  std::size_t streams_;
  std::size_t details_ = 1;
  bool is_dense_ = true;
  AgeGroups ages_;
  /// Details of an age group.
  std::size_t per_age_ = 1;
  /// Detail of a mover: that of its cohort's age group plus that of its group.
  std::vector<std::uint32_t> detail_of_cohort_;
  std::vector<std::uint32_t> detail_of_group_;
  std::vector<std::int64_t> dense_;
  /// By destination.
  std::vector<List> listed_;
};

/// Combinations of the values of attributes, the last fastest; and the combination that a group has.
[[nodiscard]] std::size_t combination_count(const Groups& groups, const std::vector<AttributeId>& attributes);
[[nodiscard]] std::size_t combination(const Groups& groups, const std::vector<AttributeId>& attributes,
                                      Group group);

}  // namespace sojourn
