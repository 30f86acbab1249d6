#include "sim/output/gather.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/base/random.hpp"
#include "sim/engine/flow_tally.hpp"
#include "sim/model/age_groups.hpp"
#include "sim/scenario/shape.hpp"

namespace sojourn {

namespace {

/// The random numbers that tell which of a cohort in a region are older than a bound that cuts it.
RandomName stock_ages(std::size_t boundary, std::size_t region) {
  return {Process::recorded_ages, static_cast<std::uint32_t>(boundary), Region{region}.value, 2};
}

/// A share of agents, up or down to a whole number so that its mean is right.
std::int64_t round_at_random(double share, std::int64_t agents, RandomNumbers& random) {
  return static_cast<std::int64_t>(std::floor(share * static_cast<double>(agents) + random.uniform()));
}

[[noreturn]] void fail(const std::string& what) {
  throw std::logic_error(what + "; this is a mistake in the program, please report it");
}

}  // namespace

std::size_t Record::bytes() const {
  std::size_t sum = 0;
  for (const Piece& piece : pieces) {
    sum += std::visit([](const auto& values) { return values.size() * sizeof(values[0]); }, piece.values);
  }
  return sum;
}

Gatherer::Gatherer(const Scenario& scenario, OutputVariables variables)
    : scenario_(&scenario), variables_(std::move(variables)), factor_means_(scenario.output.factors.size()) {}

std::int64_t Gatherer::days(std::size_t boundary) const {
  return scenario_->time.boundary(boundary).time_since_epoch().count();
}

Record Gatherer::observe(const RunView& run) {
  const OutputRequest& request = scenario_->output;
  const std::size_t now = run.steps_done;
  const auto due = [&](std::size_t every) { return now % every == 0; };
  Record record;
  const auto add = [&](VariableId variable, std::vector<std::int64_t> values) {
    record.pieces.push_back({variable, std::move(values)});
  };
  if (now > 0) note_factors(run);
  if (due(request.every) || run.finished()) {
    add_stock(run, record);
    if (variables_.queues) add_queue_lengths(run, record);
    if (now > 0) add_flows(run, record);
    last_ = now;
  }
  if (request.relocations_every && now > 0 && due(*request.relocations_every)) {
    add(variables_.relocation_interval->start, {days(last_census_)});
    add(variables_.relocation_interval->bounds, {days(last_census_), days(now)});
    add_counts(variables_.relocations, run.take_relocations(), record);
    last_census_ = now;
  }
  if (request.usual_every) add_usual(run, record);
  if (request.diaspora_every && due(*request.diaspora_every)) {
    const auto all = run.diaspora.all();
    add(*variables_.diaspora_time, {days(now)});
    add_counts(variables_.diaspora, {all.begin(), all.end()}, record);
  }
  if (request.citizens_every && due(*request.citizens_every)) {
    const DiasporaStock citizens = run.foreign_citizens();
    add(*variables_.citizens_time, {days(now)});
    add_counts(variables_.citizens, {citizens.all().begin(), citizens.all().end()}, record);
  }
  return record;
}

/// What is final now, and at the end of the run all the rest, as it stands.
void Gatherer::add_usual(const RunView& run, Record& record) {
  UsualTally& usual = run.usual;
  for (; usual_done_ < usual.intervals(); ++usual_done_) {
    const std::size_t from = usual_done_ * usual.interval_steps();
    const std::size_t to = from + usual.interval_steps();
    const bool is_final = run.steps_done >= to + usual.year_steps();
    if (!is_final && !run.finished()) return;
    const std::size_t end = std::min(to, scenario_->time.steps());
    const auto add = [&](VariableId variable, std::vector<std::int64_t> values) {
      record.pieces.push_back({variable, std::move(values)});
    };
    add(variables_.usual_interval->start, {days(from)});
    add(variables_.usual_interval->bounds, {days(from), days(end)});
    add(variables_.usual_is_final, {is_final ? 1 : 0});
    add_counts(variables_.usual, usual.take(usual_done_), record);
  }
}

void Gatherer::add_counts(VariableId variable, std::vector<std::int64_t> agents, Record& record) const {
  const double persons = scenario_->persons_per_agent;
  if (counts_are_whole(persons)) {
    const auto factor = static_cast<std::int64_t>(persons);
    for (std::int64_t& count : agents) count *= factor;
    record.pieces.push_back({variable, std::move(agents)});
  } else {
    std::vector<double> counts(agents.begin(), agents.end());
    for (double& count : counts) count *= persons;
    record.pieces.push_back({variable, std::move(counts)});
  }
}

void Gatherer::add_stock(const RunView& run, Record& record) {
  const OutputRequest& request = scenario_->output;
  const Cohorts cohorts(*scenario_);
  const std::size_t groups = scenario_->groups.count();
  const std::size_t now = run.steps_done;
  const std::size_t combinations = combination_count(scenario_->groups, request.stock_attributes);
  AgeGroups by_age;
  if (request.stock_by_age) by_age = AgeGroups(cohorts, request.age_from);
  by_age.set_time(scenario_->time.elapsed(now));
  const std::size_t ages = by_age.count();
  std::vector<std::int64_t> stock(scenario_->region_count() * ages * combinations, 0);
  stock_before_ = std::exchange(stock_, std::vector<std::int64_t>(scenario_->region_count(), 0));
  std::optional<RandomNumbers> random;
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    const std::size_t region = cell / groups;
    if (cell % groups == 0) random.reset();
    const std::size_t detail = combination(scenario_->groups, request.stock_attributes, Group{cell % groups});
    for (std::size_t c = 0; c < cohorts.count(); ++c) {
      const std::int64_t agents = run.residents[cell * cohorts.count() + c];
      stock_[region] += agents;
      std::int64_t* const of_ages = &stock[(region * ages + by_age.of(Cohort{c})) * combinations + detail];
      of_ages[0] += agents;
      if (agents == 0 || !by_age.cuts(Cohort{c})) continue;
      if (!random) random.emplace(run.key, stock_ages(now, region));
      const std::int64_t older = round_at_random(by_age.older_share(Cohort{c}), agents, *random);
      of_ages[0] -= older;
      of_ages[combinations] += older;
    }
  }
  record.pieces.push_back({variables_.time, std::vector<std::int64_t>{days(now)}});
  add_counts(variables_.stock, std::move(stock), record);
}

