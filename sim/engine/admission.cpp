#include "sim/engine/admission.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>

#include "sim/engine/event_following.hpp"
#include "sim/engine/outbox_order.hpp"
#include "sim/model/event_kind.hpp"

namespace sojourn {

namespace {

/// A request in an outbox or, behind all outboxes, one of those who ask to enter.
struct AskingOne {
  std::uint32_t outbox = 0;
  std::uint32_t number = 0;
};

/// By move.
std::vector<Region> destinations_of(const Outbox& outbox) {
  std::vector<Region> destinations(outbox.moves.size());
  for (const Bundle& bundle : outbox.bundles) {
    for (std::size_t i = bundle.first; i < bundle.last; ++i) destinations[i] = bundle.destination;
  }
  return destinations;
}

/// Agents by cell once all that draws on no limit has happened: who asks is still where it was.
class Occupants {
 public:
  Occupants(const StepContext& context, const Population& population)
      : context_(context), groups_(population.groups()) {
    const std::span<const std::int64_t> residents = population.residents();
    const std::size_t cohorts = population.cohorts().count();
    for (std::size_t first = 0; first < residents.size(); first += cohorts) {
      const auto begin = residents.begin() + static_cast<std::ptrdiff_t>(first);
      agents_.push_back(
          std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(cohorts), std::int64_t{0}));
    }
  }

  /// Who has no record was noted as gone when it was drawn, all others are noted as they were.
  void add(const Outbox& outbox) {
    const Region here = outbox.origin;
    std::vector<bool> asks(outbox.requests.empty() ? 0 : outbox.moves.size());
    for (const Request& request : outbox.requests) asks[request.move] = true;
    for (const Bundle& bundle : outbox.bundles) {
      for (std::size_t i = bundle.first; i < bundle.last; ++i) {
        const Move& move = outbox.moves[i];
        const bool stays = !asks.empty() && asks[i];
        if (stays != move.had_record) at(here, move.leaves_as) += stays ? 1 : -1;
        const Stream& stream = context_.scenario.streams[move.stream.index()];
        if (!stays) at(bundle.destination, stream.becomes[move.leaves_as.index()]) += 1;
      }
    }
    for (const RecordedExit& gone : outbox.gone_with_record) at(here, gone.leaves_as) -= 1;
    for (const PassedChanges& passed : outbox.passed) {
      if (!passed.had_record) continue;
      at(here, passed.group) -= passed.agents;
      at(here, after(here, passed.change, passed.group)) += passed.agents;
    }
    for (const ChangedRecord& changed : outbox.changed_with_record) {
      if (changed.has_gone) continue;
      at(here, changed.group) -= 1;
      at(here, after(here, changed.change, changed.group)) += 1;
    }
    for (const CountedChanges& changed : outbox.changed)
      at(here, after(here, changed.change, changed.group)) += changed.agents;
  }

  [[nodiscard]] std::span<const std::int64_t> agents() const { return agents_; }

 private:
  [[nodiscard]] std::int64_t& at(Region region, Group group) {
    return agents_[region.index() * groups_ + group.index()];
  }
  [[nodiscard]] Group after(Region here, ChangeId change, Group before) const {
    return group_after(context_.changes[change.index()], before,
                       {context_.scenario.groups, context_.step, here});
  }

  const StepContext& context_;
  std::size_t groups_;
  std::vector<std::int64_t> agents_;
};

/// Asks for all, in a random order.
class Deciding {
 public:
  Deciding(const StepContext& context, LimitLedger& ledger, std::vector<Outbox>& outboxes,
           std::vector<EntryRequest>& asking)
      : scenario_(context.scenario),
        ledger_(ledger),
        outboxes_(outboxes),
        asking_(asking),
        choices_(context.choices),
        numbers_(context.numbers),
        random_(context.key, {Process::admission, context.step.value, 0, 0}) {
    for (const Outbox& outbox : outboxes)
      destinations_.push_back(outbox.requests.empty() ? std::vector<Region>{} : destinations_of(outbox));
  }

  void decide() {
    std::vector<AskingOne> candidates = all();
    std::vector<bool> enters(asking_.size());
    for (std::size_t left = candidates.size(); left > 0; --left) {
      std::swap(candidates[left - 1], candidates[random_.below(left)]);
      const AskingOne& next = candidates[left - 1];
      if (next.outbox == outboxes_.size()) {
        enters[next.number] = decide(asking_[next.number]);
      } else {
        decide(outboxes_[next.outbox], outboxes_[next.outbox].requests[next.number],
               destinations_[next.outbox]);
      }
    }
    std::vector<EntryRequest> admitted;
    for (std::size_t i = 0; i < asking_.size(); ++i) {
      if (enters[i]) admitted.push_back(asking_[i]);
    }
    asking_ = std::move(admitted);
  }

