#include "sim/engine/event_walk.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace sojourn {

namespace {

/// Beyond this length of a mover's interval, points are so dense that every mover of the block is tried
/// instead, off the line.
constexpr double dense_length = 2 * EventLine::certain_look;

/// A walk along the line of one part.
class LineWalk {
 public:
  LineWalk(const PartWork& work, EventLine& line, EventTaking& taking)
      : context_(work.context),
        part_(work.part),
        population_(work.population),
        outbox_(work.outbox),
        drawn_(work.room.drawn),
        candidates_(work.room.candidates),
        rates_(work.room.rates),
        random_(work.random),
        with_luggage_(work.has_luggage()),
        line_(line),
        taking_(taking) {}

  void pass() {
    const std::size_t groups = population_.groups();
    for (std::size_t g = part_.from.group; g < groups && g <= part_.to.group; ++g) {
      const std::size_t segments = context_.sums.segment_count(cell(Group{g}));
      const std::size_t first = g == part_.from.group ? part_.from.segment : 0;
      const std::size_t last = g == part_.to.group ? part_.to.segment : segments;
      const bool whole_cell = first == 0 && last == segments;
      if (whole_cell && line_.skip(context_.sums.cell(cell(Group{g})) * context_.years)) continue;
      for (std::size_t i = first; i < last; ++i) pass_segment(Group{g}, i);
    }
  }

 private:
  [[nodiscard]] std::size_t cell(Group group) const { return population_.cell(part_.region, group); }

  void pass_segment(Group group, std::size_t segment) {
    const double bound = context_.sums.segment(cell(group), segment) * context_.years;
    if (line_.skip(bound)) return;
    if (segment < context_.sums.cohort_segments()) {
      const std::size_t drawn = counted_entries();
      const double length = pass_cohorts(group, segment);
      // Only if the look at the agents was owed to a point need the line be as long as its bound.
      if (bound < EventLine::certain_look) line_.nobody(bound - length);
      if (counted_entries() > drawn) outbox_.touched.push_back({cell(group), segment});
    } else {
      const std::size_t drawn = candidates_.size();
      pass_blocks(group, segment - context_.sums.cohort_segments());
      if (candidates_.size() > drawn) outbox_.touched.push_back({cell(group), segment});
    }
  }

  /// Grows whenever something happens to agents without a record.
  [[nodiscard]] std::size_t counted_entries() const {
    return drawn_.moves.size() + outbox_.gone.size() + outbox_.changed.size();
  }

  /// Returns the length of all cohorts.
  double pass_cohorts(Group group, std::size_t segment) {
    const std::size_t first = segment * LineSums::cohorts_per_segment;
    const std::size_t count = std::min(population_.cohorts().count() - first, LineSums::cohorts_per_segment);
    std::array<double, LineSums::cohorts_per_segment> lengths{};
    context_.hazards.stayers(cell(group), Cohort{first}, std::span(lengths).first(count));
    const std::span<const std::int64_t> agents = population_.counted(cell(group)).subspan(first);
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      lengths[i] *= static_cast<double>(agents[i]) * context_.years;
      sum += lengths[i];
    }
    drawn_.make_room_for(
        std::min(sum,
                 static_cast<double>(std::accumulate(
                     agents.begin(), agents.begin() + static_cast<std::ptrdiff_t>(count), std::int64_t{0}))),
        with_luggage_);
    for (std::size_t i = 0; i < count; ++i) {
      if (!line_.skip(lengths[i])) pass_cohort(group, Cohort{first + i});
    }
    return sum;
  }

  void pass_cohort(Group group, Cohort cohort) {
    const double sum = context_.hazards.stayer(cell(group), cohort, rates_);
    const std::int64_t events = line_.count(population_.counted(cell(group), cohort), sum * context_.years);
    if (events > 0) taking_.take_counted(group, cohort, events, sum);
  }

  void pass_blocks(Group group, std::size_t segment) {
    const std::span<const Block> blocks = population_.movers().blocks(cell(group));
    const std::size_t first = segment * LineSums::blocks_per_segment;
    const std::size_t count = std::min(blocks.size() - first, LineSums::blocks_per_segment);
    std::array<double, LineSums::blocks_per_segment> bounds{};
    double points = 0;
    for (std::size_t i = 0; i < count; ++i) {
      bounds[i] = context_.hazards.bound(cell(group), blocks[first + i].key) * context_.years;
      if (bounds[i] <= dense_length) points += static_cast<double>(blocks[first + i].size) * bounds[i];
    }
    make_room(candidates_, points);
    for (std::size_t i = 0; i < count; ++i) {
      const Block& block = blocks[first + i];
      if (line_.skip(static_cast<double>(block.size) * bounds[i])) continue;
      pass_block(group, block, static_cast<std::uint32_t>(first + i), bounds[i]);
    }
  }

  /// Finds the candidates of a block; they are tried later, when their memory has come.
  void pass_block(Group group, const Block& block, std::uint32_t number, double length) {
    if (length > dense_length) {
      candidates_.push_back({&block, Candidate::whole_block, 0, number, group});
      return;
    }
    const double bound = length / context_.years;
    line_.points(block.size, length, [&](std::uint64_t index) {
      candidates_.push_back({&block, index, random_.uniform() * bound, number, group});
    });
  }

  const StepContext& context_;
  const Part& part_;
  const Population& population_;
  Outbox& outbox_;
  Drawn& drawn_;
  std::vector<Candidate>& candidates_;
  std::span<double> rates_;
  RandomNumbers& random_;
  bool with_luggage_;
  EventLine& line_;
  EventTaking& taking_;
};

}  // namespace

void walk_line(const PartWork& work, EventLine& line, EventTaking& taking) {
  LineWalk(work, line, taking).pass();
}

}  // namespace sojourn
