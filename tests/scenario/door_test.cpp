#include "sim/scenario/door.hpp"

#include <doctest/doctest.h>

#include "tests/support/doors.hpp"

namespace door_test {

using namespace sojourn;
using test::only;

namespace {

Door door(bool closes = true) {
  Door one;
  one.closes = closes;
  one.streams = {true, true};
  return one;
}

constexpr Region a{0};
constexpr Region b{1};
constexpr Region c{2};

}  // namespace

TEST_CASE("a door stands in the way of those whom it names, from and to the regions that it names") {
  Door one = door();
  CHECK(one.stands(a, b, Group{0}));
  one.origins = only(3, {0});
  CHECK(one.stands(a, b, Group{0}));
  CHECK_FALSE(one.stands(b, a, Group{0}));
  one.destinations = only(3, {1});
  CHECK_FALSE(one.stands(a, c, Group{0}));
  one.groups = {false, true};
  CHECK_FALSE(one.stands(a, b, Group{0}));
  CHECK(one.stands(a, b, Group{1}));
  Door listed = door();
  listed.corridors = {{a, c}, {b, a}};
  CHECK(listed.stands(a, c, Group{0}));
  CHECK_FALSE(listed.stands(c, a, Group{0}));
  CHECK(listed.is_narrowed_by_destination());
  CHECK_FALSE(door().is_narrowed_by_destination());
}

TEST_CASE("a door covers what is narrower in every way, and no other") {
  const Door all = door();
  Door narrow = door(false);
  narrow.origins = only(3, {0});
  narrow.groups = {true, false};
  CHECK(covers(all, narrow));
  CHECK_FALSE(covers(narrow, all));
  CHECK(covers(narrow, narrow));
  Door of_one = door();
  of_one.streams = {true, false};
  CHECK(covers(all, of_one));
  CHECK_FALSE(covers(of_one, all));
  Door listed = door();
  listed.corridors = {{a, b}, {a, c}};
  CHECK(covers(all, listed));
  CHECK_FALSE(covers(listed, all));
  Door from_a = door();
  from_a.origins = only(3, {0});
  CHECK(covers(from_a, listed));
  listed.corridors.push_back({b, c});
  CHECK_FALSE(covers(from_a, listed));
  Door every_origin = door();
  every_origin.origins = only(3, {0, 1, 2});
  CHECK(covers(every_origin, all));
  CHECK(are_alike(every_origin, all));
  CHECK_FALSE(are_alike(door(true), door(false)));
}

TEST_CASE("doors meet where both stand in somebody's way") {
  Door to_a = door();
  to_a.destinations = only(3, {0});
  Door to_b = door();
  to_b.destinations = only(3, {1});
  CHECK_FALSE(meet(to_a, to_b));
  CHECK(meet(to_a, door()));
  Door listed = door();
  listed.corridors = {{c, b}};
  CHECK(meet(listed, to_b));
  CHECK_FALSE(meet(listed, to_a));
  Door entry;
  entry.inflows = {true};
  CHECK_FALSE(meet(entry, door()));
  CHECK(meet(entry, entry));
}

}  // namespace door_test
