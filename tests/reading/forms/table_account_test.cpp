#include "sim/reading/forms/table_account.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace table_account_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

constexpr const char* three_countries = "regions: [GEO, TUR, AZE]";

/// The same scenario with a table of people who moved, in one line for each row.
test::Parts with_movers(const test::Folder& folder, const std::string& rows) {
  folder.write("movers.csv", "to,from,persons\n" + rows);
  test::Parts parts;
  parts.regions = three_countries;
  parts.population =
      "population:\n  stayers: {values: {GEO: 1000, TUR: 500, AZE: 20}, age: 0-79, includes_movers: false}\n"
      "  movers: {table: movers.csv, residence: to, birth: from, count: persons, age: 20-39}";
  return parts;
}

std::string uses_of(const test::Folder& folder, const Scenario& scenario) {
  std::string text;
  for (const TableUse& use : scenario.table_uses) text += folder.shortened(to_string(use)) + '\n';
  return text;
}

}  // namespace

TEST_CASE("a code that only looks otherwise than a region's is a mistake, in every kind of table") {
  const test::Folder folder;
  for (const char* code : {"Tur", "T UR", "TUR\xC2\xA0", "\xE2\x80\x8BTUR", "TUR*", "TUR (1)", "tur.",
                           "\u0422UR", "T-UR", "\u03A4UR"}) {
    CAPTURE(code);
    const std::string told =
        "'TUR' in case, blanks, marks within or at its end, or the encoding or alphabet of letters";
    const std::string row = std::string(code) + ",GEO,7\n";
    CHECK(test::mistakes_of(folder, with_movers(folder, "AZE,GEO,5\n" + row).yaml()).find(told) !=
          std::string::npos);
    const std::string born = "GEO," + std::string(code) + ",7\n";
    CHECK(test::mistakes_of(folder, with_movers(folder, "AZE,GEO,5\n" + born).yaml()).find(told) !=
          std::string::npos);
    test::Parts parts;
    parts.regions = three_countries;
    parts.population = "population:\n  stayers: {values: {GEO: 1000, TUR: 500, AZE: 20}, age: 0-79}";
    folder.write("t.csv", "a,b,x\nAZE,GEO,1\n" + row);
    for (const char* section :
         {"links: {table: t.csv, from: a, to: b, length: x}",
          "links: {table: t.csv, from: b, to: a, length: x}",
          "links: {table: t.csv, from: a, to: b, length: x, others: skip}",
          "factors: {visa: {table: t.csv, origin: a, destination: b, value: x, missing: 0}}",
          "factors: {visa: {table: t.csv, origin: b, destination: a, value: x, missing: 0}}",
          "factors: {wage: {table: t.csv, region: a, value: x, missing: 0}}"}) {
      CAPTURE(section);
      parts.before_population = section;
      CHECK(test::mistakes_of(folder, parts.yaml()).find(told) != std::string::npos);
    }
    parts.before_population = "";
    folder.write("ages.csv", "a,age,n\nGEO,0-9,1\nAZE,0-9,1\nTUR,0-9,1\n" + std::string(code) + ",10-19,1\n");
    parts.population =
        "population:\n  stayers: {values: {GEO: 1000, TUR: 500, AZE: 20}, shares: {table: ages.csv, region: "
        "a, age: age, "
        "share: n}}";
    CHECK(test::mistakes_of(folder, parts.yaml()).find(told) != std::string::npos);
  }
}

TEST_CASE("equal slips are told once") {
  const test::Folder folder;
  CHECK(
      test::mistakes_of(folder, with_movers(folder, "Tur,GEO,1\nTur,AZE,2\nGEO,AZE,3\nTur,TUR,4\n").yaml()) ==
      "movers.csv:2:1: 'Tur' is no region: its code differs from 'TUR' in case, blanks, marks within or at "
      "its "
      "end, or the encoding or alphabet of letters; expected 'TUR' (also in lines 3 and 5)");
}