void Gatherer::add_flows(const RunView& run, Record& record) {
  const std::size_t now = run.steps_done;
  inward_.assign(scenario_->region_count(), 0);
  outward_.assign(scenario_->region_count(), 0);
  record.pieces.push_back({variables_.interval.start, std::vector<std::int64_t>{days(last_)}});
  record.pieces.push_back({variables_.interval.bounds, std::vector<std::int64_t>{days(last_), days(now)}});
  FlowTally& flows = run.flows;
  if (variables_.flow) {
    add_dense_flows(flows, record);
  } else {
    add_flow_rows(flows, record);
  }
  add_vitals(run.vitals, record);
  if (variables_.queues) add_queues(run.queues, record);
  add_factors(record);
  check_balance();
  ++checks_.intervals;
}

/// The tally has [destination][origin], so that threads with different destinations stay apart; the file has
/// [origin][destination].
void Gatherer::add_dense_flows(FlowTally& flows, Record& record) {
  const std::size_t regions = scenario_->region_count();
  const std::size_t size = scenario_->streams.size() * flows.detail_count();
  const std::vector<std::int64_t>& dense = flows.dense();
  std::vector<std::int64_t> result(dense.size());
  for (std::size_t d = 0; d < regions; ++d) {
    for (std::size_t o = 0; o < regions; ++o) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < size; ++i) {
        const std::int64_t count = dense[(d * regions + o) * size + i];
        result[(o * regions + d) * size + i] = count;
        sum += count;
      }
      note_flow(o, d, sum);
    }
  }
  flows.clear();
  add_counts(*variables_.flow, std::move(result), record);
}

/// With each region's births and deaths among what came in and went out.
void Gatherer::add_vitals(VitalTally& vitals, Record& record) {
  const auto note = [&](const std::vector<std::int64_t>& counts, std::vector<std::int64_t>& by_region) {
    const std::size_t size = counts.size() / by_region.size();
    for (std::size_t i = 0; i < counts.size(); ++i) by_region[i / size] += counts[i];
  };
  if (variables_.births) {
    note(vitals.births(), inward_);
    add_counts(*variables_.births, vitals.births(), record);
  }
  if (variables_.deaths) {
    note(vitals.deaths(), outward_);
    add_counts(*variables_.deaths, vitals.deaths(), record);
  }
  if (variables_.inflow) {
    note(vitals.inflow(), inward_);
    add_counts(*variables_.inflow, vitals.inflow(), record);
  }
  if (variables_.outflow) {
    note(vitals.outflow(), outward_);
    add_counts(*variables_.outflow, vitals.outflow(), record);
  }
  if (variables_.transitions) add_counts(*variables_.transitions, vitals.transitions(), record);
  vitals.clear();
}

void Gatherer::add_queue_lengths(const RunView& run, Record& record) const {
  const Groups& groups = scenario_->groups;
  const std::size_t cohorts = scenario_->cohort_count();
  const std::size_t queues = scenario_->queues.size();
  std::vector<std::int64_t> lengths(scenario_->region_count() * queues);
  for (std::size_t r = 0; r < scenario_->region_count(); ++r) {
    for (std::size_t g = groups.unqueued(); g < groups.count(); ++g) {
      const auto residents = run.residents.subspan((r * groups.count() + g) * cohorts, cohorts);
      const std::int64_t agents = std::accumulate(residents.begin(), residents.end(), std::int64_t{0});
      for (std::size_t q = 0; q < queues; ++q) {
        if (groups.waits(Group{g}, QueueId{q})) lengths[r * queues + q] += agents;
      }
    }
  }
  add_counts(variables_.queues->length, std::move(lengths), record);
}

