#include "sim/output/recorder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/output/stored_file.hpp"
#include "tests/support/recorded_run.hpp"
#include "tests/support/recorded_scenario.hpp"
#include "tests/support/temporary_directory.hpp"

namespace recorder_test {

using namespace sojourn;

namespace {

/// All whole numbers of all variables, in order.
std::vector<std::int64_t> all_numbers(const std::string& path) {
  const StoredFile file(path);
  std::vector<std::int64_t> result;
  for (const StoredVariable& variable : file.variables()) {
    if (!variable.type.starts_with("int")) continue;
    const auto values = file.read_numbers(variable.name);
    result.insert(result.end(), values.begin(), values.end());
  }
  return result;
}

struct Interrupted {
  explicit Interrupted(const std::string& path)
      : scenario(test::recorded_scenario()),
        simulation(scenario, scenario.variants[0], {1, 0}, workers),
        recorder(simulation, plan_output(path, false), {{1, 0}, "sojourn run", 1}) {
    recorder.observe(simulation);
    for (int i = 0; i < 5; ++i) {
      simulation.advance();
      recorder.observe(simulation);
    }
  }

  Scenario scenario;
  Workers workers{1};
  Simulation simulation;
  Recorder recorder;
};

}  // namespace

TEST_CASE("a whole run is renamed, complete, and agrees with itself") {
  const test::TemporaryDirectory directory;
  test::record_run(test::recorded_scenario(), directory.file("a.h5"));
  CHECK_FALSE(std::filesystem::exists(directory.file("a.part.h5")));
  const StoredFile file(directory.file("a.h5"));
  CHECK(file.number("complete") == 1.0);
  CHECK(file.text("checks")->find("each of 24 steps") != std::string::npos);

  const auto stock = file.read_numbers("stock");
  const auto flow = file.read_numbers("flow");
  const auto region_stock = [&](std::size_t t, std::size_t r) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < 6; ++i) sum += stock[(t * 3 + r) * 6 + i];
    return sum;
  };
  for (std::size_t t = 0; t < 24; ++t) {
    for (std::size_t r = 0; r < 3; ++r) {
      std::int64_t change = 0;
      for (std::size_t other = 0; other < 3; ++other) {
        for (std::size_t i = 0; i < 4; ++i) {
          change += flow[((t * 3 + other) * 3 + r) * 4 + i] - flow[((t * 3 + r) * 3 + other) * 4 + i];
        }
      }
      CHECK(region_stock(t + 1, r) - region_stock(t, r) == change);
    }
  }
}

TEST_CASE("bounds of intervals join, and begin with the interval") {
  const test::TemporaryDirectory directory;
  test::record_run(test::recorded_scenario(), directory.file("a.h5"));
  const StoredFile file(directory.file("a.h5"));
  const auto time = file.read_numbers("time");
  const auto interval = file.read_numbers("interval");
  const auto bounds = file.read_numbers("interval_bnds");
  REQUIRE(time.size() == interval.size() + 1);
  for (std::size_t i = 0; i < interval.size(); ++i) {
    CHECK(bounds[2 * i] == interval[i]);
    CHECK(bounds[2 * i] == time[i]);
    CHECK(bounds[2 * i + 1] == time[i + 1]);
  }
  CHECK(file.read_numbers("interval_relocations_bnds") ==
        std::vector<std::int64_t>{14610, 14975, 14975, 15340});
  CHECK(file.read_numbers("time_diaspora") == std::vector<std::int64_t>{14610, 14975, 15340});
}

TEST_CASE("the number of threads changes no number") {
  const test::TemporaryDirectory directory;
  test::record_run(test::recorded_scenario(), directory.file("a.h5"), 1, 1);
  test::record_run(test::recorded_scenario(), directory.file("b.h5"), 1, 3);
  CHECK(all_numbers(directory.file("a.h5")) == all_numbers(directory.file("b.h5")));
}

TEST_CASE("an interrupted run keeps the part name and opens") {
  const test::TemporaryDirectory directory;
  Interrupted run(directory.file("a.h5"));
  CHECK_THROWS_AS(run.recorder.finish(run.simulation), std::logic_error);
  run.recorder.close();
  run.recorder.close();
  CHECK_FALSE(std::filesystem::exists(directory.file("a.h5")));
  const StoredFile file(directory.file("a.part.h5"));
  CHECK(file.number("complete") == 0.0);
  CHECK(file.read_numbers("time").size() == 6);
  CHECK(file.read_numbers("interval").size() == 5);
  CHECK_THROWS_AS(run.recorder.observe(run.simulation), std::logic_error);
}

TEST_CASE("a recorder that is forgotten leaves what it recorded") {
  const test::TemporaryDirectory directory;
  { const Interrupted run(directory.file("a.h5")); }
  CHECK(StoredFile(directory.file("a.part.h5")).read_numbers("time").size() == 6);
}

TEST_CASE("what another program put at the final name meanwhile stays") {
  const test::TemporaryDirectory directory;
  const Scenario scenario = test::recorded_scenario({.months = 1});
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  Recorder recorder(simulation, plan_output(directory.file("a.h5"), false), {{1, 0}, "", 1});
  recorder.observe(simulation);
  simulation.advance();
  recorder.observe(simulation);
  std::ofstream(directory.file("a.h5")) << "precious";
  CHECK_THROWS_AS(recorder.finish(simulation), RunError);
  CHECK(std::filesystem::file_size(directory.file("a.h5")) == 8);
  CHECK(StoredFile(directory.file("a.part.h5")).number("complete") == 1.0);
}

TEST_CASE("counts that may not fit 32 bits get 64") {
  const test::TemporaryDirectory directory;
  Scenario scenario = test::recorded_scenario({.months = 1, .rate = 1e-9});
  scenario.population.movers.clear();
  std::fill(scenario.population.stayers.begin(), scenario.population.stayers.end(), 1e7);
  test::record_run(scenario, directory.file("a.h5"));
  const StoredFile file(directory.file("a.h5"));
  CHECK(file.describe("stock").type == "int64");
  CHECK(file.describe("flow").type == "int32");
  const auto stock = file.read_numbers("stock", 0, 1);
  CHECK(stock[0] == 150'000'000);
}

}  // namespace recorder_test
