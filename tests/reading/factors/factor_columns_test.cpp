#include "sim/reading/factors/factor_columns.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "tests/reading/reading.hpp"

namespace factor_columns_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Text;

namespace {

/// What is found for the keys of a factor in a table with this header.
struct Found {
  Found(const std::string& keys, const std::string& header, FactorPlaces places)
      : text("{table: t.csv, " + keys + "}") {
    const auto commas = static_cast<std::size_t>(std::count(header.begin(), header.end(), ','));
    text.folder.write("t.csv", header + "\nx" + std::string(commas, ',') + "\n");
    geography.names.add("n");
    setting.geography = &geography;
    setting.groups = &groups;
    const Table& table = *text.reader.table(*text.node.find("table"));
    const Fields fields(text.reader, text.node, "factor 'f'", factor_table_map(), {"sex"});
    columns = find_factor_columns(text.reader, fields, table, places, setting);
  }
  Text text;
  Geography geography;
  Groups groups{{{"sex", {"f", "m"}}}};
  Setting setting;
  std::optional<FactorColumns> columns;
};

}  // namespace

TEST_CASE("columns of a long table") {
  const Found found("region: code, sex: s, time: year, value: v", "s,year,code,other,v",
                    FactorPlaces::region);
  REQUIRE(found.columns.has_value());
  CHECK(found.columns->places.at(0).column().index == 2);
  CHECK(found.columns->attributes.at(0).attribute() == AttributeId(0));
  CHECK(found.columns->time->index == 1);
  CHECK(found.columns->values.at(0).index == 4);
  CHECK(found.columns->has_times());
}

TEST_CASE("columns of pairs, without times") {
  const Found found("origin: o, destination: d, value: v", "v,d,o", FactorPlaces::pair);
  REQUIRE(found.columns.has_value());
  CHECK(found.columns->places.at(0).column().index == 2);
  CHECK(found.columns->places.at(1).column().index == 1);
  CHECK_FALSE(found.columns->has_times());
}

TEST_CASE("the columns of a wide table that are not named otherwise are times") {
  const Found found("region: code, time: columns", "2010,code,2012,2011", FactorPlaces::region);
  REQUIRE(found.columns.has_value());
  CHECK(found.columns->value_times.size() == 3);
  CHECK(found.columns->value_times[1] == TableTime{true, 2012});
  CHECK(found.columns->values[2].index == 3);
}

TEST_CASE("headers of wide tables that are no times, of two kinds, twice, or none") {
  const auto told = [](const std::string& header) {
    const Found found("region: code, time: columns", header, FactorPlaces::region);
    CHECK_FALSE(found.columns.has_value());
    return found.text.mistakes();
  };
  CHECK(told("code,name,2010").find("t.csv:1:6: the column 'name' is no time") != std::string::npos);
  CHECK(told("code,2010,2010-01-01").find("expected all years or all dates") != std::string::npos);
  CHECK(told("code,2010,2010").find("the column 2010 is there twice") != std::string::npos);
  CHECK(told("code").find("t.csv has no columns of times") != std::string::npos);
}

TEST_CASE("every column that is not there is told") {
  const Found found("origin: x, region: o, value: w", "o,d,v", FactorPlaces::pair);
  CHECK_FALSE(found.columns.has_value());
  CHECK(found.text.mistakes() ==
        "s.yaml:1:1: factor 'f' needs 'destination'\n"
        "s.yaml:1:24: t.csv has no column 'x'; expected o, d and v\n"
        "s.yaml:1:35: factor 'f' has a region beside origin and destination; expected one or the other\n"
        "s.yaml:1:45: t.csv has no column 'w'; expected o, d and v\n");
}

}  // namespace factor_columns_test
