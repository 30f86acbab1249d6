#include "sim/reading/events/read_reference.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_reference_test {

using sojourn::read_reference;
using sojourn::ReferenceRead;
using sojourn::ScheduleMean;
using sojourn::test::Text;

namespace {

/// Persons by age of an inline standard population.
std::vector<double> standard_of(const std::string& yaml) {
  Text text(yaml);
  const ReferenceRead read = read_reference(text.reader, text.node);
  CHECK(text.mistakes().empty());
  CHECK(read.mean == ScheduleMean::standard);
  return read.standard;
}

std::string told_of_reference(const std::string& yaml, const std::string& csv = "") {
  Text text(yaml);
  if (!csv.empty()) text.folder.write("t.csv", csv);
  static_cast<void>(read_reference(text.reader, text.node));
  return text.mistakes();
}

bool reference_says(const std::string& told, const std::string& part) {
  return told.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("whom a mean is over, by a word") {
  const auto word = [](const std::string& yaml) {
    Text text(yaml);
    return read_reference(text.reader, text.node).mean;
  };
  CHECK(word("named") == ScheduleMean::named);
  CHECK(word("everybody") == ScheduleMean::everybody);
  CHECK(word("region") == ScheduleMean::region);
  CHECK(word("as_given") == ScheduleMean::as_given);
  CHECK(reference_says(told_of_reference("regions"), "did you mean region?"));
}

TEST_CASE("a standard population: persons of ages, spread evenly over their years") {
  CHECK(standard_of("{values: {1-2: 6, 4-4: 5}}") == std::vector<double>{0, 3, 3, 0, 5});
  SUBCASE("a number alone reaches to the next, and the last is as wide as the one before it") {
    CHECK(standard_of("{values: {0: 4, 2: 8}}") == std::vector<double>{2, 2, 4, 4});
    CHECK(standard_of("{values: {0-1: 4, 2+: 8}}") == std::vector<double>{2, 2, 4, 4});
    CHECK(standard_of("{values: {3: 7}}") == std::vector<double>{0, 0, 0, 7});
    CHECK(standard_of("{values: {0: 0, 2: 8, 4: 0}}") == std::vector<double>{0, 0, 4, 4, 0, 0});
  }
}

TEST_CASE("a standard population from a table, in any order of its rows") {
  Text text("{table: t.csv, age: age, count: persons}");
  text.folder.write("t.csv", "age,persons\n2-4,9\n0-1,4\n5+,3\n");
  const ReferenceRead read = read_reference(text.reader, text.node);
  CHECK(text.mistakes().empty());
  CHECK(read.mean == ScheduleMean::standard);
  CHECK(read.standard == std::vector<double>{2, 2, 3, 3, 3, 1, 1, 1});
}

TEST_CASE("standard populations that make no sense") {
  CHECK(
      reference_says(told_of_reference("{values: {0-4: 0}}"), "the standard population of 'over' is nobody"));
  CHECK(reference_says(told_of_reference("{values: {0-4: -1}}"), "expected 0 or more"));
  CHECK(reference_says(told_of_reference("{values: {0-4: many}}"), "the number of persons is 'many'"));
  CHECK(reference_says(told_of_reference("{values: {0-9: 1, 5-14: 1}}"),
                       "the ages 0-9 have no end before the next"));
  CHECK(reference_says(told_of_reference("{values: {20+: 1}}"), "the ages 20+ have no end before the next"));
  CHECK(reference_says(told_of_reference("{values: {20: 1, 10: 1}}"),
                       "age 10 comes after age 20; expected ages that rise"));
  CHECK(reference_says(told_of_reference("{values: {old: 1}}"), "the age is 'old'"));
  CHECK(reference_says(told_of_reference("{values: [1, 2]}"), "expected a map from ages to persons"));
  CHECK(reference_says(told_of_reference("{persons: 3}"),
                       "expected named, everybody, region, as_given, or persons by age"));
  CHECK(reference_says(told_of_reference("[named]"),
                       "expected named, everybody, region, as_given, or persons by age"));
  const std::string table = "{table: t.csv, age: age, count: n}";
  CHECK(reference_says(told_of_reference(table, "age,n\n0-4,1\n0-4,2\n5-9,1\n"), "expected each age once"));
  CHECK(reference_says(told_of_reference(table, "age,n\n0-4,1\n5-9,-1\n"), "expected 0 or more"));
  CHECK(reference_says(told_of_reference(table, "age,n\n0-4,0\n5-9,0\n"),
                       "the standard population of 'over' is nobody"));
  CHECK(reference_says(told_of_reference("{table: t.csv, age: age}", "age,n\n0-4,1\n"), "needs 'count'"));
}

}  // namespace read_reference_test
