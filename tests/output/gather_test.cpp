#include "sim/output/gather.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/recorded_scenario.hpp"
#include "tests/support/temporary_directory.hpp"

namespace gather_test {

using namespace sojourn;

namespace {

using Integers = std::vector<std::int64_t>;

/// A simulation under observation.
struct Observed {
  explicit Observed(const Scenario& s, bool dense = true, std::size_t variant = 0)
      : scenario(s),
        simulation(scenario, scenario.variants[variant], {1, 0}, workers),
        file(directory.file("a.h5")),
        variables(define_variables(file, scenario, {"baseline", {1, 0}, {}, dense})),
        gatherer(scenario, variables) {}

  [[nodiscard]] Record observe() { return gatherer.observe(view(simulation)); }

  const Scenario& scenario;
  test::TemporaryDirectory directory;
  Workers workers{1};
  Simulation simulation;
  DataFile file;
  OutputVariables variables;
  Gatherer gatherer;
};

template <class Values>
std::optional<Values> find(const Record& record, VariableId variable) {
  for (const Piece& piece : record.pieces) {
    if (piece.variable == variable) return std::get<Values>(piece.values);
  }
  return std::nullopt;
}

Integers integers(const Record& record, VariableId variable) {
  return find<Integers>(record, variable).value();
}

std::int64_t sum(const Integers& values) {
  return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

}  // namespace

TEST_CASE("at the start there are stocks and no flows") {
  const Scenario scenario = test::recorded_scenario();
  Observed observed(scenario);
  const Record record = observed.observe();
  CHECK(integers(record, observed.variables.at("time")) == Integers{14610});
  CHECK(sum(integers(record, observed.variables.at("stock"))) == 36000);
  CHECK(sum(integers(record, observed.variables.at("diaspora"))) == 6 * 2000);
  CHECK_FALSE(find<Integers>(record, observed.variables.at("flow")));
  CHECK(observed.gatherer.checks().intervals == 0);
  CHECK(record.bytes() == (1 + 3 * 3 * 2 + 1 + 9) * sizeof(std::int64_t));
}

TEST_CASE("stocks are by age group and attribute") {
  const Scenario scenario = test::recorded_scenario();
  Observed observed(scenario);
  const Integers stock = integers(observed.observe(), observed.variables.at("stock"));
  const auto at = [&](std::size_t region, std::size_t age, std::size_t sex) {
    return stock[(region * 3 + age) * 2 + sex];
  };
  for (std::size_t r = 0; r < 3; ++r) {
    // 50 stayers of each year of age and sex; 4000 movers of 20 to 59 years, all of the first sex.
    CHECK(at(r, 0, 0) == 15 * 50);
    CHECK(at(r, 1, 0) == 50 * 50 + 4000);
    CHECK(at(r, 1, 1) == 50 * 50);
    CHECK(at(r, 2, 1) == 15 * 50);
  }
}

TEST_CASE("a cohort that a bound of ages cuts is shared out in proportion, and nobody is lost") {
  const Scenario scenario = test::recorded_scenario({.months = 12, .persons = 1001, .rate = 0});
  Observed observed(scenario);
  for (std::size_t month = 0;; ++month) {
    const Record record = observed.observe();
    const Integers stock = integers(record, observed.variables.at("stock"));
    const double years = scenario.time.elapsed(month);
    CAPTURE(month);
    // Men: none of them are movers. Bounds are 15 and 65 years.
    for (std::size_t r = 0; r < 3; ++r) {
      const auto men = [&](std::size_t age) { return static_cast<double>(stock[(r * 3 + age) * 2 + 1]); };
      CHECK(std::abs(men(0) - 1001 * (15 - years)) < 1);
      CHECK(std::abs(men(2) - 1001 * (15 + years)) < 1);
      CHECK(men(0) + men(1) + men(2) == 80 * 1001);
    }
    if (observed.simulation.finished()) break;
    observed.simulation.advance();
  }
}

TEST_CASE("only what is due is recorded") {
  Scenario scenario = test::recorded_scenario({.months = 30});
  scenario.output.every = 4;
  Observed observed(scenario);
  std::vector<std::size_t> stocks;
  std::vector<std::size_t> censuses;
  Integers bounds;
  std::int64_t moves = 0;
  for (std::size_t step = 0;; ++step) {
    const Record record = observed.observe();
    if (find<Integers>(record, observed.variables.at("stock"))) stocks.push_back(step);
    if (find<Integers>(record, observed.variables.at("relocations"))) censuses.push_back(step);
    if (const auto ends = find<Integers>(record, observed.variables.at("interval_bnds"))) bounds = *ends;
    if (const auto flow = find<Integers>(record, observed.variables.at("flow"))) moves += sum(*flow);
    if (observed.simulation.finished()) break;
    observed.simulation.advance();
  }
  // The last interval is shorter: all moves are recorded. Relocations of half a year are not those of a year.
  CHECK(stocks == std::vector<std::size_t>{0, 4, 8, 12, 16, 20, 24, 28, 30});
  CHECK(censuses == std::vector<std::size_t>{12, 24});
  CHECK(bounds == Integers{scenario.time.boundary(28).time_since_epoch().count(),
                           scenario.time.boundary(30).time_since_epoch().count()});
  CHECK(moves == observed.simulation.checks().moves);
  CHECK(observed.gatherer.checks().moves == moves);
  CHECK(observed.gatherer.checks().intervals == 8);
}

TEST_CASE("a table has the flows of the array") {
  Scenario scenario = test::recorded_scenario({.months = 3});
  scenario.output.flow_by_age = true;
  scenario.output.flow_layout = FlowLayout::table;
  Scenario other = scenario;
  other.output.flow_layout = FlowLayout::dense;
  Observed table(scenario, false);
  Observed dense(other, true);
  static_cast<void>(table.observe());
  static_cast<void>(dense.observe());
  const std::vector<VariableId>& details = table.variables.flow_details.columns;
  REQUIRE(details.size() == 2);
  for (std::int64_t interval = 0; interval < 3; ++interval) {
    table.simulation.advance();
    dense.simulation.advance();
    const Record rows = table.observe();
    const Integers expected = integers(dense.observe(), dense.variables.at("flow"));
    Integers made(expected.size(), 0);
    const Integers count = integers(rows, table.variables.at("flow_count"));
    for (std::size_t i = 0; i < count.size(); ++i) {
      const auto at = [&](VariableId variable) {
        return static_cast<std::size_t>(integers(rows, variable)[i]);
      };
      const std::size_t corridor =
          at(table.variables.at("flow_origin")) * 3 + at(table.variables.at("flow_destination"));
      const std::size_t detail = at(details[0]) * 2 + at(details[1]);
      made[(corridor * 2 + at(table.variables.at("flow_stream"))) * 6 + detail] += count[i];
      CHECK(count[i] > 0);
    }
    CHECK(made == expected);
    CHECK(integers(rows, table.variables.at("flow_interval")) == Integers(count.size(), interval));
  }
}

TEST_CASE("flows that do not agree with the stocks end the run, naming the region") {
  const Scenario scenario = test::recorded_scenario({.rate = 3});
  Observed observed(scenario);
  static_cast<void>(observed.observe());
  observed.simulation.advance();
  observed.simulation.flows().clear();
  bool named = false;
  try {
    static_cast<void>(observed.observe());
  } catch (const std::logic_error& error) {
    named = std::string(error.what()).starts_with("region A: the stock is ");
  }
  CHECK(named);
}

TEST_CASE("factors are means over the interval, and a constant is itself to the last bit") {
  Scenario scenario = test::recorded_scenario({.months = 12});
  scenario.output.every = 12;
  Factor fee;
  fee.name = "fee";
  fee.knots = {scenario.time.start()};
  fee.values = {0.1};
  scenario.factors.push_back(fee);
  scenario.output.factors = {FactorId{0}, FactorId{1}};
  Observed observed(scenario);
  Record record = observed.observe();
  while (!observed.simulation.finished()) {
    observed.simulation.advance();
    record = observed.observe();
  }
  using Reals = std::vector<double>;
  // Incomes rise in a straight line from 1000 r to 1000 (r + 1) over the year.
  const Reals income = find<Reals>(record, observed.variables.factors[0]).value();
  REQUIRE(income.size() == 3);
  CHECK(income[0] == doctest::Approx(1500));
  CHECK(income[2] == doctest::Approx(3500));
  CHECK(find<Reals>(record, observed.variables.factors[1]).value() == Reals{0.1});
}

}  // namespace gather_test
