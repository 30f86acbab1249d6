#include "sim/reading/events/read_terms.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_terms_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Scenario with_terms(const std::string& push, const std::string& pull) {
  const Folder folder;
  Parts parts;
  parts.regions =
      "regions: {north: {latitude: 60, longitude: 25}, south: {latitude: 50, longitude: 25}, east: "
      "{latitude: 60, longitude: 35}}";
  parts.before_population =
      "attributes: {sex: [f, m]}\n"
      "factors: {wage: {values: {north: 3, south: 2, east: 1}}, price: {value: 2}, distance: {pairs: "
      "great_circle}, ease: {by: sex, values: {f: 1, m: 2}}}";
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500, east: 20}, sex: {f: 0.5, m: 0.5}}";
  parts.streams = "streams:\n  work:\n    hazard: {rate: 0.01 per year, push: [" + push +
                  "]}\n    destination: {pull: [" + pull + "]}";
  return read(folder, parts.yaml());
}

}  // namespace

TEST_CASE("push terms read factors at the origin") {
  const Scenario s = with_terms(
      "{factor: wage, as: log, coefficient: -0.25}, {factor: price, coefficient: 1, measure: "
      "change_from_start}, "
      "{factor: wage, name: real, measure: {ratio_to: price}, as: sqrt, coefficient: {by: sex, f: 1, m: 2}}, "
      "{factor: ease, coefficient: 3}",
      "");
  const auto& push = s.streams[0].hazard.push;
  REQUIRE(push.size() == 4);
  CHECK(push[0].name == "wage");
  CHECK(push[0].transform == Transform::log);
  CHECK(push[0].measure == Measure::level);
  CHECK(push[0].comparison == Comparison::origin);
  const Parameter& first = s.parameters[push[0].coefficient.index()];
  CHECK(first.name == "streams.work.hazard.push.wage");
  CHECK(first.by_group == std::vector<double>{-0.25});
  CHECK_FALSE(first.over_pairs);
  CHECK(push[1].measure == Measure::change_from_start);
  CHECK(push[2].name == "real");
  CHECK(push[2].measure == Measure::ratio_to_factor);
  CHECK(push[2].reference == FactorId(1));
  CHECK(s.parameters[push[2].coefficient.index()].by_group == std::vector<double>{1, 2});
  CHECK(push[3].factor == FactorId(3));
}

TEST_CASE("pull terms read factors at the destination, of the pair, or compare") {
  const Scenario s = with_terms(
      "",
      "{factor: wage, coefficient: 1}, {factor: wage, name: d, compare: difference, coefficient: 1}, "
      "{factor: wage, name: r, compare: ratio, as: log, coefficient: 1}, {factor: distance, as: log, "
      "coefficient: -1}, "
      "{diaspora: stock, coefficient: 0.5}, {diaspora: stock, name: own, as: sqrt, coefficient: 0.1}, {home: "
      "1.5}");
  const auto& pull = s.streams[0].destination.pull;
  REQUIRE(pull.size() == 7);
  const auto comparison = [&](std::size_t i) { return std::get<FactorTerm>(pull[i]).comparison; };
  CHECK(comparison(0) == Comparison::destination);
  CHECK(comparison(1) == Comparison::difference);
  CHECK(comparison(2) == Comparison::ratio);
  CHECK(comparison(3) == Comparison::pair);
  CHECK(std::get<DiasporaTerm>(pull[4]).transform == Transform::log1p);
  CHECK(std::get<DiasporaTerm>(pull[5]).transform == Transform::sqrt);
  const auto& home = std::get<HomeTerm>(pull[6]);
  CHECK(s.parameters[home.coefficient.index()].name == "streams.work.destination.pull.home");
  CHECK(s.parameters[home.coefficient.index()].by_group == std::vector<double>{1.5});
  CHECK(s.parameters[home.coefficient.index()].over_pairs);
}

TEST_CASE(
    "the diaspora is measured in persons, or to a factor of the destination, and never from the start") {
  const auto told = [](const std::string& pull) {
    try {
      static_cast<void>(with_terms("", pull));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const Scenario s = with_terms("",
                                "{diaspora: stock, measure: level, coefficient: 1}, {diaspora: stock, name: "
                                "share, measure: {ratio_to: wage}, as: identity, coefficient: 1}");
  const auto& pull = s.streams[0].destination.pull;
  CHECK_FALSE(std::get<DiasporaTerm>(pull[0]).ratio_to.has_value());
  CHECK(std::get<DiasporaTerm>(pull[1]).ratio_to == FactorId(0));
  CHECK(told("{diaspora: stock, measure: {ratio_to: ease}, coefficient: 1}").empty());
  for (const std::string measure : {"change_from_start", "ratio_to_start", "[level]"}) {
    CHECK(contains(told("{diaspora: stock, measure: " + measure + ", coefficient: 1}"),
                   "expected level or {ratio_to: FACTOR}, which are 0 where nobody of the agent's region of "
                   "birth lives"));
  }
  CHECK(contains(told("{diaspora: stock, measure: {ratio_to: distance}, coefficient: 1}"),
                 "factor 'distance' varies over pairs of regions, and a diaspora is of the destination"));
  CHECK(contains(told("{diaspora: stock, measure: {ratio_to: wag}, coefficient: 1}"), "did you mean wage?"));
  CHECK(contains(told("{diaspora: stock, compare: ratio, coefficient: 1}"), "has no key 'compare'"));
}

TEST_CASE("a term by citizenship reads a factor of pairs from the region whose citizen one is") {
  const Scenario s = with_terms("", "{factor: distance, of: citizenship, own: 7, as: log, coefficient: -1}");
  const auto& term = std::get<FactorTerm>(s.streams[0].destination.pull[0]);
  CHECK(term.comparison == Comparison::citizenship);
  CHECK(term.own == 7);
  CHECK_FALSE(term.outside.has_value());
  const auto told = [](const std::string& pull) {
    try {
      static_cast<void>(with_terms("", pull));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(contains(told("{factor: distance, of: citizenship, coefficient: 1}"), "needs 'own'"));
  CHECK(contains(told("{factor: distance, of: birth, own: 1, coefficient: 1}"),
                 "'of' is 'birth'; expected citizenship"));
  CHECK(contains(told("{factor: distance, own: 1, coefficient: 1}"),
                 "'own' and 'outside' are of terms by citizenship"));
  CHECK(contains(told("{factor: wage, of: citizenship, own: 1, coefficient: 1}"),
                 "the factor varies over regions; expected a factor over pairs"));
  CHECK(contains(told("{factor: distance, of: citizenship, own: 0, as: log, coefficient: 1}"),
                 "'own' is '0'; expected a number that 'as' can take"));
  CHECK(contains(told("{factor: distance, of: citizenship, own: 1, outside: -2, as: sqrt, coefficient: 1}"),
                 "'outside' is '-2'"));
  CHECK(contains(told("{factor: distance, of: citizenship, own: 1, as: standardised, coefficient: 1}"),
                 "takes the factor as it is"));
}

}  // namespace read_terms_test
