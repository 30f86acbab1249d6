#include "sim/model/record.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>

#include "tests/support/small_scenario.hpp"

namespace record_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

/// What a scenario may ask for, one bit each.
struct Wishes {
  bool diaspora = false;
  bool home = false;
  bool previous = false;
  bool stay = false;
  bool census = false;
  bool age = false;
  /// Citizenship and two queues.
  bool papers = false;
};

Wishes wishes_of(unsigned bits) {
  return {(bits & 1U) != 0,  (bits & 2U) != 0,  (bits & 4U) != 0, (bits & 8U) != 0,
          (bits & 16U) != 0, (bits & 32U) != 0, (bits & 64U) != 0};
}

Scenario scenario_with(const Wishes& wishes, std::size_t regions, std::size_t ages, const std::string& step,
                       double persons = 10) {
  const Date start = *parse_date("2010-01-01");
  const Date end = nearest_ends(start, *parse_date("2020-01-01"), *parse_duration(step)).before;
  Scenario scenario = small_scenario(regions, to_string(end), step, {}, ages);
  stayers(scenario, 0) = persons;
  add_stream(scenario, "labour", 0.1);
  if (wishes.home) add_stream(scenario, "return", 0.1, BirthRegion{});
  if (wishes.previous) add_stream(scenario, "back", 0.1, PreviousRegion{});
  if (wishes.stay) scenario.streams[0].hazard.stay = {{0, 5}, {1, 2}};
  if (wishes.age) scenario.streams[0].hazard.schedule = RogersCastro{};
  if (wishes.census) scenario.output.relocations_every = 12;
  if (wishes.diaspora) scenario.output.diaspora_every = 12;
  if (wishes.papers) {
    scenario.output.citizens_every = 12;
    scenario.queues.resize(2);
  }
  return scenario;
}

History random_history(const Scenario& scenario, const RecordLayout& layout, std::mt19937_64& random) {
  const auto below = [&random](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  History history;
  history.cohort = Cohort{below(scenario.population.ages)};
  history.birth = Region{below(scenario.region_count())};
  history.previous = Region{below(scenario.region_count())};
  history.census = Region{below(scenario.region_count())};
  history.citizenship = Region{below(scenario.region_count())};
  history.ticket = Ticket{}.with(1, static_cast<std::uint32_t>(below(scenario.time.steps() + 1)));
  history.arrival = below(2) == 0 ? static_cast<ArrivalCode>(below(scenario.time.steps()))
                                  : layout.clock().before_start(static_cast<double>(below(2000)) / 100);
  return history;
}

void check_round_trip(const Scenario& scenario, const RecordLayout& layout, const History& history,
                      Region residence) {
  const auto [key, word] = layout.record(history, residence);
  REQUIRE(key < layout.key_count());
  REQUIRE(layout.band(key) < layout.band_count());
  REQUIRE(layout.year(key) < layout.key_count() / (2 * layout.band_count()));
  if (layout.bytes() < 16) REQUIRE((word >> (8 * layout.bytes())) == 0);
  const History found = layout.unpack(word, key);
  const HistoryNeeds needs = history_needs(scenario);
  REQUIRE(found.cohort == history.cohort);
  REQUIRE(layout.cohort(word, key) == history.cohort);
  if (needs.birth) REQUIRE(found.birth == history.birth);
  if (needs.previous) REQUIRE(found.previous == history.previous);
  if (needs.census) REQUIRE(found.census == history.census);
  if (needs.citizenship) {
    REQUIRE(found.citizenship == history.citizenship);
    REQUIRE(found.ticket == history.ticket);
    // One of them alone.
    const KeyedRecord naturalised = layout.naturalised({key, word}, residence);
    History as_citizen = history;
    as_citizen.citizenship = residence;
    const KeyedRecord expected = layout.record(as_citizen, residence);
    REQUIRE(naturalised.key == expected.key);
    REQUIRE(naturalised.word == expected.word);
    const RecordWord joined = layout.with_ticket(word, history.ticket.joined(QueueId{0}, Step{0}));
    REQUIRE(layout.ticket(joined).entry(0) == 1);
    REQUIRE(layout.ticket(joined).entry(1) == history.ticket.entry(1));
    REQUIRE(layout.with_ticket(joined, history.ticket) == word);
  }
  if (needs.hazard_by_stay) REQUIRE(found.arrival == history.arrival);
  if (needs.arrival && !needs.hazard_by_stay) REQUIRE(found.arrival == std::max(history.arrival, -1));
  REQUIRE(RecordLayout::at_home(key) == (needs.hazard_by_home && history.birth == residence));
}

}  // namespace

TEST_CASE("what is needed follows from what is asked for") {
  CHECK_FALSE(history_needs(scenario_with({}, 3, 5, "1 month")).records());
  const HistoryNeeds diaspora = history_needs(scenario_with({.diaspora = true}, 3, 5, "1 month"));
  CHECK(diaspora.birth);
  CHECK(diaspora.records());
  CHECK_FALSE((diaspora.previous || diaspora.arrival || diaspora.census || diaspora.hazard_by_home));
  const HistoryNeeds home = history_needs(scenario_with({.home = true}, 3, 5, "1 month"));
  CHECK((home.birth && home.hazard_by_home));
  const HistoryNeeds previous = history_needs(scenario_with({.previous = true}, 3, 5, "1 month"));
  CHECK((previous.previous && !previous.birth));
  const HistoryNeeds stay = history_needs(scenario_with({.stay = true}, 3, 5, "1 month"));
  CHECK((stay.arrival && stay.hazard_by_stay && !stay.census));
  const HistoryNeeds census = history_needs(scenario_with({.census = true}, 3, 5, "1 month"));
  CHECK((census.census && census.arrival && !census.hazard_by_stay && !census.birth));
  const HistoryNeeds age = history_needs(scenario_with({.age = true}, 3, 5, "1 month"));
  CHECK((age.hazard_by_age && !age.records()));
}

