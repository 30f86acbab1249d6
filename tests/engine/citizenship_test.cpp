#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace citizenship_test {

/// Citizenship as a region of its own, in whole runs: whose visas count, and naturalisation. The plain engine
/// is beside them in tests/plain/citizenship_test.cpp.
using namespace sojourn;

namespace {

constexpr std::size_t regions = 4;

/// exp(2) more likely are destinations that one's passport opens: that of 0 opens 1, of 1 opens 2, and so on.
Scenario visa_world(double rate) {
  Scenario scenario = test::small_scenario(regions, "2010-03-01", "1 month",
                                           {{"status", {"foreign", "citizen"}}}, 1, {"naturalise"});
  std::vector<double> visa_free(regions * regions);
  for (std::size_t c = 0; c < regions; ++c) visa_free[c * regions + (c + 1) % regions] = 1;
  Stream& stream = test::add_stream(scenario, "travel", rate);
  FactorTerm term;
  term.factor = test::add_factor(scenario, "visa_free", FactorPlaces::pair, visa_free);
  term.comparison = Comparison::citizenship;
  term.coefficient = test::add_parameter(scenario, "visa_free", {2.0}, true);
  term.own = 1;
  term.outside = 0.5;
  stream.destination.pull.emplace_back(term);
  return scenario;
}

/// Probabilities of the destinations from region `from` for a citizen.
std::vector<double> expected(std::size_t from, std::size_t citizenship, double people) {
  std::vector<double> weights(regions);
  double sum = 0;
  for (std::size_t d = 0; d < regions; ++d) {
    if (d == from) continue;
    const bool open = d == (citizenship + 1) % regions || d == citizenship;
    weights[d] = std::exp(citizenship == regions ? 1.0 : open ? 2.0 : 0.0);
    sum += weights[d];
  }
  for (double& weight : weights) weight *= people / sum;
  return weights;
}

/// How many live in each region after a step in which everybody left region 3.
std::vector<std::int64_t> stocks(const Simulation& simulation) {
  std::vector<std::int64_t> result;
  for (std::size_t r = 0; r < regions; ++r) result.push_back(simulation.population().noted(Region{r}));
  return result;
}

constexpr double all_at_once = 1e6;
constexpr double people = 100000;

}  // namespace

TEST_CASE("it is the passport that opens doors, not where one was born or lives") {
  for (const std::size_t citizenship : {0U, 1U, 2U, 3U}) {
    CAPTURE(citizenship);
    Scenario scenario = visa_world(all_at_once);
    test::add_movers(scenario, 3, 2, people);
    scenario.population.movers[0].citizenship = Region{citizenship};
    scenario.streams[0].who.residences = {false, false, false, true};
    Workers workers(1);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    simulation.advance();
    CHECK(test::chi_square_sigmas(stocks(simulation), expected(3, citizenship, people)) < test::five_sigma);
  }
}

TEST_CASE("natives are citizens of where they live, and remain so when they have left") {
  Scenario scenario = visa_world(all_at_once);
  test::stayers(scenario, 3) = people;
  scenario.streams[0].who.residences = {false, false, false, true};
  scenario.output.citizens_every = 1;
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  const std::vector<std::int64_t> now = stocks(simulation);
  CHECK(test::chi_square_sigmas(now, expected(3, 3, people)) < test::five_sigma);
  const DiasporaStock citizens = simulation.foreign_citizens();
  for (std::size_t r = 0; r < 3; ++r) {
    CHECK(citizens.at(Region{r}, Region{3}) == now[r]);
    CHECK(citizens.at(Region{r}, Region{1}) == 0);
  }
}

TEST_CASE("who was born outside has the passport of no region") {
  Scenario scenario = visa_world(all_at_once);
  test::add_inflow(scenario, "come", people * 12).into.residences = {false, false, false, true};
  scenario.inflows[0].is_random = false;
  scenario.streams[0].who.residences = {false, false, false, true};
  scenario.output.citizens_every = 1;
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  const std::vector<std::int64_t> now = stocks(simulation);
  const double came = static_cast<double>(now[0] + now[1] + now[2]);
  CHECK(came > 0.9 * people);
  CHECK(test::chi_square_sigmas(now, expected(3, regions, came)) < test::five_sigma);
  CHECK(simulation.foreign_citizens().at(Region{1}, Region{regions}) == now[1]);
}

