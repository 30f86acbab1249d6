#include "sim/reading/read_labels.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "sim/scenario/text_places.hpp"
#include "tests/reading/reading.hpp"

namespace read_labels_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using test::contains;
using test::Folder;

namespace {

/// A scenario with one of each thing that has a name; `labels` is the section.
std::string with_one_of_each(const std::string& labels, const std::string& attribute = "sex") {
  return "sojourn: 1\ntitle: {az: T, en: T}\ndescription: {az: D}\n"
         "time: {start: 2010-01-01, end: 2012-01-01, step: 1 month}\n"
         "regions: {a: {name: {az: R}}, b: {name: {az: R}}}\n"
         "attributes: {" +
         attribute +
         ": [f, m]}\n"
         "factors: {wage: {values: {a: 1, b: 2}, unit: EUR}}\n"
         "population: {stayers: {values: {a: 1000, b: 500}, age: 0-79, " +
         attribute +
         ": {f: 0.5, m: 0.5}}}\n"
         "streams: {work: {hazard: {rate: 0.01 per year}, destination: {pull: [{factor: wage, as: log, "
         "coefficient: 1}]}}}\n"
         "transitions: {card: {becomes: {" +
         attribute +
         ": m}, rate: 0.1 per year, capacity: {limit: 9, every: month}}}\n"
         "limits: {quota: {amount: 5, every: year}}\n"
         "inflow: {workers: {number: 5 per year, age: 20-39, " +
         attribute +
         ": f}}\n"
         "outflow: {home: {rate: 0.01 per year}}\n"
         "policies: {reform: {from: 2011-01-01, change: [{what: factors.wage, scale: 2}]}}\n"
         "variants: {more: [reform]}\n" +
         labels;
}

const std::vector<std::string> names = {"wage", "work", "card", "quota", "workers", "home", "reform", "more"};

/// A label in one language for each of them: the sections in their order, as the language describes them.
std::string labels_of_each(const std::string& language) {
  std::string text = "labels:\n";
  std::size_t next = 0;
  for (const Key& key : labels_map().keys) {
    const std::string label = "{" + language + ": Ə " + std::string(key.name) + "}";
    text += "  " + std::string(key.name) + ": ";
    if (key.map != nullptr) {
      text += "{sex: {label: " + label + ", values: {f: " + label + ", m: " + label + "}}}\n";
    } else {
      text += "{" + names[next++] + ": " + label;
      text += key.name == "variants" ? ", baseline: " + label + "}\n" : "}\n";
    }
  }
  CHECK(next == names.size());
  return text;
}

}  // namespace

TEST_CASE("every thing with a name may have a label, and none is lost") {
  const Folder folder;
  const Scenario scenario = test::read(folder, with_one_of_each(labels_of_each("az")));
  CHECK(lacking_in(scenario, "az").empty());
  CHECK(languages_of(scenario) == std::vector<std::string>{"az", "en"});
  CHECK(*scenario.streams[0].label.find("az") == "Ə streams");
  CHECK(*scenario.groups.attributes()[0].value_labels[1].find("az") == "Ə attributes");
}

TEST_CASE("the sections of labels are attributes and those of things with labels") {
  std::set<std::string_view> sections = {"attributes"};
  const Folder folder;
  const Scenario scenario = test::read(folder, with_one_of_each(""));
  for_each_labelled(scenario, [&](std::string_view section, std::string_view kind, const auto& things) {
    sections.insert(section);
    // Outcomes stand among transitions, by a name with that of theirs.
    if (kind == "outcome") return;
    CHECK(find(labels_map(), section)->kind == kind);
    CHECK_FALSE(things.empty());
  });
  std::set<std::string_view> keys;
  for (const Key& key : labels_map().keys) keys.insert(key.name);
  CHECK(keys == sections);
}

TEST_CASE("an outcome is called by its name in the output") {
  const Folder folder;
  const std::string transitions =
      "transitions: {decide: {rate: 1 per year, outcomes: {yes: {weight: 1, leaves: outside}}}}\n";
  test::Parts parts;
  parts.after_streams = transitions + "labels: {transitions: {decide/yes: {en: Granted}}}\n";
  const Scenario scenario = test::read(folder, parts.yaml());
  CHECK(*scenario.transitions[0].outcomes[0].label.find("en") == "Granted");
}

TEST_CASE("without labels nothing has one, and plain ones are in no language") {
  const Folder folder;
  CHECK(test::read(folder, with_one_of_each("")).streams[0].label.empty());
  const Scenario plain = test::read(folder, with_one_of_each("labels: {streams: {work: Work}}"));
  CHECK(plain.streams[0].label.plain() == "Work");
  CHECK(languages_of(plain) == std::vector<std::string>{"az", "en"});
}

TEST_CASE("a label of what is not there is a mistake in every section") {
  const Folder folder;
  for (const Key& key : labels_map().keys) {
    CAPTURE(key.name);
    const bool is_attributes = key.map != nullptr;
    const std::string told = test::mistakes_of(
        folder, with_one_of_each("labels: {" + std::string(key.name) +
                                 (is_attributes ? ": {nobody: {label: x}}}" : ": {nobody: x}}")));
    CHECK(contains(told, " 'nobody'; expected "));
  }
  CHECK(contains(test::mistakes_of(folder, with_one_of_each("labels: {streams: {wrok: x}}")),
                 "did you mean work?"));
  CHECK(contains(test::mistakes_of(folder, with_one_of_each("labels: {attributes: {sex: {values: {g: x}}}}")),
                 "there is no value of sex 'g'; expected f or m"));
  CHECK(contains(test::mistakes_of(folder, with_one_of_each("labels: {stream: {work: x}}")),
                 "did you mean streams?"));
}

TEST_CASE("sections that are no maps") {
  const Folder folder;
  CHECK(contains(test::mistakes_of(folder, with_one_of_each("labels: {streams: [work]}")),
                 "'labels.streams' is a list; expected a map from names to labels"));
  CHECK(contains(test::mistakes_of(folder, with_one_of_each("labels: {attributes: {sex: Sex}}")),
                 "the labels of attribute 'sex' is 'Sex'; expected a map with the keys label and values"));
}

TEST_CASE("an attribute is not called as labels of its scenario in the output") {
  const Folder folder;
  const auto told = [&](const std::string& attribute, const std::string& labels) {
    return test::mistakes_of(folder, with_one_of_each(labels, attribute));
  };
  CHECK(told("work_label", "labels: {streams: {work: Work}}").empty());
  CHECK(told("stream_label", "").empty());
  CHECK(contains(told("stream_label", "labels: {streams: {work: Work}}"),
                 "s.yaml:6:14: attribute 'stream_label' is called as labels of this scenario in its output; "
                 "expected another"));
  CHECK(contains(told("region_name_az", ""), "attribute 'region_name_az' is called as labels"));
}

}  // namespace read_labels_test
