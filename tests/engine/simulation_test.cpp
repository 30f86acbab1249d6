#include "sim/engine/simulation.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace simulation_test {

namespace {

using namespace sojourn;

/// Everything of the movement model at once: two sexes, ages, stay, return, diaspora, home, attraction, a
/// policy.
Scenario rich_scenario() {
  Scenario scenario = test::small_scenario(6, "2014-01-01", "1 month", {{"sex", {"female", "male"}}}, 80);
  for (std::size_t r = 0; r < 6; ++r) {
    for (std::size_t g = 0; g < 2; ++g) {
      for (std::size_t a = 0; a < 80; ++a)
        test::stayers(scenario, r, g, a) = 40.0 * static_cast<double>(r + 1);
      for (std::size_t b = 0; b < 6; ++b) {
        if (b != r) test::add_movers(scenario, r, b, 30.0 * static_cast<double>(b + 1), g, 20 + 3 * b);
      }
    }
  }
  scenario.population.arrival = UniformArrival{12};
  const FactorId income = test::add_factor(scenario, "income", FactorPlaces::region, {9, 5, 7, 2, 3, 4});
  const ParameterId beta = test::add_parameter(scenario, "beta", {-0.3});
  const ParameterId gamma = test::add_parameter(scenario, "gamma", {0.5, 0.8}, true);
  const ParameterId network = test::add_parameter(scenario, "network", {0.4}, true);
  const ParameterId lambda = test::add_parameter(scenario, "lambda", {0.3});
  {
    Stream& stream = test::add_stream(scenario, "labour", 0.05);
    stream.who.age_from = 15;
    stream.who.age_to = 65;
    stream.hazard.schedule = RogersCastro{};
    stream.hazard.attraction = lambda;
    stream.hazard.push = {{"income", income, Measure::level, {}, Transform::log, Comparison::origin, beta}};
    stream.destination.pull = {
        FactorTerm{"income", income, Measure::level, {}, Transform::log, Comparison::destination, gamma},
        DiasporaTerm{"diaspora", Transform::log1p, network}};
  }
  {
    Stream& stream = test::add_stream(scenario, "return", 0.1, BirthRegion{});
    stream.hazard.stay = {{0, 2, 6}, {1, 0.5, 0.1}};
  }
  scenario.output.diaspora_every = 12;
  scenario.output.relocations_every = 24;
  return scenario;
}

/// Adds a variant whose one policy makes one change of the labour stream's rate.
void add_policy_on_rate(Scenario& scenario, Change::Kind kind, double amount, const std::string& from) {
  Change change;
  change.target = scenario.streams[0].hazard.rate;
  change.kind = kind;
  change.amount = amount;
  scenario.policies.push_back({"policy", *parse_date(from), std::nullopt, {change}});
  scenario.variants.push_back({"policy", {PolicyId{scenario.policies.size() - 1}}});
}

/// All that a run shows after each step: residents, flows, diaspora and relocations, in one list.
std::vector<std::int64_t> trace(const Scenario& scenario, std::size_t variant, unsigned threads,
                                std::size_t steps) {
  Workers workers(threads);
  Simulation simulation(scenario, scenario.variants[variant], {scenario.seed, 0}, workers);
  std::vector<std::int64_t> all;
  for (std::size_t i = 0; i < steps; ++i) {
    simulation.advance();
    const auto residents = simulation.population().residents();
    all.insert(all.end(), residents.begin(), residents.end());
    for (const auto& row : simulation.flows().take_rows()) {
      all.insert(all.end(), {row.origin.value, row.destination.value, row.stream.value, row.count});
    }
    const auto diaspora = simulation.population().diaspora().all();
    all.insert(all.end(), diaspora.begin(), diaspora.end());
    const auto relocations = simulation.relocations().counts();
    all.insert(all.end(), relocations.begin(), relocations.end());
    if (i % 24 == 23) simulation.take_census();
  }
  return all;
}

/// Expected share in region 0 when `a` is the hazard of leaving it and `b` of coming back, step by step: one
/// event a step at most.
double stepwise_share(const TimeGrid& time, double a, double b, double share) {
  for (std::size_t i = 0; i < time.steps(); ++i) {
    const double years = time.years(Step{i});
    share = share * std::exp(-a * years) + (1 - share) * (1 - std::exp(-b * years));
  }
  return share;
}

double share_in_first(const Scenario& scenario, std::uint32_t seed) {
  Workers workers(2);
  Simulation simulation(scenario, scenario.variants[0], {seed, 0}, workers);
  while (!simulation.finished()) simulation.advance();
  const auto first = static_cast<double>(simulation.population().recounted(Region{0}));
  return first / (first + static_cast<double>(simulation.population().recounted(Region{1})));
}

Scenario two_regions(double a, double b, double people, const std::string& step, bool records) {
  Scenario scenario = test::small_scenario(2, "2012-01-01", step);
  test::add_stream(scenario, "there", a).who.residences = {true, false};
  test::add_stream(scenario, "back", b).who.residences = {false, true};
  test::stayers(scenario, 0) = people;
  if (records) scenario.output.diaspora_every = 1;
  return scenario;
}

}  // namespace

