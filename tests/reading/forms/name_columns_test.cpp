#include "sim/reading/forms/name_columns.hpp"

#include <doctest/doctest.h>

#include <string>

#include "sim/reading/read_regions.hpp"
#include "tests/reading/reading.hpp"

namespace name_columns_test {

using sojourn::Geography;
using sojourn::read_regions;
using sojourn::Texts;
using sojourn::test::contains;
using sojourn::test::Text;

namespace {

const std::string table =
    "code,name,name_az,name_old,name_zh-Hant,other\nN,North,Şimal,Nord,北,x\nS,South,,Sud,,y\n";

}  // namespace

TEST_CASE("columns beside that of the names are the names in a language") {
  Text text("{table: r.csv, id: code, name: name}");
  text.folder.write("r.csv", table);
  const Geography geography = read_regions(text.reader, text.node);
  CHECK(text.mistakes().empty());
  const Texts& north = geography.regions[0].name;
  CHECK(north.plain() == "North");
  CHECK(*north.find("az") == "Şimal");
  CHECK(*north.find("zh-Hant") == "北");
  CHECK(north.all().size() == 3);
  CHECK(geography.regions[1].name.all().size() == 1);
}

TEST_CASE("a map from languages to columns takes these and no others") {
  Text text("{table: r.csv, id: code, name: {en: name, az: name_az, fro: name_old}}");
  text.folder.write("r.csv", table);
  const Geography geography = read_regions(text.reader, text.node);
  CHECK(text.mistakes().empty());
  CHECK(*geography.regions[0].name.find("en") == "North");
  CHECK(*geography.regions[0].name.find("fro") == "Nord");
  CHECK(geography.regions[0].name.find("zh-Hant") == nullptr);
  CHECK(geography.regions[1].name.find("az") == nullptr);
}

TEST_CASE("without a column of names there are none in any language") {
  Text text("{table: r.csv, id: code}");
  text.folder.write("r.csv", table);
  CHECK(read_regions(text.reader, text.node).regions[0].name.empty());
}

TEST_CASE("what is wrong with columns of names") {
  Text text("{table: r.csv, id: code, name: {en: nam, AZ: name_az}}");
  text.folder.write("r.csv", table);
  static_cast<void>(read_regions(text.reader, text.node));
  CHECK(contains(text.mistakes(), "s.yaml:1:37: r.csv has no column 'nam'"));
  CHECK(contains(text.mistakes(),
                 "s.yaml:1:42: the map of columns of names has 'AZ', which is no code of a language"));
  Text twice("{table: r.csv, id: code, name: name}");
  twice.folder.write("r.csv", "code,name,name_az,name_az\nN,North,a,b\n");
  static_cast<void>(read_regions(twice.reader, twice.node));
  CHECK(twice.mistakes() == "s.yaml:1:32: r.csv has several columns 'name_az'; expected one\n");
  Text lacking("{table: r.csv, id: code, name: name}");
  lacking.folder.write("r.csv", "code,name,name_az\nN,,a\n");
  static_cast<void>(read_regions(lacking.reader, lacking.node));
  CHECK(lacking.mistakes() == "r.csv:2:3: the name is empty; expected a name\n");
}

}  // namespace name_columns_test
