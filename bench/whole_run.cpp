// One run of one engine, measured from outside as a user would: prints one line of JSON. bench/measure.py
// starts it once for each figure, so that every run has a process, and a peak of memory, of its own.

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/counts/engine.hpp"
#include "bench/machine.hpp"
#include "bench/plain/engine.hpp"
#include "bench/worlds.hpp"
#include "sim/base/machine_memory.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/output/recorder.hpp"
#include "sim/reading/read_scenario.hpp"

namespace {

using namespace sojourn;

struct Options {
  std::string engine = "sojourn";
  std::string world = "simple";
  std::string scenario;
  double people = 0;
  int years = 0;
  std::string step = "1 month";
  double speed = 1;
  std::size_t steps = 0;
  std::size_t every = 0;
  unsigned threads = 1;
  std::string output;
  bool memory = false;
};

struct Phase {
  double wall = 0;
  double cpu = 0;
};

/// Runs `work` and says how long it took.
template <class Work>
Phase timed(const Work& work) {
  const double wall = bench::wall_seconds();
  const double cpu = bench::cpu_seconds();
  work();
  return {bench::wall_seconds() - wall, bench::cpu_seconds() - cpu};
}

struct Result {
  Phase load, start, run;
  double agents = 0;
  double moves = 0;
  double steps = 0;
  double movers = 0;
  double model_bytes = 0;
  /// Wall seconds of each step.
  std::vector<double> step_seconds;
};

Scenario make_scenario(const Options& options) {
  if (!options.scenario.empty()) return read_scenario(options.scenario);
  if (options.world == "districts") {
    bench::Districts districts;
    if (options.people > 0) districts.people = options.people;
    if (options.years > 0) districts.years = options.years;
    return bench::make_districts(districts);
  }
  bench::World world;
  if (options.people > 0) world.people = options.people;
  if (options.years > 0) world.years = options.years;
  world.step = options.step;
  world.speed = options.speed;
  world.rich = options.world == "rich";
  return bench::make_world(world);
}

RunView view_of(Simulation& run) { return view(run); }
RunView view_of(plain::Engine& run) { return run.view(); }

/// The steps, each recorded where there is an output.
template <class Run>
void run_steps(Run& run, const Options& options, Result& result) {
  std::optional<Recorder> recorder;
  if (!options.output.empty()) {
    const RunView at_start = view_of(run);
    recorder.emplace(at_start, plan_output(options.output, true),
                     RunInfo{{at_start.scenario.seed, 0}, "whole_run", options.threads});
    recorder->observe(at_start);
  }
  const std::size_t last = options.steps == 0 ? std::size_t(-1) : options.steps;
  while (!run.finished() && run.steps_done() < last) {
    const double start = bench::wall_seconds();
    run.advance();
    if (recorder) {
      recorder->observe(view_of(run));
    } else if (run.steps_done() % view_of(run).scenario.output.every == 0) {
      view_of(run).flows.clear();
    }
    result.step_seconds.push_back(bench::wall_seconds() - start);
  }
  if (recorder && run.finished()) recorder->finish(view_of(run));
  if (recorder) recorder->close();
}

void run_ours(const Scenario& scenario, const Options& options, Workers& workers, Result& result) {
  std::unique_ptr<Simulation> run;
  result.start = timed([&] {
    run = std::make_unique<Simulation>(scenario, scenario.variants[0], RunKey{scenario.seed, 0}, workers);
  });
  result.run = timed([&] { run_steps(*run, options, result); });
  for (std::size_t r = 0; r < scenario.region_count(); ++r) {
    result.agents += static_cast<double>(run->population().recounted(Region{r}));
  }
  for (std::size_t cell = 0; cell < scenario.cell_count(); ++cell) {
    result.movers += static_cast<double>(run->population().movers().count(cell));
  }
  result.moves = static_cast<double>(run->checks().moves);
  result.steps = static_cast<double>(run->steps_done());
  result.model_bytes = static_cast<double>(run->population().bytes());
}

void run_plain(const Scenario& scenario, const Options& options, Workers& workers, Result& result) {
  std::unique_ptr<plain::Engine> run;
  result.start = timed([&] {
    run = std::make_unique<plain::Engine>(scenario, scenario.variants[0], RunKey{scenario.seed, 0}, workers);
  });
  result.run = timed([&] { run_steps(*run, options, result); });
  result.agents = static_cast<double>(run->agents().size());
  result.moves = static_cast<double>(run->view().checks.moves);
  result.steps = static_cast<double>(run->steps_done());
  result.model_bytes = static_cast<double>(run->agents().size_bytes());
}

void run_counts(const Scenario& scenario, const Options& options, Workers& workers, Result& result) {
  std::unique_ptr<counts::Engine> run;
  result.start = timed([&] {
    run = std::make_unique<counts::Engine>(scenario, RunKey{scenario.seed, 0}, workers);
  });
  const std::size_t last = options.steps == 0 ? std::size_t(-1) : options.steps;
  result.run = timed([&] {
    while (!run->finished() && run->steps_done() < last) {
      const double start = bench::wall_seconds();
      run->advance();
      run->flows().clear();
      result.step_seconds.push_back(bench::wall_seconds() - start);
    }
  });
  result.agents = run->agents();
  result.moves = static_cast<double>(run->moves());
  result.steps = static_cast<double>(run->steps_done());
  result.movers = static_cast<double>(run->movers());
  result.model_bytes = result.movers * sizeof(plain::Agent);
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void print(const Options& options, const Result& result, double others_busy, std::int64_t peak) {
  fmt::print(R"({{"engine": "{}", "world": "{}", "threads": {}, "step": "{}", "recorded": {}, )",
             options.engine, options.scenario.empty() ? options.world : "file", options.threads, options.step,
             !options.output.empty());
  fmt::print(R"("agents": {:.0f}, "steps": {:.0f}, "moves": {:.0f}, )", result.agents, result.steps,
             result.moves);
  const auto phase = [](const char* name, const Phase& one) {
    fmt::print(R"("{0}_wall": {1:.6g}, "{0}_cpu": {2:.6g}, )", name, one.wall, one.cpu);
  };
  phase("load", result.load);
  phase("start", result.start);
  phase("run", result.run);
  fmt::print(R"("median_step_wall": {:.6g}, "movers": {:.0f}, "model_bytes": {:.0f}, "peak_bytes": {}, )",
             median(result.step_seconds), result.movers, result.model_bytes, peak);
  if (options.memory) {
    const auto bytes = static_cast<std::size_t>(std::max(result.model_bytes, 1e6));
    fmt::print(R"("updates_per_second": {:.6g}, )",
               bench::random_updates_per_second(bytes, options.threads, false));
    fmt::print(R"("updates_per_second_prefetched": {:.6g}, )",
               bench::random_updates_per_second(bytes, options.threads, true));
    fmt::print(R"("sequential_bytes_per_second": {:.6g}, )", bench::sequential_bytes_per_second(bytes));
  }
  fmt::print(R"("others_busy": {:.3f}}})", others_busy);
  fmt::print("\n");
}

void measure(const Options& options) {
  const bench::OthersBusy others;
  Result result;
  Workers workers(options.threads);
  std::optional<Scenario> scenario;
  result.load = timed([&] { scenario.emplace(make_scenario(options)); });
  if (options.every > 0) scenario->output.every = options.every;
  if (options.engine == "plain") {
    run_plain(*scenario, options, workers, result);
  } else if (options.engine == "counts") {
    run_counts(*scenario, options, workers, result);
  } else {
    run_ours(*scenario, options, workers, result);
  }
  print(options, result, others.get(), peak_memory());
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"One measured run; prints one line of JSON."};
  app.add_option("--engine", options.engine)
      ->check(CLI::IsMember({"sojourn", "plain", "counts"}))
      ->capture_default_str();
  app.add_option("--world", options.world)
      ->check(CLI::IsMember({"simple", "rich", "districts"}))
      ->capture_default_str();
  app.add_option("--scenario", options.scenario, "A scenario file instead of a made-up world");
  app.add_option("--people", options.people);
  app.add_option("--years", options.years);
  app.add_option("--step", options.step)->capture_default_str();
  app.add_option("--speed", options.speed, "Factor of all rates")->capture_default_str();
  app.add_option("--steps", options.steps, "Stop after so many");
  app.add_option("--every", options.every, "Steps of an interval that is recorded; else months");
  app.add_option("--threads", options.threads)->capture_default_str();
  app.add_option("-o,--output", options.output, "Record to this file");
  app.add_flag("--memory", options.memory,
               "Measure the machine's memory too, over as many bytes as the model used");
  CLI11_PARSE(app, argc, argv);
  try {
    measure(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
