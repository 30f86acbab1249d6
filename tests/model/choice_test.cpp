#include "sim/model/choice.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace choice_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

constexpr std::size_t regions = 5;
constexpr std::size_t group_count = 2;

/// What the scenario of these tests says, as plain arrays from which the test computes its own logit.
struct World {
  double income[regions] = {10, 25, 40, 5, 60};
  double distance[regions][regions] = {};
  double income_coefficient = 0.9;
  double distance_coefficient[group_count] = {-1.0, -0.4};
  double diaspora_coefficient[group_count] = {0.5, 0.5};
  Transform diaspora_transform = Transform::log1p;
  double home_coefficient = 1.5;
  bool has_diaspora = true;
  bool has_home = true;
  double persons_per_agent = 1;
  /// [residence][birth], in agents; the diagonal is people at home.
  std::int64_t stock[regions][regions] = {};
  /// What is added to the diaspora's coefficient in the corridor 1 -> 2.
  double corridor_diaspora = 0;
  std::function<bool(std::size_t, std::size_t)> may_go = [](std::size_t, std::size_t) { return true; };

  World() {
    for (std::size_t o = 0; o < regions; ++o) {
      for (std::size_t d = 0; d < regions; ++d) {
        distance[o][d] = o == d ? 0 : 100.0 + 37.0 * static_cast<double>((o * 3 + d * 7) % 11);
        stock[o][d] =
            o == d ? 1000000 : static_cast<std::int64_t>((o * o * 5 + d * 13) % 17 * 40 * ((o + d) % 3));
      }
    }
  }

  [[nodiscard]] double utility(std::size_t o, std::size_t d, std::size_t b, std::size_t g) const {
    double v = income_coefficient * std::log(income[d]) + distance_coefficient[g] * std::log(distance[o][d]);
    if (has_diaspora && d != b) {
      const double persons = static_cast<double>(stock[d][b]) * persons_per_agent;
      double z = persons;
      if (diaspora_transform == Transform::log1p) z = std::log(1 + persons);
      if (diaspora_transform == Transform::sqrt) z = std::sqrt(persons);
      v += (diaspora_coefficient[g] + (o == 1 && d == 2 ? corridor_diaspora : 0)) * z;
    }
    if (has_home && d == b) v += home_coefficient;
    return v;
  }

  /// log of the sum of exp(utility), and the probabilities, both by the greatest utility.
  double logit(std::size_t o, std::size_t b, std::size_t g, std::vector<double>& probabilities) const {
    probabilities.assign(regions, 0);
    double top = -INFINITY;
    for (std::size_t d = 0; d < regions; ++d) {
      if (d != o && may_go(o, d)) top = std::max(top, utility(o, d, b, g));
    }
    double sum = 0;
    for (std::size_t d = 0; d < regions; ++d) {
      if (d == o || !may_go(o, d)) continue;
      probabilities[d] = std::exp(utility(o, d, b, g) - top);
      sum += probabilities[d];
    }
    for (double& p : probabilities) p = sum > 0 ? p / sum : 0;
    return top + std::log(sum);
  }
};

