#include "sim/model/nests.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "sim/model/choice.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace nests_test {

using namespace sojourn;

namespace {

constexpr std::size_t regions = 6;
/// Utilities of destinations: of size^gamma.
constexpr std::array<double, regions> size = {1, 3, 5, 2, 4, 6};
constexpr double gamma = 0.8;

/// Region 0 is the origin. Regions 1, 2 are one nest, 3, 4 another; 5 stands for itself.
Scenario world(double mu_a, double mu_b) {
  Scenario scenario = test::small_scenario(regions, "2011-01-01", "1 month", {{"sex", {"f", "m"}}});
  const FactorId sizes = test::add_factor(scenario, "size", FactorPlaces::region, {size.begin(), size.end()});
  Stream& stream = test::add_stream(scenario, "go", 1);
  stream.destination.pull = {FactorTerm{"size",
                                        sizes,
                                        Measure::level,
                                        {},
                                        Transform::log,
                                        Comparison::destination,
                                        test::add_parameter(scenario, "gamma", {gamma}, true)}};
  stream.destination.nests = {
      {"a", {Region{1}, Region{2}}, test::add_parameter(scenario, "mu_a", {mu_a, 1.0})},
      {"b", {Region{3}, Region{4}}, test::add_parameter(scenario, "mu_b", {mu_b, 1.0})}};
  return scenario;
}

/// The nested logit as one writes it down: nest first.
struct Expected {
  std::vector<double> probability = std::vector<double>(regions, 0.0);
  double inclusive_value = 0;

  Expected(const std::vector<double>& weight, double mu_a, double mu_b) {
    const auto root = [&](std::size_t d, double mu) { return std::pow(weight[d], 1 / mu); };
    const double a = root(1, mu_a) + root(2, mu_a);
    const double b = root(3, mu_b) + root(4, mu_b);
    const double total = std::pow(a, mu_a) + std::pow(b, mu_b) + weight[5];
    for (const std::size_t d : {1U, 2U}) probability[d] = std::pow(a, mu_a) / total * root(d, mu_a) / a;
    for (const std::size_t d : {3U, 4U}) probability[d] = std::pow(b, mu_b) / total * root(d, mu_b) / b;
    probability[5] = weight[5] / total;
    inclusive_value = std::log(total);
  }
};

struct Made {
  explicit Made(const Scenario& scenario, const DiasporaStock& diaspora = DiasporaStock(regions))
      : numbers(scenario, Variant{}) {
    numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
    choice.emplace_back(scenario, scenario.streams[0], numbers);
    Workers workers(1);
    choice[0].update(numbers, diaspora, workers);
  }
  Numbers numbers;
  std::vector<Choice> choice;
};

void check(const std::vector<double>& found, const Expected& expected) {
  for (std::size_t d = 0; d < regions; ++d)
    CHECK(found[d] == doctest::Approx(expected.probability[d]).epsilon(1e-12));
}

std::vector<double> weights_of_sizes() {
  std::vector<double> weights;
  for (const double s : size) weights.push_back(std::pow(s, gamma));
  return weights;
}

}  // namespace

TEST_CASE("the choice with nests is the nested logit, and so is its inclusive value") {
  for (const auto& [mu_a, mu_b] : {std::array{0.5, 0.25}, std::array{0.9, 0.02}, std::array{1.0, 1.0}}) {
    const Scenario scenario = world(mu_a, mu_b);
    const Made made(scenario);
    const Expected expected(weights_of_sizes(), mu_a, mu_b);
    check(made.choice[0].probabilities(Region{0}, {Region{0}, Region{0}}, Group{0}), expected);
    CHECK(made.choice[0].inclusive_value(Region{0}, Group{0}) == doctest::Approx(expected.inclusive_value));
    // The other group has mu 1: the plain logit.
    check(made.choice[0].probabilities(Region{0}, {Region{0}, Region{0}}, Group{1}),
          Expected(weights_of_sizes(), 1, 1));
  }
}