 private:
  [[nodiscard]] std::vector<AskingOne> all() const {
    std::vector<AskingOne> candidates;
    const auto add = [&](std::size_t outbox, std::size_t count) {
      for (std::size_t i = 0; i < count; ++i)
        candidates.push_back({static_cast<std::uint32_t>(outbox), static_cast<std::uint32_t>(i)});
    };
    for (std::size_t o = 0; o < outboxes_.size(); ++o) add(o, outboxes_[o].requests.size());
    add(outboxes_.size(), asking_.size());
    return candidates;
  }

  bool decide(const EntryRequest& entry) {
    const Inflow& inflow = scenario_.inflows[entry.inflow.index()];
    const Region outside{scenario_.region_count()};
    const bool enters = ledger_.admit({inflow.draws, outside, entry.group, entry.region, entry.group,
                                       inflow.citizenship.value_or(inflow.birth.value_or(outside))});
    if (!enters) ledger_.add_turned_away(entry.inflow, entry.region);
    return enters;
  }

  void decide(const Outbox& outbox, Request& request, const std::vector<Region>& destinations) {
    const Move& move = outbox.moves[request.move];
    const Stream& stream = scenario_.streams[move.stream.index()];
    const Region destination = destinations[request.move];
    const Asker asker{outbox.origin, move.leaves_as, {move.birth, request.citizenship}};
    if (ledger_.admit(case_of(asker, stream, destination))) return;
    ledger_.add_turned_away(move.stream, destination);
    switch (stream.otherwise.kind) {
      case Otherwise::Kind::stay:
        break;
      case Otherwise::Kind::next_choice:
        try_others(asker, move.stream, request);
        break;
      case Otherwise::Kind::stream:
        try_stream(asker, stream.otherwise, request);
        break;
    }
    request.is_turned_away = !request.goes_otherwise;
  }

  /// An agent that asks to move.
  struct Asker {
    Region origin;
    Group group;
    Ties ties;
  };

  static LimitCase case_of(const Asker& asker, const Stream& stream, Region destination) {
    return {
        stream.draws,          asker.origin, asker.group, destination, stream.becomes[asker.group.index()],
        asker.ties.citizenship};
  }

  /// One of the destinations that have room, in proportion to the probabilities of choice: as if it was drawn
  /// again and again, each time without those that turned out to be full.
  void try_others(const Asker& asker, StreamId stream, Request& request) {
    const Stream& of = scenario_.streams[stream.index()];
    std::vector<double> weights = probabilities(asker, stream);
    double sum = 0;
    for (std::size_t d = 0; d < weights.size(); ++d) {
      if (weights[d] > 0 && !ledger_.has_room(case_of(asker, of, Region{d}))) weights[d] = 0;
      sum += weights[d];
    }
    if (sum > 0) go(asker, stream, draw_from(weights, sum), request);
  }

  void try_stream(const Asker& asker, const Otherwise& otherwise, Request& request) {
    const double share = numbers_.parameter(otherwise.share).at(asker.origin, Group{});
    if (random_.uniform() >= share) return;
    const std::vector<double>& weights = probabilities(asker, otherwise.stream);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (sum > 0) go(asker, otherwise.stream, draw_from(weights, sum), request);
  }

  /// Goes there by a stream, if its limits have room.
  void go(const Asker& asker, StreamId stream, Region destination, Request& request) {
    request.goes_otherwise = ledger_.admit(case_of(asker, scenario_.streams[stream.index()], destination));
    if (!request.goes_otherwise) ledger_.add_turned_away(stream, destination);
    request.stream = stream;
    request.destination = destination;
  }

  [[nodiscard]] Region draw_from(const std::vector<double>& weights, double sum) {
    double point = random_.uniform() * sum;
    std::size_t last = 0;
    for (std::size_t d = 0; d < weights.size(); ++d) {
      if (weights[d] <= 0) continue;
      last = d;
      if (point < weights[d]) break;
      point -= weights[d];
    }
    return Region{last};
  }

  /// The choice on one of the step's days, where doors differ between them: the number of their state.
  [[nodiscard]] std::size_t draw_state(const Choice& choice) {
    if (choice.states() == 1) return 0;
    double point = random_.uniform();
    std::size_t state = 0;
    while (state + 1 < choice.states() && point >= choice.state(state).share_of_days())
      point -= choice.state(state++).share_of_days();
    return state;
  }

