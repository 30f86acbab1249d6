#include "sim/model/doors.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/model/choice.hpp"
#include "sim/model/entry.hpp"
#include "sim/model/hazard.hpp"
#include "sim/model/population.hpp"
#include "tests/support/doors.hpp"
#include "tests/support/small_scenario.hpp"

namespace doors_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

/// Four regions, two groups, a stream whose utilities differ between destinations.
Scenario world(const std::string& step = "1 month", std::optional<double> attraction = std::nullopt,
               ChoiceSet set = AllRegions{}, const std::string& end = "2011-01-01") {
  Scenario scenario = small_scenario(4, end, step, {{"status", {"a", "b"}}});
  for (double& persons : scenario.population.stayers) persons = 10;
  const FactorId size = add_factor(scenario, "size", FactorPlaces::region, {3, 1, 0.4, 2});
  const ParameterId coefficient = add_parameter(scenario, "size", {1.2}, true);
  std::optional<ParameterId> lambda;
  if (attraction) lambda = add_parameter(scenario, "attraction", {*attraction});
  Stream& stream = add_stream(scenario, "move", 0.3, std::move(set));
  stream.hazard.attraction = lambda;
  FactorTerm term;
  term.factor = size;
  term.transform = Transform::log;
  term.comparison = Comparison::destination;
  term.coefficient = coefficient;
  stream.destination.pull.emplace_back(term);
  return scenario;
}

/// The hazard of moves to each destination, from region 0, in one step: mean over its days.
struct Model {
  explicit Model(const Scenario& of, const Variant& variant)
      : scenario(of),
        start(scenario, Variant{}),
        now(scenario, variant),
        population(start_population(of, {1, 0}, workers)) {
    start.update(scenario.time.boundary(0), scenario.time.boundary(1));
    for (const Stream& stream : scenario.streams) choices.emplace_back(scenario, stream, start);
    hazards.emplace_back(scenario, event_kinds(scenario), start, population, workers);
  }
  void go_to(std::size_t step) {
    now.update(scenario.time.boundary(step), scenario.time.boundary(step + 1));
    for (Choice& choice : choices) choice.update(now, population.diaspora(), workers);
    hazards.front().update(now, choices, Step{step}, workers);
  }
  [[nodiscard]] double level(std::size_t event, Region origin = Region{0}, Group group = {}) const {
    return hazards.front().levels(population.cell(origin, group))[event];
  }
  /// By the shares of uniform numbers that draw each state.
  [[nodiscard]] std::vector<double> rates(std::size_t stream = 0, Region origin = Region{0},
                                          Group group = {}) const {
    const std::size_t cell = population.cell(origin, group);
    const Choice& choice = choices[stream];
    std::vector<double> rates(scenario.region_count());
    constexpr std::size_t points = 10000;
    for (std::size_t i = 0; i < points && level(stream, origin, group) > 0; ++i) {
      const double uniform = (static_cast<double>(i) + 0.5) / points;
      const std::size_t drawn =
          choice.states() == 1 ? 0 : hazards.front().draw_state(EventId{stream}, cell, uniform);
      const auto p = choice.state(drawn).probabilities(origin, {origin, origin}, group);
      for (std::size_t d = 0; d < p.size(); ++d) rates[d] += level(stream, origin, group) * p[d] / points;
    }
    return rates;
  }

  const Scenario& scenario;
  Workers workers{1};
  Numbers start;
  Numbers now;
  Population population;
  std::vector<Choice> choices;
  std::vector<Hazards> hazards;
};

std::vector<double> rates_in(const Scenario& scenario, std::size_t step, Group group = {}) {
  const Variant variant = all_policies(scenario);
  Model model(scenario, variant);
  for (std::size_t s = 0; s <= step; ++s) model.go_to(s);
  return model.rates(0, Region{0}, group);
}

const std::vector<double> weights = {0, 1, std::exp(1.2 * std::log(0.4)), std::exp(1.2 * std::log(2.0))};

void check_rates(const std::vector<double>& found, const std::vector<double>& expected,
                 double within = 1e-4) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t d = 0; d < found.size(); ++d) {
    CAPTURE(d);
    CHECK(found[d] == doctest::Approx(expected[d]).epsilon(within));
  }
}

}  // namespace

