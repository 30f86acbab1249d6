#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "tests/support/every_feature.hpp"
#include "tests/support/statistics.hpp"

namespace agreement_test {

/// The engine and the plain engine are two ways to compute one model: whatever is observed of them has the
/// same law. Both run over many replicates, and so does a second set of plain runs, which says how far apart
/// two sets of runs of the same law are in each of these tests. The agents of the start are the same in
/// number, and movers are not independent of each other, so p-values are not quite uniform; nothing rests on
/// them being so.
namespace {

using namespace sojourn;

/// What was observed of one run, by name: numbers of agents or moves in each class.
using Observed = std::map<std::string, std::vector<std::int64_t>>;

constexpr std::size_t age_width = 5;

/// Counts of movers by residence, group and step of arrival, to see after which stay they left.
using Stays = std::map<std::int32_t, std::int64_t>;

class Observer {
 public:
  explicit Observer(const Scenario& scenario)
      : scenario_(scenario), stays_known_(history_needs(scenario).hazard_by_stay) {}

  template <class Run>
  Observed observe(Run& run) {
    observed_["flow"].assign(regions() * regions() * streams(), 0);
    observed_["age at move"].assign(streams() * ages(), 0);
    observed_["sex of movers"].assign(streams() * groups(), 0);
    observed_["moves by step"].assign(scenario_.time.steps(), 0);
    observed_["stay"].assign(durations, 0);
    while (!run.finished()) {
      const Stays before = stays(run);
      run.advance();
      add_flows(run);
      add_stays(before, stays(run), run.steps_done() - 1);
    }
    add_end(run);
    return observed_;
  }

 private:
  static constexpr std::size_t durations = 40;

  [[nodiscard]] std::size_t regions() const { return scenario_.region_count(); }
  [[nodiscard]] std::size_t streams() const { return scenario_.streams.size(); }
  [[nodiscard]] std::size_t groups() const { return scenario_.groups.count(); }
  [[nodiscard]] std::size_t ages() const { return scenario_.output.age_from.size(); }

  static RunView view_of(Simulation& run) { return view(run); }
  static RunView view_of(plain::Engine& run) { return run.view(); }

  template <class Run>
  void add_flows(Run& run) {
    const RunView now = view_of(run);
    for (const FlowTally::Row& row : now.flows.take_rows()) {
      const std::size_t age = row.detail / groups();
      const std::size_t group = row.detail % groups();
      observed_["flow"][(row.origin.index() * regions() + row.destination.index()) * streams() +
                        row.stream.index()] += row.count;
      observed_["age at move"][row.stream.index() * ages() + age] += row.count;
      observed_["sex of movers"][row.stream.index() * groups() + group] += row.count;
      observed_["moves by step"][now.steps_done - 1] += row.count;
    }
  }

  /// Movers by time of arrival. Where the scenario asks for no arrivals there are none to compare.
  [[nodiscard]] Stays stays(const Simulation& run) const {
    Stays result;
    const Population& population = run.population();
    if (!stays_known_) return result;
    for (std::size_t cell = 0; cell < scenario_.cell_count(); ++cell) {
      for (const Block& block : population.movers().blocks(cell)) {
        for (std::uint64_t i = 0; i < block.size; ++i) {
          ++result[population.layout().unpack(population.movers().read(block, i), block.key).arrival];
        }
      }
    }
    return result;
  }
  [[nodiscard]] Stays stays(const plain::Engine& run) const {
    Stays result;
    for (const plain::Agent& agent : run.agents()) {
      if (stays_known_ && agent.arrival != run.times().never()) ++result[agent.arrival];
    }
    return result;
  }

  /// Who came at a time and is no longer among those who did has left in this step.
  void add_stays(const Stays& before, const Stays& after, std::size_t step) {
    for (const auto& [arrival, agents] : before) {
      const auto found = after.find(arrival);
      const std::int64_t left = agents - (found == after.end() ? 0 : found->second);
      // All who came more than ten years before the start are one to the engine.
      const auto stayed = static_cast<std::size_t>(static_cast<std::int32_t>(step) - std::max(arrival, -120));
      observed_["stay"][std::min(stayed / 3, durations - 1)] += left;
    }
  }

