#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace check_diaspora_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// Told of a stream from north whose diaspora has a ratio to a factor with this value in each region.
std::string told(const std::string& north, const std::string& south, const std::string& policies = "") {
  const Folder folder;
  Parts parts;
  parts.before_population =
      "factors: {places: {values: {north: " + north + ", south: " + south + ", east: 5}}}";
  parts.streams =
      "streams:\n  work:\n    who: {residence: north}\n    hazard: {rate: 1 per year}\n    destination: "
      "{pull: "
      "[{diaspora: stock, measure: {ratio_to: places}, coefficient: 1}]}";
  parts.after_streams = policies;
  return mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE("a diaspora has a ratio to what is above 0 in every destination, in every step and variant") {
  CHECK(told("1", "2").empty());
  CHECK(told("0", "2").empty());  // nobody goes to north
  CHECK(
      told("1", "0") ==
      "s.yaml:12:26: factor 'places' is 0 or less, so that the diaspora has no ratio to it in the step from "
      "2010-01-01 (south); expected values above 0");
  CHECK(contains(told("1", "-2"), "factor 'places' is 0 or less"));
  const std::string policies =
      "policies: {none: {from: 2011-03-01, change: [{what: factors.places, scale: 0}]}}\n"
      "variants: {baseline: [], none: [none]}\n";
  CHECK(contains(told("1", "2", policies),
                 "no ratio to it in the step from 2011-03-01 in variant 'none' (south and east)"));
}

}  // namespace check_diaspora_test
