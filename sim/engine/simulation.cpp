#include "sim/engine/simulation.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/base/anniversary.hpp"
#include "sim/engine/admission.hpp"
#include "sim/engine/births.hpp"
#include "sim/engine/events.hpp"
#include "sim/engine/inflow.hpp"
#include "sim/engine/joining.hpp"
#include "sim/engine/offices.hpp"
#include "sim/engine/parts.hpp"
#include "sim/model/run_fault.hpp"
#include "sim/scenario/references.hpp"
#include "sim/scenario/shape.hpp"

namespace sojourn {

namespace {

/// A step of fewer events is over before a second thread has woken up.
constexpr double few_events = 2000;

/// The numbers of the first step as they would be without policies: what measures, standardisation and the
/// inclusive value of the start refer to.
Numbers numbers_of_start(const Scenario& scenario, const Population& population) {
  Numbers numbers(scenario, Variant{});
  numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
  Feedback(scenario).update({population.residents(), population.diaspora(), {}, {}, {}, {}}, Step{}, numbers);
  return numbers;
}

std::vector<Choice> make_choices(const Scenario& scenario, const Numbers& start) {
  std::vector<Choice> choices;
  choices.reserve(scenario.streams.size());
  for (const Stream& stream : scenario.streams) choices.emplace_back(scenario, stream, start);
  return choices;
}

Population people_of_start(const Scenario& scenario, RunKey key, Workers& workers) {
  Population population = start_population(scenario, key, workers);
  join_at_start(scenario, key, population, workers);
  return population;
}

std::vector<TicketClock> clocks_of(const Scenario& scenario) {
  std::vector<TicketClock> clocks;
  clocks.reserve(scenario.queues.size());
  for (const Queue& queue : scenario.queues) clocks.emplace_back(scenario.time, queue);
  return clocks;
}

double expected(const std::vector<Part>& parts) {
  double sum = 0;
  for (const Part& part : parts) sum += part.expected_events;
  return sum;
}

/// Scenarios made by hand or by a reader with a mistake must not be read beyond their ends.
const Scenario& of_right_sizes(const Scenario& scenario) {
  check_sizes(scenario);
  if (std::vector<Mistake> wrong = wrong_references(scenario); !wrong.empty())
    throw InputError(std::move(wrong));
  return scenario;
}

}  // namespace

Simulation::Simulation(const Scenario& scenario, const Variant& variant, RunKey key, Workers& workers)
    : scenario_(&of_right_sizes(scenario)),
      variant_(&variant),
      key_(key),
      workers_(&workers),
      population_(people_of_start(scenario, key, workers)),
      start_numbers_(numbers_of_start(scenario, population_)),
      numbers_(scenario, variant),
      feedback_(scenario),
      changes_(group_changes(scenario)),
      outcomes_(scenario),
      clocks_(clocks_of(scenario)),
      choices_(make_choices(scenario, start_numbers_)),
      hazards_(with_utilities_explained(
          scenario, Step{},
          [&] { return Hazards(scenario, event_kinds(scenario), start_numbers_, population_, workers); })),
      sums_(population_, hazards_),
      tallies_{
          FlowTally(scenario),
          scenario.output.relocations_every ? RelocationTally(scenario.region_count()) : RelocationTally(),
          VitalTally(scenario),
          UsualTally(scenario),
          QueueTally(scenario),
          EventAges(scenario),
          key},
      expected_entries_(scenario, key, Process::inflow_rounding),
      office_limits_(scenario),
      ledger_(scenario) {
  first_born_since_census_ = population_.cohorts().first_born_after(0);
  if (const auto& births = scenario.demography.births) {
    fertility_.emplace(scenario, std::vector<EventKind>{{std::cref(*births)}}, start_numbers_, population_,
                       workers);
  }
  for (std::size_t cell = 0; cell < scenario.cell_count(); ++cell)
    stock_.push_back(population_.recounted(cell));
  update_model();
}

void Simulation::update_model() {
  const TimeGrid& time = scenario_->time;
  numbers_.update(time.boundary(steps_done_), time.boundary(steps_done_ + 1));
  const VitalTally& vitals = tallies_.vitals;
  feedback_.update({population_.residents(), population_.diaspora(), arrivals_, departures_, inflow_,
                    outflow_, vitals.births_in_step(), vitals.deaths_in_step(), vitals.transitions_in_step(),
                    tallies_.queues.requests_in_step()},
                   Step{steps_done_}, numbers_);
  update_hazards();
}

void Simulation::foresee(Step step) {
  const Date from = scenario_->time.boundary(step.index());
  const Date to = scenario_->time.boundary(step.index() + 1);
  numbers_.update(from, to);
  Feedback::foresee(*scenario_, {population_.residents(), population_.diaspora(), {}, {}, {}, {}}, from, to,
                    numbers_);
  update_hazards();
}

void Simulation::update_hazards() {
  with_utilities_explained(*scenario_, Step{steps_done_}, [&] {
    for (Choice& choice : choices_) choice.update(numbers_, population_.diaspora(), *workers_);
    hazards_.update(numbers_, choices_, Step{steps_done_}, *workers_);
  });
  if (fertility_) fertility_->update(numbers_, {}, Step{steps_done_}, *workers_);
}

void Simulation::advance() {
  const Step step{steps_done_};
  const double years = scenario_->time.years(step);
  if (steps_done_ > 0) update_model();
  tallies_.vitals.begin_step();
  tallies_.queues.begin_step();
  tallies_.flows.set_time(scenario_->time.middle(step));
  tallies_.vitals.set_time(scenario_->time.middle(step));
  tallies_.ages.update(numbers_, step);

  if (!scenario_->inflows.empty()) let_in(step);
  if (fertility_) births_at_start_ = births_to_expect(*fertility_, population_, *workers_);
  const bool many_changes = outboxes_.empty() || static_cast<double>(last_moves_) >= few_events;
  const std::vector<Part> parts = make_parts(population_, sums_, years, *workers_, many_changes);
  const bool many_events = expected(parts) >= few_events;
  const StepContext context{*scenario_, key_,
                            step,       years,
                            census_,    first_born_since_census_,
                            hazards_,   sums_,
                            choices_,   tallies_.usual,
                            changes_,   outcomes_,
                            numbers_,   any_stays_on_moves(*scenario_)};
  with_utilities_explained(*scenario_, step, [&] {
    draw_events(context, parts, population_, outboxes_, rooms_, *workers_, many_events);
    if (!scenario_->limits.empty()) {
      ledger_.begin_step(step, numbers_);
      admit(context, parts, population_, ledger_, asking_, outboxes_, rooms_, *workers_);
    }
  });
  StepBalance balance =
      deliver(*scenario_, changes_, outboxes_, step, population_, sums_, tallies_, *workers_, many_events);
  ++steps_done_;
  check(balance);
  arrivals_ = std::move(balance.arrivals);
  departures_ = std::move(balance.departures);
  outflow_ = std::move(balance.outflows);
  if (!asking_.empty()) let_in_admitted(step);
  if (!scenario_->queues.empty()) open_offices(step);
  if (fertility_) bear_children(step);
  if (fertility_ && any_joins_at_once(*scenario_)) let_children_join(step);
  if (!scenario_->limits.empty()) close_limits();
  ++checks_.steps_conserved;
}

void Simulation::close_limits() {
  if (ledger_.has_places()) ledger_.set_occupants(stock_);
  ledger_.end_step();
  if (!ledger_.is_balanced()) fail("what a limit gave is not what was used, lost and left");
}

void Simulation::let_in(Step step) {
  const std::vector<std::int64_t> entered =
      draw_inflow({*scenario_, key_, step, numbers_}, expected_entries_, population_, sums_, tallies_.vitals,
                  inflow_, asking_, *workers_);
  check_changed(entered);
}

void Simulation::let_in_admitted(Step step) {
  const std::vector<std::int64_t> entered = sojourn::let_in_admitted(
      {*scenario_, key_, step, numbers_}, asking_, population_, sums_, tallies_.vitals, inflow_);
  check_changed(entered);
}

void Simulation::open_offices(Step step) {
  const OfficeBalance balance =
      serve_queues({*scenario_, key_, step, numbers_, census_, outcomes_, clocks_}, office_limits_, ledger_,
                   population_, sums_, tallies_, *workers_);
  for (std::size_t i = 0; i < outflow_.size(); ++i) outflow_[i] += balance.outflows[i];
  check_changed(balance.change);
}

void Simulation::bear_children(Step step) {
  const std::vector<std::int64_t> alive =
      draw_births(*scenario_, key_, step, births_at_start_, *fertility_, hazards_, population_, sums_,
                  tallies_.vitals, *workers_);
  check_changed(alive);
}

void Simulation::let_children_join(Step step) {
  std::vector<std::int64_t> change(scenario_->cell_count());
  for (std::size_t q = 0; q < scenario_->queues.size(); ++q) {
    if (!scenario_->queues[q].joins_at_once) continue;
    join_at_once(*scenario_, QueueId{q}, step, population_, sums_, tallies_, change, *workers_);
  }
  check_changed(change);
}

void Simulation::fail(const std::string& what) const {
  throw std::logic_error("step " + std::to_string(steps_done_) + ": " + what +
                         "; this is a mistake in the program, please report it");
}

void Simulation::check_region(Region region, const std::vector<std::int64_t>& change) {
  for (std::size_t g = 0; g < population_.groups(); ++g) {
    const std::size_t cell = population_.cell(region, Group{g});
    stock_[cell] += change[cell];
    if (!population_.tickets_fit(cell)) {
      fail("those who wait in region " + scenario_->regions[region.index()].code +
           " have not one ticket each");
    }
    const bool fits = population_.recounted(cell) == stock_[cell] && population_.noted(cell) == stock_[cell];
    if (fits && stock_[cell] >= 0) continue;
    fail("people were lost or made in region " + scenario_->regions[region.index()].code + ", " +
         scenario_->groups.label(Group{g}));
  }
}

void Simulation::check_changed(const std::vector<std::int64_t>& change) {
  const std::size_t groups = population_.groups();
  for (std::size_t r = 0; r < scenario_->region_count(); ++r) {
    const auto first = change.begin() + static_cast<std::ptrdiff_t>(r * groups);
    const bool changed = std::any_of(first, first + static_cast<std::ptrdiff_t>(groups),
                                     [](std::int64_t number) { return number != 0; });
    if (changed) check_region(Region{r}, change);
  }
}

void Simulation::check(const StepBalance& balance) {
  if (balance.moves_to_self != 0) fail("someone moved from a region to itself");
  for (const Region region : balance.visited) check_region(region, balance.change);
  last_moves_ = balance.moves;
  checks_.moves += balance.moves;
}

std::size_t Simulation::table_bytes() const {
  std::size_t sum =
      tallies_.flows.bytes() + tallies_.relocations.bytes() + tallies_.usual.bytes() + sums_.bytes();
  for (const Choice& choice : choices_) sum += choice.bytes();
  return sum;
}

void Simulation::take_census() {
  tallies_.relocations.clear();
  census_ = Step{steps_done_};
  first_born_since_census_ = population_.cohorts().first_born_after(
      whole_years(scenario_->time.start(), scenario_->time.boundary(steps_done_)));
}

DiasporaStock Simulation::foreign_citizens() const {
  DiasporaStock stock(scenario_->region_count(), scenario_->citizenship_count());
  const Movers& movers = population_.movers();
  workers_->for_each(scenario_->region_count(), [&](std::size_t r) {
    for (std::size_t g = 0; g < population_.groups(); ++g) {
      for (const Block& block : movers.blocks(population_.cell(Region{r}, Group{g}))) {
        for (std::uint64_t i = 0; i < block.size; ++i) {
          stock.add(Region{r}, population_.layout().citizenship(movers.read(block, i)), 1);
        }
      }
    }
  });
  return stock;
}

double Simulation::expected_moves() const {
  std::vector<double> rates(hazards_.events());
  const auto of_streams = [&] {
    return std::accumulate(rates.begin(), rates.begin() + static_cast<std::ptrdiff_t>(choices_.size()), 0.0);
  };
  double moves = 0;
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    const std::span<const std::int64_t> agents = population_.counted(cell);
    for (std::size_t c = 0; c < agents.size(); ++c) {
      if (agents[c] == 0) continue;
      (void)hazards_.stayer(cell, Cohort{c}, rates);
      moves += static_cast<double>(agents[c]) * of_streams();
    }
    for (const Block& block : population_.movers().blocks(cell)) {
      for (std::uint64_t i = 0; i < block.size; ++i) {
        (void)hazards_.mover(cell, block.key, population_.movers().read(block, i), rates);
        moves += of_streams();
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
