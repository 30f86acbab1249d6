#include "sim/base/ids.hpp"

#include <doctest/doctest.h>

#include <type_traits>

namespace ids_test {

using namespace sojourn;

TEST_CASE("ids of different kinds and bare numbers do not convert into each other") {
  CHECK_FALSE(std::is_convertible_v<Region, Group>);
  CHECK_FALSE(std::is_constructible_v<Region, Group>);
  CHECK_FALSE(std::is_convertible_v<std::size_t, Region>);
  CHECK_FALSE(std::is_convertible_v<Region, std::size_t>);
  CHECK_FALSE(std::is_constructible_v<FactorId, ParameterId>);
}

TEST_CASE("an id is its number") {
  CHECK(Region{}.index() == 0);
  CHECK(Region{7}.index() == 7);
  CHECK(Region{7}.value == 7U);
  CHECK(Region{7} == Region{7});
  CHECK(Region{7} != Region{8});
  CHECK(Cohort{3} < Cohort{4});
  CHECK(sizeof(Step) == 4);
}

}  // namespace ids_test
