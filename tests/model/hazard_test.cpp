#include "sim/model/hazard.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "sim/model/schedule.hpp"
#include "tests/support/vital_world.hpp"

namespace hazard_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

constexpr std::size_t ages = 60;
constexpr Group female{0};
constexpr Group male{1};

/// Three regions, two sexes, 60 ages, steps of a month; everyone of every age lives everywhere.
Scenario base_scenario(double persons = 10) {
  Scenario scenario = small_scenario(3, "2014-01-01", "1 month", {{"sex", {"female", "male"}}}, ages);
  for (double& number : scenario.population.stayers) number = persons;
  return scenario;
}

/// The hazards of the steps of a scenario, and all that they look at.
struct Model {
  explicit Model(Scenario scenario_of_test, std::vector<PolicyId> policies = {})
      : scenario(std::move(scenario_of_test)),
        start(scenario, Variant{}),
        now(scenario, Variant{"all", std::move(policies)}),
        population(start_population(scenario, {1, 0}, workers)) {
    start.update(scenario.time.boundary(0), scenario.time.boundary(1));
    for (const Stream& stream : scenario.streams) choices.emplace_back(scenario, stream, start);
    hazards.emplace_back(scenario, event_kinds(scenario), start, population, workers);
    go_to(0);
  }

  void go_to(std::size_t step) {
    now.update(scenario.time.boundary(step), scenario.time.boundary(step + 1));
    for (Choice& choice : choices) choice.update(now, population.diaspora(), workers);
    hazards.front().update(now, choices, Step{step}, workers);
    elapsed = scenario.time.middle(Step{step});
    rates.resize(scenario.streams.size());
  }

  double stayer(std::size_t region, Group group, std::size_t age) {
    return hazards.front().stayer(population.cell(Region{region}, group), Cohort{ages - 1 - age}, rates);
  }
  double mover(std::size_t region, Group group, const History& history) {
    const KeyedRecord record = population.layout().record(history, Region{region});
    return hazards.front().mover(population.cell(Region{region}, group), record.key, record.word, rates);
  }

  Workers workers{1};
  Scenario scenario;
  Numbers start;
  Numbers now;
  Population population;
  std::vector<Choice> choices;
  std::vector<Hazards> hazards;
  std::vector<double> rates;
  double elapsed = 0;
};

History history_of(std::size_t age, std::size_t birth, ArrivalCode arrival = -1, std::size_t previous = 0) {
  History history;
  history.cohort = Cohort{ages - 1 - age};
  history.birth = Region{birth};
  history.previous = Region{previous};
  history.arrival = arrival;
  return history;
}

void add_push(Scenario& scenario, Stream& stream, FactorId factor, Transform transform,
              std::vector<double> coefficient) {
  FactorTerm term;
  term.factor = factor;
  term.transform = transform;
  term.coefficient = add_parameter(scenario, "push", std::move(coefficient));
  stream.hazard.push.push_back(term);
}

}  // namespace

TEST_CASE("the hazard of stayers is rate times schedule times exp(sum of coefficient times factor)") {
  Scenario scenario = base_scenario();
  const FactorId income = add_factor(scenario, "income", FactorPlaces::region, {10, 20, 40});
  const FactorId school = add_factor(scenario, "school", FactorPlaces::region, {1, 2, 3, 4, 5, 6}, true);
  Stream& stream = add_stream(scenario, "labour", 0.03);
  stream.hazard.schedule = AgeTable{{0, 20}, {1, 3}};
  add_push(scenario, stream, income, Transform::log, {-0.25});
  add_push(scenario, stream, school, Transform::identity, {0.1, 0.2});
  Model model(scenario);
  // 20 of 60 ages at 1, 40 at 3; at the middle of the first step everyone is 1/24 of a year older.
  const double mean = (20 * 1 + 40 * 3) / 60.0;
  CHECK(model.stayer(1, male, 10) ==
        doctest::Approx(0.03 / mean * std::exp(-0.25 * std::log(20.0) + 0.2 * 4)));
  CHECK(model.stayer(1, female, 10) ==
        doctest::Approx(0.03 / mean * std::exp(-0.25 * std::log(20.0) + 0.1 * 3)));
  CHECK(model.stayer(2, male, 30) ==
        doctest::Approx(0.03 * 3 / mean * std::exp(-0.25 * std::log(40.0) + 0.2 * 6)));
  const double at_the_step = (1 - model.elapsed) * 1 + model.elapsed * 3;
  CHECK(model.stayer(0, female, 19) ==
        doctest::Approx(0.03 * at_the_step / mean * std::exp(-0.25 * std::log(10.0) + 0.1 * 1)));
  CHECK(model.rates[0] == model.stayer(0, female, 19));
}

