// What people write by mistake: all shipped scenarios, and one with every feature, changed at random. Each
// mutant is a scenario or is refused with a place, and if it is one, its first steps can be run. Under the
// address sanitizer this is where reading beyond an end shows.
//
// SOJOURN_MUTANTS in the environment is how many, SOJOURN_MUTANT the number of the first; each has a seed of
// its own.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "mutation.hpp"
#include "sim/base/error.hpp"
#include "sim/base/parallel.hpp"
#include "sim/engine/memory.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/engine/start_sketch.hpp"
#include "sim/reading/read_scenario.hpp"
#include "sim/scenario/scenario.hpp"
#include "tests/support/source_folder.hpp"
#include "tests/support/temporary_directory.hpp"

namespace mutants_test {

namespace {

namespace files = std::filesystem;
using namespace sojourn;

#if defined(__SANITIZE_THREAD__)
// Only one thread reads.
constexpr std::size_t usual_mutants = 20;
#else
constexpr std::size_t usual_mutants = 2000;
#endif
constexpr std::size_t one_world_in = 100;

/// A scenario that is right, with its tables.
struct Original {
  std::string name;
  files::path yaml;
  std::vector<files::path> tables;
  /// So many that few agents are left.
  double persons_per_agent = 1;
};

std::string contents(const files::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write(const files::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

Original copy_of(const files::path& scenario, const files::path& folder, double persons_per_agent) {
  Original original{scenario.stem().string(), folder / scenario.filename(), {}, persons_per_agent};
  files::copy(scenario.parent_path(), folder, files::copy_options::recursive);
  for (const auto& entry : files::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".csv") original.tables.push_back(entry.path());
  }
  std::sort(original.tables.begin(), original.tables.end());
  return original;
}

std::size_t setting(const char* name, std::size_t otherwise) {
  const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? otherwise : static_cast<std::size_t>(std::stoull(text));
}

/// Of an empty table or file there is no line.
bool is_of_whole_file(const Mistake& mistake) {
  return mistake.what.starts_with("the table ") || mistake.what.starts_with("the file ");
}

/// What of an error a planner cannot find; "" if all can be.
std::string without_place(const InputError& error) {
  if (error.mistakes().empty()) return "no mistake at all";
  for (const Mistake& mistake : error.mistakes()) {
    if (mistake.where.file.empty() || (mistake.where.line == 0 && !is_of_whole_file(mistake))) {
      return "no place: " + to_string(mistake);
    }
  }
  return "";
}

/// The first steps, if they are no work.
void run_first_steps(const Scenario& scenario, Workers& workers) {
  constexpr double most_agents = 2e4;
  constexpr double most_bytes = 3e8;
  const Variant& variant = scenario.variants.back();
  const MemoryEstimate estimate = estimate_memory(StartSketch(scenario, variant, workers));
  if (estimate.agents > most_agents || estimate.bytes > most_bytes) return;
  Simulation simulation(scenario, variant, {scenario.seed, 0}, workers);
  for (int i = 0; i < 3 && !simulation.finished(); ++i) {
    if (simulation.most_moves() > most_agents) return;
    simulation.advance();
  }
}

/// What is wrong with how a mutant is treated; "" if nothing is.
std::string finding(const Original& original, Workers& workers, std::size_t& valid) {
  try {
    Overrides overrides;
    overrides.persons_per_agent = original.persons_per_agent;
    const Scenario scenario = read_scenario(original.yaml.string(), overrides);
    ++valid;
    run_first_steps(scenario, workers);
  } catch (const InputError& error) {
    return without_place(error);
  } catch (const std::exception& error) {
    return std::string("another exception: ") + error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("mutants of all scenarios are read and run, or refused with a place") {
  const test::TemporaryDirectory folder;
  const files::path source = test::source_folder();
  const std::vector<Original> originals = {
      copy_of(source / "scenarios/world/world.yaml", folder.file("world"), 1e6),
      copy_of(source / "scenarios/tutorial/tutorial.yaml", folder.file("tutorial"), 500),
      copy_of(source / "scenarios/registration/registration.yaml", folder.file("registration"), 2000),
      copy_of(source / "tests/engine/features/features.yaml", folder.file("features"), 1),
  };
  const bool talks = std::getenv("SOJOURN_MUTANTS") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  const std::size_t first = setting("SOJOURN_MUTANT", 0);
  const std::size_t count = setting("SOJOURN_MUTANTS", usual_mutants);
  Workers workers(1);
  std::size_t valid = 0;
  std::vector<std::string> findings;
  for (std::size_t m = first; m < first + count; ++m) {
    test::Mutation mutation(m);
    const Original& original =
        originals[m % one_world_in == 0 ? 0 : 1 + mutation.below(originals.size() - 1)];
    const bool in_table = !original.tables.empty() && mutation.below(3) == 0;
    const files::path& file =
        in_table ? original.tables[mutation.below(original.tables.size())] : original.yaml;
    const std::string text = contents(file);
    std::string spoilt = mutation.spoil(text, in_table);
    while (mutation.below(4) == 0) spoilt = mutation.spoil(spoilt, in_table);
    if (talks) std::cerr << "mutant " << m << " of " << original.name << std::endl;
    write(file, spoilt);
    const std::string what = finding(original, workers, valid);
    if (!what.empty())
      findings.push_back("mutant " + std::to_string(m) + " of " + original.name + ": " + what);
    write(file, text);
  }
  for (const std::string& line : findings) MESSAGE(line);
  CHECK(findings.empty());
  // If hardly any could be read, hardly anything was tested.
  CHECK(valid * 10 > count);
  CHECK(valid * 10 < count * 9);
}

}  // namespace mutants_test
