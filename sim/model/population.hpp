#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/model/cohorts.hpp"
#include "sim/model/diaspora.hpp"
#include "sim/model/movers.hpp"
#include "sim/model/record.hpp"
#include "sim/model/waiting.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Agents who come to live in a cell, alike in all but the time of their arrival. They wait in no queue.
struct Newcomers {
  Region residence;
  Group group;
  /// Without a time of arrival.
  History history{};
  std::int64_t agents = 1;
};

/// Where an agent was put in its cell: into a block of records, or among those who are counted.
struct PlaceInCell {
  std::size_t cell = 0;
  Cohort cohort;
  std::optional<std::uint32_t> block{};
};

/// All agents: those that nothing tells apart as counts by cell and cohort, movers with a history as records.
/// Regions may be changed by different threads at once.
class Population {
 public:
  /// Empty.
  explicit Population(const Scenario& scenario);

  [[nodiscard]] const RecordLayout& layout() const { return layout_; }
  [[nodiscard]] Cohorts cohorts() const { return cohorts_; }
  [[nodiscard]] std::size_t regions() const { return regions_; }
  [[nodiscard]] std::size_t groups() const { return groups_; }
  [[nodiscard]] std::size_t cell(Region region, Group group) const {
    return region.index() * groups_ + group.index();
  }

  /// Agents that are counts: stayers, and movers too where the scenario asks for no history.
  [[nodiscard]] std::int64_t counted(std::size_t cell, Cohort cohort) const {
    return counted_[cell * cohorts_.count() + cohort.index()];
  }
  /// The same of all cohorts of a cell.
  [[nodiscard]] std::span<const std::int64_t> counted(std::size_t cell) const {
    return std::span(counted_).subspan(cell * cohorts_.count(), cohorts_.count());
  }
  void add_counted(std::size_t cell, Cohort cohort, std::int64_t agents) {
    counted_[cell * cohorts_.count() + cohort.index()] += agents;
  }
  /// When those of the counted agents who wait joined their queues; changed by the caller along with the
  /// counts.
  [[nodiscard]] Waiting& waiting() { return waiting_; }
  [[nodiscard]] const Waiting& waiting() const { return waiting_; }
  [[nodiscard]] Movers& movers() { return movers_; }
  [[nodiscard]] const Movers& movers() const { return movers_; }

  /// All agents of a cell and cohort, counted or with a record. [cell][cohort], kept up by `note`.
  [[nodiscard]] std::span<const std::int64_t> residents() const { return residents_; }
  [[nodiscard]] const DiasporaStock& diaspora() const { return diaspora_; }

  /// Notes that agents came to (or, if negative, left) a cell.
  void note(Region residence, Group group, Cohort cohort, Region birth, std::int64_t agents) {
    residents_[cell(residence, group) * cohorts_.count() + cohort.index()] += agents;
    if (layout_.needs().birth) diaspora_.add(residence, birth, agents);
  }

  /// Lets agents live where they come to, as records of their history if the scenario asks for any, else as
  /// counts, and notes them. `each_arrival(take)` must call take(arrival) for each of them, with what
  /// `RecordLayout::arrival` says of when it came; it is not called for counts. Returns where the last of
  /// them was put.
  template <class EachArrival>
  PlaceInCell settle_all(const Newcomers& newcomers, const EachArrival& each_arrival) {
    const History& history = newcomers.history;
    PlaceInCell place{cell(newcomers.residence, newcomers.group), history.cohort};
    note(newcomers.residence, newcomers.group, history.cohort, history.birth, newcomers.agents);
    if (!has_records_) {
      add_counted(place.cell, history.cohort, newcomers.agents);
      return place;
    }
    const KeyedRecord record = layout_.without_arrival(history, newcomers.residence);
    each_arrival(
        [&](const KeyedRecord& arrival) { place.block = movers_.append(place.cell, record.with(arrival)); });
    return place;
  }
  /// The same for one agent.
  PlaceInCell settle(const Newcomers& newcomer, const KeyedRecord& arrival) {
    return settle_all(newcomer, [&](const auto& take) { take(arrival); });
  }

  /// Agents of a cell, and of a region, by `residents` and by counting records and counts: equal unless the
  /// program is wrong.
  [[nodiscard]] std::int64_t noted(std::size_t cell) const;
  [[nodiscard]] std::int64_t recounted(std::size_t cell) const;
  [[nodiscard]] std::int64_t noted(Region region) const;
  [[nodiscard]] std::int64_t recounted(Region region) const;

  /// Whether those of a cell who wait and are counted have as many tickets.
  [[nodiscard]] bool tickets_fit(std::size_t cell) const;

  /// Bytes of all of it.
  [[nodiscard]] std::size_t bytes() const;

 private:
  std::size_t regions_;
  std::size_t groups_;
  std::size_t unqueued_;
  Cohorts cohorts_;
  RecordLayout layout_;
  bool has_records_;
  std::vector<std::int64_t> counted_;
  Waiting waiting_;
  Movers movers_;
  std::vector<std::int64_t> residents_;
  DiasporaStock diaspora_;
};

/// The population of the start: persons become whole agents (rounded at random, means and the totals of rows
/// kept), and movers get their times of arrival.
[[nodiscard]] Population start_population(const Scenario& scenario, RunKey key, Workers& workers);

}  // namespace sojourn
