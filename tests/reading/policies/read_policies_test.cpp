#include "sim/reading/policies/read_policies.hpp"
#include "sim/reading/read_scenario.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_policies_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
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

}  // namespace

TEST_CASE("without policies there is the baseline") {
  const Folder folder;
  const Scenario s = read(folder, yaml_with(""));
  REQUIRE(s.variants.size() == 1);
  CHECK(s.variants[0].name == "baseline");
  CHECK(s.variants[0].policies.empty());
}

TEST_CASE("the baseline comes first unless it stands elsewhere") {
  const std::string policies =
      "policies: {p: {from: 2010-03-01, until: 2010-04-01, change: [{what: factors.price, set: 1}]}, q: "
      "{from: 2010-03-01, change: [{what: factors.wage, set: 2}]}}\n";
  const Folder folder;
  const Scenario s = read(folder, yaml_with(policies + "variants: {both: [q, p]}"));
  REQUIRE(s.variants.size() == 2);
  CHECK(s.variants[0].name == "baseline");
  CHECK(s.variants[1].policies == std::vector<PolicyId>{PolicyId(1), PolicyId(0)});
  CHECK(sojourn::to_string(s.policies[0].until.value()) == "2010-04-01");
  CHECK_FALSE(s.policies[1].until.has_value());
  const Scenario other = read(folder, yaml_with(policies + "variants: {both: [q, p], baseline: []}"));
  REQUIRE(other.variants.size() == 2);
  CHECK(other.variants[1].name == "baseline");
}

TEST_CASE("a change of which a later one leaves nothing is warned of") {
  const auto told = [](const std::string& changes) {
    const Folder folder;
    const Scenario s = read(folder, yaml_with("policies: {p: {from: 2010-03-01, change: [\n" + changes +
                                              "]}}\nvariants: {p: [p]}"));
    return warnings_of(folder, s);
  };
  const std::string north = "{what: factors.wage, scale: 2, regions: [north]},\n";
  const std::string all = "{what: factors.wage, set: 7},\n";
  CHECK(
      contains(told(north + all),
               "s.yaml:13:1: warning: nothing is left of this change: that of line 14, which acts after it, "
               "sets the same number; this may mean that the two stand in the wrong order"));
  CHECK(contains(told(north + "{what: factors.wage, set: 7, regions: [east, north]}"), "nothing is left"));
  CHECK(told(all + north) == "");
  CHECK(told(north + "{what: factors.price, set: 7}") == "");
  CHECK(told(north + "{what: factors.wage, scale: 7}") == "");
  CHECK(told(north + "{what: factors.wage, set: 7, ramp: 1 month}") == "");
  CHECK(told(north + "{what: factors.wage, set: 7, regions: [east]}") == "");
}

TEST_CASE("a policy after an end that was brought forward is no mistake") {
  const Folder folder;
  const std::string yaml = yaml_with(
      "policies: {p: {from: 2011-06-01, change: [{what: factors.price, set: 1}]}}\nvariants: {p: [p]}");
  Overrides overrides;
  overrides.until = "2010-06-01";
  CHECK(mistakes_of(folder, yaml, overrides).empty());
}

}  // namespace read_policies_test
