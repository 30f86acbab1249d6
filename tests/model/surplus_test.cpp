#include "sim/model/surplus.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace surplus_test {

using namespace sojourn;

namespace {

constexpr std::size_t regions = 4;

/// The corridor 1 -> 2 alone, or all that leads to 2.
std::vector<bool> narrowed(bool to_one_corridor) {
  std::vector<bool> places(regions * regions);
  for (std::size_t o = 0; o < regions; ++o) places[o * regions + 2] = to_one_corridor ? o == 1 : o != 2;
  return places;
}

/// Two groups whose coefficients differ; in June and July 2010 a policy adds to the coefficient, everywhere
/// or in `places` alone.
struct Run {
  explicit Run(double coefficient = 0.5, std::vector<bool> places = {})
      : scenario(test::small_scenario(regions, "2011-01-01", "1 month", {{"sex", {"f", "m"}}})),
        term{"network", Transform::log1p,
             test::add_parameter(scenario, "network", {coefficient, 2 * coefficient}, true)},
        stock(regions) {
    scenario.persons_per_agent = 10;
    Change change;
    change.target = term.coefficient;
    change.kind = Change::Kind::add;
    change.amount = 0.25;
    change.places = std::move(places);
    scenario.policies.push_back({"more", *parse_date("2010-06-01"), parse_date("2010-08-01"), {change}});
    numbers.emplace_back(scenario, Variant{"more", {PolicyId{0}}});
    go_to(0);
    surplus = DiasporaSurplus(scenario, {&term}, numbers[0]);
    stock.add(Region{1}, Region{0}, 7);
    stock.add(Region{2}, Region{0}, 3);
    stock.add(Region{2}, Region{3}, 11);
  }
  void go_to(std::size_t step) {
    numbers[0].update(scenario.time.boundary(step), scenario.time.boundary(step + 1));
  }
  void update() { surplus.update(numbers[0], stock, workers); }
  [[nodiscard]] double at(std::size_t birth, std::size_t destination, std::size_t group) const {
    return surplus.row(Region{birth}, Group{group})[destination];
  }
  void check(double coefficient) const {
    for (std::size_t g = 0; g < 2; ++g) {
      for (std::size_t b = 0; b < regions; ++b) {
        for (std::size_t d = 0; d < regions; ++d) {
          const auto persons = 10.0 * static_cast<double>(stock.at(Region{d}, Region{b}));
          const double power = g == 0 ? coefficient : 2 * coefficient;
          CHECK(at(b, d, g) == doctest::Approx(std::pow(1 + persons, power) - 1));
        }
      }
    }
  }

  Workers workers{1};
  Scenario scenario;
  DiasporaTerm term;
  DiasporaStock stock;
  std::vector<Numbers> numbers;
  DiasporaSurplus surplus;
};

}  // namespace

TEST_CASE("the surplus is (1 + persons)^coefficient - 1, and follows the stock") {
  Run run;
  run.update();
  run.check(0.5);
  CHECK(run.at(0, 3, 0) == 0);  // nobody there: exactly nothing
  const std::uint64_t natives_of_3 = run.surplus.version(Region{3});
  const std::uint64_t natives_of_0 = run.surplus.version(Region{0});
  run.stock.add(Region{1}, Region{0}, -2);
  run.update();
  run.check(0.5);
  CHECK(run.surplus.version(Region{0}) > natives_of_0);
  CHECK(run.surplus.version(Region{3}) == natives_of_3);
  run.stock.add(Region{1}, Region{0}, 4);
  run.stock.add(Region{1}, Region{0}, -4);  // as it was: nothing to do
  const std::uint64_t before = run.surplus.version(Region{0});
  run.update();
  CHECK(run.surplus.version(Region{0}) == before);
}

TEST_CASE("the surplus follows its coefficient") {
  Run run;
  run.update();
  run.go_to(6);
  run.update();
  for (std::size_t d : {1U, 2U}) {
    const auto persons = 10.0 * static_cast<double>(run.stock.at(Region{d}, Region{0}));
    CHECK(run.at(0, d, 0) == doctest::Approx(std::pow(1 + persons, 0.75) - 1));
    CHECK(run.at(0, d, 1) == doctest::Approx(std::pow(1 + persons, 1.25) - 1));
  }
  CHECK(run.surplus.is_plain(Region{0}, Group{1}));
}