  template <class Run>
  void add_end(Run& run) {
    const RunView now = view_of(run);
    const std::size_t cohorts = scenario_.population.ages;
    std::vector<std::int64_t> moves(6);
    std::vector<std::int64_t> cells(scenario_.cell_count());
    std::vector<std::int64_t> by_age(cohorts);
    for (std::size_t i = 0; i < now.residents.size(); ++i) {
      const std::size_t cell = i / cohorts;
      moves[cell % groups() % 6] += now.residents[i];
      cells[cell] += now.residents[i];
      if (cell / groups() == 0) by_age[i % cohorts] += now.residents[i];
    }
    observed_["moves of a person"] = moves;
    observed_["residents by group"] = cells;
    observed_["residents of region 0 by cohort"] = by_age;
    if (scenario_.output.diaspora_every) {
      observed_["diaspora"].assign(now.diaspora.all().begin(), now.diaspora.all().end());
    }
    observed_["relocations"] =
        scenario_.output.relocations_every ? now.take_relocations() : std::vector<std::int64_t>{};
  }

  const Scenario& scenario_;
  bool stays_known_;
  Observed observed_;
};

template <class Engine>
std::vector<Observed> replicates(const Scenario& scenario, std::size_t variant, std::uint32_t first,
                                 std::uint32_t count) {
  Workers workers(1);
  std::vector<Observed> all;
  for (std::uint32_t i = 0; i < count; ++i) {
    Engine run(scenario, scenario.variants[variant], {scenario.seed, first + i}, workers);
    all.push_back(Observer(scenario).observe(run));
  }
  return all;
}

test::Moments moments(const std::vector<Observed>& runs, const std::string& name, std::size_t i) {
  test::Moments result;
  for (const Observed& run : runs) result.add(static_cast<double>(run.at(name)[i]));
  return result;
}

std::vector<std::int64_t> totals(const std::vector<Observed>& runs, const std::string& name) {
  std::vector<std::int64_t> sum(runs[0].at(name).size());
  for (const Observed& run : runs) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += run.at(name)[i];
  }
  return sum;
}

/// How far two sets of counts are from having one distribution, in standard deviations (Pearson's chi-square
/// of a table of two rows, as one against what both together make of its total).
double two_sample_sigmas(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  double total_a = 0;
  double total_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    total_a += static_cast<double>(a[i]);
    total_b += static_cast<double>(b[i]);
  }
  double chi_square = 0;
  double cells = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto both = static_cast<double>(a[i] + b[i]);
    if (both < 20) continue;
    const double expected_a = both * total_a / (total_a + total_b);
    const double expected_b = both - expected_a;
    chi_square += std::pow(static_cast<double>(a[i]) - expected_a, 2) / expected_a +
                  std::pow(static_cast<double>(b[i]) - expected_b, 2) / expected_b;
    ++cells;
  }
  if (cells < 2) return 0;
  const double spread = 2 / (9 * (cells - 1));
  return (std::cbrt(chi_square / (cells - 1)) - (1 - spread)) / std::sqrt(spread);
}

/// The largest of all differences of means, in standard errors of the difference.
double worst_mean(const std::vector<Observed>& a, const std::vector<Observed>& b, const std::string& name) {
  const auto runs = static_cast<double>(a.size());
  double worst = 0;
  for (std::size_t i = 0; i < a[0].at(name).size(); ++i) {
    const test::Moments x = moments(a, name, i);
    const test::Moments y = moments(b, name, i);
    // A class that hardly anybody is ever in has no normal mean; a variance of 1/4 for each run keeps it
    // calm.
    const double error = std::sqrt((x.variance() + y.variance() + 0.5) / runs);
    worst = std::max(worst, std::abs(x.mean() - y.mean()) / error);
  }
  return worst;
}

/// The mean, over classes that are not nearly empty, of the logarithm of the ratio of variances, in standard
/// errors as if classes were independent; and the largest of a single class.
struct VarianceGap {
  double mean = 0;
  double worst = 0;
};
VarianceGap variance_gap(const std::vector<Observed>& a, const std::vector<Observed>& b,
                         const std::string& name) {
  const double error = std::sqrt(4.0 / static_cast<double>(a.size() - 1));
  VarianceGap gap;
  double classes = 0;
  for (std::size_t i = 0; i < a[0].at(name).size(); ++i) {
    const double x = moments(a, name, i).variance();
    const double y = moments(b, name, i).variance();
    if (x < 5 || y < 5) continue;
    const double ratio = std::log(x / y) / error;
    gap.mean += ratio;
    gap.worst = std::max(gap.worst, std::abs(ratio));
    ++classes;
  }
  if (classes > 0) gap.mean /= std::sqrt(classes);
  return gap;
}

