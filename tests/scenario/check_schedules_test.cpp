#include <doctest/doctest.h>

#include <string>

#include "reading.hpp"
#include "sim/scenario/check.hpp"

namespace check_schedules_test {

using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& demography) {
  Parts parts;
  parts.population += "\n" + demography;
  const Folder folder;
  return mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE("a schedule of births or deaths that is 0 for all who are named has no mean") {
  const std::string zero =
      "the schedule is 0 at all ages of the people whose mean it shall have; expected a value above 0 for "
      "some of them, or 'over: as_given'";
  CHECK(told("demography: {deaths: {rate: 0.01 per year, age: {values: {0: 0, 90: 1}}}}").find(zero) !=
        std::string::npos);
  CHECK(told("demography: {births: {who: {age: 15-49}, rate: 0.01 per year, age: {values: {0: 1, 15: 0, 50: "
             "1}}}}")
            .find(zero) != std::string::npos);
  CHECK(told("demography: {deaths: {rate: 0.01 per year, age: {values: {0: 0, 70: 1}}}}").empty());
}

}  // namespace check_schedules_test