TEST_CASE("the same bits for 1, 2, 3 and 8 threads") {
  const Scenario scenario = rich_scenario();
  const auto one = trace(scenario, 0, 1, 48);
  for (const unsigned threads : {2U, 3U, 8U}) CHECK(trace(scenario, 0, threads, 48) == one);
  Scenario other = scenario;
  other.seed = 2;
  CHECK(trace(other, 0, 1, 48) != one);
}

TEST_CASE("a policy that changes nothing changes no bit") {
  Scenario scenario = rich_scenario();
  add_policy_on_rate(scenario, Change::Kind::scale, 1.0, "2010-03-01");
  add_policy_on_rate(scenario, Change::Kind::add, 0.0, "2010-03-01");
  add_policy_on_rate(scenario, Change::Kind::set, 0.05, "2010-03-01");
  const auto baseline = trace(scenario, 0, 1, 24);
  for (const std::size_t variant : {1U, 2U, 3U}) CHECK(trace(scenario, variant, 1, 24) == baseline);
}

TEST_CASE("a change narrowed to every region is the change everywhere, bit for bit") {
  Scenario scenario = rich_scenario();
  add_policy_on_rate(scenario, Change::Kind::scale, 1.7, "2010-03-15");
  add_policy_on_rate(scenario, Change::Kind::scale, 1.7, "2010-03-15");
  scenario.policies[1].changes[0].places.assign(6, true);
  CHECK(trace(scenario, 1, 1, 24) == trace(scenario, 2, 1, 24));
}

TEST_CASE("two variants are equal bit for bit until the policy acts, and differ then") {
  Scenario scenario = rich_scenario();
  add_policy_on_rate(scenario, Change::Kind::scale, 3.0, "2011-01-01");
  CHECK(trace(scenario, 0, 1, 12) == trace(scenario, 1, 1, 12));
  CHECK(trace(scenario, 0, 1, 13) != trace(scenario, 1, 1, 13));
}

TEST_CASE("two regions against their closed form, as counts and as records") {
  constexpr double a = 0.8;
  constexpr double b = 0.3;
  for (const bool records : {false, true}) {
    const double people = records ? 400000 : 3e6;
    const Scenario scenario = two_regions(a, b, people, "1 month", records);
    const double expected = stepwise_share(scenario.time, a, b, 1);
    const double error = std::sqrt(expected * (1 - expected) / people);
    CAPTURE(records);
    CHECK(std::abs(share_in_first(scenario, 11) - expected) < 5 * error);
    // dx/dt = -a x + b (1 - x): the steps miss it by no more than the length of a step times the rates.
    const double years = scenario.time.elapsed(scenario.time.steps());
    const double exact = b / (a + b) + a / (a + b) * std::exp(-(a + b) * years);
    CHECK(std::abs(expected - exact) < (a + b) / 12);
  }
}

