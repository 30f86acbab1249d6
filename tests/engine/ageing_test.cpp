#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/engine/exact_law.hpp"
#include "tests/engine/leaving_world.hpp"
#include "tests/support/small_scenario.hpp"

namespace ageing_test {

TEST_SUITE_BEGIN("law: agents against exact probabilities");

/// Hazards that change from step to step because people grow older: a bound over the year, or the hazard of
/// another instant, in place of the exact one would be seen in the moves of single cohorts in single steps.
namespace {

using namespace sojourn;

constexpr std::size_t ages = 26;

enum class Kept { counts, records, both };

/// Alike many people of each age, who leave.
Scenario world_of(Kept kept, double people, const std::string& end, const std::string& step) {
  Scenario scenario = test::leaving_world(1, end, step, {}, ages);
  if (kept != Kept::counts) scenario.output.diaspora_every = 1;
  for (std::size_t a = 0; a < ages; ++a) {
    const double movers = kept == Kept::counts ? 0 : (kept == Kept::records ? people : people / 2);
    if (movers > 0) test::add_movers(scenario, 0, 1, movers, 0, a);
    test::stayers(scenario, 0, 0, a) = people - movers;
  }
  return scenario;
}

/// The schedule of Rogers and Castro (1981) by its formula.
double formula(const RogersCastro& p, double x) {
  return p.a1 * std::exp(-p.alpha1 * x) +
         p.a2 * std::exp(-p.alpha2 * (x - p.mu2) - std::exp(-p.lambda2 * (x - p.mu2))) + p.c;
}

/// Its mean over ages: Simpson's rule in 200 parts.
double mean_of_ages(const RogersCastro& p, double from, double to) {
  constexpr int parts = 200;
  const double width = (to - from) / parts;
  double sum = formula(p, from) + formula(p, to);
  for (int i = 1; i < parts; ++i) sum += (i % 2 == 1 ? 4 : 2) * formula(p, from + i * width);
  return sum / (3 * parts);
}

/// The same over a year of ages about `age`, from 0 on.
double mean_about(const RogersCastro& p, double age) {
  return mean_of_ages(p, std::max(0.0, age - 0.5), age + 0.5);
}

}  // namespace

TEST_CASE("the schedule of Rogers and Castro by single cohort, by weeks, months and quarters") {
  for (const Kept kept : {Kept::counts, Kept::records, Kept::both}) {
    for (const std::string step : {"1 week", "1 month", "1 quarter"}) {
      constexpr double rate = 1.2;
      const std::string end = step == "1 week" ? "2011-02-25" : "2011-04-01";
      Scenario scenario = world_of(kept, 300, end, step);
      Stream& stream = test::add_leaving(scenario, rate);
      stream.hazard.schedule = RogersCastro{};
      // Its mean over those who are there at the start is 1.
      stream.hazard.schedule_mean = ScheduleMean::named;
      double mean = 0;
      for (std::size_t a = 0; a < ages; ++a) {
        mean += mean_about(RogersCastro{}, static_cast<double>(a) + 0.5) / ages;
      }
      const auto hazard = [&](std::size_t region, std::size_t /*group*/, double age, std::size_t /*step*/) {
        return region == 1 ? 0.0 : rate / mean * mean_about(RogersCastro{}, age);
      };
      CAPTURE(step);
      test::check_leaving(scenario, kept == Kept::counts ? 200 : 60, hazard);
    }
  }
}

TEST_CASE("a schedule that rises within months, for those from 16 to before 22") {
  RogersCastro steep;
  steep.mu2 = 17.3;
  steep.lambda2 = 2.5;
  steep.alpha2 = 0.5;
  for (const Kept kept : {Kept::counts, Kept::records, Kept::both}) {
    for (const std::string step : {"1 week", "1 month"}) {
      constexpr double rate = 30;
      const std::string end = step == "1 week" ? "2011-02-25" : "2011-04-01";
      Scenario scenario = world_of(kept, 100, end, step);
      Stream& stream = test::add_leaving(scenario, rate);
      stream.hazard.schedule = steep;
      stream.who.age_from = 16;
      stream.who.age_to = 22;
      const auto hazard = [&](std::size_t region, std::size_t /*group*/, double age, std::size_t /*step*/) {
        const double from = std::max(16.0, age - 0.5);
        const double to = std::min(22.0, age + 0.5);
        return region == 1 || from >= to ? 0.0 : rate * (to - from) * mean_of_ages(steep, from, to);
      };
      CAPTURE(step);
      test::check_leaving(scenario, 300, hazard);
    }
  }
}

TEST_CASE("a table of ages: a cohort's hazard grows in a straight line from nothing, and falls to nothing") {
  for (const Kept kept : {Kept::counts, Kept::records, Kept::both}) {
    for (const std::string step : {"1 week", "1 month"}) {
      const std::string end = step == "1 week" ? "2011-02-25" : "2011-04-01";
      Scenario scenario = world_of(kept, 60, end, step);
      test::add_leaving(scenario, 1).hazard.schedule = AgeTable{{0, 5, 6, 18, 19}, {0, 8, 0, 1.5, 0}};
      const auto hazard = [](std::size_t region, std::size_t /*group*/, double age, std::size_t /*step*/) {
        const auto overlap = [&](double from, double to) {
          return std::max(0.0, std::min(age + 0.5, to) - std::max(age - 0.5, from));
        };
        return region == 1 ? 0.0 : 8 * overlap(5, 6) + 1.5 * overlap(18, 19);
      };
      CAPTURE(step);
      test::check_leaving(scenario, 600, hazard);
    }
  }
}

TEST_CASE("nobody is as old yet as those who move most: the bound of all grows through the year") {
  for (const Kept kept : {Kept::counts, Kept::records, Kept::both}) {
    for (const std::string step : {"1 week", "1 month"}) {
      const std::string end = step == "1 week" ? "2011-02-25" : "2011-04-01";
      Scenario scenario = world_of(kept, 40, end, step);
      test::add_leaving(scenario, 1).hazard.schedule = AgeTable{{0, ages}, {0.1, 6}};
      const auto hazard = [](std::size_t region, std::size_t /*group*/, double age, std::size_t /*step*/) {
        return region == 1 ? 0.0 : 0.1 + 5.9 * std::clamp(age + 0.5 - ages, 0.0, 1.0);
      };
      CAPTURE(step);
      test::check_leaving(scenario, 500, hazard);
    }
  }
}

TEST_CASE(
    "month, week and day converge to continuous time, as records, the error in proportion to the step") {
  // There at a rate of 2, back at a rate of 1, and all have a record: who is born in region 2 comes to region
  // 0.
  constexpr double there = 2;
  constexpr double back = 1;
  constexpr double people = 200000;
  std::vector<double> errors;
  for (const std::string step : {"1 month", "1 week", "1 day"}) {
    const std::string end = step == "1 week" ? "2010-12-31" : "2011-01-01";
    Scenario scenario = test::small_scenario(3, end, step, {}, 30);
    test::add_stream(scenario, "there", there, Listed{{Region{1}}}).who.residences = {true, false, false};
    test::add_stream(scenario, "back", back, Listed{{Region{0}}}).who.residences = {false, true, false};
    scenario.streams[0].hazard.stay = {{0, 3}, {1, 1}};
    scenario.population.arrival = UniformArrival{6};
    test::add_movers(scenario, 0, 2, people, 0, 25);
    double share = 1;
    for (std::size_t i = 0; i < scenario.time.steps(); ++i) {
      const double years = scenario.time.years(Step{i});
      share = share * std::exp(-there * years) + (1 - share) * (1 - std::exp(-back * years));
    }
    Workers workers(1);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    while (!simulation.finished()) simulation.advance();
    const auto here = static_cast<double>(simulation.population().recounted(Region{0}));
    CAPTURE(step);
    CHECK(std::abs(here - people * share) < test::five_sigma * std::sqrt(people * share * (1 - share)));
    const double years = scenario.time.elapsed(scenario.time.steps());
    const double sum = there + back;
    errors.push_back(share - (back / sum + there / sum * std::exp(-sum * years)));
  }
  CHECK(errors[0] / errors[1] == doctest::Approx(365.25 / 12 / 7).epsilon(0.1));
  CHECK(errors[1] / errors[2] == doctest::Approx(7).epsilon(0.1));
}

TEST_SUITE_END();

}  // namespace ageing_test
