#include "sim/engine/events.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
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

/// Room that is made for moves beforehand: most parts expect fewer.
constexpr double most_reserved = 1e4;

/// Makes room for what a stretch of very many agents will add: a list that grew as it went would hold up to
/// three times of it. `expected`: the mean of a Poisson number, or a bound on it.
template <class Thing>
void make_room(std::vector<Thing>& list, double expected) {
  constexpr double deviations = 6;
  if (expected <= most_reserved / 2) return;
  list.reserve(list.size() + static_cast<std::size_t>(expected + deviations * std::sqrt(expected)));
}

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

/// Those who leave, in the order in which they were drawn, and where each goes.
struct Drawn {
  std::vector<Move> moves;
  std::vector<Region> destinations;
  /// By move; empty unless asked for.
  std::vector<Luggage> luggage;
};

/// Empties a list, and gives its memory back if it has far more than is expected now: the parts of a region
/// become fewer or more in the course of a run, and sooner or later every outbox would be as large as the
/// largest.
template <class Thing>
void empty(std::vector<Thing>& list, double expected) {
  constexpr double few = 1e4;
  list.clear();
  if (static_cast<double>(list.capacity()) > few + 2 * expected) list.shrink_to_fit();
}

}  // namespace

struct DrawingRooms::Room {
  /// First those who were counted, then those with a record.
  Drawn drawn;
  std::vector<Candidate> candidates;
};

DrawingRooms::DrawingRooms() = default;
DrawingRooms::~DrawingRooms() = default;

std::unique_ptr<DrawingRooms::Room> DrawingRooms::take() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return std::make_unique<Room>();
  std::unique_ptr<Room> room = std::move(free_.back());
  free_.pop_back();
  return room;
}

void DrawingRooms::give_back(std::unique_ptr<Room> room) {
  room->drawn.moves.clear();
  room->drawn.destinations.clear();
  room->drawn.luggage.clear();
  room->candidates.clear();
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(room));
}

namespace {

/// Sorts by destination, keeping the order within each.
void sort_by_destination(const Drawn& drawn, std::size_t regions, Outbox& outbox) {
  const std::size_t count = drawn.moves.size();
  outbox.moves.resize(count);
  outbox.luggage.resize(drawn.luggage.size());
  const auto put = [&](std::size_t place, std::size_t from) {
    outbox.moves[place] = drawn.moves[from];
    if (!drawn.luggage.empty()) outbox.luggage[place] = drawn.luggage[from];
  };
  const auto add = [&](std::size_t i, Region destination, std::size_t from) {
    put(i, from);
    if (outbox.bundles.empty() || outbox.bundles.back().destination != destination) {
      outbox.bundles.push_back({destination, i, i});
    }
    outbox.bundles.back().last = i + 1;
  };
  if (count < regions / 8) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return drawn.destinations[a] < drawn.destinations[b];
    });
    for (std::size_t i = 0; i < count; ++i) add(i, drawn.destinations[order[i]], order[i]);
    return;
  }
  std::vector<std::uint32_t> place(regions + 1);
  for (const Region destination : drawn.destinations) ++place[destination.index() + 1];
  for (std::size_t d = 0; d < regions; ++d) {
    if (place[d + 1] > 0) outbox.bundles.push_back({Region{d}, place[d], place[d] + place[d + 1]});
    place[d + 1] += place[d];
  }
  for (std::size_t i = 0; i < count; ++i) {
    put(place[drawn.destinations[i].index()]++, i);
  }
}

/// The work of one part in one step.
class PartEvents {
 public:
  PartEvents(const StepContext& context, const Part& part, Population& population, Outbox& outbox,
             DrawingRooms& rooms)
      : context_(context),
        part_(part),
        population_(population),
        outbox_(outbox),
        rooms_(rooms),
        random_(context.key, {Process::event_line, context.step.value, part.region.value, part.number}),
        order_(context.scenario),
        choosing_(context.key, {Process::destinations, context.step.value, part.region.value, part.number}),
        line_(random_) {}

  void draw() {
    const LinePlace end{population_.groups(), 0};
    const bool whole_region = part_.from == LinePlace{0, 0} && part_.to == end;
    // Mostly so in a step of few events: then not even memory is needed.
    if (whole_region && line_.skip(context_.sums.region(part_.region) * context_.years)) return;
    room_ = rooms_.take();
    rates_.resize(context_.hazards.events());
    scratch_.resize(context_.choices.size());
    const auto room = static_cast<std::size_t>(std::min(part_.expected_events, most_reserved)) + 16;
    drawn().moves.reserve(room);
    drawn().destinations.reserve(room);
    pass_part();
    take_movers();
    choose_destinations();
    sort_by_destination(drawn(), population_.regions(), outbox_);
    rooms_.give_back(std::move(room_));
  }