  /// Of each destination; 0 where there is none. Kept for the step, in which they do not change.
  [[nodiscard]] const std::vector<double>& probabilities(const Asker& asker, StreamId stream) {
    const Choice& of_stream = choices_[stream.index()];
    const Ties ties = of_stream.depends_on_ties() ? asker.ties : Ties{asker.origin, asker.origin};
    const std::size_t state = draw_state(of_stream);
    const auto key = std::tuple(stream, state, asker.origin, asker.group, ties.birth, ties.citizenship);
    auto found = probabilities_.find(key);
    if (found == probabilities_.end()) {
      const Choice& choice = of_stream.state(state);
      const bool has_any = !choice.is_single() && choice.is_open(asker.origin, asker.group);
      std::vector<double> weights(scenario_.region_count());
      if (has_any) weights = choice.probabilities(asker.origin, ties, asker.group);
      found = probabilities_.emplace(key, std::move(weights)).first;
    }
    return found->second;
  }

  const Scenario& scenario_;
  LimitLedger& ledger_;
  std::vector<Outbox>& outboxes_;
  std::vector<EntryRequest>& asking_;
  const std::vector<Choice>& choices_;
  const Numbers& numbers_;
  RandomNumbers random_;
  std::map<std::tuple<StreamId, std::size_t, Region, Group, Region, Region>, std::vector<double>>
      probabilities_;
  /// By outbox and move; empty where nobody asks.
  std::vector<std::vector<Region>> destinations_;
};

/// Takes those who were turned away out of an outbox's moves, and lets others go where they go otherwise: the
/// moves are then those of `drawn`.
std::vector<TurnedAway> take_out(Outbox& outbox, Drawn& drawn) {
  std::vector<TurnedAway> turned_away;
  std::vector<bool> stays(outbox.moves.size());
  std::vector<Region> destinations = destinations_of(outbox);
  for (const Request& request : outbox.requests) {
    if (request.goes_otherwise) {
      destinations[request.move] = request.destination;
      outbox.moves[request.move].stream = request.stream;
    }
    if (!request.is_turned_away) continue;
    stays[request.move] = true;
    turned_away.push_back({outbox.moves[request.move], request});
  }
  for (std::size_t i = 0; i < outbox.moves.size(); ++i) {
    if (stays[i]) continue;
    drawn.moves.push_back(outbox.moves[i]);
    drawn.destinations.push_back(destinations[i]);
    if (!outbox.luggage.empty()) drawn.luggage.push_back(outbox.luggage[i]);
  }
  return turned_away;
}

/// What becomes of the requests of one part.
void settle_requests(const StepContext& context, const Part& part, Population& population, Outbox& outbox,
                     DrawingRooms& rooms) {
  bool any = false;
  for (const Request& request : outbox.requests) {
    any = any || request.is_turned_away || request.goes_otherwise;
    if (!request.is_turned_away && request.taken_back) outbox.taken_back.push_back(*request.taken_back);
  }
  if (any) {
    std::unique_ptr<DrawingRoom> room = rooms.take();
    std::unique_ptr<DrawingRoom> admitted = rooms.take();
    room->rates.resize(context.hazards.events());
    const std::vector<TurnedAway> turned_away = take_out(outbox, admitted->drawn);
    RandomNumbers random(
        context.key, {Process::time_left_of_turned_away, context.step.value, part.region.value, part.number});
    OutcomeDraws outcomes(
        context.outcomes, context.numbers, context.step,
        {context.key,
         {Process::outcomes_of_turned_away, context.step.value, part.region.value, part.number}});
    follow_turned_away({context, part, population, outbox, *room, random, outcomes}, turned_away);
    const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(admitted->drawn.moves, room->drawn.moves);
    append(admitted->drawn.destinations, room->drawn.destinations);
    append(admitted->drawn.luggage, room->drawn.luggage);
    sort_by_destination(admitted->drawn, population.regions(), outbox);
    rooms.give_back(std::move(room));
    rooms.give_back(std::move(admitted));
  }
  outbox.requests.clear();
}

}  // namespace

void admit(const StepContext& context, const std::vector<Part>& parts, Population& population,
           LimitLedger& ledger, std::vector<EntryRequest>& asking, std::vector<Outbox>& outboxes,
           DrawingRooms& rooms, Workers& workers) {
  if (ledger.has_places()) {
    Occupants occupants(context, population);
    for (const Outbox& outbox : outboxes) occupants.add(outbox);
    ledger.set_occupants(occupants.agents());
  }
  Deciding(context, ledger, outboxes, asking).decide();
  workers.for_each(outboxes.size(), [&](std::size_t i) {
    if (!outboxes[i].requests.empty()) settle_requests(context, parts[i], population, outboxes[i], rooms);
  });
}

}  // namespace sojourn