Scenario scenario_of(const World& world, ChoiceSet set) {
  Scenario scenario = small_scenario(regions, "2011-01-01", "1 month", {{"sex", {"female", "male"}}});
  scenario.persons_per_agent = world.persons_per_agent;
  std::vector<double> income(world.income, world.income + regions);
  std::vector<double> distance;
  for (const auto& row : world.distance) distance.insert(distance.end(), row, row + regions);
  Stream& stream = add_stream(scenario, "labour", 0.1, std::move(set));
  FactorTerm pull;
  pull.factor = add_factor(scenario, "income", FactorPlaces::region, income);
  pull.transform = Transform::log;
  pull.comparison = Comparison::destination;
  pull.coefficient = add_parameter(scenario, "income", {world.income_coefficient}, true);
  stream.destination.pull.emplace_back(pull);
  FactorTerm far;
  far.factor = add_factor(scenario, "distance", FactorPlaces::pair, distance);
  far.transform = Transform::log;
  far.comparison = Comparison::pair;
  const auto& by_group = world.distance_coefficient;
  far.coefficient = by_group[0] == by_group[1]
                        ? add_parameter(scenario, "distance", {by_group[0]}, true)
                        : add_parameter(scenario, "distance", {by_group[0], by_group[1]}, true);
  stream.destination.pull.emplace_back(far);
  if (world.has_diaspora) {
    const auto& diaspora = world.diaspora_coefficient;
    const ParameterId id = diaspora[0] == diaspora[1]
                               ? add_parameter(scenario, "diaspora", {diaspora[0]}, true)
                               : add_parameter(scenario, "diaspora", {diaspora[0], diaspora[1]}, true);
    stream.destination.pull.emplace_back(DiasporaTerm{"diaspora", world.diaspora_transform, id});
    if (world.corridor_diaspora != 0) {
      Change change;
      change.target = id;
      change.kind = Change::Kind::add;
      change.amount = world.corridor_diaspora;
      change.places.assign(regions * regions, false);
      change.places[1 * regions + 2] = true;
      scenario.policies.push_back({"corridor", scenario.time.start(), {}, {change}});
    }
  }
  if (world.has_home) {
    stream.destination.pull.emplace_back(
        HomeTerm{"home", add_parameter(scenario, "home", {world.home_coefficient}, true)});
  }
  return scenario;
}

DiasporaStock stock_of(const World& world) {
  DiasporaStock stock(regions);
  for (std::size_t r = 0; r < regions; ++r) {
    for (std::size_t b = 0; b < regions; ++b) stock.add(Region{r}, Region{b}, world.stock[r][b]);
  }
  return stock;
}

/// A choice at the first step, with everything that it looks at.
struct Made {
  explicit Made(const World& world, ChoiceSet set = AllRegions{}, std::vector<Link> links = {})
      : scenario(scenario_of(world, std::move(set))),
        start(scenario, Variant{}),
        now(scenario, scenario.policies.empty() ? Variant{} : Variant{"corridor", {PolicyId{0}}}),
        stock(stock_of(world)) {
    scenario.links = std::move(links);
    start.update(scenario.time.boundary(0), scenario.time.boundary(1));
    now.update(scenario.time.boundary(0), scenario.time.boundary(1));
    choices.emplace_back(scenario, scenario.streams[0], start);
    choice().update(now, stock, workers);
  }
  Choice& choice() { return choices.front(); }

  Scenario scenario;
  Numbers start;
  Numbers now;
  DiasporaStock stock;
  Workers workers{1};
  std::vector<Choice> choices;
};

void check_probabilities(const World& world, Made& made) {
  std::vector<double> expected;
  for (std::size_t o = 0; o < regions; ++o) {
    for (std::size_t g = 0; g < group_count; ++g) {
      for (std::size_t b = 0; b < regions; ++b) {
        CAPTURE(o);
        CAPTURE(g);
        CAPTURE(b);
        const double inclusive = world.logit(o, b, g, expected);
        const std::vector<double> found =
            made.choice().probabilities(Region{o}, {Region{b}, Region{b}}, Group{g});
        for (std::size_t d = 0; d < regions; ++d) {
          CAPTURE(d);
          CHECK(found[d] == doctest::Approx(expected[d]).epsilon(1e-11));
        }
        CHECK(found[o] == 0);
        if (b == o) {
          CHECK(made.choice().inclusive_value(Region{o}, Group{g}) ==
                doctest::Approx(inclusive).epsilon(1e-12));
        }
      }
    }
  }
}

