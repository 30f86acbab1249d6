#include "sim/reading/factors/factor_table.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sim/scenario/shape.hpp"
#include "tests/reading/reading.hpp"

namespace factor_table_test {

using sojourn::Between;
using sojourn::Factor;
using sojourn::FactorPlaces;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string yaml_with(const std::string& definition) {
  Parts parts;
  parts.regions = "regions: [n, s]";
  parts.before_population = "attributes: {sex: [f, m]}\nfactors:\n  x: {table: t.csv, " + definition + "}";
  parts.population = "population:\n  stayers: {values: {n: 1, s: 1}, sex: f}";
  return parts.yaml();
}

Factor factor(const std::string& definition, const std::string& csv) {
  const Folder folder;
  folder.write("t.csv", csv);
  return read(folder, yaml_with(definition)).factors.at(0);
}

std::string told(const std::string& definition, const std::string& csv) {
  const Folder folder;
  folder.write("t.csv", csv);
  return mistakes_of(folder, yaml_with(definition));
}

std::string knots(const Factor& f) {
  std::string text;
  for (const auto knot : f.knots) text += sojourn::to_string(knot) + ' ';
  return text;
}

}  // namespace

TEST_CASE("values by region; rows of other regions are passed over") {
  const Factor f = factor("region: code, value: v", "v,code\n1.5,n\nno number,elsewhere\n2.5,s\n");
  CHECK(f.places == FactorPlaces::region);
  CHECK(f.values == std::vector<double>{1.5, 2.5});
  CHECK(f.knots.size() == 1);
}

TEST_CASE("values by year: only the knots that the run needs are kept") {
  const std::string csv =
      "code,year,v\nn,2008,1\nn,2009,2\nn,2010,3\nn,2011,4\nn,2012,5\nn,2013,6\n"
      "s,2008,11\ns,2009,12\ns,2010,13\ns,2011,14\ns,2012,15\ns,2013,16\n";
  const Factor step = factor("region: code, time: year, value: v", csv);
  CHECK(step.between == Between::step);
  CHECK(knots(step) == "2010-01-01 2011-01-01 ");
  CHECK(step.values == std::vector<double>{3, 13, 4, 14});
  const Factor line = factor("region: code, time: year, value: v, between: linear", csv);
  CHECK(line.between == Between::linear);
  CHECK(knots(line) == "2009-07-01 2010-07-01 2011-07-01 2012-07-01 ");
  CHECK(line.values == std::vector<double>{2, 12, 3, 13, 4, 14, 5, 15});
}

TEST_CASE("values by day: with steps the last holds to the end") {
  const Factor f = factor("region: code, time: day, value: v",
                          "code,day,v\nn,2009-12-01,1\ns,2009-12-01,2\nn,2010-03-15,3\ns,2010-03-15,4\n");
  CHECK(knots(f) == "2009-12-01 2010-03-15 ");
  CHECK(told("region: code, time: day, value: v, between: linear",
             "code,day,v\nn,2009-12-01,1\ns,2009-12-01,2\nn,2010-03-15,3\ns,2010-03-15,4\n")
            .find("has values from 2009-12-01 to 2010-03-15") != std::string::npos);
}

TEST_CASE("a wide table is the same as a long one") {
  const Factor f = factor("region: code, time: columns", "code,2010,2011\nn,1,2\ns,3,4\n");
  CHECK(knots(f) == "2010-01-01 2011-01-01 ");
  CHECK(f.values == std::vector<double>{1, 3, 2, 4});
}

TEST_CASE("values for attributes, and the same everywhere") {
  const Factor f = factor("region: code, sex: sex, value: v", "code,sex,v\nn,f,1\nn,m,2\ns,m,4\ns,f,3\n");
  CHECK(f.by_group);
  CHECK(f.values == std::vector<double>{1, 2, 3, 4});
  const Factor price = factor("time: year, value: v", "year,v\n2010,1\n2011,2\n");
  CHECK(price.places == FactorPlaces::everywhere);
  CHECK(price.values == std::vector<double>{1, 2});
}

