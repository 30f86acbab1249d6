#include "sim/output/recorded_dimension.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

namespace recorded_dimension_test {

using namespace sojourn;

using Texts = std::vector<std::string>;

TEST_CASE("age groups are named by completed years") {
  CHECK(age_labels({0, 5, 10, 100}) == Texts{"0-4", "5-9", "10-99", "100+"});
  CHECK(age_labels({0, 1, 2}) == Texts{"0", "1", "2+"});
  CHECK(age_labels({0}) == Texts{"0+"});
  CHECK(age_labels({0, 0.5, 1.5}) == Texts{"0 to below 0.5", "0.5 to below 1.5", "1.5+"});
}

TEST_CASE("each dimension has a name of its own, a sentence, and what stands along it") {
  std::set<std::string_view> names;
  for (const Dimension& row : recorded_dimensions()) {
    CAPTURE(row.name);
    CHECK(names.insert(row.name).second);
    CHECK(&recorded_dimension(row.axis) == &row);
    CHECK_FALSE(row.meaning.empty());
    CHECK(row.long_name.empty() == (row.along == Along::places || row.along == Along::rows));
    CHECK((row.every != nullptr) == (row.along == Along::instants || row.along == Along::intervals));
    CHECK((row.labels != nullptr) == (row.along == Along::texts && row.axis != Axis::attribute));
  }
}

}  // namespace recorded_dimension_test