void check_draws(const World& world, Made& made, int draws) {
  std::vector<double> expected;
  for (std::size_t o = 0; o < regions; ++o) {
    for (std::size_t g = 0; g < group_count; ++g) {
      Choice::Scratch rows;
      for (std::size_t b = 0; b < regions; ++b) {
        CAPTURE(o);
        CAPTURE(g);
        CAPTURE(b);
        RandomNumbers random({5, 0}, {Process::destinations, static_cast<std::uint32_t>(g),
                                      static_cast<std::uint32_t>(o), static_cast<std::uint32_t>(b)});
        (void)world.logit(o, b, g, expected);
        for (double& p : expected) p *= draws;
        std::vector<std::int64_t> seen(regions);
        for (int i = 0; i < draws; ++i) {
          ++seen[made.choice().draw(Region{o}, {Region{b}, Region{b}}, Group{g}, rows, random).index()];
        }
        CHECK(std::abs(chi_square_sigmas(seen, expected)) < five_sigma);
      }
    }
  }
}

void check(const World& world) {
  Made made(world);
  check_probabilities(world, made);
  check_draws(world, made, 5000);
}

}  // namespace

TEST_CASE("the choice is a logit: with diaspora and home, coefficients of either sign, each transform") {
  World world;
  SUBCASE("as it comes") {}
  SUBCASE("home repels") { world.home_coefficient = -2; }
  SUBCASE("home counts nothing") { world.home_coefficient = 0; }
  SUBCASE("diaspora repels") { world.diaspora_coefficient[0] = world.diaspora_coefficient[1] = -0.3; }
  SUBCASE("diaspora attracts one group and repels the other") { world.diaspora_coefficient[1] = -0.2; }
  SUBCASE("diaspora counts nothing") { world.diaspora_coefficient[0] = world.diaspora_coefficient[1] = 0; }
  SUBCASE("square root") {
    world.diaspora_transform = Transform::sqrt;
    world.diaspora_coefficient[0] = world.diaspora_coefficient[1] = 0.05;
  }
  SUBCASE("identity") {
    world.diaspora_transform = Transform::identity;
    world.diaspora_coefficient[0] = world.diaspora_coefficient[1] = 0.002;
  }
  SUBCASE("only diaspora") { world.has_home = false; }
  SUBCASE("only home") { world.has_diaspora = false; }
  SUBCASE("neither") { world.has_home = world.has_diaspora = false; }
  SUBCASE("the same for all groups") { world.distance_coefficient[1] = world.distance_coefficient[0]; }
  SUBCASE("agents of ten persons") { world.persons_per_agent = 10; }
  SUBCASE("a policy for one corridor of the diaspora") { world.corridor_diaspora = 0.7; }
  SUBCASE("a policy for one corridor of the diaspora, against it") { world.corridor_diaspora = -1; }
  check(world);
}

TEST_CASE("choice sets: those listed") {
  World world;
  world.may_go = [](std::size_t, std::size_t d) { return d == 0 || d == 3 || d == 4; };
  Made made(world, Listed{{Region{4}, Region{0}, Region{3}, Region{0}}});
  check_probabilities(world, made);
  check_draws(world, made, 5000);
}

TEST_CASE("choice sets: neighbours along links, both ways") {
  World world;
  world.may_go = [](std::size_t o, std::size_t d) { return o + 1 == d || d + 1 == o || o + d == 3; };
  Made made(world, Neighbours{},
            {{Region{0}, Region{1}, 1},
             {Region{2}, Region{1}, 1},
             {Region{2}, Region{3}, 1},
             {Region{4}, Region{3}, 1},
             {Region{3}, Region{0}, 1},
             {Region{1}, Region{2}, 1}});
  check_probabilities(world, made);
  check_draws(world, made, 5000);
}

