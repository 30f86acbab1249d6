#include "bench/worlds.hpp"

#include <random>
#include <utility>
#include <vector>

#include "sim/scenario/build.hpp"

namespace sojourn::bench {

namespace {

constexpr std::size_t ages = 101;
constexpr double foreign_born = 0.035;

/// Regions at random places, and the distances between them.
Scenario empty_world(const std::string& title, int years, const std::string& step, std::size_t regions,
                     std::vector<Attribute> attributes) {
  const Date start = *parse_date("1990-07-01");
  std::vector<std::string> codes;
  for (std::size_t r = 0; r < regions; ++r) codes.push_back("r" + std::to_string(r));
  Scenario scenario =
      empty_scenario(TimeGrid(start, advance(start, {years, Duration::Unit::years}), *parse_duration(step)),
                     codes, Groups(std::move(attributes)), ages - 1);
  scenario.title = Texts(title);
  scenario.description = Texts("Made by the benchmarks.");
  std::mt19937_64 random(3);
  const auto uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1p-53; };
  for (RegionInfo& region : scenario.regions) {
    region.name = Texts(region.code);
    region.latitude = uniform() * 100 - 50;
    region.longitude = uniform() * 360 - 180;
  }
  Factor distance;
  distance.name = "distance";
  distance.unit = "km";
  distance.places = FactorPlaces::pair;
  distance.knots = {start};
  for (std::size_t o = 0; o < regions; ++o) {
    for (std::size_t d = 0; d < regions; ++d) {
      distance.values.push_back(1 + (o == d ? 0 : great_circle_km(scenario.regions[o], scenario.regions[d])));
    }
  }
  scenario.factors = {std::move(distance)};
  return scenario;
}

ParameterId add_parameter(Scenario& scenario, const std::string& name, std::vector<double> by_group,
                          bool over_pairs) {
  scenario.parameters.push_back({name, "1", std::move(by_group), over_pairs});
  return ParameterId{scenario.parameters.size() - 1};
}

FactorTerm by_distance(ParameterId coefficient) {
  return {"distance", FactorId{0}, Measure::level, {}, Transform::log, Comparison::pair, coefficient};
}

void settle(Scenario& scenario, double people) {
  const std::size_t regions = scenario.region_count();
  const std::size_t groups = scenario.groups.count();
  const auto group_share = 1 / static_cast<double>(groups);
  double sum = 0;
  for (std::size_t r = 0; r < regions; ++r) sum += 1 / static_cast<double>(r + 1);
  std::mt19937_64 random(4);
  for (std::size_t r = 0; r < regions; ++r) {
    const double here = people * (1 - foreign_born) / static_cast<double>(r + 1) / sum;
    for (std::size_t i = 0; i < groups * ages; ++i) {
      scenario.population.stayers[r * groups * ages + i] = here * group_share / ages;
    }
    for (std::size_t b = 0; b < regions; ++b) {
      if (b == r) continue;
      const double weight = 2 * static_cast<double>(random() >> 11U) * 0x1p-53;
      for (std::size_t g = 0; g < groups; ++g) {
        MoverRow row;
        row.residence = Region{r};
        row.birth = Region{b};
        row.group = Group{g};
        row.cohort_from = Cohort{20};
        row.cohort_to = Cohort{85};
        row.persons = people * foreign_born / static_cast<double>(regions * regions) * weight * group_share;
        row.source = scenario.population.movers.size();
        scenario.population.movers.push_back(row);
      }
    }
  }
  scenario.population.arrival = UniformArrival{20};
}

}  // namespace

Scenario make_world(const World& world) {
  std::vector<Attribute> attributes = {{"sex", {"female", "male"}}};
  if (world.rich) attributes.push_back({"skill", {"1", "2", "3", "4", "5"}});
  Scenario scenario = empty_world("world", world.years, world.step, world.regions, std::move(attributes));
  settle(scenario, world.people);
  std::vector<double> far = {-1.0};
  if (world.rich) far = {-1.2, -1.1, -1.0, -0.9, -0.8, -1.2, -1.1, -1.0, -0.9, -0.8};
  const ParameterId distance = add_parameter(scenario, "distance", far, true);
  const ParameterId network = add_parameter(scenario, "network", {0.4}, true);
  const ParameterId attraction = add_parameter(scenario, "attraction", {0.3}, false);
  {
    Stream& labour = add_stream(scenario, "labour", 0.0017 * world.speed);
    labour.hazard.schedule = RogersCastro{};
    labour.destination.pull = {by_distance(distance)};
    if (world.rich) {
      labour.destination.pull.emplace_back(DiasporaTerm{"diaspora", Transform::log1p, network});
      labour.hazard.attraction = attraction;
    }
  }
  Stream& back = add_stream(scenario, "return", 0.04 * world.speed);
  back.hazard.stay = {{0, 5, 10, 20}, {1, 0.5, 0.3, 0.1}};
  back.destination.choice_set = BirthRegion{};
  // Stocks and flows by months, whatever the step.
  scenario.output.every = world.step == "1 day" ? 30 : 1;
  return scenario;
}

Scenario make_districts(const Districts& districts) {
  Scenario scenario =
      empty_world("districts", districts.years, "1 month", districts.regions, {{"sex", {"female", "male"}}});
  std::mt19937_64 random(5);
  const double mean = districts.people / static_cast<double>(scenario.population.stayers.size());
  for (double& persons : scenario.population.stayers) {
    persons = mean * 2 * static_cast<double>(random() >> 11U) * 0x1p-53;
  }
  const ParameterId distance = add_parameter(scenario, "distance", {-1.5}, true);
  Stream& internal = add_stream(scenario, "internal", districts.rate);
  internal.hazard.schedule = RogersCastro{};
  internal.destination.pull = {by_distance(distance)};
  return scenario;
}

}  // namespace sojourn::bench
