#include "sim/model/entry.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace entry_test {

using namespace sojourn;

namespace {

std::vector<std::int64_t> entries(const Scenario& scenario, RunKey key, std::size_t region = 0) {
  Numbers numbers(scenario, Variant{});
  ExpectedEntries expected(scenario, key, Process::inflow_rounding);
  std::vector<std::int64_t> result;
  for (std::size_t s = 0; s < scenario.time.steps(); ++s) {
    numbers.update(scenario.time.boundary(s), scenario.time.boundary(s + 1));
    RandomNumbers random(key, {Process::inflow, Step{s}.value, Region{region}.value, 0});
    result.push_back(expected.draw(0, Region{region}, Step{s}, numbers, random));
  }
  return result;
}

}  // namespace

TEST_CASE("numbers of a table are rounded so that no error adds up, and without bias") {
  Scenario scenario = test::small_scenario(2, "2020-01-01", "1 month");
  test::add_inflow(scenario, "come", 7.3).is_random = false;
  test::Moments first;
  for (std::uint32_t i = 0; i < 4000; ++i) {
    const auto numbers = entries(scenario, {1, i}, i % 2);
    std::int64_t sum = 0;
    for (std::size_t s = 0; s < numbers.size(); ++s) {
      sum += numbers[s];
      CHECK(std::abs(static_cast<double>(sum) - 7.3 * scenario.time.elapsed(s + 1)) < 1);
    }
    first.add(static_cast<double>(numbers[0]));
  }
  const double mean = 7.3 * scenario.time.years(Step{0});
  CHECK(first.mean_sigmas(mean, mean * (1 - mean)) < test::five_sigma);
}

TEST_CASE("at random they are Poisson numbers, of persons per agent, times the factor of the region") {
  Scenario scenario = test::small_scenario(2, "2010-02-01", "1 month");
  scenario.persons_per_agent = 2;
  Inflow& inflow = test::add_inflow(scenario, "come", 3);
  inflow.number.rate_factor = test::add_factor(scenario, "entered", FactorPlaces::region, {0, 100});
  test::Moments moments;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    CHECK(entries(scenario, {2, i}, 0)[0] == 0);
    moments.add(static_cast<double>(entries(scenario, {2, i}, 1)[0]));
  }
  const double mean = 3 * 100 * scenario.time.years(Step{0}) / 2;
  CHECK(moments.mean_sigmas(mean, mean) < test::five_sigma);
  CHECK(moments.variance_sigmas(mean) < test::five_sigma);
  inflow.into.residences = {true, false};
  CHECK(entries(scenario, {2, 0}, 1)[0] == 0);
}

TEST_CASE("ages of those who enter become cohorts: evenly within a share, and shares by weight") {
  const Cohorts cohorts(10, 5);
  Inflow inflow;
  inflow.ages = {{0, 2, 1}, {4, 5, 3}};
  const auto weights = [&](double elapsed) {
    std::vector<double> result = cohorts_of_entry(inflow, cohorts, elapsed);
    for (std::size_t i = result.size(); i-- > 1;) result[i] -= result[i - 1];
    return result;
  };
  // At the start cohort 9 has ages 0 to 1, cohort 8 1 to 2, cohort 5 4 to 5.
  auto at_start = weights(0);
  CHECK(at_start[9] == doctest::Approx(0.5));
  CHECK(at_start[8] == doctest::Approx(0.5));
  CHECK(at_start[5] == doctest::Approx(3));
  // After 2.25 years the cohort that is being born, 12, has ages 0 to a quarter.
  auto later = weights(2.25);
  CHECK(later[12] == doctest::Approx(0.125));
  CHECK(later[11] == doctest::Approx(0.5));
  CHECK(later[10] == doctest::Approx(0.375));
  CHECK(later[8] == doctest::Approx(3 * 0.25));
  CHECK(later[7] == doctest::Approx(3 * 0.75));
  RandomNumbers random({1, 0}, {Process::inflow, 0, 0, 0});
  std::vector<std::int64_t> drawn(15);
  const auto cumulative = cohorts_of_entry(inflow, cohorts, 2.25);
  for (int i = 0; i < 100000; ++i) ++drawn[draw_cohort(cumulative, random).index()];
  std::vector<double> expected;
  for (const double weight : later) expected.push_back(weight / 3.25 * 1e5 * 3.25 / cumulative.back());
  CHECK(test::chi_square_sigmas(drawn, expected) < test::five_sigma);
}

TEST_CASE("how many will enter in the whole run, under the policies of a variant") {
  Scenario scenario = test::small_scenario(2, "2012-01-01", "1 month");
  test::add_inflow(scenario, "a", 10);
  Inflow& b = test::add_inflow(scenario, "b", 3);
  b.into.residences = {false, true};
  b.number.rate_factor = test::add_factor(scenario, "f", FactorPlaces::region, {1000, 100});
  CHECK(entries_to_expect(scenario, {}) == doctest::Approx(2 * (2 * 10 + 300)));
  Change change;
  change.target = scenario.inflows[0].number.rate;
  change.kind = Change::Kind::scale;
  change.amount = 5;
  scenario.policies.push_back({"more", *parse_date("2011-01-01"), std::nullopt, {change}});
  CHECK(entries_to_expect(scenario, {"v", {PolicyId{0}}}) == doctest::Approx(2 * 320 + 80));
  scenario.factors[0].derivation.emplace();
  CHECK(std::isinf(entries_to_expect(scenario, {})));
}

TEST_CASE("groups are drawn by their shares") {
  RandomNumbers random({1, 0}, {Process::inflow, 0, 0, 0});
  std::vector<std::int64_t> drawn(3);
  for (int i = 0; i < 100000; ++i) {
    ++drawn[draw_group({{Group{0}, 0.2}, {Group{2}, 0.5}, {Group{1}, 0.3}}, random).index()];
  }
  CHECK(test::chi_square_sigmas(drawn, {20000, 30000, 50000}) < test::five_sigma);
}

}  // namespace entry_test