TEST_CASE("rows about other places are left out of tables of people and factors, and told") {
  const test::Folder folder;
  const test::Parts parts = with_movers(folder, "TUR,GEO,31000\nTUR,IRN,1000\nRUS,GEO,2000\nAZE,GEO,12000\n");
  const Scenario scenario = test::read(folder, parts.yaml());
  CHECK(uses_of(folder, scenario) ==
        "movers.csv (movers): 2 of 4 rows and 43,000 of 46,000 persons are used; left out: 'RUS' (1 row, "
        "2,000 "
        "persons), 'IRN' (1 row, 1,000 persons)\n");
  CHECK(scenario.warnings.empty());
  test::Parts factor;
  factor.regions = three_countries;
  factor.population = "population:\n  stayers: {values: {GEO: 1000, TUR: 500, AZE: 20}, age: 0-79}";
  folder.write("visa.csv", "a,b,free\nGEO,TUR,1\nGEO,GEO,1\nXK,GEO,1\n");
  factor.before_population =
      "factors: {visa: {table: visa.csv, origin: a, destination: b, value: free, missing: 0}}";
  CHECK(uses_of(folder, test::read(folder, factor.yaml())) ==
        "visa.csv (factor 'visa', without 1 row from a region to itself): 1 of 2 rows are used; left out: "
        "'XK' (1 "
        "row)\n");
}

TEST_CASE("where most people of a table are left out there is a warning") {
  const test::Folder folder;
  const Scenario scenario =
      test::read(folder, with_movers(folder, "TUR,GEO,1001\nTUR,EL,24000\nTUR,UK,35000\n").yaml());
  REQUIRE(scenario.warnings.size() == 1);
  CHECK(scenario.warnings[0].id == "table-mostly-left-out");
  CHECK(scenario.warnings[0].where.line == 8);
  CHECK(scenario.warnings[0].what.find("1 of 3 rows and 1,001 of 60,001 persons") != std::string::npos);
}

TEST_CASE(
    "rows of links about other places are a mistake, unless the scenario says that they may be skipped") {
  const test::Folder folder;
  folder.write("roads.csv", "a,b,km\nGEO,AZE,500\nGEO,TRU,800\n");
  test::Parts parts;
  parts.regions = three_countries;
  parts.population = "population:\n  stayers: {values: {GEO: 1000, TUR: 500, AZE: 20}, age: 0-79}";
  parts.before_population = "links: {table: roads.csv, from: a, to: b, length: km}";
  CHECK(test::mistakes_of(folder, parts.yaml()) ==
        "s.yaml:5:16: roads.csv (links): 1 of 2 rows are used; left out: 'TRU' (1 row; did you mean TUR?); "
        "expected codes "
        "as in 'regions', or 'others: skip'");
  parts.before_population = "links: {table: roads.csv, from: a, to: b, length: km, others: skip}";
  const Scenario scenario = test::read(folder, parts.yaml());
  CHECK(scenario.links.size() == 1);
  CHECK(scenario.table_uses.size() == 1);
}

TEST_CASE("of a letter that is not what it seems the number is told") {
  const test::Folder folder;
  CHECK(test::contains(test::mistakes_of(folder, with_movers(folder, "AZE,GEO,5\n\u0422UR,GEO,7\n").yaml()),
                       "(a letter of '\u0422UR' is U+0442, in lower case); expected 'TUR'"));
}

TEST_CASE("a table of people that leaves out more than a tenth of the persons is warned of, of both kinds") {
  const test::Folder folder;
  const auto warned = [&](const std::string& rows) {
    return test::warnings_of(folder, test::read(folder, with_movers(folder, rows).yaml()));
  };
  CHECK(warned("AZE,GEO,90\nXXX,GEO,10\n").empty());
  CHECK(test::contains(warned("AZE,GEO,89\nXXX,GEO,11\n"), "'accept: [table-partly-left-out]'"));
  CHECK(test::contains(warned("AZE,GEO,50\nXXX,GEO,50\n"), "'accept: [table-partly-left-out]'"));
  CHECK(test::contains(warned("AZE,GEO,49\nXXX,GEO,51\n"), "'accept: [table-mostly-left-out]'"));
  folder.write("stayers.csv", "r,n\nGEO,30\nTUR,30\nAZE,20\nXXX,20\n");
  test::Parts parts;
  parts.regions = three_countries;
  parts.population = "population:\n  stayers: {table: stayers.csv, region: r, count: n, age: 20-39}";
  CHECK(test::contains(test::warnings_of(folder, test::read(folder, parts.yaml())),
                       "'accept: [table-partly-left-out]'"));
}

}  // namespace table_account_test
