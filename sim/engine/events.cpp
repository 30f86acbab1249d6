#include "sim/engine/events.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <variant>

#include "sim/base/math.hpp"
#include "sim/engine/event_line.hpp"

namespace sojourn {

namespace {

/// Beyond this length of a mover's interval, points are so dense that every mover of the block is tried
/// instead, off the line.
constexpr double dense_length = 2 * EventLine::certain_look;
/// Candidates whose memory is asked for ahead of use: first where it is, then itself.
constexpr std::size_t ask_where_ahead = 32;
constexpr std::size_t ask_ahead = 16;

/// A point on the line within a mover's interval; `whole_block` where the line was too dense for points.
struct Candidate {
  static constexpr std::uint64_t whole_block = std::numeric_limits<std::uint64_t>::max();
  const Block* block = nullptr;
  std::uint64_t index = 0;
  /// Uniform over (0, bound): decides whether the point is kept, and which stream it is (Lewis and Shedler
  /// 1979).
  double mark = 0;
  std::uint32_t block_number = 0;
  Group group;
};

/// The work of one part in one step.
class PartEvents {
 public:
  PartEvents(const StepContext& context, const Part& part, Population& population, Outbox& outbox)
      : context_(context),
        part_(part),
        population_(population),
        outbox_(outbox),
        random_(context.key, {Process::event_line, context.step.value, part.region.value, part.number}),
        choosing_(context.key, {Process::destinations, context.step.value, part.region.value, part.number}),
        line_(random_),
        rates_(context.hazards.streams()),
        scratch_(context.choices.size()) {}

  void draw() {
    pass_part();
    outbox_.counted = outbox_.drawn.size();
    take_movers();
  }

 private:
  [[nodiscard]] std::size_t cell(Group group) const { return population_.cell(part_.region, group); }

  // The walk along the line: a region, cell or segment without a point is passed as a whole.

  void pass_part() {
    const std::size_t groups = population_.groups();
    const bool whole_region = part_.from == LinePlace{0, 0} && part_.to == LinePlace{groups, 0};
    if (whole_region && line_.skip(context_.sums.region(part_.region) * context_.years)) return;
    for (std::size_t g = part_.from.group; g < groups && g <= part_.to.group; ++g) {
      const std::size_t segments = context_.sums.segment_count(cell(Group{g}));
      const std::size_t first = g == part_.from.group ? part_.from.segment : 0;
      const std::size_t last = g == part_.to.group ? part_.to.segment : segments;
      const bool whole_cell = first == 0 && last == segments;
      if (whole_cell && line_.skip(context_.sums.cell(cell(Group{g})) * context_.years)) continue;
      for (std::size_t i = first; i < last; ++i) pass_segment(Group{g}, i);
    }
  }

  void pass_segment(Group group, std::size_t segment) {
    const double bound = context_.sums.segment(cell(group), segment) * context_.years;
    if (line_.skip(bound)) return;
    if (segment < context_.sums.cohort_segments()) {
      const std::size_t drawn = outbox_.drawn.size();
      const double length = pass_cohorts(group, segment);
      // Only if the look at the agents was owed to a point need the line be as long as its bound.
      if (bound < EventLine::certain_look) line_.nobody(bound - length);
      if (outbox_.drawn.size() > drawn) outbox_.touched.push_back({cell(group), segment});
    } else {
      const std::size_t drawn = candidates_.size();
      pass_blocks(group, segment - context_.sums.cohort_segments());
      if (candidates_.size() > drawn) outbox_.touched.push_back({cell(group), segment});
    }
  }

  /// Returns the length of all cohorts.
  double pass_cohorts(Group group, std::size_t segment) {
    const std::size_t first = segment * LineSums::cohorts_per_segment;
    const std::size_t count = std::min(population_.cohorts().count() - first, LineSums::cohorts_per_segment);
    std::array<double, LineSums::cohorts_per_segment> lengths;
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const Cohort cohort{first + i};
      lengths[i] = static_cast<double>(population_.counted(cell(group), cohort)) *
                   context_.hazards.stayer(cell(group), cohort) * context_.years;
      sum += lengths[i];
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (!line_.skip(lengths[i])) pass_cohort(group, Cohort{first + i});
    }
    return sum;
  }