TEST_CASE("ages move on with the steps") {
  Scenario scenario = base_scenario();
  add_stream(scenario, "labour", 0.03).hazard.schedule = AgeTable{{0, 20}, {0, 1}};
  scenario.streams[0].hazard.schedule_mean = ScheduleMean::as_given;
  Model model(scenario);
  CHECK(model.stayer(0, male, 17) == 0);
  model.go_to(36);  // three years later they are 20.5 and some days
  CHECK(model.stayer(0, male, 17) == doctest::Approx(0.03));
  CHECK(model.stayer(0, male, 15) == 0);
}

TEST_CASE("who: groups, residences and ages") {
  Scenario scenario = base_scenario();
  Stream& stream = add_stream(scenario, "labour", 0.03);
  stream.who.groups = {false, true};
  stream.who.residences = {true, false, true};
  stream.who.age_from = 15;
  stream.who.age_to = 50;
  Model model(scenario);
  CHECK(model.stayer(0, male, 30) == doctest::Approx(0.03));
  CHECK(model.stayer(0, female, 30) == 0);
  CHECK(model.stayer(1, male, 30) == 0);
  CHECK(model.stayer(2, male, 15) == doctest::Approx(0.03));
  // In the middle of the first month some of a cohort are older.
  const double older = scenario.time.middle(Step{0});
  CHECK(model.stayer(2, male, 14) == doctest::Approx(0.03 * older));
  CHECK(model.stayer(2, male, 13) == 0);
  CHECK(model.stayer(2, male, 49) == doctest::Approx(0.03 * (1 - older)));
  CHECK(model.stayer(2, male, 50) == 0);
  CHECK(model.mover(2, male, history_of(50, 0)) == 0);
}

TEST_CASE(
    "who: foreign-born or not; the streams back to birth and to the residence before are of movers only") {
  Scenario scenario = base_scenario();
  add_stream(scenario, "all", 1);
  add_stream(scenario, "foreign", 2).who.foreign_born = true;
  add_stream(scenario, "native", 4).who.foreign_born = false;
  add_stream(scenario, "return", 8, BirthRegion{});
  add_stream(scenario, "back", 16, PreviousRegion{});
  Model model(scenario);
  CHECK(model.stayer(0, female, 20) == doctest::Approx(1 + 4));
  CHECK(model.mover(0, female, history_of(20, 1, -1, 1)) == doctest::Approx(1 + 2 + 8 + 16));
  CHECK(model.mover(0, female, history_of(20, 0, -1, 1)) == doctest::Approx(1 + 4 + 16));
  CHECK(model.rates == std::vector<double>{1, 0, 4, 0, 16});
}

TEST_CASE("who lived before where it lives now has nowhere to go back to") {
  Scenario scenario = base_scenario();
  add_stream(scenario, "all", 1);
  add_stream(scenario, "back", 16, PreviousRegion{});
  Model model(scenario);
  CHECK(model.mover(1, female, history_of(20, 0, -1, 1)) == doctest::Approx(1));
  CHECK(model.mover(1, female, history_of(20, 0, -1, 2)) == doctest::Approx(17));
}

