#include "sim/reading/people/people_sanity.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace people_sanity_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// What is warned of stayers in a table, with the columns `region,sex,age,n` or some of them.
std::string warned_of_stayers(const std::string& csv, const std::string& keys = "") {
  const Folder folder;
  folder.write("people.csv", csv);
  Parts parts;
  parts.regions = "regions: [north, south";
  for (const char* const region : {"east", "all"}) {
    if (contains(csv, std::string("\n") + region)) parts.regions += std::string(", ") + region;
  }
  parts.regions += ']';
  if (contains(keys, "sex")) parts.before_population = "attributes: {sex: [f, m, both]}";
  const std::string age = contains(keys, "age:") ? "" : ", age: 0-79";
  parts.population = "population: {stayers: {table: people.csv, region: region, count: n" + keys + age + "}}";
  return warnings_of(folder, read(folder, parts.yaml()));
}

}  // namespace

TEST_CASE("counts that all have decimals, at most three, may be thousands") {
  CHECK(warned_of_stayers("region,n\nnorth,1.250\nsouth,12.004\neast,0.020\n") ==
        "people.csv:2:7: warning: 3 of 3 counts of persons have decimals, at most three, such as '1.250'; "
        "this may "
        "mean that persons are in thousands, or a point stands between thousands; if it is meant, write "
        "'accept: "
        "[counts-with-decimals]'\n");
  // The last zeros may have gone.
  CHECK(contains(warned_of_stayers("region,n\nnorth,1250\nsouth,12.004\neast,0.02\n"), "2 of 3 counts"));
}

TEST_CASE("whole counts, few decimals and those of estimates are no thousands") {
  CHECK(warned_of_stayers("region,n\nnorth,1250\nsouth,12004\neast,20\n").empty());
  CHECK(warned_of_stayers("region,n\nnorth,1250.5\nsouth,12004.0\neast,20.5\n").empty());
  CHECK(warned_of_stayers("region,n\nnorth,1250.125\nsouth,12004\neast,20\n").empty());
  CHECK(warned_of_stayers("region,n\nnorth,1250.125\nsouth,12004.25\neast,20.33333\n").empty());
}

TEST_CASE("a region with as many people as all others together may be their sum") {
  CHECK(warned_of_stayers("region,n\nnorth,1250\nsouth,700\neast,50\nall,2000\n") ==
        "people.csv:5:5: warning: region 'all' has 2000 persons, as many as all others of the table "
        "together; this "
        "may mean that it is the total of the others, and everybody is counted twice; if it is meant, write "
        "'accept: "
        "[row-is-a-sum]'\n");
  CHECK(warned_of_stayers("region,n\nnorth,1250\nsouth,700\neast,50\nall,2001\n").empty());
  // Two alike are no total of each other, and so few rows may agree by chance.
  CHECK(warned_of_stayers("region,n\nnorth,500\nsouth,500\n").empty());
  CHECK(warned_of_stayers("region,n\nnorth,1000\nsouth,600\neast,400\n").empty());
}

TEST_CASE("so may a value of an attribute") {
  const std::string csv = "region,sex,n\nnorth,f,40\nnorth,m,50\nnorth,both,90\nsouth,f,7\nsouth,m,8\n";
  CHECK(contains(warned_of_stayers(csv + "south,both,15\n", ", sex: sex"),
                 "people.csv:4:12: warning: sex 'both' has 105 persons"));
  CHECK(warned_of_stayers(csv + "south,both,16\n", ", sex: sex").empty());
}

TEST_CASE("so may a birth or a residence of movers") {
  const auto warned_of_movers = [](const std::string& first, const std::string& second) {
    const Folder folder;
    folder.write("m.csv", first + ',' + second +
                              ",n\nall,north,30\nsouth,north,10\neast,north,20\nall,south,7\neast,south,7\n");
    Parts parts;
    parts.regions = "regions: [north, south, east, all]";
    parts.population =
        "population:\n  stayers: {values: {north: 1000, south: 500, east: 90, all: 1}, age: 0-79, "
        "includes_movers: "
        "false}\n  movers: {table: m.csv, residence: to, birth: from, count: n, age: 20-39, arrived: {law: "
        "uniform, "
        "over: 9 years}}";
    return warnings_of(folder, read(folder, parts.yaml()));
  };
  CHECK(contains(warned_of_movers("from", "to"), "m.csv:2:11: warning: birth 'all' has 37 persons"));
  CHECK(contains(warned_of_movers("to", "from"), "m.csv:2:11: warning: region 'all' has 37 persons"));
}

}  // namespace people_sanity_test
