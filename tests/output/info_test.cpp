#include "sim/output/info.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "sim/base/error.hpp"
#include "tests/support/recorded_run.hpp"
#include "tests/support/recorded_scenario.hpp"
#include "tests/support/temporary_directory.hpp"

namespace info_test {

using namespace sojourn;

namespace {

const InfoItem& item(const std::vector<InfoItem>& items, const std::string& name) {
  return *std::find_if(items.begin(), items.end(), [&](const InfoItem& one) { return one.name == name; });
}

}  // namespace

TEST_CASE("info says what a file is and what is in it") {
  const test::TemporaryDirectory directory;
  test::record_run(test::recorded_scenario(), directory.file("a.h5"), 1);
  const Info info = read_info(directory.file("a.h5"));
  CHECK(info.complete);
  CHECK(info.title == "A small scenario");
  CHECK(info.variant == "open");
  CHECK(info.policies == std::vector<std::string>{"open_doors"});
  CHECK(info.seed == 7);
  CHECK(info.bytes > 0);
  CHECK(item(info.dimensions, "time").shape == "25");
  CHECK(item(info.dimensions, "bnds").shape == "2");
  CHECK(item(info.variables, "stock").shape == "time 25, region 3, age 3, sex 2");
  CHECK(item(info.variables, "stock").unit == "persons");
  CHECK(info.summary.people_first == 36000);
  const std::string text = format_info(info);
  for (const char* part :
       {"complete", "open (policies: open_doors)", "seed          7, replicate 0",
        "2010-01-01 to 2012-01-01 in steps of 1 month", "interval 24, origin 3", "largest flows"}) {
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("info says that a run was interrupted, and what there is of it") {
  const test::TemporaryDirectory directory;
  const Scenario scenario = test::recorded_scenario();
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  Recorder recorder(simulation, plan_output(directory.file("a.h5"), false), {{1, 0}, "", 1});
  recorder.observe(simulation);
  simulation.advance();
  recorder.observe(simulation);
  recorder.close();
  const Info info = read_info(directory.file("a.part.h5"));
  CHECK_FALSE(info.complete);
  CHECK(info.summary.last == "2010-02-01");
  CHECK(info.end == "2012-01-01");
  CHECK(format_info(info).find("INCOMPLETE") != std::string::npos);
  CHECK_THROWS_AS(static_cast<void>(read_info(directory.file("a.h5"))), RunError);
}

}  // namespace info_test
