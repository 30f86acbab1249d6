#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/reading/parameter_kinds.hpp"
#include "tests/reading/reading.hpp"

namespace until_a_policy_acts_test {

/// The promise of variants: the same bits as without a policy until one acts. Made here of every number that
/// policies may change, in every way in which a change can be narrowed. The numbers are those of the program:
/// one that is new and is not in the scenario below fails the first test.
using namespace sojourn;

namespace {

constexpr std::size_t steps = 6;
/// The policies act from here on.
constexpr std::size_t acts_from = 4;

const char* const everything = R"(sojourn: 1
title: Every number that a policy may change
time: {start: 2010-01-01, end: 2010-07-01, step: 1 month}
regions: [n, s, e, w]
links: [{from: n, to: s, length: 10 km}, {from: s, to: e, length: 10 km}, {from: e, to: w, length: 10 km}]
attributes: {sex: [f, m], status: [a, b, c]}
factors:
  campaign: {value: 1}
  income: {values: {n: 3, s: 2, e: 1, w: 4}}
  ease: {by: sex, values: {f: 1, m: 2}}
  distance: {table: pairs.csv, origin: o, destination: d, value: km}
  visa: {table: pairs.csv, origin: o, destination: d, value: visa}
  mortality: {table: deaths.csv, region: code, age: age, sex: sex, value: m, unit: per year}
  desks: {values: {n: 4, s: 3, e: 2, w: 1}, unit: persons per month}
  granted: {values: {n: 100, s: 200, e: 100, w: 50}, unit: persons per year}
  crowding: {expression: 0.5 + people / 4000, unit: "1", where: {people: {people: all}}}
population:
  stayers: {values: {n: 900, s: 700, e: 500, w: 300}, age: 0-79, sex: {f: 0.5, m: 0.5}, status: {a: 0.6, b: 0.4},
    includes_movers: false}
  movers: {table: movers.csv, residence: live, birth: born, previous: {same_as: birth}, count: n, age: 20-59,
    sex: {f: 0.5, m: 0.5}, status: a, arrived: {law: uniform, over: 10 years}}
demography:
  births: {who: {sex: f}, rate: 0.3 per year, factors: [{factor: income, as: log, coefficient: 0.1}],
    newborn: {sex: {f: 100, m: 105}, status: inherit}}
  deaths: {rate: {factor: mortality}, factors: [{factor: crowding, coefficient: 0.1}]}
limits:
  quota: {amount: 3, every: month, for_each: region}
  pairs: {amount: 1, every: month, for_each: pair}
  clerks: {amount: 20, unit: minutes, every: month, for_each: region}
streams:
  nested:
    draws: {pairs: 1}
    otherwise: {stream: plain, share: 0.5}
    hazard: {rate: 0.2 per year, age: rogers_castro, attraction: 0.4,
      push: [{factor: income, as: log, coefficient: -0.2}, {factor: campaign, coefficient: 0.1}]}
    destination:
      pull: [{factor: income, as: log, coefficient: 0.5}, {factor: visa, of: citizenship, own: 1, outside: 0,
        coefficient: 0.4}, {diaspora: stock, coefficient: 0.2}]
      nests: {north: {regions: [n, e], dissimilarity: 0.5}}
  plain:
    hazard: {rate: {by: sex, f: 0.2 per year, m: 0.3 per year}, stay: [{from: 0 years, ratio: 2}, {from: 3 years, ratio: 1}],
      push: [{factor: ease, coefficient: 0.1}]}
    destination:
      pull: [{factor: distance, as: log, coefficient: -0.5}, {diaspora: stock, coefficient: 0.3}, {home: 0.5}]
  ties:
    hazard: {rate: 0.2 per year}
    destination: {pull: [{diaspora: stock, as: sqrt, coefficient: {by: sex, f: 0.02, m: 0.03}}]}
  near: {hazard: {rate: 0.1 per year}, destination: {choose: neighbours, pull: [{factor: crowding, coefficient: -0.2}]}}
  listed: {hazard: {rate: 0.1 per year}, destination: {choose: [n, w], pull: [{home: -0.5}]}}
  back: {who: {foreign_born: true}, hazard: {rate: 0.2 per year}, destination: {choose: birth}}
  again: {hazard: {rate: 0.1 per year}, destination: {choose: previous}}
transitions:
  permit: {who: {status: a}, becomes: {status: b}, rate: 0.8 per year, factors: [{factor: income, coefficient: 0.1}],
    capacity: {limit: 5, every: month, give_up: 0.3 per year}}
  card: {who: {status: b}, becomes: {status: c}, rate: 0.5 per year, citizenship: residence,
    capacity: {limit: {factor: desks}, every: month, give_up: 0.2 per year}}
  decide: {who: {status: c}, rate: 0.6 per year, outcomes: {yes: {weight: {by: sex, f: 1, m: 2}, becomes: {status: a}},
    no: {weight: 1, leaves: outside}}}
  fee: {who: {status: c}, becomes: {status: a}, rate: 0.9 per year, capacity: {draws: {clerks: 20}, order: 2}}
inflow:
  asylum: {rate: 200 per year, age: 20-39, sex: {f: 1, m: 1}, status: a, draws: {quota: 1}}
  workers: {number: {factor: granted}, age: 20-39, sex: {f: 1, m: 1}, status: b}
outflow:
  out: {rate: 0.05 per year, factors: [{factor: income, as: log, coefficient: -0.1}]}
output: {every: 1 month}
)";

Scenario read_everything(const std::string& policies) {
  const test::Folder folder;
  std::string pairs = "o,d,km,visa\n";
  std::string movers = "live,born,n\n";
  std::string deaths = "code,age,sex,m\n";
  for (const char o : std::string("nsew")) {
    for (const char d : std::string("nsew")) {
      if (o == d) continue;
      pairs += fmt::format("{},{},{},{}\n", o, d, (o * 7 + d * 3) % 11 + 1, (o + d) % 2);
      movers += fmt::format("{},{},{}\n", o, d, (o * 5 + d) % 7 * 10 + 20);
    }
    for (const char sex : std::string("fm"))
      deaths += fmt::format("{0},0-49,{1},0.02\n{0},50+,{1},0.1\n", o, sex);
  }
  folder.write("pairs.csv", pairs);
  folder.write("movers.csv", movers);
  folder.write("deaths.csv", deaths);
  return test::read(folder, everything + policies);
}

/// FNV-1a over all that a run holds and counts: residents, records in their order, diasporas and flows.
class Digest {
 public:
  void add(std::uint64_t word) {
    for (int byte = 0; byte < 8; ++byte) {
      hash_ = (hash_ ^ (word >> (8 * byte) & 0xFFU)) * 1099511628211U;
    }
  }
  void add(std::span<const std::int64_t> counts) {
    for (const std::int64_t count : counts) add(static_cast<std::uint64_t>(count));
  }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 14695981039346656037U;
};

std::uint64_t digest(Simulation& simulation) {
  Digest digest;
  const Population& people = simulation.population();
  digest.add(people.residents());
  digest.add(people.diaspora().all());
  for (std::size_t cell = 0; cell < simulation.scenario().cell_count(); ++cell) {
    for (const Block& block : people.movers().blocks(cell)) {
      digest.add(block.key);
      for (std::uint64_t i = 0; i < block.size; ++i) {
        const RecordWord word = people.movers().read(block, i);
        digest.add(static_cast<std::uint64_t>(word));
        digest.add(static_cast<std::uint64_t>(word >> 64U));
      }
    }
  }
  digest.add(simulation.flows().dense());
  const VitalTally& vitals = simulation.vitals();
  for (const auto* counts :
       {&vitals.births(), &vitals.deaths(), &vitals.transitions(), &vitals.inflow(), &vitals.outflow()}) {
    digest.add(*counts);
  }
  return digest.value();
}

/// After each step.
std::vector<std::uint64_t> digests(const Scenario& scenario, std::size_t variant) {
  Workers workers{1};
  Simulation simulation(scenario, scenario.variants[variant], RunKey{7, 0}, workers);
  std::vector<std::uint64_t> all;
  while (!simulation.finished()) {
    simulation.advance();
    all.push_back(digest(simulation));
  }
  return all;
}

/// How a change can be narrowed: nothing, or the keys of it.
std::vector<std::string> narrowings(FactorPlaces places) {
  if (places == FactorPlaces::everywhere) return {""};
  if (places == FactorPlaces::region) return {"", "regions: [s, w]"};
  return {"", "regions: [s, w]", "origins: [s]", "destinations: [s, w]",
          "corridors: [{origin: n, destination: s}]"};
}

struct Target {
  std::string name;
  FactorPlaces places;
  /// Of what is added to it.
  std::string unit;
};

std::vector<Target> targets_of(const Scenario& scenario) {
  std::vector<Target> targets;
  for (const Factor& factor : scenario.factors)
    targets.push_back({"factors." + factor.name, factor.places, ""});
  for (const Parameter& parameter : scenario.parameters) {
    targets.push_back({parameter.name, parameter.over_pairs ? FactorPlaces::pair : FactorPlaces::region,
                       parameter.unit == "per year" ? " per year" : ""});
    if (!parameter.by) continue;
    const Attribute& attribute = scenario.groups.attributes()[parameter.by->attribute.index()];
    Target of_value = targets.back();
    of_value.name += '.' + attribute.values.front();
    targets.push_back(std::move(of_value));
  }
  return targets;
}

/// The ways in which a policy may not act yet, or not at all.
const std::vector<std::pair<std::string, std::string>> ways = {
    {"no effect", "{{from: 2010-01-01, change: [{{what: {}, scale: 1{}}}]}}"},
    {"adds nothing", "{{from: 2010-02-01, change: [{{what: {}, add: 0{}{}}}]}}"},
    {"late", "{{from: 2010-05-01, change: [{{what: {}, scale: 1.5{}}}]}}"},
    {"ramp", "{{from: 2010-05-01, change: [{{what: {}, scale: 1.5, ramp: 6 months{}}}]}}"}};

}  // namespace

