#include "sim/engine/event_choosing.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sojourn {

void choose_destinations(const PartWork& work) {
  const StepContext& context = work.context;
  const Region origin = work.part.region;
  Drawn& drawn = work.room.drawn;
  RandomNumbers random(context.key,
                       {Process::destinations, context.step.value, origin.value, work.part.number});
  std::vector<Choice::Scratch> scratch(context.choices.size());
  const bool with_luggage = work.has_luggage();
  // Some are drawn together, so that none need wait for the memory of its table alone.
  constexpr std::size_t together = 16;
  std::array<std::uint64_t, together> bits{};
  for (std::size_t first = 0; first < drawn.moves.size(); first += together) {
    const std::size_t last = std::min(first + together, drawn.moves.size());
    for (std::size_t i = first; i < last; ++i) {
      const Move& move = drawn.moves[i];
      const Choice& choice = context.choices[move.stream.index()];
      if (choice.is_single() || choice.depends_on_ties()) continue;
      bits[i - first] = random.bits();
      choice.ask(origin, move.leaves_as, bits[i - first]);
    }
    for (std::size_t i = first; i < last; ++i) {
      const Move& move = drawn.moves[i];
      const Choice& choice = context.choices[move.stream.index()];
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
