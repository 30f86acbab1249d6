#include "sim/output/provenance.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sim/base/version.hpp"
#include "sim/output/stored_file.hpp"
#include "tests/support/recorded_run.hpp"
#include "tests/support/recorded_scenario.hpp"
#include "tests/support/temporary_directory.hpp"

namespace provenance_test {

using namespace sojourn;

TEST_CASE("an output says where it comes from") {
  const test::TemporaryDirectory directory;
  const Scenario scenario = test::recorded_scenario({.months = 12});
  test::record_run(scenario, directory.file("a.h5"), 1);
  const StoredFile file(directory.file("a.h5"));
  CHECK(file.text("Conventions") == "CF-1.10");
  CHECK(file.text("title") == scenario.title.plain());
  CHECK(file.text("description") == scenario.description.plain());
  CHECK(file.text("scenario") == scenario.text);
  CHECK(file.texts("tables") == std::vector<std::string>{"regions.csv", "population.csv"});
  CHECK(file.texts("tables_sha256").size() == 2);
  CHECK(file.text("variant") == "open");
  CHECK(file.texts("policies") == std::vector<std::string>{"open_doors"});
  CHECK(file.number("seed") == 7.0);
  CHECK(file.number("replicate") == 0.0);
  CHECK(file.number("persons_per_agent") == 1.0);
  CHECK(file.text("start") == "2010-01-01");
  CHECK(file.text("end") == "2011-01-01");
  CHECK(file.text("step") == "1 month");
  CHECK(file.text("sojourn_version") == std::string(version()));
  CHECK(file.text("sojourn_commit") == std::string(commit()));
  CHECK(file.number("complete") == 1.0);
}

TEST_CASE("what may differ between equal runs stands apart") {
  const test::TemporaryDirectory directory;
  test::record_run(test::recorded_scenario({.months = 1}), directory.file("a.h5"));
  const StoredFile file(directory.file("a.h5"));
  for (const char* name : {"started", "ended", "command_line", "scenario_path", "machine"}) {
    CHECK(file.text(name, "provenance"));
    CHECK_FALSE(file.text(name));
  }
  CHECK(file.text("command_line", "provenance") == "sojourn run small.yaml");
}

TEST_CASE("a scenario without a title still has one in the file, by which readers know it") {
  const test::TemporaryDirectory directory;
  Scenario scenario = test::recorded_scenario({.months = 1});
  scenario.title = Texts();
  scenario.tables.clear();
  test::record_run(scenario, directory.file("a.h5"));
  const StoredFile file(directory.file("a.h5"));
  CHECK(file.text("title") == "untitled");
  CHECK(file.texts("tables").empty());
}

TEST_CASE("the checks are told in words, with their numbers") {
  Checks checks;
  checks.steps_conserved = 24;
  checks.moves = 1234;
  const std::string text = describe(checks, {6, 1234});
  CHECK(text.find("each of 24 steps") != std::string::npos);
  CHECK(text.find("each of 6 intervals") != std::string::npos);
  CHECK(text.find("1234 moves, none from a region to itself") != std::string::npos);
}

}  // namespace provenance_test
