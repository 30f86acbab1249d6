#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace check_nests_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& dissimilarity, const std::string& set) {
  Parts parts;
  parts.streams =
      "streams: {work: {hazard: {rate: 0.1 per year}, destination: {nests: {n: {regions: [south, east], "
      "dissimilarity: " +
      dissimilarity + "}}}}}";
  parts.after_streams =
      "policies: {p: {from: 2010-02-01, change: [{what: streams.work.destination.nests.n, set: " + set +
      "}]}}\nvariants: {v: [p]}";
  const Folder folder;
  return mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE("a dissimilarity is above 0 and up to 1, as written and under every policy") {
  CHECK(told("0.5", "1").empty());
  CHECK(
      contains(told("0", "1"), "the dissimilarity of nest 'n' is 0; expected a number above 0 and up to 1"));
  CHECK(contains(told("0.5", "1.5"),
                 "the dissimilarity of nest 'n' is 1.5 in the step from 2010-02-01 in variant 'v'"));
  CHECK(contains(told("0.5", "-1"), "the dissimilarity of nest 'n' is -1 in"));
}

}  // namespace check_nests_test
