#include "sim/output/recorder.hpp"

#include <limits>
#include <stdexcept>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/model/entry.hpp"
#include "sim/output/data_file.hpp"
#include "sim/output/gather.hpp"
#include "sim/output/provenance.hpp"
#include "sim/output/variables.hpp"
#include "sim/output/writer.hpp"

namespace sojourn {

namespace {

/// No stock can be larger than all agents; twice as many still fit. A number of moves cannot be larger than
/// all moves of an interval, and no interval has sixteen times as many as expected (if it had, the file would
/// refuse them).
CountTypes count_types(const RunView& run) {
  const Scenario& scenario = run.scenario;
  double agents = 0;
  for (const std::int64_t number : run.residents) agents += static_cast<double>(number);
  constexpr double largest = std::numeric_limits<std::int32_t>::max();
  const double persons = scenario.persons_per_agent;
  const auto type = [&](double bound) {
    if (!counts_are_whole(persons)) return ValueType::float64;
    return bound * persons <= largest ? ValueType::int32 : ValueType::int64;
  };
  const double moves = scenario.inflows.empty() ? 16 * run.most_moves() : 2 * agents;
  CountTypes types;
  agents += entries_to_expect(scenario, run.variant) / persons;
  // Births may make many more of them in the course of a run.
  types.stock = type((scenario.demography.births ? 16 : 2) * agents);
  types.flow = type(std::min(moves, 2 * agents) * static_cast<double>(scenario.output.every));
  const auto census_steps = static_cast<double>(scenario.output.relocations_every.value_or(1));
  types.relocations = type(std::min(moves * census_steps, 2 * agents));
  return types;
}

}  // namespace

Recorder::Recorder(const RunView& run, OutputPaths paths, const RunInfo& info) : paths_(std::move(paths)) {
  const Scenario& scenario = run.scenario;
  make_room(paths_);
  file_ = std::make_unique<DataFile>(paths_.part);
  const OutputLayout layout{run.variant.name, info.key, count_types(run), run.flows.is_dense()};
  write_provenance(*file_, run, info.key);
  write_circumstances_of_start(*file_, scenario, info, start_);
  gatherer_ = std::make_unique<Gatherer>(scenario, define_variables(*file_, scenario, layout));
  file_->flush();
  writer_ = std::make_unique<Writer>(*file_);
}

Recorder::~Recorder() {
  try {
    close();
  } catch (...) {
    // Whoever did not call close or finish has an error of his own to report.
  }
}

void Recorder::observe(const RunView& run) {
  if (!writer_) throw std::logic_error("a recorder was used after its end");
  writer_->add(gatherer_->observe(run));
}

void Recorder::finish(const RunView& run) {
  if (!writer_) throw std::logic_error("a recorder was used after its end");
  if (!run.finished()) throw std::logic_error("a recorder was finished before its run");
  writer_->finish();
  writer_.reset();
  file_->set_attribute({"checks", LongText{describe(run.checks, gatherer_->checks())}});
  write_circumstances_of_end(*file_, start_);
  file_->set_attribute({"complete", std::int32_t{1}});
  file_->close();
  file_.reset();
  publish(paths_);
}

void Recorder::close() {
  if (writer_) {
    const auto writer = std::exchange(writer_, nullptr);
    writer->finish();
    write_circumstances_of_end(*file_, start_);
  }
  if (file_) {
    const auto file = std::exchange(file_, nullptr);
    file->close();
  }
}

}  // namespace sojourn
