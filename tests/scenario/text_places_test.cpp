#include "sim/scenario/text_places.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace text_places_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

TEST_CASE("texts without a language are in none, and lack in all") {
  Scenario scenario = test::small_scenario(2);
  test::add_stream(scenario, "work", 0.1);
  CHECK(languages_of(scenario).empty());
  CHECK(lacking_in(scenario, "az") ==
        "the title, 2 regions (r0 and r1), 1 stream (work), 1 variant (baseline)");
}

TEST_CASE("what is said is not lacking, kind by kind in their order, and many names are counted") {
  Scenario scenario = test::small_scenario(12, "2011-01-01", "1 month", {{"sex", {"f", "m"}}});
  scenario.title.add("az", "Kiçik");
  scenario.description = Texts("Text");
  scenario.regions[0].name.add("ru", "Р");
  scenario.variants[0].label.add("az", "Baza");
  scenario.policies.resize(2);
  scenario.policies[0].name = "a";
  scenario.policies[1].name = "b";
  CHECK(languages_of(scenario) == std::vector<std::string>{"az", "ru"});
  CHECK(lacking_in(scenario, "az") ==
        "the description, 12 regions (r0, r1, r2, r3, r4, r5, r6, r7 and 4 more), 1 attribute (sex), 2 "
        "values of sex (f "
        "and m), 2 policies (a and b)");
  Texts sex;
  sex.add("az", "cins");
  scenario.groups.set_labels(AttributeId{0}, sex, {sex, sex});
  CHECK(lacking_in(scenario, "az").find("sex") == std::string::npos);
}

TEST_CASE("nothing is lacking where everything is said") {
  Scenario scenario = test::small_scenario(1);
  for (Texts* texts : {&scenario.title, &scenario.regions[0].name, &scenario.variants[0].label})
    texts->add("az", "ə");
  CHECK(lacking_in(scenario, "az").empty());
}

}  // namespace text_places_test
