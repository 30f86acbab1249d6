#include "sim/reading/checks/check_scenario.hpp"

#include <doctest/doctest.h>

#include <string>

#include "sim/engine/simulation.hpp"
#include "sim/reading/read_scenario.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/source_folder.hpp"

namespace check_scenario_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

std::string told(const Scenario& scenario) {
  try {
    check_scenario(scenario);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

Scenario one_stream(double rate) {
  Scenario scenario = test::small_scenario(2);
  test::stayers(scenario, 0) = 100;
  add_stream(scenario, "work", rate);
  return scenario;
}

}  // namespace

TEST_CASE("what was read is right, and a scenario built in code is told what a file would be told") {
  for (const char* name : {"tutorial/tutorial.yaml", "registration/registration.yaml"}) {
    CAPTURE(name);
    CHECK(told(read_scenario(test::source_folder() + "/scenarios/" + name)) == "");
  }
  CHECK(told(one_stream(0.1)) == "");
  const std::string negative = told(one_stream(-0.1));
  CHECK(negative.find("streams.work.hazard.rate") != std::string::npos);
  CHECK(negative.find("0 or more") != std::string::npos);
}

TEST_CASE("what would be read beyond its end is told, and no simulation begins with it") {
  Scenario wrong_size = one_stream(0.1);
  wrong_size.streams[0].becomes.clear();
  CHECK(told(wrong_size).find("stream 'work', what movers become, has 0 values and needs 1") !=
        std::string::npos);
  Scenario no_parameter = one_stream(0.1);
  no_parameter.streams[0].hazard.rate = ParameterId{7};
  CHECK(told(no_parameter).find("stream 'work', a parameter: there is no number 7") != std::string::npos);
  Workers workers(1);
  CHECK_THROWS_AS(Simulation(no_parameter, no_parameter.variants.front(), {1, 0}, workers), InputError);
}

}  // namespace check_scenario_test
