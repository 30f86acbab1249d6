#include "sim/input/table_counter.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace table_counter_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

TEST_CASE("what is left out of a table is told by label, the largest amount first") {
  TableCounter counter("movers.csv", "movers", "persons");
  counter.use(30000);
  counter.leave_out("Tur", 1000);
  counter.use(13000);
  counter.leave_out("XYZ", 30000);
  counter.leave_out("Tur", 500);
  const TableUse use = std::move(counter).take({"TUR", "AZE"});
  CHECK(to_string(use) ==
        "movers.csv (movers): 2 of 5 rows and 43,000 of 74,500 persons are used; left out: 'XYZ' (1 row, "
        "30,000 "
        "persons), 'Tur' (2 rows, 1,500 persons; did you mean TUR?)");
  CHECK_FALSE(is_mostly_left_out(use));
}

TEST_CASE("of many labels the largest are listed, and the rest is summed") {
  TableCounter counter("t.csv", "links", "links");
  for (int i = 0; i < 20; ++i) counter.leave_out("code" + std::to_string(i), i);
  const TableUse use = std::move(counter).take({});
  const std::string text = to_string(use);
  CHECK(text.find("'code19' (1 row, 19 links), 'code18'") != std::string::npos);
  CHECK(text.find("'code12' (1 row, 12 links) and 12 more (12 rows, 66 links)") != std::string::npos);
  CHECK(is_mostly_left_out(use));
}

TEST_CASE("of a table that fits there is little to say") {
  TableCounter counter("t.csv", "stayers", "persons");
  counter.use(1234567);
  const TableUse use = std::move(counter).take({});
  CHECK(to_string(use) == "t.csv (stayers): all of 1 row, 1,234,567 persons");
  CHECK_FALSE(is_mostly_left_out(use));
}

}  // namespace table_counter_test
