#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// How the doors of one stream, inflow or outflow stand for a share of a step's days.
struct DoorState {
  /// Above 0; those of all states of a step sum to 1.
  double share = 1;
  /// What closes and opens, of which the last that stands in somebody's way counts.
  std::vector<const Door*> doors{};

  [[nodiscard]] bool is_closed(Region origin, Region destination, Group group) const;
  [[nodiscard]] bool is_closed_by_destination() const;
};

/// What is closed and open in one step, under one variant. Policies close and open for whole days, and a step
/// has as many states as there are different ones among its days. What the variant's policies do comes after
/// what the scenario says, in the order of the variant's list and then of the policy's.
class Doors {
 public:
  /// Both must outlive the doors.
  Doors(const Scenario& scenario, const Variant& variant);

  /// Moves on to the step that lasts from `from` to `to`.
  void update(Date from, Date to);

  /// Opens all until the next step.
  void open_all();

  /// The states of a stream, in the order of their first days; never none.
  [[nodiscard]] const std::vector<DoorState>& of(StreamId stream) const {
    return ways_[stream.index()].states;
  }
  /// The number of a stream; nothing of one that is not the scenario's own.
  [[nodiscard]] std::optional<StreamId> find(const Stream& stream) const;
  /// By group: which groups all doors ever treat alike, as numbers from 0 on. Empty if all.
  [[nodiscard]] std::vector<std::uint32_t> classes_of_groups(StreamId stream) const;

  /// The share of the step's days on which those of a group may go from a region to another.
  [[nodiscard]] double open_share(StreamId stream, Region origin, Region destination, Group group) const;
  /// The same where it is the same for all destinations.
  [[nodiscard]] bool is_by_destination(StreamId stream) const;
  [[nodiscard]] double open_share(OutflowId outflow, Region origin, Group group) const;
  [[nodiscard]] double open_share_of_inflow(std::size_t inflow, Region destination) const;

  /// Count up when the states have changed.
  [[nodiscard]] std::uint64_t version(StreamId stream) const { return ways_[stream.index()].version; }
  [[nodiscard]] std::uint64_t version(OutflowId outflow) const { return way(outflow).version; }

 private:
  struct Timed {
    const Door* door = nullptr;
    /// Without bounds: throughout.
    std::optional<Date> from{};
    std::optional<Date> until{};
  };
  struct Way {
    std::vector<Timed> doors{};
    std::vector<DoorState> states{DoorState{}};
    std::uint64_t version = 0;
    /// While no door of it closes or opens, the state is what it is: known from a date to a date.
    std::optional<std::pair<Date, Date>> known{};
  };

  void add(const Timed& timed);
  [[nodiscard]] const Way& way(OutflowId outflow) const { return ways_[first_outflow_ + outflow.index()]; }
  [[nodiscard]] static std::vector<DoorState> states(const Way& way, Date from, Date to);
  [[nodiscard]] static std::optional<std::pair<Date, Date>> same_between(const Way& way, Date from, Date to);

  const Scenario* scenario_;
  std::size_t first_inflow_;
  std::size_t first_outflow_;
  /// Of streams, then inflows, then outflows.
  std::vector<Way> ways_;
};

}  // namespace sojourn