TEST_CASE("of a ratio the persons are divided by a factor of the destination and the group, as it is now") {
  Run run;
  run.numbers.clear();
  const FactorId places =
      test::add_factor(run.scenario, "places", FactorPlaces::region, {1, 2, 100, 20, 5, 10, 1, 1}, true);
  Change less;
  less.target = places;
  less.kind = Change::Kind::scale;
  less.amount = 0.5;
  run.scenario.policies.push_back({"less", *parse_date("2010-06-01"), std::nullopt, {less}});
  run.numbers.emplace_back(run.scenario, Variant{"less", {PolicyId{1}}});
  run.term.ratio_to = places;
  run.go_to(0);
  run.surplus = DiasporaSurplus(run.scenario, {&run.term}, run.numbers[0]);
  run.update();
  // Of region 0 live 70 persons in region 1 and 30 in region 2; values are by region, then by group.
  CHECK(run.at(0, 1, 0) == doctest::Approx(std::pow(1 + 70.0 / 100, 0.5) - 1));
  CHECK(run.at(0, 1, 1) == doctest::Approx(std::pow(1 + 70.0 / 20, 1.0) - 1));
  CHECK(run.at(0, 2, 0) == doctest::Approx(std::pow(1 + 30.0 / 5, 0.5) - 1));
  CHECK(run.at(0, 3, 0) == 0);
  run.go_to(6);
  run.update();
  CHECK(run.at(0, 1, 0) == doctest::Approx(std::pow(1 + 70.0 / 50, 0.5) - 1));
  CHECK(run.at(0, 2, 1) == doctest::Approx(std::pow(1 + 30.0 / 5, 1.0) - 1));
}

TEST_CASE("what cannot be drawn from as it is says so") {
  Run less(-0.5);
  less.update();
  CHECK_FALSE(less.surplus.is_plain(Region{0}, Group{0}));
  CHECK(less.surplus.is_plain(Region{1}, Group{0}));  // none of them lives abroad
  Run much(400);
  much.update();
  CHECK_FALSE(much.surplus.is_plain(Region{0}, Group{0}));  // 71^400 is beyond every double
  Run corridor(0.5, narrowed(true));
  corridor.go_to(6);
  corridor.update();
  CHECK(corridor.surplus.by_corridor());
  CHECK_FALSE(corridor.surplus.is_plain(Region{0}, Group{0}));
  const double by_one = corridor.surplus.log_multiplier(Region{1}, Region{2}, Region{0}, Group{0});
  const double by_other = corridor.surplus.log_multiplier(Region{3}, Region{2}, Region{0}, Group{0});
  CHECK(by_one == doctest::Approx(0.75 * std::log(31.0)));
  CHECK(by_other == doctest::Approx(0.5 * std::log(31.0)));
  CHECK(corridor.surplus.log_multiplier(Region{1}, Region{0}, Region{0}, Group{0}) == 0);
}

TEST_CASE("a policy for one corridor takes the rows away while it acts, and not before or after") {
  Run run(0.5, narrowed(true));
  for (const std::size_t step : {0U, 4U, 5U, 6U, 7U, 8U}) {
    run.go_to(step);
    run.update();
    const bool acts = step == 5 || step == 6;
    CHECK(run.surplus.by_corridor() == acts);
    if (!acts) run.check(0.5);
    run.stock.add(Region{1}, Region{0}, 1);  // what changes meanwhile is seen afterwards
  }
}

TEST_CASE("a policy for one destination leaves the rows as they are, with its own values there") {
  Run run(0.5, narrowed(false));
  run.update();
  run.check(0.5);
  run.go_to(6);
  run.update();
  CHECK_FALSE(run.surplus.by_corridor());
  CHECK(run.surplus.is_plain(Region{0}, Group{0}));
  CHECK(run.at(0, 1, 0) == doctest::Approx(std::pow(71, 0.5) - 1));
  CHECK(run.at(0, 2, 0) == doctest::Approx(std::pow(31, 0.75) - 1));
  CHECK(run.at(0, 2, 1) == doctest::Approx(std::pow(31, 1.25) - 1));
  CHECK(run.at(3, 2, 0) == doctest::Approx(std::pow(111, 0.75) - 1));
}

}  // namespace surplus_test