void compare(const std::vector<Observed>& ours, const std::vector<Observed>& plain,
             const std::vector<Observed>& other) {
  for (const auto& [class_name, first] : plain[0]) {
    const std::string name = class_name;
    const std::vector<std::int64_t> nobody(first.size(), 0);
    if (totals(plain, name) == nobody) {
      // What never happens there must never happen here.
      CHECK(totals(ours, name) == nobody);
      continue;
    }
    const double chi_square = two_sample_sigmas(totals(ours, name), totals(plain, name));
    const double chi_square_plain = two_sample_sigmas(totals(other, name), totals(plain, name));
    const double mean = worst_mean(ours, plain, name);
    const double mean_plain = worst_mean(other, plain, name);
    const VarianceGap variance = variance_gap(ours, plain, name);
    const VarianceGap variance_plain = variance_gap(other, plain, name);
    MESSAGE(name << ": chi-square " << chi_square << " (plain against plain " << chi_square_plain
                 << "), means " << mean << " (" << mean_plain << "), variances " << variance.mean << " ("
                 << variance_plain.mean << "), worst " << variance.worst << " (" << variance_plain.worst
                 << ")");
    CHECK(chi_square < test::five_sigma);
    CHECK(mean < test::five_sigma);
    CHECK(std::abs(variance.mean) < test::five_sigma);
    CHECK(variance.worst < test::five_sigma);
    CHECK(chi_square_plain < test::five_sigma);
    CHECK(mean_plain < test::five_sigma);
    CHECK(std::abs(variance_plain.mean) < test::five_sigma);
  }
}

void hold_against_each_other(const test::EveryFeature& options, std::size_t variant, std::uint32_t count,
                             bool relocations = false) {
  Scenario scenario = test::every_feature(options);
  scenario.output.flow_by_age = true;
  scenario.output.age_from.clear();
  for (std::size_t a = 0; a < scenario.population.ages; a += age_width) {
    scenario.output.age_from.push_back(static_cast<double>(a));
  }
  scenario.output.flow_attributes = {AttributeId{0}, AttributeId{1}};
  if (options.history) scenario.output.diaspora_every = 1;
  if (relocations) scenario.output.relocations_every = scenario.time.steps();
  compare(replicates<Simulation>(scenario, variant, 0, count),
          replicates<plain::Engine>(scenario, variant, 0, count),
          replicates<plain::Engine>(scenario, variant, count, count));
}

}  // namespace

TEST_CASE("long: the engine and the plain engine agree on every feature") {
  hold_against_each_other({.people = 6, .months = 24}, 0, 200);
}

TEST_CASE("long: they agree under a policy, and on relocations") {
  hold_against_each_other({.people = 6, .months = 24}, 1, 200, true);
}

TEST_CASE("long: they agree with nests of destinations, with a diaspora and without") {
  hold_against_each_other({.people = 6, .months = 12, .nests = true}, 0, 200);
  hold_against_each_other({.people = 20, .months = 12, .history = false, .nests = true}, 0, 150);
}

TEST_CASE("long: they agree where doors close and open within steps, as records and as counts, with nests") {
  hold_against_each_other({.people = 6, .months = 8, .speed = 4, .doors = true}, 1, 200, true);
  hold_against_each_other({.people = 6, .months = 8, .speed = 4, .doors = true}, 0, 100);
  hold_against_each_other(
      {.people = 20, .months = 8, .speed = 4, .history = false, .nests = true, .doors = true}, 1, 150);
}

TEST_CASE("long: they agree at absurd rates, where most agents have an event in every step") {
  hold_against_each_other({.people = 6, .months = 6, .speed = 40}, 0, 200);
}

TEST_CASE("long: they agree in large cells, where counts are drawn at once") {
  hold_against_each_other({.people = 300, .months = 3, .speed = 4}, 0, 60);
}

TEST_CASE("long: they agree where nothing asks for a history") {
  hold_against_each_other({.people = 20, .months = 24, .speed = 2, .history = false}, 1, 150);
}

}  // namespace agreement_test
