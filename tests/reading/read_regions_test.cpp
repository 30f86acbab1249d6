#include "sim/reading/read_regions.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/reading/reading.hpp"

namespace read_regions_test {

using sojourn::Geography;
using sojourn::Names;
using sojourn::read_links;
using sojourn::read_regions;
using sojourn::Region;
using sojourn::test::Text;

TEST_CASE("regions as a list have their codes as names") {
  Text text("[north, 12, no]");
  const Geography geography = read_regions(text.reader, text.node);
  REQUIRE(geography.regions.size() == 3);
  CHECK(geography.regions[1].code == "12");
  CHECK(geography.regions[2].name.empty());
  CHECK(std::isnan(geography.regions[0].latitude));
  CHECK(geography.names.is_complete());
}

TEST_CASE("regions as a map have properties") {
  Text text("{north: {name: The North, latitude: 60.5, longitude: -25}, south: {}, east: }");
  const Geography geography = read_regions(text.reader, text.node);
  CHECK(text.mistakes().empty());
  REQUIRE(geography.regions.size() == 3);
  CHECK(geography.regions[0].name.plain() == "The North");
  CHECK(geography.regions[0].latitude == 60.5);
  CHECK(geography.regions[0].longitude == -25);
  CHECK(geography.regions[2].name.empty());
}

TEST_CASE("regions from a table") {
  Text text("{table: r.csv, id: code, name: name, latitude: lat, longitude: lon}");
  text.folder.write("r.csv", "lon,lat,code,name\n25,60,N,North\n-3,-40.5,S,South\n");
  const Geography geography = read_regions(text.reader, text.node);
  CHECK(text.mistakes().empty());
  REQUIRE(geography.regions.size() == 2);
  CHECK(geography.names.find("S") == 1U);
  CHECK(geography.regions[1].latitude == -40.5);
  CHECK(geography.regions[1].longitude == -3);
  CHECK(geography.regions[1].name.plain() == "South");
}

TEST_CASE("a table without some columns leaves what they would say open") {
  Text text("{table: r.csv, id: code}");
  text.folder.write("r.csv", "code,lat\nN,\n");
  const Geography geography = read_regions(text.reader, text.node);
  CHECK(text.mistakes().empty());
  CHECK(geography.regions[0].name.empty());
  Text half("{table: r.csv, id: code, latitude: lat}");
  half.folder.write("r.csv", "code,lat\nN,\n");
  static_cast<void>(read_regions(half.reader, half.node));
  CHECK(half.mistakes().starts_with("s.yaml:1:36: there is only one coordinate"));
}

TEST_CASE("after a mistake the names are known to be incomplete") {
  Text text("[north, north]");
  CHECK_FALSE(read_regions(text.reader, text.node).names.is_complete());
  Text scalar("north");
  CHECK_FALSE(read_regions(scalar.reader, scalar.node).names.is_complete());
  CHECK(scalar.mistakes() ==
        "s.yaml:1:1: 'regions' is 'north'; expected a list such as [north, south], a map or a table\n");
}

TEST_CASE("links inline and from a table, in kilometres") {
  const Names regions({"a", "b", "c"});
  Text text("[{from: a, to: b, length: 12.5 km}, {from: c, to: b, length: 300 m}]");
  const auto links = read_links(text.reader, text.node, regions);
  CHECK(text.mistakes().empty());
  REQUIRE(links.size() == 2);
  CHECK(links[1].from == Region(2));
  CHECK(links[1].length_km == 0.3);
  Text table("{table: l.csv, from: f, to: t, length: km, others: skip}");
  table.folder.write("l.csv", "f,t,km\na,b,7\nx,b,0\nb,c,8.5\n");
  const auto read = read_links(table.reader, table.node, regions);
  CHECK(table.mistakes().empty());
  REQUIRE(read.size() == 2);
  CHECK(read[1].to == Region(2));
  CHECK(read[1].length_km == 8.5);
}

TEST_CASE("a table of links between strangers") {
  Text text("{table: l.csv, from: f, to: t, length: km}");
  text.folder.write("l.csv", "f,t,km\nx,y,7\n");
  static_cast<void>(read_links(text.reader, text.node, Names({"a", "b"})));
  CHECK(text.mistakes() ==
        "s.yaml:1:9: no row of l.csv joins two regions of the scenario; expected codes as in 'regions'\n");
}

TEST_CASE("a coordinate beyond its range, in a map and in a table") {
  Text map("{north: {latitude: 91, longitude: 400}}");
  static_cast<void>(read_regions(map.reader, map.node));
  CHECK(map.mistakes() ==
        "s.yaml:1:20: the latitude is 91 degrees; expected -90 to 90 degrees\n"
        "s.yaml:1:35: the longitude is 400 degrees; expected -360 to 360 degrees\n");
  Text table("{table: r.csv, id: id, latitude: lat, longitude: lon}");
  table.folder.write("r.csv", "id,lat,lon\nnorth,-91,-361\n");
  static_cast<void>(read_regions(table.reader, table.node));
  CHECK(table.mistakes() ==
        "r.csv:2:7: the latitude is '-91'; expected -90 to 90 degrees\n"
        "r.csv:2:11: the longitude is '-361'; expected -360 to 360 degrees\n");
}

TEST_CASE("one map describes regions by code and of a table, and another links of both kinds") {
  CHECK(find(sojourn::region_table_map(), "REGION")->map().name == "region");
  CHECK(find(sojourn::region_table_map(), "id")->need == sojourn::Need::optional);
  CHECK(find(sojourn::link_map(), "others") != nullptr);
  CHECK(find(sojourn::link_map(), "length")->need == sojourn::Need::optional);
}

}  // namespace read_regions_test
