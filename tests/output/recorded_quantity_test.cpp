#include "sim/output/recorded_quantity.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

namespace recorded_quantity_test {

using namespace sojourn;

namespace {

bool grows(const Quantity& row) {
  return row.over.front() != Axis::none && recorded_dimension(row.over.front()).grows();
}

}  // namespace

TEST_CASE("each quantity has a name that nothing else has, and a sentence") {
  std::set<std::string_view> names;
  for (const Dimension& row : recorded_dimensions()) names.insert(row.name);
  for (const Quantity& row : recorded_quantities()) {
    CAPTURE(row.name);
    CHECK(names.insert(row.name).second);
    CHECK_FALSE(row.meaning.empty());
    CHECK((row.when.holds == nullptr) == row.when.words.empty());
    CHECK(row.long_name.empty() == (row.holds == Holds::places));
  }
}

TEST_CASE("no dimension comes twice or after the last, and only the first grows") {
  for (const Quantity& row : recorded_quantities()) {
    CAPTURE(row.name);
    const auto* const last = std::find(row.over.begin(), row.over.end(), Axis::none);
    CHECK(std::all_of(last, row.over.end(), [](Axis axis) { return axis == Axis::none; }));
    CHECK(std::set<Axis>(row.over.begin(), last).size() == static_cast<std::size_t>(last - row.over.begin()));
    for (std::size_t i = 1; i < row.over.size() && row.over[i] != Axis::none; ++i)
      CHECK_FALSE(recorded_dimension(row.over[i]).grows());
  }
}

TEST_CASE("numbers come from one place, by what they are over") {
  for (const Quantity& row : recorded_quantities()) {
    CAPTURE(row.name);
    const bool is_special = row.over.front() == Axis::flow_row || row.by == By::factor;
    CHECK((row.fixed != nullptr) == !grows(row));
    CHECK((row.values != nullptr) == (grows(row) && !is_special));
  }
}

TEST_CASE("what is summed up, or moves people, is of regions and counts them") {
  for (const Quantity& row : recorded_quantities()) {
    CAPTURE(row.name);
    if (!row.in_summary.empty() || row.balance == Balance::in || row.balance == Balance::out) {
      CHECK(row.counts_people());
      CHECK(row.over[0] == Axis::interval);
      CHECK(row.over[1] == Axis::region);
    }
  }
}

TEST_CASE("names of the output are known, those that stand for several by how they begin") {
  for (const char* name : {"time", "bnds", "queue", "stock", "usual_final", "waiting_time", "provenance",
                           "flow", "flow_sex", "flow_row", "factor_wage", "time_of_day", "interval_long"}) {
    CAPTURE(name);
    CHECK(is_name_of_output(name));
  }
  for (const char* name : {"sex", "status", "factor", "flows", "timely", "ATTRIBUTE", "stocks"}) {
    CAPTURE(name);
    CHECK_FALSE(is_name_of_output(name));
  }
}

}  // namespace recorded_quantity_test
