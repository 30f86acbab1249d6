#include "sim/engine/outlook.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/model/entry.hpp"
#include "sim/model/event_kind.hpp"

namespace sojourn {

namespace {

/// Alike enough to be reckoned with together: how many there are, and how many of them in the first step
/// move, change otherwise, or die or leave.
struct Sum {
  double agents = 0;
  double moves = 0;
  double changes = 0;
  double exits = 0;
  /// Hazards times the length of the step.
  double hazard = 0;

  void add(const Sum& other) {
    agents += other.agents;
    moves += other.moves;
    changes += other.changes;
    exits += other.exits;
    hazard += other.hazard;
  }
  /// Of each agent.
  [[nodiscard]] double share(double events) const { return agents > 0 ? events / agents : 0; }
};

/// Events of the agents of a sketch, in its first step.
class FirstStep {
 public:
  explicit FirstStep(const StartSketch& sketch)
      : scenario_(sketch.scenario()),
        population_(sketch.simulation().population()),
        hazards_(sketch.simulation().hazards()),
        order_(scenario_),
        fertility_(sketch.simulation().fertility()),
        years_(scenario_.time.years(Step{0})),
        rates_(hazards_.events()),
        counted_(scenario_.region_count()),
        births_(scenario_.region_count()) {
    for (std::size_t cell = 0; cell < scenario_.cell_count(); ++cell) add(cell);
  }

  /// By region: those without a record, and children of all in the step.
  [[nodiscard]] const std::vector<Sum>& counted() const { return counted_; }
  [[nodiscard]] const std::vector<double>& births() const { return births_; }
  [[nodiscard]] const Sum& with_record() const { return with_record_; }
  [[nodiscard]] double largest() const { return largest_; }

 private:
  void add(std::size_t cell) {
    const std::size_t region = cell / scenario_.groups.count();
    const std::span<const std::int64_t> agents = population_.counted(cell);
    Sum& counted = counted_[region];
    const double records_before = with_record_.moves;
    double of_cell = 0;
    double of_segment = 0;
    for (std::size_t c = 0; c < agents.size(); ++c) {
      if (c % LineSums::cohorts_per_segment == 0) of_segment = 0;
      if (agents[c] == 0) continue;
      const double sum = hazards_.stayer(cell, Cohort{c}, rates_);
      const double before = counted.moves;
      note(static_cast<double>(agents[c]), sum, counted);
      of_segment += counted.moves - before;
      of_cell += counted.moves - before;
      if (!population_.layout().needs().records()) largest_ = std::max(largest_, of_segment);
    }
    for (const Block& block : population_.movers().blocks(cell)) {
      for (std::uint64_t i = 0; i < block.size; ++i) {
        const double sum = hazards_.mover(cell, block.key, population_.movers().read(block, i), rates_);
        note(1, sum, with_record_);
      }
    }
    // Sooner or later all of them may have records, which lie in few blocks.
    if (population_.layout().needs().records())
      largest_ = std::max(largest_, of_cell + with_record_.moves - records_before);
    if (fertility_ != nullptr) births_[region] += births_of(cell);
  }

  /// Of those to whom something happens, so many move as hazards of moving have a part in all.
  void note(double agents, double sum, Sum& sums) const {
    const double events = sum > 0 ? agents * -math::expm1(-sum * years_) : 0;
    const double each = sum > 0 ? events / sum : 0;
    sums.agents += agents;
    sums.hazard += agents * sum * years_;
    for (std::size_t e = 0; e < rates_.size(); ++e) {
      const double number = rates_[e] * each;
      if (order_.is_move(EventId{e})) {
        sums.moves += number;
      } else if (order_.is_change(EventId{e})) {
        sums.changes += number;
      } else {
        sums.exits += number;
      }
    }
  }

  [[nodiscard]] double births_of(std::size_t cell) const {
    const std::size_t cohorts = population_.cohorts().count();
    std::vector<double> rates(cohorts);
    fertility_->stayers(cell, Cohort{}, rates);
    const std::span<const std::int64_t> residents = population_.residents().subspan(cell * cohorts, cohorts);
    double sum = 0;
    for (std::size_t c = 0; c < cohorts; ++c) sum += static_cast<double>(residents[c]) * rates[c];
    return sum * years_;
  }

