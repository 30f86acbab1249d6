#include "sim/engine/events.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>
#include <variant>

#include "sim/base/math.hpp"
#include "sim/engine/event_line.hpp"

namespace sojourn {

namespace {

/// Beyond this length of a mover's interval, points are so dense that every mover of the block is tried
/// instead.
constexpr double dense_length = 1;
/// Candidates whose memory is asked for ahead of use: first where it is, then itself.
constexpr std::size_t ask_where_ahead = 32;
constexpr std::size_t ask_ahead = 16;

/// An agent that leaves, before it has chosen a destination.
struct Departure {
  StreamId stream;
  Group group;
  History history;
  bool stayer = false;
};

/// A point on the line within a mover's interval; `whole_block` where the line was too dense for points.
struct Candidate {
  static constexpr std::uint64_t whole_block = std::numeric_limits<std::uint64_t>::max();
  Group group;
  std::uint32_t block = 0;
  std::uint64_t index = 0;
  /// Uniform over (0, bound): decides whether the point is kept, and which stream it is (Lewis and Shedler
  /// 1979).
  double mark = 0;
};

/// The work of one part in one step.
class PartEvents {
 public:
  PartEvents(const StepContext& context, const Part& part, Population& population)
      : context_(context),
        part_(part),
        population_(population),
        random_(context.key, {Process::event_line, context.step.value, part.region.value, part.number}),
        rates_(context.hazards.streams()) {}

  [[nodiscard]] std::vector<Departure> departures() {
    EventLine line(random_);
    for (const Segment& segment : part_.segments) {
      for (std::uint32_t i = segment.first; i < segment.last; ++i) {
        if (segment.kind == Segment::Kind::cohorts) {
          pass_cohort(line, segment.group, Cohort{i});
        } else {
          pass_block(line, segment.group, i);
        }
      }
    }
    take_movers();
    return std::move(departures_);
  }

 private:
  [[nodiscard]] std::size_t cell(Group group) const { return population_.cell(part_.region, group); }

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

  void pass_cohort(EventLine& line, Group group, Cohort cohort) {
    const std::int64_t agents = population_.counted(cell(group), cohort);
    if (agents == 0) return;
    const double sum = context_.hazards.stayer(cell(group), cohort, rates_);
    if (sum == 0) return;
    const std::int64_t events = line.count(agents, sum * context_.years);
    if (events == 0) return;
    population_.add_counted(cell(group), cohort, -events);
    History history;
    history.cohort = cohort;
    history.birth = part_.region;
    history.census = part_.region;
    for (std::int64_t i = 0; i < events; ++i)
      departures_.push_back({stream_of_event(sum), group, history, true});
  }

  /// Finds the candidates of a block; they are tried later, when their memory has come.
  void pass_block(EventLine& line, Group group, std::uint32_t number) {
    const Block& block = population_.movers().blocks(cell(group))[number];
    if (block.size == 0) return;
    const double bound = context_.hazards.bound(cell(group), block.key);
    if (bound == 0) return;
    if (bound * context_.years > dense_length) {
      candidates_.push_back({group, number, Candidate::whole_block, 0});
      return;
    }
    line.points(block.size, bound * context_.years, [&](std::uint64_t index) {
      candidates_.push_back({group, number, index, random_.uniform() * bound});
    });
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
      const bool again = taken != nullptr && taken->group == candidate.group &&
                         taken->block == candidate.block && taken->index == candidate.index;
      if (!again && try_candidate(candidate)) taken = &candidate;
    }
  }

  void ask_where(const Candidate& candidate) const {
    if (candidate.index != Candidate::whole_block)
      population_.movers().ask_where(block_of(candidate), candidate.index);
  }
  void ask(const Candidate& candidate) const {
    if (candidate.index != Candidate::whole_block)
      population_.movers().ask(block_of(candidate), candidate.index);
  }
  [[nodiscard]] const Block& block_of(const Candidate& candidate) const {
    return population_.movers().blocks(cell(candidate.group))[candidate.block];
  }

  bool try_candidate(const Candidate& candidate) {
    const Block& block = block_of(candidate);
    const History history = history_of(block, candidate.index);
    (void)context_.hazards.mover(cell(candidate.group), block.key, history, rates_);
    const auto stream = stream_at(candidate.mark);
    if (stream) take(candidate, candidate.index, history, *stream);
    return stream.has_value();
  }

