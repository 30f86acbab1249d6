#include "sim/model/limit_ledger.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace limit_ledger_test {

using namespace sojourn;

namespace {

/// A ledger of a scenario whose first stream draws on limits, step by step.
struct Book {
  explicit Book(Scenario of) : scenario(std::move(of)), numbers(scenario, Variant{}), ledger(scenario) {}

  void next_step() {
    numbers.update(scenario.time.boundary(step), scenario.time.boundary(step + 1));
    ledger.begin_step(Step{step}, numbers);
    ++step;
  }
  [[nodiscard]] LimitCase one(std::size_t from = 0, std::size_t to = 1) const {
    return {scenario.streams[0].draws, Region{from}, Group{0}, Region{to}, Group{0}, Region{from}};
  }
  /// How many of so many are admitted, one after the other.
  int ask(int agents) {
    int admitted = 0;
    for (int i = 0; i < agents; ++i) admitted += ledger.admit(one()) ? 1 : 0;
    return admitted;
  }

  Scenario scenario;
  Numbers numbers;
  LimitLedger ledger;
  std::size_t step = 0;
};

Scenario with_limit(double amount, Period period, double draw = 1) {
  Scenario scenario = test::small_scenario(2, "2012-01-01");
  test::add_stream(scenario, "move", 1);
  test::add_limit(scenario, "quota", amount, Limit::ForEach::all, period);
  test::draw_on(scenario, 0, 0, draw);
  return scenario;
}

}  // namespace

TEST_CASE("a year's amount lasts until its end; what nobody wanted is lost") {
  Book book(with_limit(10, Period::year));
  book.next_step();
  CHECK(book.ask(4) == 4);
  for (int month = 1; month < 12; ++month) book.next_step();
  CHECK(book.ask(3) == 3);
  CHECK(book.ledger.accounts()[0].amount == 10);
  book.next_step();
  CHECK(book.ledger.accounts()[0].lost == 3);
  CHECK(book.ledger.room(0) == 10);
  CHECK(book.ask(12) == 10);
  CHECK(book.ledger.accounts()[0].used == 17);
  CHECK(book.ledger.is_balanced());
  book.ledger.forget();
  CHECK(book.ledger.accounts()[0].used == 0);
}

TEST_CASE("what was too little for somebody is credit; agents of many persons lose nothing by rounding") {
  Scenario scenario = with_limit(150, Period::month);
  scenario.persons_per_agent = 100;
  Book book(std::move(scenario));
  std::vector<int> admitted;
  for (int month = 0; month < 4; ++month) {
    book.next_step();
    admitted.push_back(book.ask(5));
  }
  CHECK(admitted == std::vector<int>{1, 2, 1, 2});
  book.next_step();
  CHECK(book.ledger.accounts()[0].lost == 0);
}

TEST_CASE("a policy that takes away what is used already takes only what is left") {
  Scenario scenario = with_limit(10, Period::year);
  scenario.policies.push_back(
      {"less", *parse_date("2010-03-01"), {}, {{.target = scenario.limits[0].amount->rate, .amount = 4}}});
  scenario.variants.push_back({"less", {PolicyId{0}}});
  Book book(std::move(scenario));
  book.numbers = Numbers(book.scenario, book.scenario.variants.back());
  book.next_step();
  CHECK(book.ask(6) == 6);
  book.next_step();
  CHECK(book.ledger.room(0) == 4);
  book.next_step();
  CHECK(book.ledger.room(0) == 0);
  CHECK(book.ask(1) == 0);
  CHECK(book.ledger.accounts()[0].amount == 6);
  CHECK(book.ledger.is_balanced());
}

TEST_CASE("many alike cases are admitted as one after the other, and may be given back") {
  Book book(with_limit(95, Period::month, 10));
  book.next_step();
  CHECK(book.ledger.admit_many(book.one(), 5) == 5);
  CHECK(book.ledger.admit_many(book.one(), 7) == 4);
  CHECK(book.ledger.room(0) == 5);
  CHECK_FALSE(book.ledger.has_room(book.one()));
  book.ledger.give_back(book.one(), 2);
  CHECK(book.ledger.room(0) == 25);
  CHECK(book.ledger.has_room(book.one()));
  CHECK(book.ledger.is_balanced());
}

TEST_CASE("places are taken by whoever lives in them, and free for the next as soon as one is gone") {
  Scenario scenario = test::small_scenario(3);
  test::add_stream(scenario, "move", 1);
  Limit& places = test::add_limit(scenario, "places", 2, Limit::ForEach::region);
  places.occupants = test::everybody(scenario);
  places.occupants->residences = {false, true, true};
  test::draw_on(scenario, 0, 0);
  Book book(std::move(scenario));
  CHECK(book.ledger.has_places());
  book.next_step();
  book.ledger.set_occupants(std::vector<std::int64_t>{9, 1, 2});
  CHECK(book.ledger.room(1) == 1);
  CHECK(book.ledger.room(2) == 0);
  CHECK_FALSE(book.ledger.admit(book.one(0, 2)));
  CHECK(book.ledger.admit(book.one(2, 1)));
  CHECK_FALSE(book.ledger.admit(book.one(0, 1)));
  CHECK(book.ledger.admit(book.one(0, 2)));
  book.ledger.end_step();
  CHECK(book.ledger.accounts()[1].used == 2);
  CHECK(book.ledger.accounts()[1].amount == 2);
}

}  // namespace limit_ledger_test
