#include "sim/scenario/groups.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace groups_test {

using sojourn::AttributeId;
using sojourn::Group;
using sojourn::Groups;
using sojourn::Texts;

TEST_CASE("a scenario without attributes has one group") {
  const Groups groups;
  CHECK(groups.count() == 1);
  CHECK(groups.label(Group(0)) == "everyone");
  CHECK_FALSE(groups.find("sex").has_value());
}

TEST_CASE("groups are numbered with the last attribute running fastest") {
  const Groups groups({{"sex", {"female", "male"}}, {"status", {"citizen", "worker", "family"}}});
  CHECK(groups.count() == 6);
  CHECK(groups.label(Group(0)) == "female, citizen");
  CHECK(groups.label(Group(1)) == "female, worker");
  CHECK(groups.label(Group(5)) == "male, family");
  CHECK(groups.find("status") == AttributeId(1));
  CHECK(groups.attributes()[1].find("family") == 2U);
  CHECK_FALSE(groups.attributes()[1].find("guest").has_value());
  for (std::size_t g = 0; g < groups.count(); ++g) {
    CHECK(groups.value(Group(g), AttributeId(0)) == g / 3);
    CHECK(groups.value(Group(g), AttributeId(1)) == g % 3);
    for (std::size_t v = 0; v < 3; ++v)
      CHECK(groups.with(Group(g), AttributeId(1), v) == Group(g / 3 * 3 + v));
  }
}

TEST_CASE("an attribute and each of its values may have labels, as many as values") {
  Groups groups({{"sex", {"f", "m"}}});
  CHECK(groups.attributes()[0].value_labels.empty());
  groups.set_labels(AttributeId(0), Texts("Sex"), {Texts("women"), Texts()});
  CHECK(groups.attributes()[0].label.plain() == "Sex");
  CHECK(groups.attributes()[0].value_labels[0].plain() == "women");
  CHECK_THROWS_AS(groups.set_labels(AttributeId(0), Texts(), {Texts("women")}), std::invalid_argument);
}

TEST_CASE("groups that wait come after those that do not, and have the same values of attributes") {
  using sojourn::QueueId;
  const Groups groups({{"sex", {"f", "m"}}, {"status", {"a", "b", "c"}}}, {"permit", "card"});
  CHECK(groups.unqueued() == 6);
  CHECK(groups.count() == 24);
  const Group here(4);
  CHECK_FALSE(groups.waits(here));
  const Group permit = groups.joined(here, QueueId(0));
  const Group both = groups.joined(permit, QueueId(1));
  CHECK(permit == Group(10));
  CHECK(both == Group(22));
  CHECK(groups.joined(both, QueueId(1)) == both);
  CHECK(groups.waits(both));
  CHECK(groups.waits(permit, QueueId(0)));
  CHECK_FALSE(groups.waits(permit, QueueId(1)));
  CHECK(groups.left(both, QueueId(0)) == Group(16));
  CHECK(groups.left(here, QueueId(0)) == here);
  CHECK(groups.left_all(both) == here);
  CHECK(groups.label(both) == "m, b, waiting for permit, waiting for card");
  CHECK(groups.value(both, AttributeId(0)) == 1);
  CHECK(groups.value(both, AttributeId(1)) == 1);
  CHECK(groups.with(both, AttributeId(0), 0) == Group(19));
}

}  // namespace groups_test