TEST_CASE("the states of a step and their shares of its days") {
  Scenario scenario = world();
  const Door door = closed_destination(scenario, 1);
  add_door(scenario, door, "2010-01-11", "2010-01-21");
  add_door(scenario, door, "2010-03-01");
  const Variant variant = all_policies(scenario);
  Doors doors(scenario, variant);
  const auto go_to = [&](std::size_t step) {
    doors.update(scenario.time.boundary(step), scenario.time.boundary(step + 1));
  };
  go_to(0);
  REQUIRE(doors.of(StreamId{0}).size() == 2);
  CHECK(doors.of(StreamId{0})[0].share == 21 / 31.0);
  CHECK(doors.of(StreamId{0})[1].share == 10 / 31.0);
  CHECK_FALSE(doors.of(StreamId{0})[0].is_closed(Region{0}, Region{1}, Group{0}));
  CHECK(doors.of(StreamId{0})[1].is_closed(Region{0}, Region{1}, Group{0}));
  CHECK_FALSE(doors.of(StreamId{0})[1].is_closed(Region{1}, Region{0}, Group{0}));
  CHECK(doors.open_share(StreamId{0}, Region{0}, Region{1}, Group{0}) == 21 / 31.0);
  CHECK(doors.open_share(StreamId{0}, Region{0}, Region{2}, Group{0}) == 1);
  CHECK(doors.version(StreamId{0}) == 1);
  go_to(1);
  REQUIRE(doors.of(StreamId{0}).size() == 1);
  CHECK(doors.of(StreamId{0})[0].doors.empty());
  CHECK(doors.version(StreamId{0}) == 2);
  go_to(2);
  REQUIRE(doors.of(StreamId{0}).size() == 1);
  CHECK(doors.of(StreamId{0})[0].share == 1);
  CHECK(doors.open_share(StreamId{0}, Region{0}, Region{1}, Group{0}) == 0);
  go_to(3);
  CHECK(doors.version(StreamId{0}) == 3);  // as before
}

TEST_CASE("a door that does what another does makes no state of its own") {
  Scenario scenario = world();
  const Door door = closed_destination(scenario, 1);
  Door open = door;
  open.closes = false;
  add_door(scenario, open, "2010-01-02", "2010-01-09");  // what is open
  add_door(scenario, door, "2010-01-11", "2010-01-15");
  add_door(scenario, door, "2010-01-15", "2010-01-21");
  const Variant variant = all_policies(scenario);
  Doors doors(scenario, variant);
  doors.update(scenario.time.boundary(0), scenario.time.boundary(1));
  REQUIRE(doors.of(StreamId{0}).size() == 2);
  CHECK(doors.of(StreamId{0})[1].share == 10 / 31.0);
}

TEST_CASE("in whatever order the steps are asked for, each has its own states") {
  Scenario scenario = world();
  add_door(scenario, closed_destination(scenario, 1), "2010-02-01", "2010-03-11");
  add_door(scenario, closed_destination(scenario, 2), "2010-03-11", "2010-05-01");
  add_door(scenario, closed_destination(scenario, 3), "2010-08-01");
  const Variant variant = all_policies(scenario);
  Doors kept(scenario, variant);
  for (const std::size_t step : {0U, 4U, 1U, 2U, 3U, 2U, 11U, 5U, 6U, 7U, 8U, 4U, 3U, 0U, 0U}) {
    CAPTURE(step);
    Doors fresh(scenario, variant);
    for (Doors* doors : {&kept, &fresh})
      doors->update(scenario.time.boundary(step), scenario.time.boundary(step + 1));
    for (std::size_t d = 1; d < 4; ++d) {
      const Region to{d};
      CHECK(kept.open_share(StreamId{0}, Region{0}, to, {}) ==
            fresh.open_share(StreamId{0}, Region{0}, to, {}));
    }
    CHECK(kept.of(StreamId{0}).size() == fresh.of(StreamId{0}).size());
  }
}

TEST_CASE("the last door that stands in the way counts, in the order of the variant's policies") {
  Scenario scenario = world();
  Door exception = closed_destination(scenario, 1);
  exception.closes = false;
  exception.groups = {false, true};
  add_door(scenario, closed_door(scenario), "2010-01-01");
  add_door(scenario, exception, "2010-01-01");
  const auto is_closed = [&](const Variant& variant, std::size_t destination, std::size_t group) {
    Doors doors(scenario, variant);
    doors.update(scenario.time.boundary(0), scenario.time.boundary(1));
    return doors.open_share(StreamId{0}, Region{0}, Region{destination}, Group{group}) == 0;
  };
  const Variant first_closed{"", {PolicyId{0}, PolicyId{1}}};
  CHECK(is_closed(first_closed, 2, 1));
  CHECK(is_closed(first_closed, 1, 0));
  CHECK_FALSE(is_closed(first_closed, 1, 1));
  CHECK(is_closed({"", {PolicyId{1}, PolicyId{0}}}, 1, 1));
}

TEST_CASE("what the scenario closes is closed until a policy opens it") {
  Scenario scenario = world();
  scenario.closed = {closed_destination(scenario, 3)};
  Door open = closed_door(scenario);
  open.closes = false;
  add_door(scenario, open, "2010-02-01", "2010-03-01");
  const double rate = 0.3;
  const double sum = weights[1] + weights[2];
  check_rates(rates_in(scenario, 0), {0, rate * weights[1] / sum, rate * weights[2] / sum, 0});
  check_rates(rates_in(scenario, 1), [&] {
    std::vector<double> all;
    for (const double weight : weights) all.push_back(rate * weight / (sum + weights[3]));
    return all;
  }());
  check_rates(rates_in(scenario, 2), {0, rate * weights[1] / sum, rate * weights[2] / sum, 0});
}