TEST_CASE("an empty choice set is closed") {
  const World world;
  Made made(world, Neighbours{}, {{Region{0}, Region{1}, 1}});
  CHECK(made.choice().is_open(Region{0}, Group{0}));
  CHECK_FALSE(made.choice().is_open(Region{4}, Group{1}));
  CHECK(made.choice().inclusive_value(Region{4}, Group{1}) == -INFINITY);
  CHECK(made.choice().probabilities(Region{4}, {Region{0}, Region{0}}, Group{1}) ==
        std::vector<double>(regions, 0.0));
  Made listed(world, Listed{{Region{2}}});
  CHECK(listed.choice().is_open(Region{1}, Group{0}));
  CHECK_FALSE(listed.choice().is_open(Region{2}, Group{0}));
}

TEST_CASE("the region of birth and the region lived in before are not chosen") {
  const World world;
  CHECK(Made(world, BirthRegion{}).choice().is_single());
  CHECK(Made(world, PreviousRegion{}).choice().is_single());
  CHECK_FALSE(Made(world).choice().is_single());
}

TEST_CASE("utilities of -700 and of +700 keep their logit") {
  World world;
  for (const double coefficient : {-700.0, 700.0}) {
    world.distance_coefficient[0] = world.distance_coefficient[1] = coefficient / std::log(200.0);
    world.diaspora_coefficient[0] = world.diaspora_coefficient[1] = 0.1;
    Made made(world);
    check_probabilities(world, made);
  }
}

TEST_CASE("home that repels by -700 is not chosen where there is anything else") {
  World world;
  world.home_coefficient = -700;
  Made made(world);
  check_probabilities(world, made);
  check_draws(world, made, 1000);
}

TEST_CASE("home that attracts beyond what a double holds is chosen for certain") {
  World world;
  world.home_coefficient = 900;
  Made made(world);
  check_probabilities(world, made);
  check_draws(world, made, 1000);
}

TEST_CASE("a diaspora whose weight is beyond what a double holds") {
  World world;
  world.diaspora_transform = Transform::identity;
  for (const double coefficient : {2.0, -2.0}) {
    world.diaspora_coefficient[0] = world.diaspora_coefficient[1] = coefficient;
    Made made(world);
    check_probabilities(world, made);
    check_draws(world, made, 1000);
  }
}

TEST_CASE("long: draws against probabilities, finely") {
  World world;
  Made made(world);
  check_draws(world, made, 400000);
  world.home_coefficient = -1;
  Made repelled(world);
  check_draws(world, repelled, 400000);
}

TEST_CASE("the choice follows the diaspora and the numbers") {
  World world;
  Made made(world);
  world.stock[3][1] += 5000;
  made.stock.add(Region{3}, Region{1}, 5000);
  made.choice().update(made.now, made.stock, made.workers);
  check_probabilities(world, made);
}

TEST_CASE("a policy of a pull term's coefficient changes the rows from its step on") {
  World world;
  Scenario scenario = scenario_of(world, AllRegions{});
  Change change;
  change.target = ParameterId{1};  // of income
  change.kind = Change::Kind::scale;
  change.amount = 2;
  scenario.policies.push_back({"wages", scenario.time.boundary(1), {}, {change}});
  Numbers start(scenario, Variant{});
  start.update(scenario.time.boundary(0), scenario.time.boundary(1));
  Numbers now(scenario, Variant{"wages", {PolicyId{0}}});
  const DiasporaStock stock = stock_of(world);
  Workers workers(2);
  Choice choice(scenario, scenario.streams[0], start);
  std::vector<double> expected;
  for (std::size_t step = 0; step < 3; ++step) {
    now.update(scenario.time.boundary(step), scenario.time.boundary(step + 1));
    choice.update(now, stock, workers);
    World then = world;
    if (step > 0) then.income_coefficient *= 2;
    (void)then.logit(1, 3, 0, expected);
    const auto found = choice.probabilities(Region{1}, {Region{3}, Region{3}}, Group{0});
    for (std::size_t d = 0; d < regions; ++d) CHECK(found[d] == doctest::Approx(expected[d]).epsilon(1e-11));
  }
}

