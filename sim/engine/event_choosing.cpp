#include "sim/engine/event_choosing.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace sojourn {

namespace {

/// The choice of a move. Where doors stand differently on some days of the step, that of one of their states,
/// drawn by numbers of its own.
class ChoiceOfMove {
 public:
  ChoiceOfMove(const PartWork& work, Process doors)
      : context_(work.context), part_(work.part), doors_(doors), groups_(work.population.groups()) {}

  const Choice& operator()(const Move& move) {
    const Choice& choice = context_.choices[move.stream.index()];
    return choice.states() == 1 ? choice : drawn(move, choice);
  }

 private:
  const Choice& drawn(const Move& move, const Choice& choice) {
    if (!random_) {
      random_.emplace(context_.key,
                      RandomName{doors_, context_.step.value, part_.region.value, part_.number});
    }
    const std::size_t cell = part_.region.index() * groups_ + move.leaves_as.index();
    return choice.state(context_.hazards.draw_state(EventOrder::move(move.stream), cell, random_->uniform()));
  }

  const StepContext& context_;
  const Part& part_;
  Process doors_;
  std::size_t groups_;
  std::optional<RandomNumbers> random_;
};

}  // namespace

void choose_destinations(const PartWork& work) {
  RandomNumbers random(work.context.key, {Process::destinations, work.context.step.value,
                                          work.part.region.value, work.part.number});
  choose_destinations(work, random, Process::doors);
}

void choose_destinations(const PartWork& work, RandomNumbers& random, Process doors) {
  const StepContext& context = work.context;
  const Region origin = work.part.region;
  Drawn& drawn = work.room.drawn;
  std::vector<Choice::Scratch> scratch(context.choices.size());
  const bool with_luggage = work.has_luggage();
  // Some are drawn together, so that none need wait for the memory of its table alone.
  constexpr std::size_t together = 16;
  std::array<std::uint64_t, together> bits{};
  ChoiceOfMove choice_of(work, doors);
  std::array<const Choice*, together> choices{};
  for (std::size_t first = 0; first < drawn.moves.size(); first += together) {
    const std::size_t last = std::min(first + together, drawn.moves.size());
    for (std::size_t i = first; i < last; ++i) {
      const Move& move = drawn.moves[i];
      const Choice& choice = choice_of(move);
      choices[i - first] = &choice;
      if (choice.is_single() || choice.depends_on_ties()) continue;
      bits[i - first] = random.bits();
      choice.ask(origin, move.leaves_as, bits[i - first]);
    }
    for (std::size_t i = first; i < last; ++i) {
      const Move& move = drawn.moves[i];
      const Choice& choice = *choices[i - first];
      if (choice.is_single()) continue;
      if (choice.depends_on_ties()) {
        const Region citizenship = with_luggage ? drawn.luggage[i].citizenship : move.birth;
        drawn.destinations[i] = choice.draw(origin, {move.birth, citizenship}, move.leaves_as,
                                            scratch[move.stream.index()], random);
      } else {
        drawn.destinations[i] = choice.at(origin, move.leaves_as, bits[i - first]);
      }
    }
  }
}

}  // namespace sojourn
