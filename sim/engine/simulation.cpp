#include "sim/engine/simulation.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>

#include "sim/engine/events.hpp"
#include "sim/engine/parts.hpp"

namespace sojourn {

namespace {

/// A step of fewer events is over before a second thread has woken up.
constexpr double few_events = 2000;

/// The numbers of the first step as they would be without policies: what measures, standardisation and the
/// inclusive value of the start refer to.
Numbers numbers_of_start(const Scenario& scenario) {
  Numbers numbers(scenario, Variant{});
  numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
  return numbers;
}

std::vector<Choice> make_choices(const Scenario& scenario, const Numbers& start) {
  std::vector<Choice> choices;
  choices.reserve(scenario.streams.size());
  for (const Stream& stream : scenario.streams) choices.emplace_back(scenario, stream, start);
  return choices;
}

double expected(const std::vector<Part>& parts) {
  double sum = 0;
  for (const Part& part : parts) sum += part.expected_events;
  return sum;
}

}  // namespace

Simulation::Simulation(const Scenario& scenario, const Variant& variant, RunKey key, Workers& workers)
    : scenario_(&scenario),
      variant_(&variant),
      key_(key),
      workers_(&workers),
      start_numbers_(numbers_of_start(scenario)),
      numbers_(scenario, variant),
      population_(start_population(scenario, key, workers)),
      choices_(make_choices(scenario, start_numbers_)),
      hazards_(scenario, start_numbers_, population_, workers),
      sums_(population_, hazards_),
      tallies_{FlowTally(scenario), scenario.output.relocations_every
                                        ? RelocationTally(scenario.region_count())
                                        : RelocationTally()} {
  for (std::size_t r = 0; r < scenario.region_count(); ++r)
    stock_.push_back(population_.recounted(Region{r}));
  update_model();
}

void Simulation::update_model() {
  const TimeGrid& time = scenario_->time;
  numbers_.update(time.boundary(steps_done_), time.boundary(steps_done_ + 1));
  for (Choice& choice : choices_) choice.update(numbers_, population_.diaspora(), *workers_);
  hazards_.update(numbers_, choices_, Step{steps_done_}, *workers_);
}

void Simulation::advance() {
  const Step step{steps_done_};
  const double years = scenario_->time.years(step);
  if (steps_done_ > 0) update_model();
  tallies_.flows.set_time(scenario_->time.middle(step));

  const bool many_changes = outboxes_.empty() || static_cast<double>(last_moves_) >= few_events;
  const std::vector<Part> parts = make_parts(population_, sums_, years, *workers_, many_changes);
  const bool many_events = expected(parts) >= few_events;
  const StepContext context{*scenario_, key_, step, years, census_, hazards_, sums_, choices_};
  draw_moves(context, parts, population_, outboxes_, *workers_, many_events);
  const StepBalance balance =
      deliver(*scenario_, outboxes_, step, population_, sums_, tallies_, *workers_, many_events);
  ++steps_done_;
  check(balance);
}

void Simulation::check(const StepBalance& balance) {
  const auto fail = [&](const std::string& what) {
    throw std::logic_error("step " + std::to_string(steps_done_) + ": " + what +
                           "; this is a mistake in the program, please report it");
  };
  if (balance.moves_to_self != 0) fail("someone moved from a region to itself");
  for (const Region region : balance.visited) {
    const std::size_t r = region.index();
    stock_[r] += balance.arrivals[r] - balance.departures[r];
    if (population_.recounted(region) != stock_[r] || population_.noted(region) != stock_[r]) {
      fail("people were lost or made in region " + scenario_->regions[r].code);
    }
  }
  last_moves_ = balance.moves;
  checks_.moves += balance.moves;
  ++checks_.steps_conserved;
}

std::size_t Simulation::table_bytes() const {
  std::size_t sum = tallies_.flows.bytes() + tallies_.relocations.bytes() + sums_.bytes();
  for (const Choice& choice : choices_) sum += choice.bytes();
  return sum;
}

void Simulation::take_census() {
  tallies_.relocations.clear();
  census_ = Step{steps_done_};
}

double Simulation::expected_moves() const {
  std::vector<double> rates(hazards_.streams());
  std::vector<double> sums(population_.cohorts().count());
  double moves = 0;
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    hazards_.stayers(cell, Cohort{}, sums);
    const std::span<const std::int64_t> agents = population_.counted(cell);
    for (std::size_t c = 0; c < sums.size(); ++c) moves += static_cast<double>(agents[c]) * sums[c];
    for (const Block& block : population_.movers().blocks(cell)) {
      for (std::uint64_t i = 0; i < block.size; ++i) {
        moves += hazards_.mover(cell, block.key, population_.movers().read(block, i), rates);
      }
    }
  }
  return moves * scenario_->time.years(Step{std::min(steps_done_, scenario_->time.steps() - 1)});
}

double Simulation::most_moves() {
  const Step step{std::min(steps_done_, scenario_->time.steps() - 1)};
  return expected(make_parts(population_, sums_, scenario_->time.years(step), *workers_, true));
}

}  // namespace sojourn
