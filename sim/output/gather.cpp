#include "sim/output/gather.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/engine/flow_tally.hpp"
#include "sim/scenario/shape.hpp"

namespace sojourn {

namespace {

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
    : scenario_(&scenario),
      variables_(std::move(variables)),
      stock_(scenario.region_count()),
      inward_(scenario.region_count()),
      outward_(scenario.region_count()),
      factor_means_(scenario.output.factors.size()) {}

std::int64_t Gatherer::days(std::size_t boundary) const {
  return scenario_->time.boundary(boundary).time_since_epoch().count();
}

Record Gatherer::observe(const RunView& run) {
  Record record;
  if (run.steps_done > 0) note_factors(run);
  for (const Dimension& axis : recorded_dimensions()) {
    if (axis.every == nullptr || !variables_.labels[static_cast<std::size_t>(axis.axis)]) continue;
    while (const auto moment = due(axis, run)) add_moment(axis, *moment, record);
  }
  return record;
}

std::optional<Moment> Gatherer::due(const Dimension& axis, const RunView& run) const {
  const std::size_t done = done_[static_cast<std::size_t>(axis.axis)];
  const std::size_t every = axis.every(scenario_->output).value();
  const std::size_t now = run.steps_done;
  if (axis.at_the_end == AtTheEnd::preliminary) {
    const std::size_t last = scenario_->time.steps();
    const bool is_final = now >= done + every + scenario_->output.year_steps;
    if (done >= last || (!is_final && !run.finished())) return std::nullopt;
    return Moment{run, done, std::min(done + every, last), is_final};
  }
  const bool is_due = now % every == 0 || (axis.at_the_end == AtTheEnd::written && run.finished());
  if (axis.along == Along::instants) {
    return is_due && done <= now ? std::optional(Moment{run, now, now}) : std::nullopt;
  }
  return is_due && done < now ? std::optional(Moment{run, done, now}) : std::nullopt;
}

void Gatherer::add_moment(const Dimension& axis, const Moment& moment, Record& record) {
  const auto place = static_cast<std::size_t>(axis.axis);
  record.pieces.push_back({*variables_.labels[place], std::vector{days(moment.from)}});
  for (std::size_t i = 0; i < variables_.of.size(); ++i) {
    const Quantity& row = recorded_quantities()[i];
    if (!variables_.of[i] || row.over.front() != axis.axis || row.values == nullptr) continue;
    Values values = row.values(moment);
    if (row.counts_people()) {
      auto& agents = std::get<std::vector<std::int64_t>>(values);
      note(row.balance, agents);
      add_counts(*variables_.of[i], std::move(agents), record);
    } else {
      record.pieces.push_back({*variables_.of[i], std::move(values)});
    }
  }
  if (axis.axis == Axis::interval) end_interval(moment.run, record);
  done_[place] = axis.along == Along::instants ? moment.to + 1 : moment.to;
}

void Gatherer::end_interval(const RunView& run, Record& record) {
  if (!run.flows.is_dense()) add_flow_rows(run.flows, record);
  add_factors(record);
  check_balance();
  ++checks_.intervals;
  run.flows.clear();
  run.vitals.clear();
  run.queues.clear();
  run.limits.forget();
}

void Gatherer::note(Balance balance, const std::vector<std::int64_t>& agents) {
  const std::size_t regions = scenario_->region_count();
  const auto add_to = [&](std::vector<std::int64_t>& sums) {
    const std::size_t size = agents.size() / regions;
    for (std::size_t i = 0; i < agents.size(); ++i) sums[i / size] += agents[i];
  };
  switch (balance) {
    case Balance::none:
      break;
    case Balance::stock:
      stock_before_ = std::exchange(stock_, std::vector<std::int64_t>(regions));
      add_to(stock_);
      break;
    case Balance::in:
      add_to(inward_);
      break;
    case Balance::out:
      add_to(outward_);
      break;
    case Balance::corridors:
      note_corridors(agents);
      break;
  }
}

/// Of moves by [origin][destination] and more.
void Gatherer::note_corridors(const std::vector<std::int64_t>& agents) {
  const std::size_t regions = scenario_->region_count();
  const std::size_t size = agents.size() / (regions * regions);
  for (std::size_t corridor = 0; corridor < regions * regions; ++corridor) {
    const auto first = agents.begin() + static_cast<std::ptrdiff_t>(corridor * size);
    note_flow(corridor / regions, corridor % regions,
              std::accumulate(first, first + static_cast<std::ptrdiff_t>(size), std::int64_t{0}));
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

void Gatherer::add_flow_rows(FlowTally& flows, Record& record) {
  const FlowDetails& details = variables_.flow_details;
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
  add_column(variables_.at("flow_interval"), [&](const FlowTally::Row&) { return checks_.intervals; });
  add_column(variables_.at("flow_origin"), [](const FlowTally::Row& row) { return row.origin.value; });
  add_column(variables_.at("flow_destination"),
             [](const FlowTally::Row& row) { return row.destination.value; });
  add_column(variables_.at("flow_stream"), [](const FlowTally::Row& row) { return row.stream.value; });
  std::size_t stride = flows.detail_count();
  for (std::size_t i = 0; i < details.columns.size(); ++i) {
    stride /= details.sizes[i];
    add_column(details.columns[i],
               [&](const FlowTally::Row& row) { return row.detail / stride % details.sizes[i]; });
  }
  add_counts(variables_.at("flow_count"), column([](const FlowTally::Row& row) { return row.count; }),
             record);
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

void Gatherer::check_balance() {
  for (std::size_t r = 0; r < stock_.size(); ++r) {
    const std::int64_t expected = stock_before_[r] + inward_[r] - outward_[r];
    if (stock_[r] != expected) {
      fail(fmt::format("region {}: the stock is {}, but the stock before and the flows since make {}",
                       scenario_->regions[r].code, stock_[r], expected));
    }
  }
  inward_.assign(inward_.size(), 0);
  outward_.assign(outward_.size(), 0);
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
  if (!factor.by_group || groups.count() == groups.named()) return values;
  const Shape shape = shape_of(*scenario_, factor);
  std::vector<double> written;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (shape.group_of(i) < groups.named()) written.push_back(values[i]);
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