  void pass_cohort(Group group, Cohort cohort) {
    const double sum = context_.hazards.stayer(cell(group), cohort, rates_);
    const std::int64_t events = line_.count(population_.counted(cell(group), cohort), sum * context_.years);
    if (events > 0) take_counted(group, cohort, events, sum);
  }

  void pass_blocks(Group group, std::size_t segment) {
    const std::span<const Block> blocks = population_.movers().blocks(cell(group));
    const std::size_t first = segment * LineSums::blocks_per_segment;
    const std::size_t count = std::min(blocks.size() - first, LineSums::blocks_per_segment);
    std::array<double, LineSums::blocks_per_segment> bounds;
    for (std::size_t i = 0; i < count; ++i) {
      bounds[i] = context_.hazards.bound(cell(group), blocks[first + i].key) * context_.years;
    }
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

  // Those who have an event.

  /// The stream whose stretch of the sum of rates holds `mark`; nothing beyond the sum.
  [[nodiscard]] std::optional<StreamId> stream_at(double mark) const {
    for (std::size_t s = 0; s < rates_.size(); ++s) {
      if (mark < rates_[s]) return StreamId{s};
      mark -= rates_[s];
    }
    return std::nullopt;
  }

  /// The same where there is an event for certain: rounding must not lose it, nor give it to a stream without
  /// rate.
  [[nodiscard]] StreamId stream_of_event(double sum) {
    if (const auto stream = stream_at(random_.uniform() * sum)) return *stream;
    std::size_t last = rates_.size() - 1;
    while (last > 0 && rates_[last] == 0) --last;
    return StreamId{last};
  }

  void take_counted(Group group, Cohort cohort, std::int64_t events, double sum) {
    population_.add_counted(cell(group), cohort, -events);
    population_.note(part_.region, group, cohort, part_.region, -events);
    Move move;
    move.birth = part_.region;
    move.census = part_.region;
    move.leaves_as = group;
    move.cohort = cohort;
    // Mostly there is one stream, and nothing to draw.
    const auto only = std::find(rates_.begin(), rates_.end(), sum);
    move.stream = StreamId{static_cast<std::size_t>(only - rates_.begin())};
    const std::size_t first = outbox_.drawn.size();
    outbox_.drawn.resize(first + static_cast<std::size_t>(events), move);
    for (Move& drawn : std::span(outbox_.drawn).subspan(first)) {
      if (only == rates_.end()) drawn.stream = stream_of_event(sum);
      drawn.destination = choose(drawn.stream, drawn.birth, drawn.leaves_as);
    }
  }

  /// From the last candidate to the first: then the record that fills a hole was tried already or is no
  /// candidate. Of several points of an agent the last that is kept decides, which is as good as the first:
  /// marks do not depend on places.
  void take_movers() {
    const Candidate* taken = nullptr;
    for (std::size_t i = candidates_.size(); i-- > 0;) {
      if (i >= ask_where_ahead) ask_where(candidates_[i - ask_where_ahead]);
      if (i >= ask_ahead) ask(candidates_[i - ask_ahead]);
      const Candidate& candidate = candidates_[i];
      if (candidate.index == Candidate::whole_block) {
        try_whole_block(candidate);
        continue;
      }
      const bool again =
          taken != nullptr && taken->block == candidate.block && taken->index == candidate.index;
      if (!again && try_candidate(candidate)) taken = &candidate;
    }
  }

  void ask_where(const Candidate& candidate) const {
    if (candidate.index != Candidate::whole_block)
      population_.movers().ask_where(*candidate.block, candidate.index);
  }
  void ask(const Candidate& candidate) const {
    if (candidate.index != Candidate::whole_block)
      population_.movers().ask(*candidate.block, candidate.index);
  }

  bool try_candidate(const Candidate& candidate) {
    const RecordWord word = population_.movers().read(*candidate.block, candidate.index);
    (void)context_.hazards.mover(cell(candidate.group), candidate.block->key, word, rates_);
    const auto stream = stream_at(candidate.mark);
    if (stream) take_mover(candidate, candidate.index, word, *stream);
    return stream.has_value();
  }

  void try_whole_block(const Candidate& candidate) {
    for (std::uint64_t i = candidate.block->size; i-- > 0;) {
      const RecordWord word = population_.movers().read(*candidate.block, i);
      const double sum = context_.hazards.mover(cell(candidate.group), candidate.block->key, word, rates_);
      if (random_.uniform() >= -math::expm1(-sum * context_.years)) continue;
      take_mover(candidate, i, word, stream_of_event(sum));
    }
  }

  void take_mover(const Candidate& candidate, std::uint64_t index, RecordWord word, StreamId stream) {
    const History history = population_.layout().unpack(word, candidate.block->key);
    population_.movers().remove(cell(candidate.group), candidate.block_number, index);
    const bool to_previous = std::holds_alternative<PreviousRegion>(choice_set(stream));
    Move& move = outbox_.drawn.emplace_back();
    move.destination = to_previous ? history.previous : choose(stream, history.birth, candidate.group);
    move.birth = history.birth;
    // Who came before the census lived here at the census, whatever an older record says.
    move.moved_since_census = history.arrival >= static_cast<ArrivalCode>(context_.census.value);
    move.census = move.moved_since_census ? history.census : part_.region;
    move.leaves_as = candidate.group;
    move.cohort = history.cohort;
    move.stream = stream;
  }

  [[nodiscard]] const ChoiceSet& choice_set(StreamId stream) const {
    return context_.scenario.streams[stream.index()].destination.choice_set;
  }

  [[nodiscard]] Region choose(StreamId stream, Region birth, Group group) {
    if (std::holds_alternative<BirthRegion>(choice_set(stream))) return birth;
    const std::size_t s = stream.index();
    return context_.choices[s].draw(part_.region, birth, group, scratch_[s], choosing_);
  }

  const StepContext& context_;
  const Part& part_;
  Population& population_;
  Outbox& outbox_;
  RandomNumbers random_;
  RandomNumbers choosing_;
  EventLine line_;
  std::vector<double> rates_;
  std::vector<Candidate> candidates_;
  std::vector<Choice::Scratch> scratch_;
};

/// Sorts by destination, keeping the order within each.
void sort_by_destination(Outbox& outbox, std::size_t regions) {
  outbox.moves.resize(outbox.drawn.size());
  if (outbox.drawn.size() < regions / 8) {
    outbox.moves = outbox.drawn;
    std::stable_sort(outbox.moves.begin(), outbox.moves.end(),
                     [](const Move& a, const Move& b) { return a.destination < b.destination; });
  } else {
    std::vector<std::uint32_t> place(regions + 1);
    for (const Move& move : outbox.drawn) ++place[move.destination.index() + 1];
    std::partial_sum(place.begin(), place.end(), place.begin());
    for (const Move& move : outbox.drawn) outbox.moves[place[move.destination.index()]++] = move;
  }
  for (std::size_t i = 0; i < outbox.moves.size(); ++i) {
    const Region destination = outbox.moves[i].destination;
    if (outbox.bundles.empty() || outbox.bundles.back().destination != destination) {
      outbox.bundles.push_back({destination, i, i});
    }
    outbox.bundles.back().last = i + 1;
  }
}

}  // namespace

void draw_moves(const StepContext& context, const std::vector<Part>& parts, Population& population,
                std::vector<Outbox>& outboxes, Workers& workers, bool in_parallel) {
  outboxes.resize(parts.size());
  workers.for_each(
      parts.size(),
      [&](std::size_t i) {
        Outbox& outbox = outboxes[i];
        outbox.origin = parts[i].region;
        outbox.drawn.clear();
        outbox.touched.clear();
        outbox.bundles.clear();
        PartEvents(context, parts[i], population, outbox).draw();
        sort_by_destination(outbox, population.regions());
      },
      in_parallel);
}

}  // namespace sojourn