void Gatherer::add_queues(QueueTally& queues, Record& record) const {
  const QueueVariables& variables = *variables_.queues;
  std::vector<std::int64_t> requests;
  std::vector<std::int64_t> given_up;
  std::vector<std::int64_t> left;
  std::vector<double> means;
  std::vector<double> quantiles;
  for (const QueueTally::Counts& counts : queues.counts()) {
    requests.push_back(counts.requests);
    given_up.push_back(counts.given_up);
    left.push_back(counts.left);
    means.push_back(mean_of(counts.served));
    for (const double share : waiting_quantiles) quantiles.push_back(quantile_of(counts.served, share));
  }
  add_counts(variables.requests, std::move(requests), record);
  add_counts(variables.given_up, std::move(given_up), record);
  add_counts(variables.left, std::move(left), record);
  record.pieces.push_back({variables.waiting_mean, std::move(means)});
  record.pieces.push_back({variables.waiting_quantiles, std::move(quantiles)});
  queues.clear();
}

void Gatherer::add_flow_rows(FlowTally& flows, Record& record) {
  const FlowColumns& columns = *variables_.flow_columns;
  const std::vector<FlowTally::Row> rows = flows.take_rows();
  const auto column = [&](const auto& value) {
    std::vector<std::int64_t> values;
    values.reserve(rows.size());
    for (const FlowTally::Row& row : rows) values.push_back(static_cast<std::int64_t>(value(row)));
    return values;
  };
  const auto add_column = [&](VariableId variable, const auto& value) {
    record.pieces.push_back({variable, column(value)});
  };
  add_column(columns.interval, [&](const FlowTally::Row&) { return checks_.intervals; });
  add_column(columns.origin, [](const FlowTally::Row& row) { return row.origin.value; });
  add_column(columns.destination, [](const FlowTally::Row& row) { return row.destination.value; });
  add_column(columns.stream, [](const FlowTally::Row& row) { return row.stream.value; });
  std::size_t stride = flows.detail_count();
  for (std::size_t i = 0; i < columns.details.size(); ++i) {
    stride /= columns.detail_sizes[i];
    add_column(columns.details[i],
               [&](const FlowTally::Row& row) { return row.detail / stride % columns.detail_sizes[i]; });
  }
  add_counts(columns.count, column([](const FlowTally::Row& row) { return row.count; }), record);
  for (const FlowTally::Row& row : rows) note_flow(row.origin.index(), row.destination.index(), row.count);
}

void Gatherer::note_flow(std::size_t origin, std::size_t destination, std::int64_t count) {
  if (origin == destination && count != 0) {
    fail("someone moved from region " + scenario_->regions[origin].code + " to itself");
  }
  outward_[origin] += count;
  inward_[destination] += count;
  checks_.moves += count;
}

void Gatherer::check_balance() const {
  for (std::size_t r = 0; r < stock_.size(); ++r) {
    const std::int64_t expected = stock_before_[r] + inward_[r] - outward_[r];
    if (stock_[r] != expected) {
      fail(fmt::format("region {}: the stock is {}, but the stock before and the flows since make {}",
                       scenario_->regions[r].code, stock_[r], expected));
    }
  }
}

void Gatherer::note_factors(const RunView& run) {
  const double years = scenario_->time.years(Step{run.steps_done - 1});
  years_ += years;
  for (std::size_t i = 0; i < factor_means_.size(); ++i) {
    const Field& field = run.numbers.factor(scenario_->output.factors[i]);
    std::vector<double>& means = factor_means_[i];
    means.resize(field.values.size(), 0.0);
    // In this form the mean of a constant is that constant, to the last bit.
    for (std::size_t j = 0; j < means.size(); ++j)
      means[j] += (field.values[j] - means[j]) * (years / years_);
  }
}

/// Groups that wait have the values of those that do not, and are not written.
std::vector<double> Gatherer::as_written(FactorId id, std::vector<double> values) const {
  const Factor& factor = scenario_->factors[id.index()];
  const Groups& groups = scenario_->groups;
  if (!factor.by_group || groups.queues().empty()) return values;
  const Shape shape = shape_of(*scenario_, factor);
  std::vector<double> written;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (shape.group_of(i) < groups.unqueued()) written.push_back(values[i]);
  }
  return written;
}

void Gatherer::add_factors(Record& record) {
  for (std::size_t i = 0; i < factor_means_.size(); ++i) {
    record.pieces.push_back({variables_.factors[i],
                             as_written(scenario_->output.factors[i], std::exchange(factor_means_[i], {}))});
  }
  years_ = 0;
}

}  // namespace sojourn
