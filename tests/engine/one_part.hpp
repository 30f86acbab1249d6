#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "sim/engine/part_work.hpp"
#include "sim/model/event_kind.hpp"
#include "tests/support/small_scenario.hpp"

namespace sojourn::test {

/// The work on region 0 as one part, in the first step of a scenario.
struct OnePart {
  explicit OnePart(Scenario of)
      : scenario(std::move(of)),
        population(start_population(scenario, {1, 0}, workers)),
        numbers(scenario, Variant{}),
        usual(scenario),
        part{.region = Region{0}, .number = 0, .from = {0, 0}, .to = {population.groups(), 0}} {
    numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
    for (const Stream& stream : scenario.streams) choices.emplace_back(scenario, stream, numbers);
    for (Choice& choice : choices) choice.update(numbers, population.diaspora(), workers);
    hazards.emplace(scenario, event_kinds(scenario), numbers, population, workers);
    hazards->update(numbers, choices, Step{0}, workers);
    sums.emplace(population, *hazards);
    for (std::size_t r = 0; r < population.regions(); ++r) sums->refresh(Region{r});
    const std::size_t born_since = population.cohorts().first_born_after(0);
    context.emplace(StepContext{scenario,
                                {1, 0},
                                Step{0},
                                scenario.time.years(Step{0}),
                                Step{0},
                                born_since,
                                *hazards,
                                *sums,
                                choices,
                                usual,
                                changes,
                                outcome_choice,
                                numbers});
    room.rates.resize(hazards->events());
  }
  OnePart(const OnePart&) = delete;
  OnePart& operator=(const OnePart&) = delete;
  OnePart(OnePart&&) = delete;
  OnePart& operator=(OnePart&&) = delete;
  ~OnePart() = default;

  [[nodiscard]] PartWork work() { return {*context, part, population, outbox, room, random, outcomes}; }

  Scenario scenario;
  Workers workers{1};
  Population population;
  Numbers numbers;
  UsualTally usual;
  std::vector<Choice> choices;
  std::vector<GroupChange> changes = group_changes(scenario);
  OutcomeChoice outcome_choice{scenario};
  std::optional<Hazards> hazards;
  std::optional<LineSums> sums;
  std::optional<StepContext> context;
  Part part;
  Outbox outbox;
  DrawingRoom room;
  RandomNumbers random{{1, 0}, {Process::event_line, 0, 0, 0}};
  OutcomeDraws outcomes{outcome_choice, numbers, Step{0}, {{1, 0}, {Process::outcomes, 0, 0, 0}}};
};

}  // namespace sojourn::test