TEST_CASE("stay: movers by their years since arrival, stayers not") {
  Scenario scenario = base_scenario();
  add_stream(scenario, "onward", 0.1).hazard.stay = {{0, 1, 5}, {4, 2, 0.5}};
  Model model(scenario);
  const ArrivalClock& clock = model.population.layout().clock();
  model.go_to(18);  // a year and a half since the start
  CHECK(model.stayer(0, male, 20) == doctest::Approx(0.1));
  CHECK(model.mover(0, male, history_of(20, 1, 15)) == doctest::Approx(0.4));
  CHECK(model.mover(0, male, history_of(20, 1, 18)) == doctest::Approx(0.4));
  CHECK(model.mover(0, male, history_of(20, 1, 3)) == doctest::Approx(0.2));
  CHECK(model.mover(0, male, history_of(20, 1, clock.before_start(2))) == doctest::Approx(0.2));
  CHECK(model.mover(0, male, history_of(20, 1, clock.before_start(4))) == doctest::Approx(0.05));
  CHECK(model.mover(0, male, history_of(20, 1, clock.before_start(400))) == doctest::Approx(0.05));
}

TEST_CASE("an empty choice set means hazard 0") {
  Scenario scenario = base_scenario();
  add_stream(scenario, "near", 0.1, Neighbours{});
  add_stream(scenario, "to the first", 0.2, Listed{{Region{0}}});
  scenario.links = {{Region{0}, Region{1}, 10}};
  Model model(scenario);
  CHECK(model.stayer(0, male, 20) == doctest::Approx(0.1));
  CHECK(model.stayer(1, male, 20) == doctest::Approx(0.3));
  CHECK(model.stayer(2, male, 20) == doctest::Approx(0.2));
}

TEST_CASE("attraction: the inclusive value against that of the start without policies, with diaspora") {
  Scenario scenario = base_scenario();
  add_movers(scenario, 2, 0, 500, 0, 30);
  add_movers(scenario, 1, 2, 80, 1, 30);
  Stream& stream = add_stream(scenario, "labour", 0.05);
  const FactorId income = add_factor(scenario, "income", FactorPlaces::region, {10, 20, 40});
  FactorTerm pull;
  pull.factor = income;
  pull.transform = Transform::log;
  pull.comparison = Comparison::destination;
  pull.coefficient = add_parameter(scenario, "pull", {0.8}, true);
  stream.destination.pull.emplace_back(pull);
  DiasporaTerm diaspora;
  diaspora.coefficient = add_parameter(scenario, "diaspora", {0.5, 0.3}, true);
  stream.destination.pull.emplace_back(diaspora);
  stream.hazard.attraction = add_parameter(scenario, "attraction", {0.6});
  Change richer;
  richer.target = income;
  richer.kind = Change::Kind::scale;
  richer.amount = 3;
  richer.places = {false, false, true};
  scenario.policies.push_back({"richer", scenario.time.boundary(0), scenario.time.boundary(2), {richer}});

  Model baseline(scenario);
  CHECK(baseline.stayer(0, female, 20) == doctest::Approx(0.05));
  Model model(scenario, {PolicyId{0}});  // it acts from the first step on: still against the start without it
  const auto sum = [](double gamma, double stock_1, double stock_2, double income_2) {
    return std::pow(20, 0.8) * std::pow(1 + stock_1, gamma) +
           std::pow(income_2, 0.8) * std::pow(1 + stock_2, gamma);
  };
  CHECK(model.stayer(0, female, 20) ==
        doctest::Approx(0.05 * std::pow(sum(0.5, 0, 500, 120) / sum(0.5, 0, 500, 40), 0.6)));
  CHECK(model.stayer(0, male, 20) ==
        doctest::Approx(0.05 * std::pow(sum(0.3, 0, 500, 120) / sum(0.3, 0, 500, 40), 0.6)));
  CHECK(model.stayer(2, male, 20) == doctest::Approx(0.05));  // its own income is no destination's
  model.go_to(2);
  CHECK(model.stayer(0, female, 20) == doctest::Approx(0.05));
  // The diaspora at the destination grows.
  model.population.note(Region{2}, female, Cohort{0}, Region{0}, 1000);
  model.go_to(3);
  CHECK(model.stayer(0, female, 20) ==
        doctest::Approx(0.05 * std::pow(sum(0.5, 0, 1500, 40) / sum(0.5, 0, 500, 40), 0.6)));
}

