#include "sim/engine/start_sketch.hpp"

#include <doctest/doctest.h>

#include "sim/base/error.hpp"
#include "tests/support/small_scenario.hpp"

namespace start_sketch_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

/// A factor 1 / people, which has no value where nobody lives.
FactorId add_inverse_of_people(Scenario& scenario) {
  const FactorId id = test::add_factor(scenario, "scarce", FactorPlaces::region, {});
  Derivation derivation;
  derivation.expression = "1 / people";
  derivation.where = {"small.yaml", 3, 4};
  derivation.inputs.push_back({"people", PeopleInput{test::everybody(scenario)}, 0});
  scenario.factors[id.index()].derivation = std::move(derivation);
  return id;
}

}  // namespace

TEST_CASE("a sketch of few agents is the run's own first step, of many a smaller one") {
  Workers workers(1);
  Scenario scenario = test::small_scenario(2);
  test::add_stream(scenario, "go", 0.1);
  test::stayers(scenario, 0) = 5e5;
  CHECK(StartSketch(scenario, scenario.variants[0], workers).scale() == 1);
  test::stayers(scenario, 1) = 4.5e6;
  const StartSketch sketch(scenario, scenario.variants[0], workers);
  CHECK(sketch.scale() == doctest::Approx(5));
  CHECK(sketch.simulation().population().noted(Region{1}) == 900'000);
  CHECK(sketch.has_derived_factors());
}

TEST_CASE(
    "derived factors that need people are passed over where the sketch has too few, and told where the run "
    "has") {
  Workers workers(1);
  Scenario scenario = test::small_scenario(2);
  Stream& go = test::add_stream(scenario, "go", 0.1);
  go.hazard.push.push_back(
      {.name = "scarce",
       .factor = add_inverse_of_people(scenario),
       .reference = {},
       .coefficient = test::add_parameter(scenario, "streams.go.hazard.push.scarce", {1.0})});
  test::stayers(scenario, 0) = 1e8;
  test::stayers(scenario, 1) = 1;
  const StartSketch sketch(scenario, scenario.variants[0], workers);
  CHECK_FALSE(sketch.has_derived_factors());
  test::stayers(scenario, 0) = 1000;
  test::stayers(scenario, 1) = 0;
  CHECK_THROWS_AS(StartSketch(scenario, scenario.variants[0], workers), InputError);
}

}  // namespace start_sketch_test