 private:
  [[nodiscard]] Drawn& drawn() const { return room_->drawn; }
  [[nodiscard]] std::vector<Candidate>& candidates() const { return room_->candidates; }
  [[nodiscard]] std::size_t cell(Group group) const { return population_.cell(part_.region, group); }

  // The walk along the line: a cell or segment without a point is passed as a whole.

  void pass_part() {
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
      const std::size_t drawn = candidates().size();
      pass_blocks(group, segment - context_.sums.cohort_segments());
      if (candidates().size() > drawn) outbox_.touched.push_back({cell(group), segment});
    }
  }

  /// Grows whenever something happens to agents without a record.
  [[nodiscard]] std::size_t counted_entries() const {
    return drawn().moves.size() + outbox_.gone.size() + outbox_.changed.size();
  }

  void make_room_for_moves(double expected) {
    make_room(drawn().moves, expected);
    make_room(drawn().destinations, expected);
    if (has_luggage()) make_room(drawn().luggage, expected);
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
    make_room_for_moves(std::min(
        sum, static_cast<double>(std::accumulate(
                 agents.begin(), agents.begin() + static_cast<std::ptrdiff_t>(count), std::int64_t{0}))));
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
    std::array<double, LineSums::blocks_per_segment> bounds{};
    double points = 0;
    for (std::size_t i = 0; i < count; ++i) {
      bounds[i] = context_.hazards.bound(cell(group), blocks[first + i].key) * context_.years;
      if (bounds[i] <= dense_length) points += static_cast<double>(blocks[first + i].size) * bounds[i];
    }
    make_room(candidates(), points);
    for (std::size_t i = 0; i < count; ++i) {
      const Block& block = blocks[first + i];
      if (line_.skip(static_cast<double>(block.size) * bounds[i])) continue;
      pass_block(group, block, static_cast<std::uint32_t>(first + i), bounds[i]);
    }
  }

  /// Finds the candidates of a block; they are tried later, when their memory has come.
  void pass_block(Group group, const Block& block, std::uint32_t number, double length) {
    if (length > dense_length) {
      candidates().push_back({&block, Candidate::whole_block, 0, number, group});
      return;
    }
    const double bound = length / context_.years;
    line_.points(block.size, length, [&](std::uint64_t index) {
      candidates().push_back({&block, index, random_.uniform() * bound, number, group});
    });
  }

  // Those who have an event.

  /// The event whose stretch of the sum of rates holds `mark`; nothing beyond the sum.
  [[nodiscard]] std::optional<EventId> event_at(double mark) const {
    for (std::size_t e = 0; e < rates_.size(); ++e) {
      if (mark < rates_[e]) return EventId{e};
      mark -= rates_[e];
    }
    return std::nullopt;
  }

  /// The same where there is an event for certain: rounding must not lose it, nor give it to one without
  /// rate.
  [[nodiscard]] EventId kind_of_event(double sum) {
    if (const auto event = event_at(random_.uniform() * sum)) return *event;
    std::size_t last = rates_.size() - 1;
    while (last > 0 && rates_[last] == 0) --last;
    return EventId{last};
  }

  void take_counted(Group group, Cohort cohort, std::int64_t events, double sum) {
    population_.add_counted(cell(group), cohort, -events);
    population_.note(part_.region, group, cohort, part_.region, -events);
    if (rates_.size() > order_.moves()) {
      for (std::size_t e = rates_.size(); e-- > order_.moves() && events > 0;) {
        events -= take_aside(EventId{e}, group, cohort, events);
      }
      if (events == 0) return;
      sum = std::accumulate(rates_.begin(), rates_.end(), 0.0);
    }
    // Who moves leaves all queues.
    if (waits(group)) (void)population_.waiting().draw_out(cell(group), cohort, events, random_);
    // Mostly there is one stream, and nothing to draw.
    const auto found = std::find(rates_.begin(), rates_.end(), sum);
    const bool one_stream = found != rates_.end();
    const EventId only{static_cast<std::size_t>(found - rates_.begin())};
    const Region census =
        cohort.index() < context_.first_born_since_census ? part_.region : population_.layout().nowhere();
    for (std::int64_t i = 0; i < events; ++i) {
      Move& move = drawn().moves.emplace_back();
      move.birth = part_.region;
      move.census = census;
      move.leaves_as = group;
      move.cohort = cohort;
      move.stream = EventOrder::stream(one_stream ? only : kind_of_event(sum));
    }
    drawn().destinations.resize(drawn().moves.size());
    if (has_luggage()) drawn().luggage.resize(drawn().moves.size(), {part_.region, part_.region});
  }

  /// How many of so many events are of one kind that is no move, all kinds after it having been taken aside;
  /// its rate is 0 afterwards.
  std::int64_t take_aside(EventId event, Group group, Cohort cohort, std::int64_t events) {
    const double rate = std::exchange(rates_[event.index()], 0.0);
    if (rate == 0) return 0;
    const auto first = rates_.begin();
    const double others = std::accumulate(first, first + static_cast<std::ptrdiff_t>(event.index()), 0.0);
    const std::int64_t taken = others > 0 ? draw_binomial(events, rate / (others + rate), random_) : events;
    if (taken == 0) return 0;
    std::vector<Waiters> tickets{{Ticket{}, taken}};
    if (waits(group)) tickets = population_.waiting().draw_out(cell(group), cohort, taken, random_);
    if (!order_.is_change(event)) {
      outbox_.gone.push_back({event, group, cohort, taken});
      return taken;
    }
    for (const Waiters& waiters : tickets) {
      outbox_.changed.push_back({order_.change(event), group, cohort, waiters.agents, waiters.ticket});
    }
    return taken;
  }

  [[nodiscard]] bool waits(Group group) const { return context_.scenario.groups.waits(group); }

  /// From the last candidate to the first: then the record that fills a hole was tried already or is no
  /// candidate. Of several points of an agent the last that is kept decides, which is as good as the first:
  /// marks do not depend on places.
  void take_movers() {
    const Candidate* taken = nullptr;
    const std::size_t count = candidates().size();
    make_room_for_moves(static_cast<double>(count));
    if (context_.usual.asked_for()) make_room(outbox_.taken_back, static_cast<double>(count));
    for (std::size_t i = count; i-- > count - std::min(count, ask_where_ahead);) ask_where(candidates()[i]);
    for (std::size_t i = count; i-- > count - std::min(count, ask_ahead);) ask(candidates()[i]);
    for (std::size_t i = count; i-- > 0;) {
      if (i >= ask_where_ahead) ask_where(candidates()[i - ask_where_ahead]);
      if (i >= ask_ahead) ask(candidates()[i - ask_ahead]);
      const Candidate& candidate = candidates()[i];
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
    const auto event = event_at(candidate.mark);
    if (event) take_mover(candidate, candidate.index, word, *event);
    return event.has_value();
  }

  void try_whole_block(const Candidate& candidate) {
    for (std::uint64_t i = candidate.block->size; i-- > 0;) {
      const RecordWord word = population_.movers().read(*candidate.block, i);
      const double sum = context_.hazards.mover(cell(candidate.group), candidate.block->key, word, rates_);
      if (random_.uniform() >= -math::expm1(-sum * context_.years)) continue;
      take_mover(candidate, i, word, kind_of_event(sum));
    }
  }

  void take_mover(const Candidate& candidate, std::uint64_t index, RecordWord word, EventId event) {
    const RecordLayout& layout = population_.layout();
    const BlockKey key = candidate.block->key;
    population_.movers().remove(cell(candidate.group), candidate.block_number, index);
    if (order_.is_change(event)) {
      outbox_.changed_with_record.push_back(
          {{key, word}, order_.change(event), candidate.group, layout.cohort(word, key), layout.birth(word)});
      return;
    }
    if (order_.is_exit(event)) {
      RecordedExit& gone = outbox_.gone_with_record.emplace_back();
      gone.event = event;
      describe(gone, candidate.group, word, key);
      if (context_.usual.asked_for()) (void)usual_residence(word, key);
      return;
    }
    Move& move = drawn().moves.emplace_back();
    move.stream = EventOrder::stream(event);
    move.had_record = true;
    describe(move, candidate.group, word, key);
    const Region usual = context_.usual.asked_for() ? usual_residence(word, key) : Region{};
    if (has_luggage()) drawn().luggage.push_back({usual, layout.citizenship(word)});
    const bool to_previous = std::holds_alternative<PreviousRegion>(choice_set(move.stream));
    drawn().destinations.push_back(to_previous ? layout.previous(word) : move.birth);
  }

  /// What a `Move` or a `RecordedExit` says of who goes.
  template <class Leaver>
  void describe(Leaver& leaver, Group group, RecordWord word, BlockKey key) const {
    const RecordLayout& layout = population_.layout();
    leaver.birth = layout.birth(word);
    // Who came before the census lived here at the census, whatever an older record says.
    leaver.moved_since_census = layout.needs().census && layout.arrival_code(word, key) >=
                                                             static_cast<ArrivalCode>(context_.census.value);
    leaver.census = leaver.moved_since_census ? layout.census(word) : part_.region;
    leaver.leaves_as = group;
    leaver.cohort = layout.cohort(word, key);
  }

  /// The last usual residence of a mover that leaves; if this is not it, its arrival here is taken back.
  [[nodiscard]] Region usual_residence(RecordWord word, BlockKey key) {
    const RecordLayout& layout = population_.layout();
    const ArrivalCode arrival = layout.arrival_code(word, key);
    if (context_.usual.is_settled(arrival, context_.step.index())) return part_.region;
    const Region usual = layout.usual(word);
    outbox_.taken_back.push_back({usual, static_cast<std::size_t>(arrival)});
    return usual;
  }

  [[nodiscard]] bool has_luggage() const {
    return context_.usual.asked_for() || population_.layout().needs().citizenship;
  }

  // Where they go.

  /// Those whose stream leads to their region of birth, or to the one lived in before, know it already. Some
  /// are drawn together, so that none need wait for the memory of its table alone.
  void choose_destinations() {
    constexpr std::size_t together = 16;
    std::array<std::uint64_t, together> bits{};
    for (std::size_t first = 0; first < drawn().moves.size(); first += together) {
      const std::size_t last = std::min(first + together, drawn().moves.size());
      for (std::size_t i = first; i < last; ++i) {
        const Move& move = drawn().moves[i];
        const Choice& choice = context_.choices[move.stream.index()];
        if (choice.is_single() || choice.depends_on_ties()) continue;
        bits[i - first] = choosing_.bits();
        choice.ask(part_.region, move.leaves_as, bits[i - first]);
      }
      for (std::size_t i = first; i < last; ++i) {
        const Move& move = drawn().moves[i];
        const Choice& choice = context_.choices[move.stream.index()];
        if (choice.is_single()) continue;
        if (choice.depends_on_ties()) {
          const Region citizenship = has_luggage() ? drawn().luggage[i].citizenship : move.birth;
          drawn().destinations[i] = choice.draw(part_.region, {move.birth, citizenship}, move.leaves_as,
                                                scratch_[move.stream.index()], choosing_);
        } else {
          drawn().destinations[i] = choice.at(part_.region, move.leaves_as, bits[i - first]);
        }
      }
    }
  }

  [[nodiscard]] const ChoiceSet& choice_set(StreamId stream) const {
    return context_.scenario.streams[stream.index()].destination.choice_set;
  }

  const StepContext& context_;
  const Part& part_;
  Population& population_;
  Outbox& outbox_;
  DrawingRooms& rooms_;
  RandomNumbers random_;
  EventOrder order_;
  RandomNumbers choosing_;
  EventLine line_;
  std::vector<double> rates_;
  std::unique_ptr<DrawingRooms::Room> room_;
  std::vector<Choice::Scratch> scratch_;
};

}  // namespace

void draw_events(const StepContext& context, const std::vector<Part>& parts, Population& population,
                 std::vector<Outbox>& outboxes, DrawingRooms& rooms, Workers& workers, bool in_parallel) {
  outboxes.resize(parts.size());
  workers.for_each(
      parts.size(),
      [&](std::size_t i) {
        Outbox& outbox = outboxes[i];
        outbox.origin = parts[i].region;
        const double expected = parts[i].expected_events;
        empty(outbox.moves, expected);
        outbox.bundles.clear();
        outbox.gone_with_record.clear();
        outbox.gone.clear();
        outbox.changed_with_record.clear();
        outbox.changed.clear();
        empty(outbox.luggage, expected);
        empty(outbox.taken_back, expected);
        outbox.touched.clear();
        PartEvents(context, parts[i], population, outbox, rooms).draw();
      },
      in_parallel);
}

}  // namespace sojourn