TEST_CASE("the only destination closed k of n days has (n - k) / n of its flow, at any step") {
  for (const auto& [step, days] : {std::pair{"1 month", 31}, {"1 week", 7}, {"1 quarter", 90}}) {
    CAPTURE(step);
    const std::string end = days == 7 ? "2010-12-31" : "2011-01-01";
    Scenario scenario = world(step, 0.7, Listed{{Region{0}, Region{1}}}, end);
    add_door(scenario, closed_door(scenario), "2010-01-03", "2010-01-06");
    const double share = (days - 3.0) / days;
    check_rates(rates_in(scenario, 0), {0, 0.3 * share, 0, 0}, 1e-12);
    check_rates(rates_in(scenario, 1), {0, 0.3, 0, 0}, 1e-12);
  }
  Scenario scenario = world("1 day", 0.7, Listed{{Region{0}, Region{1}}});
  add_door(scenario, closed_door(scenario), "2010-01-03", "2010-01-06");
  for (std::size_t day = 0; day < 7; ++day) {
    CAPTURE(day);
    check_rates(rates_in(scenario, day), {0, day < 2 || day >= 5 ? 0.3 : 0, 0, 0}, 1e-12);
  }
}

TEST_CASE("without attraction those before a closed door go elsewhere, on its days") {
  Scenario scenario = world();
  add_door(scenario, closed_destination(scenario, 3), "2010-01-11", "2010-01-21");
  const double rate = 0.3;
  const double closed = 10 / 31.0;
  const double all = weights[1] + weights[2] + weights[3];
  const double others = weights[1] + weights[2];
  check_rates(rates_in(scenario, 0), {0, rate * weights[1] * ((1 - closed) / all + closed / others),
                                      rate * weights[2] * ((1 - closed) / all + closed / others),
                                      rate * weights[3] * (1 - closed) / all});
}

TEST_CASE("at an attraction of 1 the closing of one destination leaves the rate to every other alone") {
  Scenario scenario = world("1 month", 1.0);
  add_door(scenario, closed_destination(scenario, 3), "2010-01-11", "2010-01-21");
  const double all = weights[1] + weights[2] + weights[3];
  check_rates(rates_in(scenario, 0),
              {0, 0.3 * weights[1] / all, 0.3 * weights[2] / all, 0.3 * weights[3] / all * 21 / 31.0});
}

TEST_CASE("with any attraction the mixture is that of the days, in proportion to their hazards") {
  const double lambda = 0.4;
  Scenario scenario = world("1 month", lambda);
  add_door(scenario, closed_destination(scenario, 3), "2010-01-11", "2010-01-21");
  add_door(scenario, closed_door(scenario), "2010-01-29", "2010-02-01");
  const double all = weights[1] + weights[2] + weights[3];
  const double others = weights[1] + weights[2];
  const double open = 0.3 * 18 / 31.0 / all;
  const double closed = 0.3 * 10 / 31.0 * std::pow(others / all, lambda) / others;
  check_rates(rates_in(scenario, 0),
              {0, weights[1] * (open + closed), weights[2] * (open + closed), weights[3] * open});
}

TEST_CASE("in a nest the next door gets more of what cannot go on") {
  Scenario scenario = world();
  const double mu = 0.3;
  const ParameterId dissimilarity = add_parameter(scenario, "mu", {mu});
  scenario.streams[0].destination.nests = {{"near", {Region{2}, Region{3}}, dissimilarity}};
  add_door(scenario, closed_destination(scenario, 3), "2010-01-01");
  // The nest holds region 2 alone: S^mu is its weight.
  const double sum = weights[1] + weights[2];
  check_rates(rates_in(scenario, 0), {0, 0.3 * weights[1] / sum, 0.3 * weights[2] / sum, 0});
  Scenario open = scenario;
  open.policies.clear();
  const double s = std::pow(weights[2], 1 / mu) + std::pow(weights[3], 1 / mu);
  const double nest = std::pow(s, mu);
  const double to_2 = nest * std::pow(weights[2], 1 / mu) / s;
  check_rates(rates_in(open, 0), {0, 0.3 * weights[1] / (weights[1] + nest), 0.3 * to_2 / (weights[1] + nest),
                                  0.3 * (nest - to_2) / (weights[1] + nest)});
  // What the neighbour in the nest gains is a larger multiple than what the others do.
  CHECK(weights[2] / sum / (to_2 / (weights[1] + nest)) > 1.2 * (weights[1] + nest) / sum);
}