TEST_CASE("naturalisation gives the passport of the residence, at once or through an office") {
  for (const bool office : {false, true}) {
    CAPTURE(office);
    Scenario scenario = visa_world(all_at_once);
    test::add_movers(scenario, 3, 0, people);
    scenario.streams[0].who.residences = {false, false, false, true};
    for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
      scenario.streams[0].who.groups[g] = scenario.groups.value(Group{g}, AttributeId{0}) == 1;
    }
    test::add_transition(scenario, "naturalise", all_at_once, 0, 1).naturalises = true;
    if (office) test::add_queue(scenario, 0, 1e9);
    join_queues(scenario);
    scenario.output.citizens_every = 1;
    Workers workers(1);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    CHECK(simulation.foreign_citizens().at(Region{3}, Region{0}) == 100000);
    simulation.advance();
    CHECK(simulation.foreign_citizens().at(Region{3}, Region{0}) == 0);
    simulation.advance();
    const std::vector<std::int64_t> now = stocks(simulation);
    CHECK(test::chi_square_sigmas(now, expected(3, 3, people)) < test::five_sigma);
    const DiasporaStock citizens = simulation.foreign_citizens();
    CHECK(citizens.at(Region{0}, Region{3}) == now[0]);
    CHECK(citizens.at(Region{1}, Region{3}) == now[1]);
  }
}

TEST_CASE("citizenship beside diaspora, home, births, deaths and queues: the same for 1, 2 and 3 threads") {
  Scenario scenario = visa_world(0.5);
  scenario.time = TimeGrid(*parse_date("2010-01-01"), *parse_date("2012-01-01"), *parse_duration("1 month"));
  auto& pull = scenario.streams[0].destination.pull;
  pull.emplace_back(
      DiasporaTerm{"diaspora", Transform::log1p, test::add_parameter(scenario, "d", {0.3}, true)});
  pull.emplace_back(HomeTerm{"home", test::add_parameter(scenario, "home", {0.7}, true)});
  test::add_transition(scenario, "naturalise", 0.8, 0, 1).naturalises = true;
  scenario.transitions[0].who.foreign_born = true;
  test::add_queue(scenario, 0, 40);
  for (std::size_t r = 0; r < regions; ++r) {
    test::stayers(scenario, r) = 4000;
    test::add_movers(scenario, r, (r + 1) % regions, 2000);
  }
  test::add_births(scenario, 0.05);
  test::add_deaths(scenario, 0.04);
  join_queues(scenario);
  scenario.output.citizens_every = 1;
  std::vector<std::int64_t> first;
  for (const unsigned threads : {1U, 2U, 3U}) {
    Workers workers(threads);
    Simulation simulation(scenario, scenario.variants[0], {3, 0}, workers);
    while (!simulation.finished()) simulation.advance();
    const DiasporaStock citizens = simulation.foreign_citizens();
    std::vector<std::int64_t> now(citizens.all().begin(), citizens.all().end());
    const std::vector<std::int64_t> here = stocks(simulation);
    now.insert(now.end(), here.begin(), here.end());
    if (first.empty()) first = now;
    CHECK(now == first);
    // Some citizens live where they were not born: fewer foreign citizens than foreign-born.
    std::int64_t foreign_citizens = 0;
    for (const std::int64_t agents : citizens.all()) foreign_citizens += agents;
    std::int64_t foreign_born = 0;
    for (const std::int64_t agents : simulation.population().diaspora().all()) foreign_born += agents;
    CHECK(foreign_citizens < foreign_born);
    CHECK(foreign_citizens > foreign_born / 2);
  }
}

}  // namespace citizenship_test