  void try_whole_block(const Candidate& candidate) {
    const Block& block = block_of(candidate);
    for (std::uint64_t i = block.size; i-- > 0;) {
      const History history = history_of(block, i);
      const double sum = context_.hazards.mover(cell(candidate.group), block.key, history, rates_);
      if (random_.uniform() >= -math::expm1(-sum * context_.years)) continue;
      take(candidate, i, history, stream_of_event(sum));
    }
  }

  [[nodiscard]] History history_of(const Block& block, std::uint64_t index) const {
    return population_.layout().unpack(population_.movers().read(block, index), block.key);
  }

  void take(const Candidate& candidate, std::uint64_t index, const History& history, StreamId stream) {
    population_.movers().remove(cell(candidate.group), candidate.block, index);
    departures_.push_back({stream, candidate.group, history, false});
  }

  const StepContext& context_;
  const Part& part_;
  Population& population_;
  RandomNumbers random_;
  std::vector<double> rates_;
  std::vector<Candidate> candidates_;
  std::vector<Departure> departures_;
};

/// Draws the destinations of a part's departures.
class Chooser {
 public:
  Chooser(const StepContext& context, const Part& part)
      : context_(context),
        part_(part),
        random_(context.key, {Process::destinations, context.step.value, part.region.value, part.number}),
        rows_(context.choices.size()) {}

  [[nodiscard]] Move move(const Departure& departure) {
    const History& history = departure.history;
    const Stream& stream = context_.scenario.streams[departure.stream.index()];
    Move move;
    move.destination = destination(departure, stream);
    move.birth = history.birth;
    move.cohort = history.cohort;
    move.leaves_as = departure.group;
    move.arrives_as = stream.becomes[departure.group.index()];
    move.stream = departure.stream;
    // Who came before the census lived here at the census, whatever an older record says.
    move.moved_since_census =
        !departure.stayer && history.arrival >= static_cast<ArrivalCode>(context_.census.value);
    move.census = move.moved_since_census ? history.census : part_.region;
    return move;
  }

 private:
  [[nodiscard]] Region destination(const Departure& departure, const Stream& stream) {
    const ChoiceSet& set = stream.destination.choice_set;
    if (std::holds_alternative<BirthRegion>(set)) return departure.history.birth;
    if (std::holds_alternative<PreviousRegion>(set)) return departure.history.previous;
    const std::size_t s = departure.stream.index();
    return context_.choices[s].draw(part_.region, departure.history.birth, departure.group, rows_[s],
                                    random_);
  }

  const StepContext& context_;
  const Part& part_;
  RandomNumbers random_;
  std::vector<Choice::BirthRows> rows_;
};

/// Sorts by destination, keeping the order within each.
void sort_by_destination(Outbox& outbox, std::size_t regions) {
  std::vector<std::size_t> place(regions + 1);
  for (const Move& move : outbox.moves) ++place[move.destination.index() + 1];
  std::partial_sum(place.begin(), place.end(), place.begin());
  for (std::size_t d = 0; d < regions; ++d) {
    if (place[d + 1] > place[d]) outbox.bundles.push_back({Region{d}, place[d], place[d + 1]});
  }
  std::vector<Move> sorted(outbox.moves.size());
  for (const Move& move : outbox.moves) sorted[place[move.destination.index()]++] = move;
  outbox.moves = std::move(sorted);
}

}  // namespace

std::vector<Outbox> draw_moves(const StepContext& context, const std::vector<Part>& parts,
                               Population& population, Workers& workers) {
  std::vector<Outbox> outboxes(parts.size());
  workers.for_each(parts.size(), [&](std::size_t i) {
    const std::vector<Departure> departures = PartEvents(context, parts[i], population).departures();
    Outbox& outbox = outboxes[i];
    outbox.origin = parts[i].region;
    outbox.moves.reserve(departures.size());
    Chooser chooser(context, parts[i]);
    for (const Departure& departure : departures) outbox.moves.push_back(chooser.move(departure));
    sort_by_destination(outbox, population.regions());
  });
  return outboxes;
}

}  // namespace sojourn
