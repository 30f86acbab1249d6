#include "sim/output/variables.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "sim/output/stored_file.hpp"
#include "tests/support/recorded_scenario.hpp"
#include "tests/support/temporary_directory.hpp"

namespace variables_test {

using namespace sojourn;

namespace {

using Texts = std::vector<std::string>;

/// The file of a scenario in which nothing was recorded.
StoredFile empty_file(const test::TemporaryDirectory& directory, const Scenario& scenario,
                      const OutputLayout& layout = {"baseline", {1, 0}, {}, true}) {
  std::filesystem::remove(directory.file("a.h5"));
  DataFile file(directory.file("a.h5"));
  file.set_attribute({"sojourn_format", std::int32_t{1}});
  static_cast<void>(define_variables(file, scenario, layout));
  file.close();
  return StoredFile(directory.file("a.h5"));
}

}  // namespace

TEST_CASE("variables have the dimensions that are asked for") {
  const test::TemporaryDirectory directory;
  Scenario scenario = test::recorded_scenario();
  {
    const StoredFile file = empty_file(directory, scenario);
    CHECK(file.describe("stock").dimensions == Texts{"time", "region", "age", "sex"});
    CHECK(file.describe("flow").dimensions == Texts{"interval", "origin", "destination", "stream", "sex"});
    CHECK(file.describe("relocations").dimensions == Texts{"interval_relocations", "origin", "destination"});
    CHECK(file.describe("diaspora").dimensions == Texts{"time_diaspora", "residence", "birth"});
    CHECK(file.describe("factor_income").dimensions == Texts{"interval", "region"});
    CHECK(file.describe("interval_bnds").dimensions == Texts{"interval", "bnds"});
    CHECK(file.read_texts("age") == Texts{"0-14", "15-64", "65+"});
    CHECK(file.read_texts("region_name") == Texts{"Région A", "Région B", "Région C"});
    CHECK(file.read_texts("variant") == Texts{"baseline"});
  }
  scenario.output = {};
  scenario.output.age_from = {0};
  scenario.factors[0].places = FactorPlaces::everywhere;
  scenario.factors[0].by_group = true;
  scenario.output.factors = {FactorId{0}};
  const StoredFile file = empty_file(directory, scenario);
  CHECK(file.describe("stock").dimensions == Texts{"time", "region"});
  CHECK(file.describe("flow").dimensions == Texts{"interval", "origin", "destination", "stream"});
  CHECK(file.describe("factor_income").dimensions == Texts{"interval", "sex"});
  for (const char* name : {"relocations", "diaspora", "age", "time_diaspora", "residence"})
    CHECK_FALSE(file.has(name));
}

TEST_CASE("counts have the type that is asked for, and say in what they count") {
  const test::TemporaryDirectory directory;
  Scenario scenario = test::recorded_scenario();
  const StoredFile file =
      empty_file(directory, scenario,
                 {"baseline", {1, 0}, {ValueType::int64, ValueType::int32, ValueType::int32}, true});
  CHECK(file.describe("stock").type == "int64");
  CHECK(file.describe("diaspora").type == "int64");
  CHECK(file.describe("flow").type == "int32");
  CHECK(file.describe("relocations").type == "int32");
  CHECK(file.describe("stock").unit == "persons");
}

TEST_CASE("where agents stand for several persons, counts say so") {
  const test::TemporaryDirectory directory;
  Scenario scenario = test::recorded_scenario();
  scenario.persons_per_agent = 12.5;
  const StoredFile file = empty_file(directory, scenario);
  for (const char* name : {"stock", "flow", "relocations", "diaspora"}) {
    CHECK(file.describe(name).unit == "persons");
  }
}

TEST_CASE("flows may be a table") {
  const test::TemporaryDirectory directory;
  Scenario scenario = test::recorded_scenario();
  scenario.output.flow_by_age = true;
  const StoredFile file = empty_file(directory, scenario, {"baseline", {1, 0}, {}, false});
  CHECK_FALSE(file.has("flow"));
  for (const char* name : {"interval", "origin", "destination", "stream", "age", "sex", "count"}) {
    CHECK(file.describe(std::string("flow_") + name).dimensions == Texts{"flow_row"});
  }
  CHECK(file.describe("flow_age").type == "int32");
  CHECK(file.describe("flow_count").type == "int64");
}

}  // namespace variables_test