TEST_CASE("for chosen people: the others' rates are theirs without it") {
  Scenario scenario = world();
  Door door = closed_destination(scenario, 1);
  door.groups = {false, true};
  add_door(scenario, door, "2010-01-11", "2010-01-21");
  Scenario without = scenario;
  without.policies.clear();
  check_rates(rates_in(scenario, 0, Group{0}), rates_in(without, 0, Group{0}));
  CHECK(rates_in(scenario, 0, Group{1})[1] ==
        doctest::Approx(rates_in(without, 0)[1] * 21 / 31.0).epsilon(1e-3));
}

TEST_CASE("a choice along links loses those that are closed") {
  Scenario scenario = world("1 month", std::nullopt, Neighbours{});
  scenario.links = {{Region{0}, Region{1}, 1}, {Region{0}, Region{3}, 1}, {Region{1}, Region{2}, 1}};
  Door door = closed_door(scenario);
  door.corridors = {{Region{0}, Region{1}}, {Region{1}, Region{0}}};
  add_door(scenario, door, "2010-02-01");
  const double sum = weights[1] + weights[3];
  check_rates(rates_in(scenario, 0), {0, 0.3 * weights[1] / sum, 0, 0.3 * weights[3] / sum});
  check_rates(rates_in(scenario, 1), {0, 0, 0, 0.3});
}

TEST_CASE("those who go to the region of birth, or lived in before, wait for the days on which it is open") {
  Scenario scenario = small_scenario(3, "2011-01-01", "1 month", {{"status", {"a", "b"}}});
  add_stream(scenario, "home", 0.2, BirthRegion{});
  add_stream(scenario, "back", 0.5, PreviousRegion{});
  add_door(scenario, closed_destination(scenario, 1), "2010-01-11", "2010-01-21");
  Door all_back = closed_door(scenario);
  all_back.streams = {false, true};
  all_back.groups = {false, true};
  add_door(scenario, all_back, "2010-02-01");
  const Variant variant = all_policies(scenario);
  Model model(scenario, variant);
  model.go_to(0);
  const auto rates = [&](std::size_t birth, std::size_t previous, Group group) {
    History history;
    history.birth = Region{birth};
    history.previous = Region{previous};
    const KeyedRecord record = model.population.layout().record(history, Region{0});
    std::vector<double> found(2);
    const double sum =
        model.hazards.front().mover(model.population.cell(Region{0}, group), record.key, record.word, found);
    CHECK(sum == found[0] + found[1]);
    CHECK(sum <= model.hazards.front().bound(model.population.cell(Region{0}, group), record.key));
    return found;
  };
  CHECK(rates(1, 2, Group{0}) == std::vector{0.2 * (21 / 31.0), 0.5});
  CHECK(rates(2, 1, Group{1}) == std::vector{0.2, 0.5 * (21 / 31.0)});
  model.go_to(1);
  CHECK(rates(1, 1, Group{0}) == std::vector{0.2, 0.5});
  CHECK(rates(1, 1, Group{1}) == std::vector{0.2, 0.0});
  CHECK(model.level(1, Region{0}, Group{1}) == 0);
}

TEST_CASE("an outflow and an inflow have the share of their open days") {
  Scenario scenario = small_scenario(2, "2011-01-01", "1 month");
  add_outflow(scenario, "leave", 0.4);
  add_inflow(scenario, "come", 1000).is_random = false;
  Door door;
  door.outflows = {true};
  door.origins = only(2, {1});
  add_door(scenario, door, "2010-01-11", "2010-01-21");
  Door entry;
  entry.inflows = {true};
  entry.destinations = only(2, {0});
  add_door(scenario, entry, "2010-01-01", "2010-07-01");
  const Variant variant = all_policies(scenario);
  Model model(scenario, variant);
  model.go_to(0);
  CHECK(model.level(0, Region{0}) == 0.4);
  CHECK(model.level(0, Region{1}) == 0.4 * (21 / 31.0));
  model.go_to(1);
  CHECK(model.level(0, Region{1}) == 0.4);
  CHECK(entries_to_expect(scenario, variant) == doctest::Approx(1000 + 1000 * 184 / 365.0));
}

TEST_CASE("what was closed at the start and is opened later is compared with itself") {
  Scenario scenario = world("1 month", 0.8);
  scenario.closed = {closed_door(scenario)};
  Door open = closed_door(scenario);
  open.closes = false;
  add_door(scenario, open, "2010-02-01");
  check_rates(rates_in(scenario, 0), {0, 0, 0, 0});
  const double all = weights[1] + weights[2] + weights[3];
  check_rates(rates_in(scenario, 1),
              {0, 0.3 * weights[1] / all, 0.3 * weights[2] / all, 0.3 * weights[3] / all});
}

}  // namespace doors_test
