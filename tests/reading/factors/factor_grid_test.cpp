#include "sim/reading/factors/factor_grid.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace factor_grid_test {

using sojourn::AttributeId;
using sojourn::Between;
using sojourn::FactorGrid;
using sojourn::FactorPlaces;
using sojourn::Groups;
using sojourn::Names;
using sojourn::TableKnots;

TEST_CASE("cells are places and the table's attributes; values are spread over all groups") {
  const Names regions({"a", "b"});
  const Groups groups({{"sex", {"f", "m"}}, {"status", {"x", "y"}}});
  FactorGrid grid(FactorPlaces::region, regions, groups, {AttributeId(1)});
  REQUIRE(grid.allocate(1));
  CHECK(grid.cells() == 4);
  CHECK(grid.label(grid.cell(1, {0})) == "b, x");
  for (std::size_t place = 0; place < 2; ++place) {
    for (std::size_t v = 0; v < 2; ++v) {
      grid.set(0, grid.cell(place, {v}), 10.0 * static_cast<double>(place) + static_cast<double>(v), 0);
    }
  }
  // Groups: f x, f y, m x, m y.
  CHECK(grid.values(0, 0) == std::vector<double>{0, 1, 0, 1, 10, 11, 10, 11});
}

TEST_CASE("gaps are filled by a number, or from the nearest time of the same place") {
  const Names regions({"a", "b"});
  const Groups groups;
  const TableKnots knots(true, {2000, 2001, 2002, 2003, 2004}, Between::step);
  const auto filled = [&](bool nearest) {
    FactorGrid grid(FactorPlaces::region, regions, groups, {});
    REQUIRE(grid.allocate(5));
    grid.set(1, 0, 1.0, 7);
    grid.set(4, 0, 4.0, 8);
    for (std::size_t k = 0; k < 5; ++k) grid.set(k, 1, 9.0, 9);
    CHECK(grid.row_at(4, 0) == 8U);
    CHECK_FALSE(grid.row_at(0, 0).has_value());
    CHECK_FALSE(grid.is_absent(0));
    if (nearest) {
      grid.fill_gaps_from_nearest(knots);
    } else {
      grid.fill_gaps(-1);
    }
    std::vector<double> of_a;
    for (std::size_t k = 0; k < 5; ++k) of_a.push_back(grid.values(k, k)[0]);
    return of_a;
  };
  CHECK(filled(false) == std::vector<double>{-1, 1, -1, -1, 4});
  CHECK(filled(true) == std::vector<double>{1, 1, 1, 4, 4});
}

TEST_CASE("pairs: the diagonal is not needed, and one direction may stand for both") {
  const Names regions({"a", "b", "c"});
  const Groups groups;
  FactorGrid grid(FactorPlaces::pair, regions, groups, {});
  REQUIRE(grid.allocate(1));
  grid.set(0, 1, 5.0, 0);  // a to b
  grid.set(0, 3, 6.0, 1);  // b to a
  grid.set(0, 2, 7.0, 2);  // a to c
  CHECK(grid.label(5) == "b to c");
  CHECK_FALSE(grid.is_needed(4));
  CHECK(grid.is_absent(6));
  grid.mirror();
  CHECK(grid.values(0, 0) == std::vector<double>{0, 5, 7, 6, 0, 0, 7, 0, 0});
  CHECK_FALSE(grid.is_absent(6));
  CHECK(grid.is_absent(5));
}

TEST_CASE("there is a limit") {
  Names regions;
  for (int i = 0; i < 15000; ++i) regions.add(std::to_string(i));
  const Groups groups;
  FactorGrid grid(FactorPlaces::pair, regions, groups, {});
  CHECK_FALSE(grid.allocate(1));
}

TEST_CASE("a grid over no place is empty, with and without attributes") {
  const Names none;
  const Groups groups({{"sex", {"f", "m"}}});
  const TableKnots knots(true, {2000}, Between::step);
  for (const FactorPlaces places : {FactorPlaces::region, FactorPlaces::pair}) {
    for (const bool by_sex : {false, true}) {
      FactorGrid grid(places, none, groups,
                      by_sex ? std::vector<AttributeId>{AttributeId(0)} : std::vector<AttributeId>{});
      REQUIRE(grid.allocate(1));
      CHECK(grid.cells() == 0);
      grid.mirror();
      grid.fill_gaps(1);
      grid.fill_gaps_from_nearest(knots);
      CHECK(grid.values(0, 0).empty());
    }
  }
}
}  // namespace factor_grid_test
