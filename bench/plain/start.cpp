#include "bench/plain/start.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"
#include "sim/base/sampling.hpp"
#include "sim/model/cohorts.hpp"

namespace sojourn::plain {

namespace {

/// Agents that are alike, but for the time of arrival of those whom the law of the scenario gives one.
struct Crowd {
  Agent agent;
  std::int64_t count = 0;
  bool mover = false;
  double years_since_arrival = 0;
};

Agent make_agent(Region residence, Ties ties, Region previous, Group group, Cohort cohort) {
  Agent agent;
  agent.residence = static_cast<std::uint16_t>(residence.value);
  agent.birth = static_cast<std::uint16_t>(ties.birth.value);
  agent.citizenship = static_cast<std::uint16_t>(ties.citizenship.value);
  agent.previous = static_cast<std::uint16_t>(previous.value);
  agent.census = agent.residence;
  agent.group = static_cast<std::uint16_t>(group.value);
  agent.cohort = static_cast<std::uint16_t>(cohort.value);
  return agent;
}

void add_stayers(const Scenario& scenario, Region region, RunKey key, std::vector<Crowd>& crowds) {
  const std::size_t ages = scenario.population.ages;
  const std::size_t size = scenario.groups.count() * ages;
  std::vector<double> agents(size);
  for (std::size_t i = 0; i < size; ++i) {
    agents[i] = scenario.population.stayers[region.index() * size + i] / scenario.persons_per_agent;
  }
  RandomNumbers random(key, {Process::plain_stayers, 0, region.value, 0});
  const std::vector<std::int64_t> counts = round_systematically(agents, random);
  for (std::size_t i = 0; i < size; ++i) {
    if (counts[i] == 0) continue;
    crowds.push_back({make_agent(region, {region, region}, region, Group{i / ages}, Cohort{i % ages}),
                      counts[i], false, 0});
  }
}

/// Rows from one row of a table are rounded together, so that its total is kept.
void add_movers(const Scenario& scenario, Region region, RunKey key, std::vector<Crowd>& crowds) {
  RandomNumbers random(key, {Process::plain_movers, 0, region.value, 0});
  std::vector<double> agents;
  std::vector<Crowd> together;
  std::size_t source = std::numeric_limits<std::size_t>::max();
  const auto round = [&] {
    const std::vector<std::int64_t> counts = round_systematically(agents, random);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      together[i].count = counts[i];
      if (counts[i] > 0) crowds.push_back(together[i]);
    }
    agents.clear();
    together.clear();
  };
  for (const MoverRow& row : scenario.population.movers) {
    if (row.residence != region) continue;
    if (row.source != source) round();
    source = row.source;
    const std::size_t width = row.cohort_to.index() - row.cohort_from.index();
    for (std::size_t c = row.cohort_from.index(); c < row.cohort_to.index(); ++c) {
      agents.push_back(row.persons / scenario.persons_per_agent / static_cast<double>(width));
      together.push_back({make_agent(region, {row.birth, row.citizenship.value_or(row.birth)},
                                     row.previous.value_or(row.birth), row.group, Cohort{c}),
                          0, true, row.years_since_arrival});
    }
  }
  round();
}

/// Years since arrival by the law of the scenario, at most the age.
double draw_years(const ArrivalLaw& law, double age, RandomNumbers& random) {
  if (const auto* uniform = std::get_if<UniformArrival>(&law))
    return std::min(uniform->years, age) * random.uniform();
  if (const auto* exponential = std::get_if<ExponentialArrival>(&law)) {
    // The exponential law given that it is below the age: its distribution function at a uniform share of
    // that at age.
    const double below = (1 - math::exp(-age / exponential->mean_years)) * random.uniform();
    return std::min(age, -exponential->mean_years * math::log(1 - below));
  }
  return age;
}

}  // namespace

std::vector<Agent> start_agents(const Scenario& scenario, const ArrivalTimes& times, RunKey key,
                                Workers& workers) {
  constexpr std::size_t limit = std::numeric_limits<std::uint16_t>::max();
  if (std::max({scenario.region_count(), scenario.groups.count(), scenario.population.ages}) > limit) {
    throw RunError("the plain engine has no room for so many regions, groups or ages");
  }
  std::vector<std::vector<Crowd>> crowds(scenario.region_count());
  workers.for_each(scenario.region_count(), [&](std::size_t r) {
    add_stayers(scenario, Region{r}, key, crowds[r]);
    add_movers(scenario, Region{r}, key, crowds[r]);
  });
  std::vector<std::size_t> first(scenario.region_count() + 1);
  for (std::size_t r = 0; r < scenario.region_count(); ++r) {
    first[r + 1] = first[r];
    for (const Crowd& crowd : crowds[r]) first[r + 1] += static_cast<std::size_t>(crowd.count);
  }
  const Cohorts cohorts(scenario.population.ages);
  std::vector<Agent> agents(first.back());
  workers.for_each(scenario.region_count(), [&](std::size_t r) {
    RandomNumbers random(key, {Process::plain_arrivals, 0, Region{r}.value, 0});
    std::size_t place = first[r];
    for (const Crowd& crowd : crowds[r]) {
      const double age = cohorts.age(Cohort{crowd.agent.cohort}, 0);
      for (std::int64_t i = 0; i < crowd.count; ++i) {
        Agent& agent = agents[place++];
        agent = crowd.agent;
        agent.arrival = times.never();
        if (!crowd.mover) continue;
        const bool known = !std::isnan(crowd.years_since_arrival);
        const double years =
            known ? crowd.years_since_arrival : draw_years(scenario.population.arrival, age, random);
        agent.arrival = times.before_start(std::min(years, age));
      }
    }
  });
  return agents;
}

}  // namespace sojourn::plain
