#include "sim/model/diaspora.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace diaspora_test {

using namespace sojourn;

TEST_CASE("the diaspora is counted by residence and birth, and nobody at home is in it") {
  DiasporaStock stock(3);
  stock.add(Region{0}, Region{1}, 5);
  stock.add(Region{1}, Region{0}, 2);
  stock.add(Region{2}, Region{1}, 7);
  stock.add(Region{1}, Region{1}, 100);
  stock.add(Region{0}, Region{1}, -1);
  CHECK(stock.at(Region{0}, Region{1}) == 4);
  CHECK(stock.at(Region{1}, Region{0}) == 2);
  CHECK(stock.at(Region{1}, Region{1}) == 0);
  CHECK(stock.changes(Region{0}) == 2);
  CHECK(stock.changes(Region{1}) == 1);
  const std::vector<std::int64_t> all(stock.all().begin(), stock.all().end());
  CHECK(all == std::vector<std::int64_t>{0, 4, 0, 2, 0, 0, 0, 7, 0});
}

}  // namespace diaspora_test
