#include "sim/output/format_page.hpp"

#include <doctest/doctest.h>

#include <string>

#include "sim/output/recorded_quantity.hpp"

namespace format_page_test {

using namespace sojourn;

TEST_CASE("the page has a line for each dimension and quantity, and says when there is one") {
  const std::string page = format_page();
  for (const Dimension& row : recorded_dimensions())
    CHECK(page.find("\n| `" + std::string(row.name) + "` | ") != std::string::npos);
  for (const Quantity& row : recorded_quantities())
    CHECK(page.find("\n| `" + std::string(row.name) + "` | ") != std::string::npos);
  for (const char* line :
       {"| `time` | int32 | yes | instants of the stocks, the start included |\n",
        "| `variant` | text | none | the variant, as a coordinate, so that files can be joined along it |\n",
        "| `flow_row` | none | yes | ", "| `quantile` | float64 | no | ",
        "| `deaths` | int32, int64 or float64 | interval, region, ... | ",
        "; only of scenarios with transitions |\n",
        "| `waiting_time` | float64 | interval, region, queue, quantile | ",
        "| `factor_NAME` | float64 | interval, region?, ATTRIBUTE? | "}) {
    CAPTURE(line);
    CHECK(page.find(line) != std::string::npos);
  }
}

}  // namespace format_page_test