TEST_CASE("a world of one region has nowhere to go") {
  Scenario scenario = small_scenario(1);
  add_stream(scenario, "labour", 0.1);
  Numbers start(scenario, Variant{});
  start.update(scenario.time.boundary(0), scenario.time.boundary(1));
  Choice choice(scenario, scenario.streams[0], start);
  Workers workers(1);
  choice.update(start, DiasporaStock{}, workers);
  CHECK_FALSE(choice.is_open(Region{0}, Group{0}));
}

TEST_CASE("without pull terms all destinations are alike") {
  Scenario scenario = small_scenario(4);
  add_stream(scenario, "labour", 0.1);
  Numbers start(scenario, Variant{});
  start.update(scenario.time.boundary(0), scenario.time.boundary(1));
  Choice choice(scenario, scenario.streams[0], start);
  Workers workers(1);
  choice.update(start, DiasporaStock{}, workers);
  CHECK(choice.inclusive_value(Region{2}, Group{0}) == doctest::Approx(std::log(3.0)));
  const auto found = choice.probabilities(Region{2}, {Region{0}, Region{0}}, Group{0});
  for (std::size_t d = 0; d < 4; ++d) CHECK(found[d] == doctest::Approx(d == 2 ? 0.0 : 1.0 / 3));
}

TEST_CASE("a term by citizenship is of the passport: the row of citizens of the origin, and of others") {
  World world;
  Scenario scenario = scenario_of(world, AllRegions{});
  FactorTerm visa;
  std::vector<double> values;
  for (std::size_t i = 0; i < regions * regions; ++i)
    values.push_back(0.1 * static_cast<double>(i * i % 7) + 0.1);
  visa.factor = add_factor(scenario, "visa", FactorPlaces::pair, values);
  visa.comparison = Comparison::citizenship;
  visa.transform = Transform::log;
  visa.coefficient = add_parameter(scenario, "visa", {1.7}, true);
  visa.own = 2;
  visa.outside = 0.3;
  scenario.streams[0].destination.pull.emplace_back(visa);
  Numbers now(scenario, Variant{});
  now.update(scenario.time.boundary(0), scenario.time.boundary(1));
  Workers workers(1);
  Choice choice(scenario, scenario.streams[0], now);
  const DiasporaStock stock = stock_of(world);
  choice.update(now, stock, workers);
  CHECK(choice.depends_on_ties());
  Choice::Scratch scratch;
  for (std::size_t c = 0; c <= regions; ++c) {
    for (const std::size_t b : {0U, 3U}) {
      CAPTURE(c);
      CAPTURE(b);
      const std::size_t origin = 2;
      std::vector<double> weights(regions);
      double sum = 0;
      for (std::size_t d = 0; d < regions; ++d) {
        if (d == origin) continue;
        const double value = c == regions ? 0.3 : c == d ? 2.0 : values[c * regions + d];
        weights[d] = std::exp(world.utility(origin, d, b, 1) + 1.7 * std::log(value));
        sum += weights[d];
      }
      const Ties ties{Region{b}, Region{c}};
      const std::vector<double> found = choice.probabilities(Region{origin}, ties, Group{1});
      for (std::size_t d = 0; d < regions; ++d)
        CHECK(found[d] == doctest::Approx(weights[d] / sum).epsilon(1e-10));
      RandomNumbers random({3, 0},
                           {Process::destinations, 0, static_cast<std::uint32_t>(c), b == 0 ? 0U : 1U});
      std::vector<std::int64_t> seen(regions);
      constexpr int draws = 100000;
      for (int i = 0; i < draws; ++i)
        ++seen[choice.draw(Region{origin}, ties, Group{1}, scratch, random).index()];
      for (double& weight : weights) weight *= draws / sum;
      CHECK(chi_square_sigmas(seen, weights) < five_sigma);
    }
  }
}

}  // namespace choice_test
