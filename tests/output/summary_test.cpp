#include "sim/output/summary.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <numeric>
#include <string>

#include "sim/output/stored_file.hpp"
#include "tests/support/recorded_run.hpp"
#include "tests/support/recorded_scenario.hpp"
#include "tests/support/temporary_directory.hpp"

namespace summary_test {

using namespace sojourn;

TEST_CASE("a summary adds up, and is the same for an array and a table") {
  const test::TemporaryDirectory directory;
  test::record_run(test::recorded_scenario({.flow_layout = FlowLayout::dense}), directory.file("a.h5"));
  test::record_run(test::recorded_scenario({.flow_layout = FlowLayout::table}), directory.file("b.h5"));
  const Summary summary = summarise(directory.file("a.h5"), 4);
  CHECK(summary.first == "2010-01-01");
  CHECK(summary.last == "2012-01-01");
  CHECK(summary.people_first == 36000);
  CHECK(summary.people_last == 36000);
  CHECK(summary.regions == 3);
  CHECK(summary.streams == std::vector<std::string>{"labour", "return"});
  CHECK(summary.moves == summary.moves_by_stream[0] + summary.moves_by_stream[1]);
  CHECK(summary.corridors == 6);
  REQUIRE(summary.top.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const CorridorMoves& corridor = summary.top[i];
    CHECK(corridor.moves == corridor.by_stream[0] + corridor.by_stream[1]);
    if (i > 0) CHECK(corridor.moves <= summary.top[i - 1].moves);
    CHECK(corridor.origin != corridor.destination);
  }
  CHECK(format_summary(summary) == format_summary(summarise(directory.file("b.h5"), 4)));
}

TEST_CASE("the table names people, moves and corridors") {
  Summary summary;
  summary.persons_per_agent = 100;
  summary.regions = 2;
  summary.first = "2010-01-01";
  summary.last = "2020-01-01";
  summary.people_first = 1000;
  summary.people_last = 1000;
  summary.streams = {"labour", "return"};
  summary.moves_by_stream = {1200, 34};
  summary.moves = 1234;
  summary.corridors = 1;
  summary.top = {{"Åland", "B", 1234, {1200, 34}}};
  CHECK(format_summary(summary) ==
        "one agent stands for 100 persons\n"
        "people        1,000 on 2010-01-01, 1,000 on 2020-01-01, in 2 regions\n"
        "moves         1,234 along 1 corridor: labour 1,200, return 34\n"
        "largest flows        moves  labour  return\n"
        "Åland          to B  1,234   1,200      34\n");
  summary.totals = {{"births", {""}, {5000}}, {"inflow", {"workers", "kin"}, {321, 1}}};
  CHECK(format_summary(summary).find("in 2 regions\n"
                                     "births        5,000\n"
                                     "inflow        321 workers\n"
                                     "              1 kin\n"
                                     "moves         1,234") != std::string::npos);
}

TEST_CASE("a file in which nothing was recorded yet is summed up too") {
  const test::TemporaryDirectory directory;
  const Scenario scenario = test::recorded_scenario();
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  Recorder recorder(simulation, plan_output(directory.file("a.h5"), false), {{1, 0}, "", 1});
  recorder.close();
  const Summary summary = summarise(directory.file("a.part.h5"));
  CHECK(summary.first.empty());
  CHECK(summary.moves == 0);
  CHECK(format_summary(summary) == "nothing was recorded yet\n");
}

TEST_CASE("each variable is read once, however many records it has") {
  const test::TemporaryDirectory directory;
  const auto reads = [&](int months, FlowLayout layout) {
    const std::string path = directory.file(std::to_string(months) + ".h5");
    test::record_run(test::recorded_scenario({.months = months, .flow_layout = layout}), path);
    const StoredFile file(path);
    static_cast<void>(summarise(file));
    return file.reads();
  };
  // Streams, regions' names, days, the first and the last stock; then the flow, or four columns of the table.
  CHECK(reads(24, FlowLayout::dense) == 6);
  CHECK(reads(240, FlowLayout::dense) == 6);
  CHECK(reads(24, FlowLayout::table) == 9);
  CHECK(reads(240, FlowLayout::table) == 9);
}

TEST_CASE("regions of one name are told apart by their codes") {
  const test::TemporaryDirectory directory;
  Scenario scenario = test::recorded_scenario();
  for (RegionInfo& region : scenario.regions) region.name = Texts("Georgia");
  test::record_run(scenario, directory.file("a.h5"));
  const Summary summary = summarise(directory.file("a.h5"), 1);
  CHECK(summary.top[0].origin.starts_with("Georgia ("));
  CHECK(summary.top[0].destination.starts_with("Georgia ("));
  CHECK(summary.top[0].origin != summary.top[0].destination);
}

}  // namespace summary_test
