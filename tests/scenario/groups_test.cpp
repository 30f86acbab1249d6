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

TEST_CASE(
    "groups tell apart classes of births and citizenships behind the attributes, and queues behind these") {
  using sojourn::Region;
  const sojourn::TieClasses births{{"others", "a"}, {1, 0, 0}};
  const sojourn::TieClasses citizenships{{"a", "b", "others"}, {0, 1, 2, 2}};
  const Groups groups({{"sex", {"f", "m"}}}, {"permit"}, births, citizenships);
  CHECK(groups.named() == 2);
  CHECK(groups.unqueued() == 12);
  CHECK(groups.count() == 24);
  CHECK(groups.attributes().size() == 1);
  CHECK(groups.attribute(groups.citizenship()).values == citizenships.names);
  for (std::size_t g = 0; g < groups.count(); ++g) {
    for (std::size_t birth = 0; birth < 3; ++birth) {
      for (std::size_t citizenship = 0; citizenship < 4; ++citizenship) {
        const Group tied = groups.tied(Group{g}, {Region{birth}, Region{citizenship}});
        CHECK(groups.value(tied, AttributeId(0)) == groups.value(Group{g}, AttributeId(0)));
        CHECK(groups.waits(tied, sojourn::QueueId{0}) == groups.waits(Group{g}, sojourn::QueueId{0}));
        CHECK(groups.value(tied, groups.birth()) == births.class_of(Region{birth}));
        CHECK(groups.value(tied, groups.citizenship()) == citizenships.class_of(Region{citizenship}));
        const Group naturalised = groups.naturalised(tied, Region{1});
        CHECK(groups.value(naturalised, groups.citizenship()) == 1);
        CHECK(groups.value(naturalised, groups.birth()) == groups.value(tied, groups.birth()));
      }
    }
  }
  CHECK(groups.label(groups.tied(Group{13}, {Region{0}, Region{1}})) ==
        "m, born in a, citizens of b, waiting for permit");
  CHECK(sojourn::dimension_name(groups, groups.citizenship()) == "citizenship_class");
  CHECK(sojourn::dimension_name(groups, AttributeId(0)) == "sex");
}

}  // namespace groups_test