TEST_CASE("the scenario of these tests has every kind of number that a policy may change") {
  const Scenario scenario = read_everything("");
  std::set<std::size_t> kinds;
  for (const Parameter& parameter : scenario.parameters) kinds.insert(parameter_kind(parameter.name).value());
  for (std::size_t kind = 0; kind < parameter_kinds().size(); ++kind) {
    CAPTURE(parameter_kinds()[kind].name);
    CHECK(kinds.count(kind) == 1);
  }
  // Not only by name: kinds of factors, of pull terms and of choice sets.
  std::set<FactorPlaces> places;
  std::set<std::size_t> pulls;
  std::set<std::size_t> choices;
  for (const Factor& factor : scenario.factors) places.insert(factor.places);
  for (const Stream& stream : scenario.streams) {
    choices.insert(stream.destination.choice_set.index());
    for (const PullTerm& pull : stream.destination.pull) pulls.insert(pull.index());
  }
  CHECK(places.size() == 3);
  CHECK(pulls.size() == std::variant_size_v<PullTerm>);
  CHECK(choices.size() == std::variant_size_v<ChoiceSet>);
}

TEST_CASE(
    "long: a variant has the bits of the baseline until a policy acts, whatever it changes and wherever") {
  const std::vector<Target> targets = targets_of(read_everything(""));
  std::string policies = "policies:\n";
  std::string variants = "variants:\n";
  std::vector<std::pair<std::string, std::size_t>> made;
  for (const Target& target : targets) {
    for (const std::string& narrowing : narrowings(target.places)) {
      for (std::size_t way = 0; way < ways.size(); ++way) {
        const std::string name = fmt::format("v{}", made.size());
        const std::string keys = narrowing.empty() ? "" : ", " + narrowing;
        const std::string& change = ways[way].second;
        policies += fmt::format("  {}: ", name);
        if (way == 1) {
          policies += fmt::format(fmt::runtime(change), target.name, target.unit, keys) + '\n';
        } else {
          policies += fmt::format(fmt::runtime(change), target.name, keys) + '\n';
        }
        variants += fmt::format("  {0}: [{0}]\n", name);
        made.emplace_back(fmt::format("{} {} {}", target.name, narrowing, ways[way].first), way);
      }
    }
  }
  const Scenario scenario = read_everything(policies + variants);
  REQUIRE(scenario.time.steps() == steps);
  REQUIRE(scenario.variants.size() == made.size() + 1);
  const std::vector<std::uint64_t> baseline = digests(scenario, 0);
  std::size_t late = 0;
  std::size_t without_effect = 0;
  for (std::size_t v = 0; v < made.size(); ++v) {
    const auto& [what, way] = made[v];
    CAPTURE(what);
    const std::vector<std::uint64_t> found = digests(scenario, v + 1);
    const std::size_t equal = way < 2 ? steps : acts_from;
    for (std::size_t step = 0; step < equal; ++step) {
      CAPTURE(step);
      CHECK(found[step] == baseline[step]);
    }
    if (way == 2) ++late;
    if (way == 2 && found.back() == baseline.back()) ++without_effect;
  }
  // Else this test would show nothing. Some change what cancels, or too little for a draw to come out
  // otherwise.
  CHECK(8 * without_effect < late);
}

}  // namespace until_a_policy_acts_test