TEST_CASE("policies of rates and coefficients, in chosen regions") {
  Scenario scenario = base_scenario();
  Stream& stream = add_stream(scenario, "labour", 0.03);
  add_push(scenario, stream, add_factor(scenario, "conflict", FactorPlaces::region, {1, 2, 3}),
           Transform::identity, {0.5});
  Change faster;
  faster.target = stream.hazard.rate;
  faster.kind = Change::Kind::scale;
  faster.amount = 2;
  faster.places = {true, false, false};
  Change blind;
  blind.target = stream.hazard.push[0].coefficient;
  blind.kind = Change::Kind::set;
  blind.amount = 0;
  blind.places = {false, false, true};
  scenario.policies.push_back({"both", scenario.time.boundary(1), {}, {faster, blind}});
  Model model(scenario, {PolicyId{0}});
  for (std::size_t r = 0; r < 3; ++r) {
    CHECK(model.stayer(r, male, 20) == doctest::Approx(0.03 * std::exp(0.5 * static_cast<double>(r + 1))));
  }
  model.go_to(1);
  CHECK(model.stayer(0, male, 20) == doctest::Approx(0.06 * std::exp(0.5)));
  CHECK(model.stayer(1, male, 20) == doctest::Approx(0.03 * std::exp(1.0)));
  CHECK(model.stayer(2, male, 20) == doctest::Approx(0.03));
}

TEST_CASE("no mover's hazards exceed the bound of its block, at any step") {
  std::mt19937_64 random(1);
  for (const double persons : {10.0, 1e6}) {  // few people: blocks are not cut by age
    Scenario scenario = base_scenario(persons);
    scenario.persons_per_agent = 1;
    Stream& labour = add_stream(scenario, "labour", 0.9);
    labour.hazard.schedule = RogersCastro{};
    labour.hazard.stay = {{0, 0.5, 3}, {1, 7, 0.1}};
    labour.who.age_from = 15;
    labour.who.foreign_born = true;
    add_stream(scenario, "return", 0.5, BirthRegion{}).hazard.stay = {{0, 2, 8}, {0.2, 1, 5}};
    add_stream(scenario, "study", 0.2);  // of stayers, too: it makes movers
    add_stream(scenario, "back", 0.1, PreviousRegion{}).hazard.schedule = AgeTable{{0, 33}, {1, 2}};
    Model model(scenario);
    const RecordLayout& layout = model.population.layout();
    CHECK((layout.band_count() > 1) == (persons > 1e5));
    double closest = 0;
    for (const std::size_t step : {0U, 1U, 7U, 13U, 30U, 47U}) {
      model.go_to(step);
      for (int i = 0; i < 5000; ++i) {
        const ArrivalCode arrival =
            random() % 2 == 0 ? static_cast<ArrivalCode>(random() % (step + 1))
                              : layout.clock().before_start(static_cast<double>(random() % 1500) / 100);
        const History history = history_of(random() % ages, random() % 3, arrival, random() % 3);
        const std::size_t region = random() % 3;
        const Group group{random() % 2};
        const double sum = model.mover(region, group, history);
        const double bound = model.hazards.front().bound(model.population.cell(Region{region}, group),
                                                         layout.record(history, Region{region}).key);
        REQUIRE(sum <= bound * (1 + 1e-14));  // products of the same numbers in another order
        if (bound > 0) closest = std::max(closest, sum / bound);
      }
    }
    CHECK(closest > 0.8);
  }
}

