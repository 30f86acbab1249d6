#include "sim/reading/policies/read_change.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_change_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string yaml_with(const std::string& policies) {
  Parts parts;
  parts.regions =
      "regions: {north: {latitude: 60, longitude: 25}, south: {latitude: 50, longitude: 25}, east: "
      "{latitude: 60, longitude: 35}}";
  parts.before_population =
      "factors: {wage: {values: {north: 3, south: 2, east: 1}}, price: {value: 2}, distance: {pairs: "
      "great_circle}}";
  parts.streams =
      "streams:\n  work:\n    hazard: {rate: 0.01 per year}\n    destination: {pull: [{factor: wage, "
      "coefficient: 1}]}";
  parts.after_streams = policies;
  return parts.yaml();
}

Change only_change(const std::string& change) {
  const Folder folder;
  const Scenario s = read(
      folder, yaml_with("policies: {p: {from: 2010-03-01, change: [" + change + "]}}\nvariants: {p: [p]}"));
  return s.policies.at(0).changes.at(0);
}

}  // namespace

TEST_CASE("changes of factors and parameters") {
  const Change set = only_change("{what: factors.wage, set: 7, ramp: 6 months}");
  CHECK(std::get<FactorId>(set.target) == FactorId(0));
  CHECK(set.kind == Change::Kind::set);
  CHECK(set.amount == 7);
  CHECK(set.ramp == Duration{6, Duration::Unit::months});
  CHECK(set.places.empty());
  const Change rate = only_change("{what: streams.work.hazard.rate, add: 0.5 per month}");
  CHECK(rate.kind == Change::Kind::add);
  CHECK(rate.amount == 6);
  const Change scaled = only_change("{what: streams.work.hazard.rate, scale: 0.5}");
  CHECK(scaled.kind == Change::Kind::scale);
  CHECK(scaled.amount == 0.5);
  const Change coefficient = only_change("{what: streams.work.destination.pull.wage, set: -1}");
  CHECK(std::holds_alternative<ParameterId>(coefficient.target));
}

TEST_CASE("changes narrowed to places") {
  CHECK(only_change("{what: factors.wage, set: 7, regions: [south]}").places ==
        std::vector<bool>{false, true, false});
  CHECK(only_change("{what: streams.work.hazard.rate, scale: 7, regions: south}").places ==
        std::vector<bool>{false, true, false});
  const std::vector<bool> to_south = {false, true, false, false, false, false, false, true, false};
  CHECK(only_change("{what: factors.distance, scale: 7, regions: [south]}").places == to_south);
  CHECK(only_change("{what: factors.distance, scale: 7, destinations: [south]}").places == to_south);
  CHECK(only_change("{what: streams.work.destination.pull.wage, scale: 7, regions: [south]}").places ==
        to_south);
  CHECK(only_change("{what: factors.distance, scale: 7, origins: [north]}").places ==
        std::vector<bool>{false, true, true, false, false, false, false, false, false});
  CHECK(only_change("{what: factors.distance, scale: 7, origins: [north, south], destinations: [south]}")
            .places == std::vector<bool>{false, true, false, false, false, false, false, false, false});
  CHECK(only_change("{what: factors.distance, scale: 7, corridors: [{origin: east, destination: north}]}")
            .places == std::vector<bool>{false, false, false, false, false, false, true, false, false});
}

}  // namespace read_change_test