TEST_CASE("a door that closes sends people next door first") {
  Scenario scenario = world(0.2, 1.0);
  const auto before = Made(scenario).choice[0].probabilities(Region{0}, {Region{0}, Region{0}}, Group{0});
  // All but region 2.
  scenario.streams[0].destination.choice_set = Listed{{Region{1}, Region{3}, Region{4}, Region{5}}};
  const Made closed(scenario);
  const auto after = closed.choice[0].probabilities(Region{0}, {Region{0}, Region{0}}, Group{0});
  CHECK(after[2] == 0);
  const double next_door = after[1] / before[1];
  const double elsewhere = after[5] / before[5];
  CHECK(next_door > 5);
  CHECK(elsewhere < 1.2);
  CHECK(after[3] / before[3] == doctest::Approx(elsewhere));
}

TEST_CASE("with a diaspora and home, weights are those of the birth region") {
  Scenario scenario = world(0.5, 0.25);
  scenario.streams[0].destination.pull.emplace_back(
      DiasporaTerm{"network", Transform::log1p, test::add_parameter(scenario, "network", {0.4}, true)});
  scenario.streams[0].destination.pull.emplace_back(
      HomeTerm{"home", test::add_parameter(scenario, "home", {1.3}, true)});
  DiasporaStock diaspora(regions);
  for (std::size_t d = 1; d < regions; ++d) {
    for (std::size_t b = 0; b < regions; ++b) {
      diaspora.add(Region{d}, Region{b}, static_cast<std::int64_t>((d * 7 + b * 3) % 5 * 20));
    }
  }
  const Made made(scenario, diaspora);
  for (std::size_t b = 0; b < regions; ++b) {
    std::vector<double> weights = weights_of_sizes();
    for (std::size_t d = 1; d < regions; ++d) {
      weights[d] *= std::pow(1 + static_cast<double>(diaspora.at(Region{d}, Region{b})), 0.4);
      if (d == b) weights[d] *= std::exp(1.3);
    }
    const Expected expected(weights, 0.5, 0.25);
    check(made.choice[0].probabilities(Region{0}, {Region{b}, Region{b}}, Group{0}), expected);
    if (b == 0)
      CHECK(made.choice[0].inclusive_value(Region{0}, Group{0}) == doctest::Approx(expected.inclusive_value));
    Choice::Scratch scratch;
    RandomNumbers random({1, 0}, {Process::destinations, 0, 0, static_cast<std::uint32_t>(b)});
    std::vector<std::int64_t> drawn(regions);
    std::vector<double> wanted;
    for (int i = 0; i < 20000; ++i) {
      ++drawn[made.choice[0].draw(Region{0}, {Region{b}, Region{b}}, Group{0}, scratch, random).index()];
    }
    for (const double p : expected.probability) wanted.push_back(20000 * p);
    drawn.erase(drawn.begin());
    wanted.erase(wanted.begin());
    CHECK(test::chi_square_sigmas(drawn, wanted) < test::five_sigma);
  }
}

TEST_CASE("nothing overflows where utilities are large and the dissimilarity is small") {
  Scenario scenario = world(0.01, 0.01);
  const Made made(scenario);
  Nests nests(scenario.streams[0]);
  CHECK_FALSE(nests.empty());
  CHECK(nests.parameters().size() == 2);
  constexpr double nowhere = -std::numeric_limits<double>::infinity();
  std::vector<double> utilities = {nowhere, 700, 699, -700, nowhere, 0};
  nests.apply(made.numbers, Region{0}, Group{0}, utilities);
  CHECK(utilities[0] == nowhere);
  CHECK(utilities[1] == doctest::Approx(700));  // log(e^70000 + e^69900) / 100
  CHECK(utilities[2] == doctest::Approx(600));
  CHECK(utilities[3] == doctest::Approx(-700));  // alone in its nest it is itself
  CHECK(utilities[4] == nowhere);
  CHECK(utilities[5] == 0);
  CHECK(Nests().empty());
}

}  // namespace nests_test