TEST_CASE("hazards are added in the order of events, wherever the one is whose rate is a factor by age") {
  Scenario scenario = base_scenario();
  scenario.output.diaspora_every = 1;
  const FactorId by_age = add_age_factor(scenario, "by age", FactorPlaces::region, false, {0, 30},
                                         {0.7, 0.1, 0.3, 0.9, 0.1, 0.7});
  add_stream(scenario, "placed", 0.1).hazard.rate_factor = by_age;
  add_stream(scenario, "plain", 0.3).hazard.schedule = RogersCastro{};
  add_stream(scenario, "home", 0.7, BirthRegion{});
  Model model(scenario);
  for (std::size_t age = 0; age < ages; ++age) {
    for (std::size_t region = 0; region < 3; ++region) {
      const double sum = model.stayer(region, female, age);
      CHECK(sum == model.rates[0] + model.rates[1]);
      CHECK(model.rates[2] == 0);
      const std::size_t cell = model.population.cell(Region{region}, female);
      std::vector<double> sums(1);
      model.hazards.front().stayers(cell, Cohort{ages - 1 - age}, sums);
      CHECK(sums[0] == sum);
      const double of_mover = model.mover(region, female, history_of(age, (region + 1) % 3));
      CHECK(model.rates[2] > 0);
      CHECK(of_mover == model.rates[0] + model.rates[1] + model.rates[2]);
    }
  }
}

TEST_CASE("a mover's hazard by hand: age, stay and push together") {
  Scenario scenario = base_scenario();
  Stream& stream = add_stream(scenario, "return", 0.2, BirthRegion{});
  stream.hazard.schedule = RogersCastro{};
  stream.hazard.schedule_mean = ScheduleMean::as_given;
  stream.hazard.stay = {{0, 2}, {3, 0.5}};
  add_push(scenario, stream, add_factor(scenario, "conflict", FactorPlaces::region, {0, 3, 8}),
           Transform::log1p, {0.3});
  Model model(scenario);
  model.go_to(30);
  const double age = 25.5 + model.elapsed;
  const double schedule = schedule_mean(RogersCastro{}, age);
  CHECK(model.mover(1, male, history_of(25, 0, 28)) ==
        doctest::Approx(0.2 * schedule * 3 * std::exp(0.3 * std::log(4.0))));
  CHECK(model.mover(2, male, history_of(25, 0, 0)) ==
        doctest::Approx(0.2 * schedule * 0.5 * std::exp(0.3 * std::log(9.0))));
  CHECK(model.mover(2, male, history_of(25, 2, 0)) == 0);
}

TEST_CASE(
    "an attraction that makes a hazard endless is an error at its stream, and moves nobody in silence") {
  Scenario scenario = base_scenario();
  Stream& stream = add_stream(scenario, "labour", 0.05);
  stream.where = {"world.yaml", 12, 3};
  stream.who.age_from = 20;
  const FactorId income = add_factor(scenario, "income", FactorPlaces::region, {100, 200, 400});
  FactorTerm pull;
  pull.factor = income;
  pull.comparison = Comparison::destination;
  pull.coefficient = add_parameter(scenario, "pull", {1.0}, true);
  stream.destination.pull.emplace_back(pull);
  stream.hazard.attraction = add_parameter(scenario, "attraction", {1.0});
  Change richer;
  richer.target = income;
  richer.kind = Change::Kind::add;
  richer.amount = 2000;
  richer.places = {false, true, false};
  scenario.policies.push_back({"richer", scenario.time.boundary(2), scenario.time.boundary(3), {richer}});
  Model model(scenario, {PolicyId{0}});
  model.go_to(1);
  try {
    model.go_to(2);
    FAIL("the hazard is endless");
  } catch (const InputError& error) {
    REQUIRE(error.mistakes().size() == 1);
    CHECK(error.mistakes()[0].where == stream.where);
    CHECK(error.mistakes()[0].what.find("in the step from 2010-03-01") != std::string::npos);
  }
}

}  // namespace hazard_test
