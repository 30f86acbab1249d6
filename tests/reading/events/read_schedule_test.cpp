#include "sim/reading/events/read_schedule.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_schedule_test {

using sojourn::AgeTable;
using sojourn::FlatSchedule;
using sojourn::read_schedule;
using sojourn::read_stay;
using sojourn::RogersCastro;
using sojourn::ScheduleMean;
using sojourn::test::Text;

TEST_CASE("schedules by a word") {
  Text flat("flat");
  CHECK(std::holds_alternative<FlatSchedule>(read_schedule(flat.reader, flat.node).schedule));
  Text standard("rogers_castro");
  const auto read = read_schedule(standard.reader, standard.node);
  // Rogers and Castro (1981), RR-81-30.
  const auto& parameters = std::get<RogersCastro>(read.schedule);
  CHECK(parameters.a1 == 0.02);
  CHECK(parameters.mu2 == 20);
  CHECK(parameters.c == 0.003);
  CHECK(read.over.mean == ScheduleMean::named);
}

TEST_CASE("parameters of one's own, and over whom the mean is 1") {
  Text text(
      "{rogers_castro: {a1: 0.1, alpha1: 0.2, a2: 0, alpha2: 0.4, mu2: 21, lambda2: 0.6, c: 0}, over: "
      "everybody}");
  const auto read = read_schedule(text.reader, text.node);
  CHECK(text.mistakes().empty());
  const auto& parameters = std::get<RogersCastro>(read.schedule);
  CHECK(parameters.a1 == 0.1);
  CHECK(parameters.alpha1 == 0.2);
  CHECK(parameters.a2 == 0);
  CHECK(parameters.alpha2 == 0.4);
  CHECK(parameters.mu2 == 21);
  CHECK(parameters.lambda2 == 0.6);
  CHECK(read.over.mean == ScheduleMean::everybody);
  Text standard("{rogers_castro: standard, over: as_given}");
  CHECK(read_schedule(standard.reader, standard.node).over.mean == ScheduleMean::as_given);
}

TEST_CASE("schedules as values from each age on") {
  Text text("{values: {0: 0.5, 15: 2, 65: 0}}");
  const auto table = std::get<AgeTable>(read_schedule(text.reader, text.node).schedule);
  CHECK(text.mistakes().empty());
  CHECK(table.from_age == std::vector<double>{0, 15, 65});
  CHECK(table.value == std::vector<double>{0.5, 2, 0});
}

TEST_CASE("schedules from a table, in any order of its rows") {
  Text text("{table: t.csv, age: age, value: m}");
  text.folder.write("t.csv", "age,m\n15-64,2\n0-14,1\n65+,0.5\n");
  const auto table = std::get<AgeTable>(read_schedule(text.reader, text.node).schedule);
  CHECK(text.mistakes().empty());
  CHECK(table.from_age == std::vector<double>{0, 15, 65});
  CHECK(table.value == std::vector<double>{1, 2, 0.5});
  Text twice("{table: t.csv, age: age, value: m}");
  twice.folder.write("t.csv", "age,m\n0-14,1\n0-14,2\n15+,1\n");
  static_cast<void>(read_schedule(twice.reader, twice.node));
  CHECK(twice.mistakes().find("expected each age once") != std::string::npos);
}

TEST_CASE("ratios by duration of stay, in years") {
  Text text("[{from: 0 years, ratio: 2}, {from: 6 months, ratio: 0}, {from: 5 years, ratio: 0.5}]");
  const auto stay = read_stay(text.reader, text.node);
  CHECK(text.mistakes().empty());
  CHECK(stay.from_years == std::vector<double>{0, 0.5, 5});
  CHECK(stay.ratio == std::vector<double>{2, 0, 0.5});
}

}  // namespace read_schedule_test
