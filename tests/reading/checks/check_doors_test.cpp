#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace check_doors_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string yaml_with(const std::string& policies) {
  Parts parts;
  parts.streams =
      "streams:\n  work: {hazard: {rate: 0.01 per year}, destination: {choose: [north, south]}, who: "
      "{residence: north}}";
  parts.after_streams = policies;
  return parts.yaml();
}

}  // namespace

TEST_CASE("a door in nobody's way is a mistake") {
  const auto told = [](const std::string& door) {
    const Folder folder;
    return mistakes_of(folder, yaml_with("policies: {p: {from: 2010-03-01, change: [{close: {" + door +
                                         "}}]}}\nvariants: {p: [p]}"));
  };
  CHECK(told("destinations: [south]").empty());
  CHECK(contains(told("destinations: [east]"), "nobody could ever go what is closed here"));
  CHECK(contains(told("origins: [south]"), "nobody could ever go what is closed here"));
  CHECK(contains(told("destinations: [north]"), "nobody could ever go what is closed here"));
}

TEST_CASE("what is open anyway is warned of where it is opened") {
  const auto told = [](const std::string& variants) {
    const Folder folder;
    const Scenario s =
        read(folder, yaml_with("policies:\n  shut: {from: 2010-03-01, change: [{close: {streams: work}}]}\n"
                               "  again: {from: 2010-05-01, change: [{open: {destinations: [south]}}]}\n" +
                               variants));
    return warnings_of(folder, s);
  };
  CHECK(told("variants: {both: [shut, again]}").empty());
  CHECK(told("variants: {both: [shut, again], again: [again], shut: [shut]}").empty());
  CHECK(contains(told("variants: {again: [again], shut: [shut]}"),
                 "nothing that policy 'again' opens here is closed before it, in any variant"));
}

}  // namespace check_doors_test
