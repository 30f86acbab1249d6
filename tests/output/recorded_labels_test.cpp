#include "sim/output/recorded_labels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/output/format_page.hpp"
#include "sim/output/info.hpp"
#include "sim/output/recorded_quantity.hpp"
#include "sim/output/stored_file.hpp"
#include "tests/support/recorded_run.hpp"
#include "tests/support/recorded_scenario.hpp"
#include "tests/support/temporary_directory.hpp"

namespace recorded_labels_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

using Strings = std::vector<std::string>;

Texts in_two(const std::string& english, const std::string& azerbaijani) {
  Texts texts;
  texts.add("en", english);
  texts.add("az", azerbaijani);
  return texts;
}

}  // namespace

TEST_CASE("a label that is lacking in a language is that without one, or the name") {
  Scenario scenario = test::recorded_scenario();
  scenario.streams[0].label = in_two("Work", "İş");
  const auto labels = labels_along(Axis::stream, scenario);
  REQUIRE(labels.size() == 3);
  CHECK(labels[0].name == "stream_label");
  CHECK(labels[0].texts == Strings{"Work", "return"});
  CHECK(labels[1].name == "stream_label_en");
  CHECK(labels[2].name == "stream_label_az");
  CHECK(labels[2].texts == Strings{"İş", "return"});
  scenario.streams[1].label = Texts("Return");
  CHECK(labels_along(Axis::stream, scenario)[2].texts == Strings{"İş", "Return"});
}

TEST_CASE("a scenario without labels has none, and names of regions are a quantity already") {
  Scenario scenario = test::recorded_scenario();
  CHECK(names_of_labels(scenario).empty());
  scenario.regions[1].name.add("az", "Bölgə");
  CHECK(names_of_labels(scenario) == Strings{"region_name_az"});
  CHECK(labels_along(Axis::region, scenario)[0].texts == Strings{"Région A", "Bölgə", "Région C"});
}

TEST_CASE("a file keeps all of them, and info tells the titles") {
  const test::TemporaryDirectory directory;
  Scenario scenario = test::recorded_scenario({.months = 12});
  scenario.title = in_two("Small", "Kiçik");
  scenario.streams[0].label = in_two("Work", "İş");
  scenario.factors[0].label = in_two("Income", "Gəlir");
  scenario.policies[0].label = in_two("Open doors", "Açıq qapılar");
  scenario.variants[1].label = in_two("Open", "Açıq");
  scenario.groups.set_labels(AttributeId{0}, in_two("Sex", "Cins"), {in_two("Women", "Qadınlar"), Texts()});
  test::record_run(scenario, directory.file("a.h5"), 1);
  const StoredFile file(directory.file("a.h5"));
  CHECK(file.text("title") == "Small");
  CHECK(file.text("title_az") == "Kiçik");
  CHECK(file.texts("languages") == Strings{"en", "az"});
  CHECK(file.texts("policy_labels_az") == Strings{"Açıq qapılar"});
  CHECK(file.read_texts("stream_label_az") == Strings{"İş", "return"});
  CHECK(file.read_texts("variant_label_az") == Strings{"Açıq"});
  CHECK(file.read_texts("sex_label") == Strings{"Women", "male"});
  CHECK(file.describe("sex_label_az").dimensions == Strings{"sex"});
  const std::string info = format_info(read_info(directory.file("a.h5")));
  CHECK(info.find("title (en)    Small\ntitle (az)    Kiçik\n") != std::string::npos);
  CHECK(info.find("languages     en, az\n") != std::string::npos);
}

TEST_CASE("rows of labels have names that no quantity has, and the page has a line for each") {
  std::set<std::string_view> names;
  for (const Quantity& row : recorded_quantities()) names.insert(row.name);
  const std::string page = format_page();
  for (const LabelRow& row : recorded_labels()) {
    CAPTURE(row.name);
    CHECK(row.only_by_language == (names.count(row.name) == 1));
    CHECK(page.find("| `" + std::string(row.name) + (row.only_by_language ? "_LANGUAGE" : "") +
                    "` | text | ") != std::string::npos);
  }
}

}  // namespace recorded_labels_test
