#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/reading/reading.hpp"

namespace check_model_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

TEST_CASE("what policies do to different numbers is told all at once, each with its variant") {
  Parts parts;
  parts.before_population = "factors: {wage: {values: {north: 3, south: 2, east: 1}}}";
  parts.streams =
      "streams: {work: {hazard: {rate: 0.1 per year, push: [{factor: wage, as: log, coefficient: 1}]}, "
      "destination: {}}}";
  parts.after_streams =
      "policies:\n  slow: {from: 2010-02-01, change: [{what: streams.work.hazard.rate, set: -1 per year}]}\n"
      "  poor: {from: 2010-03-01, change: [{what: factors.wage, set: 0, regions: [east]}]}\n"
      "variants: {slow: [slow], poor: [poor]}";
  const Folder folder;
  const std::string told = mistakes_of(folder, parts.yaml());
  CHECK(contains(told, "becomes -1 per year in the step from 2010-02-01 in variant 'slow'"));
  CHECK(
      contains(told,
               "factor 'wage' is 0 or less, where it has no logarithm in the step from 2010-03-01 in variant "
               "'poor' (east)"));
}

TEST_CASE("what is beyond any sense is looked for where all terms have values") {
  Parts parts;
  parts.before_population = "factors: {wage: {values: {north: 3, south: 0, east: 1}}}";
  parts.streams =
      "streams: {work: {hazard: {rate: 0.1 per year, push: [{factor: wage, as: log, coefficient: 1000}]}, "
      "destination: {}}}";
  const Folder folder;
  const std::string told = mistakes_of(folder, parts.yaml());
  CHECK(contains(told, "no logarithm (south)"));
  CHECK_FALSE(contains(told, "the hazard of"));
}

}  // namespace check_model_test
