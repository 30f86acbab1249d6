#include "sim/reading/events/read_limits.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sim/reading/read_scenario.hpp"
#include "tests/reading/reading.hpp"

namespace read_limits_test {

using namespace sojourn;

namespace {

Scenario read(const std::string& more) {
  const test::Folder folder;
  const std::string path = folder.write("limits.yaml", R"(sojourn: 1
title: Limits
time: {start: 2010-01-01, end: 2012-01-01, step: 1 month}
regions: [AZE, RUS]
attributes: {status: [resident, detained]}
factors:
  minutes: {values: {AZE: 1000, RUS: 2000}, unit: minutes per month}
population: {stayers: {values: {AZE: 10, RUS: 20}, status: resident, age: 0-79}}
)" + more);
  return read_scenario(path, {});
}

}  // namespace

TEST_CASE("limits of all kinds, what draws on them, and what becomes of who is turned away") {
  const Scenario s = read(R"(limits:
  quota: {amount: 6800, unit: permits, every: year, unused: late}
  late: {amount: 0, unit: permits, every: quarter}
  clerks: {amount: {factor: minutes}, unit: minutes, every: month, for_each: region}
  samur: {amount: 40, every: day, for_each: pair}
  centre: {amount: 150, unit: places, occupied: {status: detained, residence: AZE}}
  fees: {unit: AZN}
streams:
  recruit:
    hazard: {rate: 0.1 per year}
    destination: {choose: all}
    draws: {quota: 1, samur: 1, fees: 1000}
    otherwise: {stream: irregular, share: 0.24}
  irregular: {hazard: {rate: 0 per year}, destination: {choose: all}}
  go: {hazard: {rate: 0.1 per year}, destination: {choose: all}, draws: {samur: 2}, otherwise: next_choice}
inflow:
  new: {rate: 5 per year, into: [AZE], age: 20-29, status: resident, draws: {quota: 1}}
transitions:
  detain: {becomes: {status: detained}, rate: 1 per year, capacity: {draws: {centre: 1, clerks: 90}, order: 2}}
)");
  REQUIRE(s.limits.size() == 6);
  CHECK(s.limits[0].unit == "permits");
  CHECK(s.limits[0].period == Period::year);
  CHECK(s.limits[0].unused == LimitId{1});
  CHECK(s.parameters[s.limits[0].amount->rate.index()].name == "limits.quota.amount");
  CHECK(s.parameters[s.limits[0].amount->rate.index()].unit == "permits per year");
  CHECK(s.limits[2].amount->rate_factor == FactorId(0));
  CHECK(s.limits[2].for_each == Limit::ForEach::region);
  CHECK(s.limits[3].period == Period::day);
  CHECK(s.limits[3].for_each == Limit::ForEach::pair);
  CHECK(s.limits[3].unit == "persons");
  REQUIRE(s.limits[4].occupants);
  CHECK(s.limits[4].occupants->residences == std::vector<bool>{true, false});
  CHECK_FALSE(s.limits[5].amount);
  REQUIRE(s.streams[0].draws.size() == 3);
  CHECK(s.streams[0].draws[2].limit == LimitId{5});
  const Parameter& fee = s.parameters[s.streams[0].draws[2].amount.index()];
  CHECK(fee.name == "streams.recruit.draws.fees");
  CHECK(fee.by_group == std::vector<double>{1000});
  CHECK(s.streams[0].otherwise.kind == Otherwise::Kind::stream);
  CHECK(s.streams[0].otherwise.stream == StreamId{1});
  CHECK(s.streams[2].otherwise.kind == Otherwise::Kind::next_choice);
  CHECK(s.inflows[0].draws[0].limit == LimitId{0});
  CHECK(s.queues[0].order == 2);
  CHECK(s.queues[0].draws[1].limit == LimitId{2});
}

}  // namespace read_limits_test
