#pragma once

/// The public face of the libraries: what a C++ program may rely on from one PATCH version to the next. All
/// else that is installed is internal, and may change with any version.
///
/// A scenario comes from a file or is built in code; a `Simulation` runs it step by step; a `Recorder` writes
/// what the scenario's `output` asks for to an HDF5 file. All that goes wrong is an exception: `InputError`
/// with every mistake of the scenario, `RunError` for what lies outside of it (a file, memory).
///
/// * `read_scenario`: the scenario of a YAML file and its tables, checked. Needs `Sojourn::reading`.
/// * `Overrides`: what is to hold in place of what the file says: seed, persons for each agent, the end.
/// * `Scenario`: all that is simulated; its `title`, `seed`, `time`, `regions`, `variants`.
/// * `Texts`: a text for people, such as the title, in one or several languages; its `add`, `plain`, `find`.
/// * `empty_scenario`: regions in which nobody lives yet and nothing happens.
/// * `add_people`: people of the start, who have never moved.
/// * `add_stream`: moves from region to region.
/// * `check_scenario`: tells what is wrong with a scenario built in code. Needs `Sojourn::reading`.
/// * `TimeGrid`: start, end and step of a run, from `parse_date` and `parse_duration`.
/// * `Region`: the number of a region, in the order of `Scenario::regions`.
/// * `Workers`: the threads of a run; more of them change no number.
/// * `RunKey`: seed and replicate, which name the random numbers.
/// * `Simulation`: a run; its `advance`, `finished`, `steps_done`, `stock`.
/// * `Recorder`: the file of a run; its `observe`, `finish`, `close`; with `plan_output` and `RunInfo`.
/// * `InputError`: the mistakes of a scenario, each with its place.
/// * `RunError`: what failed outside of the scenario.
/// * `version`: of the libraries, such as `0.2.0`.

#include "sim/base/calendar.hpp"
#include "sim/base/error.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/base/version.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/output/paths.hpp"
#include "sim/output/recorder.hpp"
#include "sim/output/run_info.hpp"
#include "sim/reading/checks/check_scenario.hpp"
#include "sim/reading/read_scenario.hpp"
#include "sim/scenario/build.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/texts.hpp"
