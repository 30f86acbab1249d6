#include "sim/reading/policies/change_target.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace change_target_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// The rate is by status, without guests, and the push is one number.
std::string yaml_with(const std::string& change, const std::string& rate) {
  Parts parts;
  parts.before_population =
      "attributes: {status: [citizen, worker, guest, a.b]}\nfactors: {wage: {values: {north: 3, south: 2, "
      "east: 1}}}";
  parts.population =
      "population: {stayers: {values: {north: 9, south: 9, east: 9}, age: 0-79, status: worker}}";
  parts.streams =
      "streams:\n  home:\n    who: {status: [citizen, worker, a.b]}\n    hazard:\n      rate: " + rate +
      "\n      push: [{factor: wage, coefficient: 1}]\n    destination: {}";
  parts.after_streams = "policies: {p: {from: 2010-03-01, change: [" + change + "]}}\nvariants: {p: [p]}";
  return parts.yaml();
}

constexpr const char* by_status = "{by: status, citizen: 0.1 per year, else: 0.2 per year}";

/// The groups of the one change of this name, as `1101`; what is wrong, if something is.
std::string groups_of(const std::string& name, const std::string& rate = by_status) {
  const Folder folder;
  const std::string yaml = yaml_with("{what: " + name + ", scale: 2}", rate);
  const std::string mistakes = mistakes_of(folder, yaml);
  if (!mistakes.empty()) return mistakes;
  const Scenario scenario = read(folder, yaml);
  std::string text;
  for (const bool flag : scenario.policies.at(0).changes.at(0).groups) text += flag ? '1' : '0';
  return text;
}

}  // namespace

TEST_CASE("a dotted name may end in a value of the attribute by which a number differs") {
  CHECK(groups_of("streams.home.hazard.rate") == "");
  CHECK(groups_of("streams.home.hazard.rate.citizen") == "1000");
  CHECK(groups_of("streams.home.hazard.rate.worker") == "0100");
  CHECK(groups_of("streams.home.hazard.rate.a.b") == "0001");
}

TEST_CASE("'else' in a dotted name is for whom it is in the number, and who reads it") {
  CHECK(groups_of("streams.home.hazard.rate.else") == "0101");
  const std::string complete = "{by: status, citizen: 0.1 per year, worker: 0.2 per year, a.b: 0.3 per year}";
  CHECK(contains(groups_of("streams.home.hazard.rate.else", complete),
                 "a policy cannot change 'streams.home.hazard.rate.else': 'streams.home.hazard.rate' has no "
                 "number for 'else'; expected citizen, worker, guest or a.b"));
}

TEST_CASE("values that there are not, that nobody reads, and numbers that are the same for all") {
  CHECK(
      contains(groups_of("streams.home.hazard.rate.wroker"),
               "'streams.home.hazard.rate' has no number for 'wroker'; expected citizen, worker, guest, a.b "
               "or else; did you mean streams.home.hazard.rate.worker?"));
  CHECK(contains(groups_of("streams.home.hazard.rate.guest"),
                 "a policy cannot change 'streams.home.hazard.rate.guest', which nobody reads: none of those "
                 "whom it concerns has that status; expected a value that 'who' allows, or "
                 "'streams.home.hazard.rate' for all"));
  CHECK(contains(
      groups_of("streams.home.hazard.push.wage.worker"),
      "a policy cannot change 'streams.home.hazard.push.wage.worker': 'streams.home.hazard.push.wage' "
      "is one number for all; expected numbers by an attribute in line 13, such as {by: status, "
      "worker: NUMBER, else: NUMBER}"));
  CHECK(contains(groups_of("streams.home.hazard.push.wage.high"),
                 "which does not exist; expected factors.NAME"));
  CHECK(
      contains(groups_of("streams.hme.hazard.rate.worker"), "did you mean streams.home.hazard.rate.worker?"));
  CHECK(contains(groups_of("rate.worker"), "did you mean streams.home.hazard.rate.worker?"));
}

}  // namespace change_target_test
