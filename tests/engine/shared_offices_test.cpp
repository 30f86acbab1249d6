#include "sim/engine/shared_offices.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/reading/reading.hpp"

namespace shared_offices_of_engine_test {

/// Offices that share limits, step by step. Laws, and the plain engine, are in
/// tests/plain/shared_offices_test.cpp.
using namespace sojourn;

namespace {

/// 500 who want an hour and 500 who want ten minutes, all at once; 6,000 minutes a month. How many have what
/// they want at the end of each month, first of the hour.
std::vector<std::int64_t> served(const std::string& order_of_long, const std::string& order_of_short) {
  const test::Folder folder;
  const Scenario scenario =
      test::read(folder,
                 "sojourn: 1\n"
                 "title: An hour or ten minutes\n"
                 "time: {start: 2020-01-01, end: 2020-03-01, step: 1 month}\n"
                 "regions: [a]\n"
                 "attributes: {wish: [hour, minutes, hour_done, minutes_done]}\n"
                 "population: {stayers: {values: {a: 1000}, age: 20-39, wish: {hour: 0.5, minutes: 0.5}}}\n"
                 "limits: {clerks: {amount: 6000, unit: minutes, every: month}}\n"
                 "transitions:\n"
                 "  long: {who: {wish: hour}, becomes: {wish: hour_done}, rate: at once, capacity: {draws: "
                 "{clerks: 60}, order: " +
                     order_of_long +
                     "}}\n"
                     "  short: {who: {wish: minutes}, becomes: {wish: minutes_done}, rate: at once, "
                     "capacity: {draws: {clerks: "
                     "10}, order: " +
                     order_of_short + "}}\n");
  Workers workers(2);
  Simulation run(scenario, scenario.variants[0], {1, 0}, workers);
  std::vector<std::int64_t> done;
  while (!run.finished()) {
    run.advance();
    for (const std::size_t group : {2U, 3U})
      done.push_back(run.population().noted(run.population().cell(Region{0}, Group{group})));
  }
  return done;
}

}  // namespace

TEST_CASE("offices of a lower order take what they need first, and the others what is left") {
  CHECK(served("1", "2") == std::vector<std::int64_t>{100, 0, 200, 0});
  CHECK(served("2", "1") == std::vector<std::int64_t>{16, 500, 116, 500});
}

}  // namespace shared_offices_of_engine_test