  const Scenario& scenario_;
  const Population& population_;
  const Hazards& hazards_;
  EventOrder order_;
  const Hazards* fertility_;
  double years_;
  std::vector<double> rates_;
  std::vector<Sum> counted_;
  std::vector<double> births_;
  Sum with_record_;
  double largest_ = 0;
};

Sum sum_of_all(const FirstStep& first) {
  Sum all = first.with_record();
  for (const Sum& sum : first.counted()) all.add(sum);
  return all;
}

/// The people of a sketch as they go on step by step.
class Future {
 public:
  Future(const StartSketch& sketch, const FirstStep& first)
      : scenario_(sketch.scenario()),
        counted_(first.counted()),
        records_(sketch.simulation().population().layout().needs().records()),
        all_(sum_of_all(first)),
        movers_(first.with_record().agents),
        restless_(movers_ > 0 ? first.with_record() : all_),
        births_(all_.share(std::accumulate(first.births().begin(), first.births().end(), 0.0))) {
    stayers_.reserve(counted_.size());
    for (const Sum& sum : counted_) stayers_.push_back(sum.agents);
    const double entries =
        entries_to_expect(scenario_, sketch.variant()) / scenario_.persons_per_agent / sketch.scale();
    if (std::isfinite(entries)) entries_ = entries / static_cast<double>(scenario_.time.steps());
  }

  [[nodiscard]] const Sum& all_at_start() const { return all_; }
  [[nodiscard]] double movers() const { return records_ ? movers_ : 0; }

  /// `length`: of the step over that of the first.
  void advance(double length, RunOutlook& outlook) {
    double moves = movers_ * restless_.share(restless_.moves);
    double to_movers = (records_ ? entries_ : 0) - movers_ * restless_.share(restless_.exits) * length;
    // Where the children of movers and those who enter live does not matter.
    stayers_[0] += movers_ * births_ * length + (records_ ? 0 : entries_);
    for (std::size_t r = 0; r < stayers_.size(); ++r) {
      const Sum& sum = counted_[r];
      const double leave = stayers_[r] * sum.share(sum.moves);
      moves += leave;
      if (records_) to_movers += std::min(leave * length, stayers_[r]);
      const double lost = (records_ ? sum.share(sum.moves) : 0) + sum.share(sum.exits);
      stayers_[r] = std::max(0.0, stayers_[r] * (1 + (births_ - lost) * length));
    }
    const double changes = movers() * restless_.share(restless_.changes);
    outlook.most_changes = std::max(outlook.most_changes, changes * length);
    outlook.most_moves = std::max(outlook.most_moves, moves * length);
    outlook.all_moves += moves * length;
    movers_ = std::max(0.0, movers_ + to_movers);
    const double agents = std::accumulate(stayers_.begin(), stayers_.end(), movers_);
    outlook.most_agents = std::max(outlook.most_agents, agents);
    outlook.most_movers = std::max(outlook.most_movers, movers());
  }

 private:
  const Scenario& scenario_;
  const std::vector<Sum>& counted_;
  bool records_;
  Sum all_;
  double movers_;
  /// Movers of whom there are none yet are taken for as restless as the others.
  Sum restless_;
  /// Children of an agent, and those who enter, in a step.
  double births_;
  double entries_ = 0;
  /// By region.
  std::vector<double> stayers_;
};

}  // namespace

RunOutlook foretell(const StartSketch& sketch) {
  const TimeGrid& time = sketch.scenario().time;
  const FirstStep first(sketch);
  Future future(sketch, first);
  const Sum& all = future.all_at_start();
  RunOutlook outlook;
  outlook.agents = all.agents;
  outlook.movers_at_start = future.movers();
  outlook.most_movers = future.movers();
  outlook.moves = all.moves;
  for (std::size_t s = 0; s < time.steps(); ++s) {
    future.advance(time.years(Step{s}) / time.years(Step{0}), outlook);
  }
  outlook.movers_at_end = future.movers();
  for (double* number : {&outlook.agents, &outlook.most_agents, &outlook.movers_at_start,
                         &outlook.movers_at_end, &outlook.most_movers, &outlook.moves, &outlook.most_moves,
                         &outlook.all_moves, &outlook.most_changes}) {
    *number *= sketch.scale();
  }
  if (all.moves > 0) {
    outlook.largest_share = first.largest() / all.moves;
    outlook.hazard_of_move = all.hazard / all.moves;
  }
  return outlook;
}

}  // namespace sojourn
