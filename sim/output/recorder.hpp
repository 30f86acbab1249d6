#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "sim/engine/simulation.hpp"
#include "sim/output/paths.hpp"
#include "sim/output/run_info.hpp"
#include "sim/output/run_view.hpp"

namespace sojourn {

class DataFile;
class Gatherer;
class Writer;

/// Records a run to a file, on a thread of its own, as the scenario's `output` asks. Until the run is whole
/// the file bears the part name and says that it is incomplete; it opens at any time, even after the program
/// was killed. Anything that goes wrong with the file is a `RunError`, thrown by the next call.
class Recorder {
 public:
  /// Creates the part file. The run is at its start.
  Recorder(const RunView& run, OutputPaths paths, const RunInfo& info);
  Recorder(Simulation& simulation, OutputPaths paths, const RunInfo& info)
      : Recorder(view(simulation), std::move(paths), info) {}
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  Recorder(Recorder&&) = delete;
  Recorder& operator=(Recorder&&) = delete;
  /// As `close`, but silent.
  ~Recorder();

  /// To be called at the start and after every step: records what is due.
  void observe(const RunView& run);
  void observe(Simulation& simulation) { observe(view(simulation)); }
  /// Ends a whole run: marks the file complete, and gives it its final name.
  void finish(const RunView& run);
  void finish(Simulation& simulation) { finish(view(simulation)); }
  /// Ends a run that was interrupted: what was recorded stays, under the part name, marked incomplete.
  void close();

 private:
  OutputPaths paths_;
  std::chrono::system_clock::time_point start_ = std::chrono::system_clock::now();
  std::unique_ptr<DataFile> file_;
  std::unique_ptr<Gatherer> gatherer_;
  /// Before the others it goes, for its thread uses them.
  std::unique_ptr<Writer> writer_;
};

}  // namespace sojourn