TEST_CASE("month, week and day converge to the closed form, the error in proportion to the step") {
  constexpr double a = 2.0;
  constexpr double b = 1.0;
  constexpr double people = 1e6;
  std::vector<double> errors;
  for (const std::string step : {"1 month", "1 week", "1 day"}) {
    Scenario scenario = two_regions(a, b, people, "1 day", false);
    // 52 weeks are no whole year, so each step length has a closed form of its own.
    const std::string end = step == "1 week" ? "2010-12-31" : "2011-01-01";
    scenario.time = TimeGrid(scenario.time.start(), *parse_date(end), *parse_duration(step));
    const double expected = stepwise_share(scenario.time, a, b, 1);
    CAPTURE(step);
    CHECK(std::abs(share_in_first(scenario, 3) - expected) <
          5 * std::sqrt(expected * (1 - expected) / people));
    const double years = scenario.time.elapsed(scenario.time.steps());
    errors.push_back(expected - (b / (a + b) + a / (a + b) * std::exp(-(a + b) * years)));
  }
  CHECK(errors[0] / errors[1] == doctest::Approx(365.25 / 12 / 7).epsilon(0.1));
  CHECK(errors[1] / errors[2] == doctest::Approx(7).epsilon(0.1));
}

TEST_CASE("duration of stay against its closed form, by month, quarter and year") {
  // Hazard 0.1 a year until two years after arrival, then none; arrivals even over the last four years.
  constexpr double rate = 0.1;
  constexpr double people = 1e6;
  const double exact = (2 - (1 - std::exp(-2 * rate)) / rate) / 4;
  for (const std::string step : {"1 month", "1 quarter", "1 year"}) {
    Scenario scenario = test::small_scenario(2, "2015-01-01", step, {}, 50);
    test::add_stream(scenario, "return", rate, BirthRegion{}).hazard.stay = {{0, 2}, {1, 0}};
    test::add_movers(scenario, 0, 1, people, 0, 40);
    scenario.population.arrival = UniformArrival{4};
    Workers workers(2);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    while (!simulation.finished()) simulation.advance();
    CAPTURE(step);
    const double share = static_cast<double>(simulation.checks().moves) / people;
    CHECK(std::abs(share - exact) < 5 * std::sqrt(exact / people));
  }
}

TEST_CASE("relocations count those whose residence differs at both ends, and nobody else") {
  // 0 -> 1 -> 0 within the interval is no relocation; 0 -> 1 -> 2 is one from 0 to 2.
  Scenario scenario = test::small_scenario(3, "2011-01-01", "1 month");
  test::add_stream(scenario, "a", 1e5, Listed{{Region{1}}}).who.residences = {true, false, false};
  test::add_stream(scenario, "b", 1e5, Listed{{Region{2}}}).who.residences = {false, true, false};
  test::add_stream(scenario, "c", 1e5, Listed{{Region{0}}}).who.residences = {false, false, true};
  test::stayers(scenario, 0) = 100;
  scenario.output.relocations_every = 12;
  Workers workers(2);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  const auto relocations = [&](std::size_t from, std::size_t to) {
    return simulation.relocations().counts()[from * 3 + to];
  };
  simulation.advance();
  CHECK(relocations(0, 1) == 100);
  simulation.advance();
  CHECK(relocations(0, 1) == 0);
  CHECK(relocations(0, 2) == 100);
  simulation.advance();
  for (std::size_t from = 0; from < 3; ++from) {
    for (std::size_t to = 0; to < 3; ++to) CHECK(relocations(from, to) == 0);
  }
  simulation.advance();
  simulation.take_census();
  CHECK(relocations(0, 1) == 0);
  simulation.advance();
  CHECK(relocations(1, 2) == 100);
  CHECK(relocations(0, 2) == 0);
}

TEST_CASE("the long list of flows says the same as the dense table") {
  Scenario scenario = rich_scenario();
  scenario.output.flow_by_age = true;
  scenario.output.age_from = {0, 25, 40};
  scenario.output.flow_attributes = {AttributeId{0}};
  Scenario listed = scenario;
  listed.output.flow_layout = FlowLayout::table;
  CHECK(trace(scenario, 0, 2, 12) == trace(listed, 0, 2, 12));
}

TEST_CASE("asking for other outputs changes no move where movers have records anyway") {
  Scenario scenario = rich_scenario();
  scenario.output = {};
  scenario.output.age_from = {0};
  Scenario more = rich_scenario();
  const auto residents = [](const Scenario& some) {
    Workers workers(1);
    Simulation simulation(some, some.variants[0], {1, 0}, workers);
    while (!simulation.finished()) simulation.advance();
    const auto all = simulation.population().residents();
    return std::vector<std::int64_t>(all.begin(), all.end());
  };
  CHECK(residents(scenario) == residents(more));
}

}  // namespace simulation_test
