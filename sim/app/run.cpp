#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "sim/app/commands.hpp"
#include "sim/app/interrupt.hpp"
#include "sim/app/output_target.hpp"
#include "sim/app/progress.hpp"
#include "sim/app/say.hpp"
#include "sim/app/warnings.hpp"
#include "sim/base/machine_memory.hpp"
#include "sim/base/tables_told.hpp"
#include "sim/base/text.hpp"
#include "sim/engine/memory.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/engine/start_checks.hpp"
#include "sim/model/record.hpp"
#include "sim/output/provenance.hpp"
#include "sim/output/recorder.hpp"
#include "sim/output/summary.hpp"
#include "sim/reading/read_scenario.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::app {

namespace {

const Variant& find_variant(const Scenario& scenario, const std::string& name) {
  std::vector<std::string> known;
  for (const Variant& variant : scenario.variants) {
    if (variant.name == name) return variant;
    known.push_back(variant.name);
  }
  std::string names;
  for (const std::string& one : known) names += (names.empty() ? "" : ", ") + one;
  throw InputError({{{"--variant", 0, 0},
                     "there is no variant '" + name + "'",
                     "one of: " + names,
                     closest_name(name, known)}});
}

/// NAME.h5 in the current folder, after the scenario and, unless it is the baseline, the variant.
std::string default_output(const RunOptions& options) {
  std::string name = std::filesystem::path(options.scenario).stem().string();
  if (options.variant != "baseline") name += "-" + options.variant;
  return name + ".h5";
}

std::string bytes_text(double bytes) {
  return bytes >= 1e9 ? fmt::format("{:.1f} GB", bytes / 1e9) : fmt::format("{:.0f} MB", bytes / 1e6);
}

void announce(const Scenario& scenario, const Variant& variant, const MemoryEstimate& estimate,
              const RunOptions& options) {
  if (options.quiet) return;
  say(stderr, "{}\n", scenario.title.plain());
  say(stderr, "variant {}, seed {}{}, {} to {}, {} steps of {}, {}\n", variant.name, scenario.seed,
      options.replicate == 0 ? "" : fmt::format(", replicate {}", options.replicate),
      to_string(scenario.time.start()), to_string(scenario.time.end()), scenario.time.steps(),
      to_string(scenario.time.step_length()),
      options.threads == 1 ? "1 thread" : fmt::format("{} threads", options.threads));
  for (const std::string& line : tables_told(scenario.table_uses)) say(stderr, "{}\n", line);
  say(stderr, "{:.0f} agents in {} regions; about {:.3g} moves in the first step\n", estimate.agents,
      scenario.region_count(), estimate.moves_per_step);
  say(stderr, "memory: about {}", bytes_text(estimate.bytes));
  if (estimate.bytes_per_mover > 0) {
    say(stderr, " ({} bytes for each mover: {:.3g} at the start, about {:.3g} at the end)",
        estimate.bytes_per_mover, estimate.movers_at_start, estimate.movers_at_end);
  }
  say(stderr, "\n");
  if (const auto outputs = outputs_that_need_records(scenario); !outputs.empty()) {
    say(stderr,
        "records of movers are kept for the output of {}: without that, the same seed gives other numbers "
        "under the same law\n",
        in_words(outputs));
  }
}

/// More memory than there is would end in a machine that stands still, or in a process that is killed.
void check_memory(const MemoryEstimate& estimate, const RunOptions& options) {
  const auto available = static_cast<double>(available_memory());
  if (available <= 0 || estimate.bytes <= available) return;
  const std::string what = fmt::format("the run needs about {} of memory, and {} are free",
                                       bytes_text(estimate.bytes), bytes_text(available));
  if (options.memory == "anyway") {
    say(stderr, "warning: {}\n", what);
    return;
  }
  throw RunError(
      what +
      "; --persons-per-agent 10 needs about a tenth for agents, and --memory anyway runs all the same");
}

/// What is known before the run: what it will need, and what to warn of.
struct Outlook {
  MemoryEstimate estimate;
  std::vector<Warning> warnings;
};

/// Mistakes of the start are an `InputError`.
Outlook look_ahead(const Scenario& scenario, const Variant& variant, Workers& workers) {
  const StartSketch sketch(scenario, variant, workers);
  const StartRates rates = check_start(scenario, sketch);
  return {estimate_memory(sketch), collect_warnings(scenario, {&variant}, rates, workers)};
}

/// Runs all steps. Returns whether it was interrupted.
bool run_steps(Simulation& simulation, Recorder& recorder, InterruptGuard& interrupts,
               const RunOptions& options) {
  Progress progress(simulation.scenario().time, options.quiet);
  recorder.observe(simulation);
  while (!simulation.finished() && !interrupts.interrupted()) {
    simulation.advance();
    recorder.observe(simulation);
    progress.show(simulation.steps_done(), simulation.checks().moves);
  }
  progress.finish();
  return !simulation.finished();
}

/// The seconds are those since `start`, the summing up included.
void print_result(const std::string& path, const Checks& checks,
                  std::chrono::steady_clock::time_point start) {
  say_lines(stdout, format_summary(summarise(path)));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const auto moves = static_cast<double>(checks.moves);
  say(stdout, "{:<14}{:.2f} s wall ({:.3g} moves a second), peak memory {}\n", "run", seconds,
      moves / seconds, bytes_text(static_cast<double>(peak_memory())));
  say(stdout, "{:<14}{}\n", "output", path);
}

}  // namespace

Exit run(const RunOptions& options, const std::string& command_line) {
  const auto start = std::chrono::steady_clock::now();
  InterruptGuard interrupts;
  const OutputPaths paths =
      plan_output(options.output.empty() ? default_output(options) : options.output, options.force);
  const Scenario scenario =
      read_scenario(options.scenario, {options.seed, options.persons_per_agent, options.until});
  const Variant& variant = find_variant(scenario, options.variant);
  Workers workers(options.threads);
  check_output_target(paths, scenario);
  const auto [estimate, warnings] = look_ahead(scenario, variant, workers);
  tell_warnings(warnings, options.strict);
  announce(scenario, variant, estimate, options);
  check_memory(estimate, options);

  const RunKey key{scenario.seed, options.replicate};
  auto owned = std::make_unique<Simulation>(scenario, variant, key, workers);
  Simulation& simulation = *owned;
  interrupts.hold();
  Recorder recorder(simulation, paths, {key, command_line, options.threads, warnings});
  const auto close = [&](const char* how) {
    recorder.close();
    say(stderr, "{} after step {} of {} ({}); what was recorded until then is in {}, marked incomplete\n",
        how, simulation.steps_done(), scenario.time.steps(),
        to_string(scenario.time.boundary(simulation.steps_done())), paths.part);
  };
  try {
    if (run_steps(simulation, recorder, interrupts, options)) {
      close("interrupted");
      return Exit::interrupted;
    }
  } catch (const InputError&) {
    // A derived factor or an attraction without a value: only the run could know.
    close("stopped");
    throw;
  }
  recorder.finish(simulation);
  const Checks checks = simulation.checks();
  // Its people need not lie beside what sums them up.
  owned.reset();
  print_result(paths.final, checks, start);
  return Exit::done;
}

}  // namespace sojourn::app
