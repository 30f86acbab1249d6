#include "sim/reading/read_output.hpp"
#include "sim/reading/read_scenario.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_output_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Parts parts_with(const std::string& output, const std::string& time) {
  Parts parts;
  parts.time = time;
  parts.regions = "regions: {north: {latitude: 60, longitude: 25}, south: {latitude: 50, longitude: 25}}";
  parts.before_population =
      "attributes: {sex: [f, m], status: [x, y]}\n"
      "factors: {wage: {values: {north: 3, south: 2}}, distance: {pairs: great_circle}, price: {value: 2}}";
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500}, sex: f, status: x, age: 0-79}";
  parts.after_streams = output;
  return parts;
}

OutputRequest output(const std::string& text,
                     const std::string& time = "time: {start: 2010-01-01, end: 2020-01-01, step: 1 month}") {
  const Folder folder;
  return read(folder, parts_with(text, time).yaml()).output;
}

std::string told(const std::string& text, const std::string& time, const Overrides& overrides = {}) {
  const Folder folder;
  return mistakes_of(folder, parts_with(text, time).yaml(), overrides);
}

}  // namespace

TEST_CASE("by default every step is recorded, by region and corridor") {
  const OutputRequest request = output("");
  CHECK(request.every == 1);
  CHECK(request.age_from.size() == 21);
  CHECK(request.age_from.back() == 100);
  CHECK_FALSE(request.stock_by_age);
  CHECK_FALSE(request.flow_by_age);
  CHECK(request.flow_layout == FlowLayout::automatic);
  CHECK_FALSE(request.relocations_every.has_value());
  CHECK_FALSE(request.diaspora_every.has_value());
  CHECK(request.factors.empty());
}

TEST_CASE("all that can be asked for") {
  const OutputRequest request = output(
      "output: {every: 1 quarter, stocks: [status, region, age, sex], flows: [origin, destination, stream, "
      "sex], flow_layout: table,"
      " ages: [0, 15, 65], relocations: 5 years, diaspora: 1 year, factors: [price, wage]}");
  CHECK(request.every == 3);
  CHECK(request.stock_by_age);
  CHECK(request.stock_attributes == std::vector<AttributeId>{AttributeId(1), AttributeId(0)});
  CHECK_FALSE(request.flow_by_age);
  CHECK(request.flow_attributes == std::vector<AttributeId>{AttributeId(0)});
  CHECK(request.flow_layout == FlowLayout::table);
  CHECK(request.age_from == std::vector<double>{0, 15, 65});
  CHECK(request.relocations_every == 60U);
  CHECK(request.diaspora_every == 12U);
  CHECK(request.factors == std::vector<FactorId>{FactorId(2), FactorId(0)});
}

TEST_CASE("ages by a width, and all factors but those of pairs") {
  const OutputRequest request = output("output: {ages: 25 years, factors: all}");
  CHECK(request.age_from == std::vector<double>{0, 25, 50, 75, 100});
  CHECK(request.factors == std::vector<FactorId>{FactorId(0), FactorId(2)});
}

TEST_CASE("intervals are whole numbers of steps, at every place of the calendar") {
  const std::string weeks = "time: {start: 2010-01-04, end: 2012-01-02, step: 1 week}";
  CHECK(output("output: {every: 8 weeks}", weeks).every == 8);
  CHECK(output("output: {every: 14 days}", weeks).every == 2);
  CHECK(told("output: {diaspora: 1 year}", weeks)
            .find("expected a whole number of steps, always the same; a step lasts 1 week") !=
        std::string::npos);
  const std::string days = "time: {start: 2010-01-01, end: 2012-01-01, step: 1 day}";
  // A month is 31 days in January, and 28 in February: no number of days is every month.
  CHECK(output("output: {diaspora: 1 month}", "time: {start: 2010-01-31, end: 2012-01-31, step: 1 month}")
            .diaspora_every == 1U);
  CHECK(told("output: {diaspora: 1 month}", days).find("expected a whole number of steps") !=
        std::string::npos);
  const std::string months = "time: {start: 2010-01-01, end: 2012-01-01, step: 1 month}";
  CHECK(output("output: {diaspora: 1 year}", months).diaspora_every == 12U);
  CHECK(told("output: {diaspora: 10 days}", months).find("expected a whole number of steps") !=
        std::string::npos);
}

TEST_CASE("what takes longer than a run that was cut short is no mistake") {
  const std::string months = "time: {start: 2010-01-01, end: 2020-01-01, step: 1 month}";
  Overrides overrides;
  overrides.until = "2012-01-01";
  CHECK(told("output: {relocations: 5 years}", months, overrides).empty());
  CHECK(told("output: {relocations: 50 years}", months).find("expected at most the time of the run") !=
        std::string::npos);
}

}  // namespace read_output_test
