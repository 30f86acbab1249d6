#include "sim/scenario/region.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace region_test {

using sojourn::great_circle_km;
using sojourn::RegionInfo;
using sojourn::Texts;

namespace {

constexpr double radius_km = 6371.0088;
constexpr double pi = 3.14159265358979323846;

RegionInfo at(double latitude, double longitude) { return {"x", Texts("x"), latitude, longitude}; }

}  // namespace

TEST_CASE("distances along great circles whose length is known") {
  CHECK(great_circle_km(at(0, 0), at(0, 90)) == doctest::Approx(radius_km * pi / 2).epsilon(1e-14));
  CHECK(great_circle_km(at(0, 0), at(0, 180)) == doctest::Approx(radius_km * pi).epsilon(1e-14));
  CHECK(great_circle_km(at(90, 0), at(-90, 77)) == doctest::Approx(radius_km * pi).epsilon(1e-14));
  CHECK(great_circle_km(at(0, 179.5), at(0, -179.5)) == doctest::Approx(radius_km * pi / 180).epsilon(1e-12));
  CHECK(great_circle_km(at(10, 20), at(11, 20)) == doctest::Approx(radius_km * pi / 180).epsilon(1e-12));
  CHECK(great_circle_km(at(10, 380), at(11, 20)) == doctest::Approx(radius_km * pi / 180).epsilon(1e-12));
  // On the parallel of 60 degrees: cos(central angle) = 3/4 + 1/4 cos(90 degrees).
  CHECK(great_circle_km(at(60, 0), at(60, 90)) ==
        doctest::Approx(radius_km * std::acos(0.75)).epsilon(1e-14));
  CHECK(great_circle_km(at(41.7, 44.8), at(41.7, 44.8)) == 0);
  // A metre keeps its digits.
  CHECK(great_circle_km(at(50, 10), at(50 + 1e-5, 10)) ==
        doctest::Approx(radius_km * pi / 180 * 1e-5).epsilon(1e-8));
}

TEST_CASE("a distance is the same in both directions, and NaN without coordinates") {
  CHECK(great_circle_km(at(41.7, 44.8), at(-35.3, 149.1)) ==
        great_circle_km(at(-35.3, 149.1), at(41.7, 44.8)));
  CHECK(std::isnan(great_circle_km(at(41.7, 44.8), RegionInfo{"y", Texts("y")})));
}

}  // namespace region_test
