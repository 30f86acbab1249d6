#include "sim/scenario/door_lines.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/doors.hpp"
#include "tests/support/small_scenario.hpp"

namespace door_lines_test {

using namespace sojourn;

TEST_CASE("what is closed and opened, when, where and for whom") {
  Scenario scenario = test::small_scenario(3, "2011-01-01", "1 month", {{"status", {"free", "bound"}}});
  test::add_stream(scenario, "work", 0.1);
  test::add_stream(scenario, "study", 0.1);
  test::add_outflow(scenario, "leave", 0.1);
  scenario.closed = {test::closed_destination(scenario, 2)};
  Door door = test::closed_door(scenario);
  door.streams = {true, false};
  door.closes = false;
  door.origins = test::only(3, {0, 1});
  door.groups = {false, true};
  test::add_door(scenario, door, "2010-02-01");
  Door corridor = test::closed_door(scenario);
  corridor.corridors = {{Region{0}, Region{2}}};
  test::add_door(scenario, corridor, "2010-02-01", "2010-03-01");
  Door out;
  out.outflows = {true};
  test::add_door(scenario, out, "2010-02-01");
  CHECK(door_lines(scenario) ==
        std::vector<std::string>{
            "closed: all streams, to r2",
            "door0 opens, from 2010-02-01: streams work, from r0 and r1, for status bound",
            "door1 closes, 2010-02-01 to 2010-03-01: all streams, r0 to r2",
            "door2 closes, from 2010-02-01: outflow leave",
        });
}

}  // namespace door_lines_test
