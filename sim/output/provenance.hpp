#pragma once

#include <chrono>
#include <string>

#include "sim/base/random.hpp"
#include "sim/output/data_file.hpp"
#include "sim/output/gather.hpp"
#include "sim/output/run_info.hpp"
#include "sim/output/run_view.hpp"

namespace sojourn {

/// Where a result comes from, as root attributes: the same for equal runs.
void write_provenance(DataFile& file, const RunView& run, RunKey key);

/// What may differ between equal runs, as attributes of the group `/provenance`: at the start and at the end.
void write_circumstances_of_start(DataFile& file, const Scenario& scenario, const RunInfo& info,
                                  std::chrono::system_clock::time_point start);
void write_circumstances_of_end(DataFile& file, std::chrono::system_clock::time_point start);

/// What was checked in a run and held, as one sentence: conservation by step, files against flows by
/// interval.
[[nodiscard]] std::string describe(const Checks& checks, const RecordChecks& record_checks);

}  // namespace sojourn