TEST_CASE("every group has its values of each age: by which attributes, and beside how many queues") {
  // Each value says what it is for: region, sex, status and class of age are its digits.
  const std::vector<std::string> regions = {"n", "s"};
  const std::vector<std::string> sexes = {"f", "m"};
  const std::vector<std::string> statuses = {"a", "b", "c"};
  const std::vector<std::string> ages = {"0-14", "15-49", "50+"};
  for (int columns = 0; columns < 4; ++columns) {
    const bool by_sex = (columns & 1) != 0;
    const bool by_status = (columns & 2) != 0;
    std::string csv = "code,sex,status,age,v\n";
    for (std::size_t r = 0; r < 2; ++r) {
      for (std::size_t x = 0; x < (by_sex ? 2U : 1U); ++x) {
        for (std::size_t y = 0; y < (by_status ? 3U : 1U); ++y) {
          for (std::size_t a = 0; a < 3; ++a) {
            csv += regions[r] + "," + sexes[x] + "," + statuses[y] + "," + ages[a] + ",1" +
                   std::to_string(1000 * r + 100 * x + 10 * y + a + 10000).substr(1) + "\n";
          }
        }
      }
    }
    for (std::size_t queues = 0; queues < 3; ++queues) {
      for (const bool by_age : {false, true}) {
        if (!by_age && columns == 0) continue;
        CAPTURE(columns);
        CAPTURE(queues);
        CAPTURE(by_age);
        // Without a column of ages, those of the first class alone.
        std::string table = csv;
        if (!by_age) {
          table = "code,sex,status,age,v\n";
          for (std::size_t at = csv.find('\n') + 1; at < csv.size(); at = csv.find('\n', at) + 1) {
            const std::string line = csv.substr(at, csv.find('\n', at) + 1 - at);
            if (line.find(",0-14,") != std::string::npos) table += line;
          }
        }
        Parts parts;
        parts.regions = "regions: [n, s]";
        parts.before_population =
            std::string(
                "attributes: {sex: [f, m], status: [a, b, c]}\nfactors:\n  x: {table: t.csv, region: "
                "code, value: v") +
            (by_age ? ", age: age" : "") + (by_sex ? ", sex: sex" : "") +
            (by_status ? ", status: status" : "") + "}";
        parts.population = "population:\n  stayers: {values: {n: 1, s: 1}, sex: f, status: a}";
        parts.after_streams = queues == 0 ? "" : "transitions:\n";
        for (std::size_t q = 0; q < queues; ++q) {
          parts.after_streams += "  t" + std::to_string(q) + ": {becomes: {status: " + statuses[q + 1] +
                                 "}, rate: 0.1 per year, capacity: {limit: 5, every: month}}\n";
        }
        const Folder folder;
        folder.write("t.csv", table);
        const sojourn::Scenario scenario = read(folder, parts.yaml());
        const Factor& f = scenario.factors.at(0);
        const sojourn::Groups& groups = scenario.groups;
        REQUIRE(groups.count() == 6U << queues);
        const sojourn::Shape shape = shape_of(scenario, f);
        for (std::size_t i = 0; i < shape.size(); ++i) {
          const sojourn::Group group{shape.group_of(i)};
          const double expected =
              10000 + 1000 * static_cast<double>(shape.place_of(i)) +
              (by_sex ? 100 * static_cast<double>(groups.value(group, sojourn::AttributeId{0})) : 0) +
              (by_status ? 10 * static_cast<double>(groups.value(group, sojourn::AttributeId{1})) : 0) +
              static_cast<double>(i % shape.ages);
          CHECK(f.values.at(i) == expected);
        }
      }
    }
  }
}

TEST_CASE("pairs, in both directions or mirrored") {
  const Factor f = factor("origin: o, destination: d, value: v", "o,d,v\nn,s,1\ns,n,2\nn,n,9\n");
  CHECK(f.places == FactorPlaces::pair);
  CHECK(f.values == std::vector<double>{0, 1, 2, 0});
  CHECK(factor("origin: o, destination: d, value: v, symmetric: true", "o,d,v\nn,s,1\n").values ==
        std::vector<double>{0, 1, 1, 0});
  CHECK(factor("origin: o, destination: d, value: v, missing: 7", "o,d,v\nn,s,1\n").values[2] == 7);
}

TEST_CASE("missing: a number for every gap, also empty cells and years without any row") {
  const Factor f = factor("region: code, time: year, value: v, missing: 0, outside: hold",
                          "code,year,v\nn,2009,5\nn,2010,\nn,2012,6\n");
  CHECK(knots(f) == "2010-01-01 2011-01-01 ");
  CHECK(f.values == std::vector<double>{0, 0, 0, 0});
}

TEST_CASE("missing: nearest takes the nearest time of the same place, also outside the run") {
  const Factor f = factor("region: code, time: year, value: v, missing: nearest",
                          "code,year,v\nn,2008,5\nn,2013,6\ns,2010,1\ns,2011,2\n");
  CHECK(f.values == std::vector<double>{5, 1, 6, 2});
}

TEST_CASE("gaps that the run does not need are none") {
  CHECK(told("region: code, time: year, value: v",
             "code,year,v\nn,2008,1\nn,2010,3\nn,2011,4\nn,2013,6\ns,2010,13\ns,2011,14\n")
            .empty());
}

TEST_CASE("outside: hold lets the nearest value hold") {
  const std::string csv = "code,year,v\nn,2010,1\ns,2010,2\n";
  CHECK(told("region: code, time: year, value: v", csv).find("expected a table that covers the run") !=
        std::string::npos);
  CHECK(factor("region: code, time: year, value: v, outside: hold", csv).values == std::vector<double>{1, 2});
}

TEST_CASE("packed tables are read as others") {
  const Folder folder;
  // `code,v\nn,1\ns,2\n`, by gzip -n.
  const unsigned char bytes[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x4b, 0xce,
                                 0x4f, 0x49, 0xd5, 0x29, 0xe3, 0xca, 0xd3, 0x31, 0xe4, 0x2a, 0xd6, 0x31,
                                 0xe2, 0x02, 0x00, 0x72, 0xfe, 0x0f, 0xcf, 0x0f, 0x00, 0x00, 0x00};
  folder.write("t.csv", std::string(reinterpret_cast<const char*>(bytes), sizeof bytes));
  CHECK(read(folder, yaml_with("region: code, value: v")).factors.at(0).values == std::vector<double>{1, 2});
}

}  // namespace factor_table_test