TEST_CASE("pull terms of birth, who is foreign-born and ages of who are needs too") {
  Scenario scenario = scenario_with({}, 3, 5, "1 month");
  SUBCASE("diaspora") {
    scenario.streams[0].destination.pull.emplace_back(DiasporaTerm{});
    CHECK(history_needs(scenario).birth);
    CHECK_FALSE(history_needs(scenario).hazard_by_home);
  }
  SUBCASE("home") {
    scenario.streams[0].destination.pull.emplace_back(HomeTerm{});
    CHECK(history_needs(scenario).birth);
  }
  SUBCASE("a factor is none") {
    scenario.streams[0].destination.pull.emplace_back(FactorTerm{});
    CHECK_FALSE(history_needs(scenario).records());
  }
  SUBCASE("a factor by citizenship") {
    FactorTerm term;
    term.comparison = Comparison::citizenship;
    scenario.streams[0].destination.pull.emplace_back(term);
    CHECK(history_needs(scenario).citizenship);
    CHECK(history_needs(scenario).records());
  }
  SUBCASE("foreign-born") {
    scenario.streams[0].who.foreign_born = false;
    CHECK(history_needs(scenario).birth);
    CHECK(history_needs(scenario).hazard_by_home);
  }
  SUBCASE("ages") {
    scenario.streams[0].who.age_to = 65;
    CHECK(history_needs(scenario).hazard_by_age);
  }
}

TEST_CASE("what is packed is unpacked, whatever is asked for") {
  std::mt19937_64 random(1);
  for (unsigned bits = 0; bits < 128; ++bits) {
    for (const std::size_t regions : {2U, 187U}) {
      for (const double persons : {10.0, 1e10}) {  // few people: blocks are not cut by age
        const Scenario scenario = scenario_with(wishes_of(bits), regions, 101, "1 month", persons);
        const RecordLayout layout(scenario);
        CAPTURE(bits);
        for (int i = 0; i < 300; ++i) {
          const Region residence{random() % regions};
          check_round_trip(scenario, layout, random_history(scenario, layout, random), residence);
        }
      }
    }
  }
}

TEST_CASE("the same for steps of days, years and several years, and for few cohorts") {
  std::mt19937_64 random(2);
  for (const std::string step : {"1 day", "1 week", "1 quarter", "1 year", "5 years"}) {
    for (const std::size_t ages : {1U, 4U, 5U, 6U, 120U}) {
      const Scenario scenario = scenario_with(wishes_of(127), 9, ages, step, 1e9);
      const RecordLayout layout(scenario);
      CAPTURE(step);
      CAPTURE(ages);
      for (int i = 0; i < 300; ++i) {
        check_round_trip(scenario, layout, random_history(scenario, layout, random), Region{random() % 9});
      }
    }
  }
}

TEST_CASE("blocks are cut by age where they are large, and only there") {
  const Scenario large = scenario_with({.home = true, .age = true}, 2, 101, "1 month", 1e8);
  CHECK(RecordLayout(large).band_count() == 21);
  CHECK(RecordLayout(large).key_count() == 42);
  const Scenario small = scenario_with({.home = true, .age = true}, 2, 101, "1 month", 1e3);
  CHECK(RecordLayout(small).band_count() == 1);
  const Scenario flat = scenario_with({.home = true}, 2, 101, "1 month", 1e8);
  CHECK(RecordLayout(flat).band_count() == 1);
}

TEST_CASE("records take 4, 8 or 16 bytes") {
  // 7 bits of cohort; with 187 regions 8 bits for each region; 121 arrivals of a census take 7.
  CHECK(RecordLayout(scenario_with({}, 187, 101, "1 month")).bytes() == 4);
  CHECK(RecordLayout(scenario_with({.diaspora = true, .home = true}, 187, 101, "1 month")).bytes() == 4);
  CHECK(RecordLayout(scenario_with({.diaspora = true, .previous = true, .stay = true}, 187, 101, "1 month"))
            .bytes() == 4);
  CHECK(RecordLayout(scenario_with(wishes_of(63), 187, 101, "1 month")).bytes() == 8);
  // 60 bits: 14 for each region.
  CHECK(RecordLayout(scenario_with(wishes_of(31), 16384, 101, "1 month")).bytes() == 8);
  CHECK(RecordLayout(scenario_with(wishes_of(31), 65537, 101, "1 day")).bytes() == 16);
}

TEST_CASE("records of 16 bytes round trip") {
  std::mt19937_64 random(3);
  const Scenario scenario = scenario_with(wishes_of(63), 200000, 101, "1 day", 1e12);
  const RecordLayout layout(scenario);
  REQUIRE(layout.bytes() == 16);
  for (int i = 0; i < 2000; ++i) {
    check_round_trip(scenario, layout, random_history(scenario, layout, random), Region{random() % 200000});
  }
}

}  // namespace record_test
