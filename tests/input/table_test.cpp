#include "sim/input/table.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "tests/reading/reading.hpp"

namespace table_test {

using sojourn::Column;
using sojourn::Mistakes;
using sojourn::Table;
using sojourn::test::Folder;

namespace {

struct Read {
  explicit Read(const std::string& text) : mistakes("s.yaml") {
    table = Table::read(folder.write("t.csv", text), "t.csv", mistakes);
  }
  [[nodiscard]] std::string told() const {
    std::string text;
    for (const auto& mistake : mistakes.in_order()) text += to_string(mistake) + '\n';
    return text;
  }
  /// `line:column` of a cell.
  [[nodiscard]] std::string at(std::size_t row, std::size_t column) const {
    const auto where = table->where(row, Column{column});
    return std::to_string(where.line) + ':' + std::to_string(where.column);
  }
  Folder folder;
  Mistakes mistakes;
  std::optional<Table> table;
};

}  // namespace

TEST_CASE("a table has a header, cells and their places") {
  const Read read(
      "code,name,n\nAZE, Azerbaijan ,1\n\nGEO,\"Tiflis, or\nTbilisi\",2\nARM,\"a \"\"b\"\"\",3\n");
  REQUIRE(read.table.has_value());
  const Table& table = *read.table;
  CHECK(read.told().empty());
  CHECK(table.header().size() == 3);
  CHECK(table.rows() == 3);
  CHECK(table.is_whole());
  CHECK(table.cell(0, Column{1}) == "Azerbaijan");
  CHECK(table.cell(1, Column{1}) == "Tiflis, or\nTbilisi");
  CHECK(table.cell(2, Column{1}) == "a \"b\"");
  CHECK(table.line(1) == 4);
  CHECK(read.at(0, 0) == "2:1");
  CHECK(read.at(1, 1) == "4:5");
  CHECK(read.at(1, 2) == "5:10");
  CHECK(read.at(2, 2) == "6:15");
  CHECK(table.where_in_header(Column{2}).column == 11);
  CHECK(table.sha256().size() == 64);
}

TEST_CASE("files of other systems: a byte order mark, CR LF, CR, no end of line at the end") {
  for (const char* text : {"\xEF\xBB\xBF"
                           "a,b\r\n1,2\r\n3,4\r\n",
                           "a,b\r1,2\r3,4\r", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4"}) {
    const Read read(text);
    REQUIRE(read.table.has_value());
    CHECK(read.table->header()[0] == "a");
    REQUIRE(read.table->rows() == 2);
    CHECK(read.table->cell(1, Column{1}) == "4");
    CHECK(read.table->line(1) == 3);
  }
}

TEST_CASE("lines are right after quoted line ends of all kinds") {
  const Read read("a,b\r\n\"x\r\ny\",1\r\n\r\n\"p\nq\nr\",2\r\nz,3\r\n");
  REQUIRE(read.table.has_value());
  CHECK(read.table->line(0) == 2);
  CHECK(read.table->line(1) == 5);
  CHECK(read.table->line(2) == 8);
}

TEST_CASE("columns count characters") {
  const Read read("a,b\n\xC3\xA9t\xC3\xA9,1\n");
  CHECK(read.at(0, 1) == "2:5");
}

TEST_CASE("rows that are wrong are told and left out") {
  const Read read("a,b\n1,2\n1\n1,2,3\n   \n,\n5,6\n");
  REQUIRE(read.table.has_value());
  CHECK(read.told() ==
        "t.csv:3:1: the row has 1 cell; expected 2 as in the header\n"
        "t.csv:4:1: the row has 3 cells; expected 2 as in the header\n");
  CHECK(read.table->rows() == 3);
  CHECK_FALSE(read.table->is_whole());
  CHECK(read.table->cell(2, Column{1}) == "6");
  CHECK(read.table->line(2) == 7);
}

TEST_CASE("what is no table") {
  CHECK(Read("").told() == "t.csv: the table is empty; expected a header and rows\n");
  CHECK(Read("\n\n").told() == "t.csv: the table is empty; expected a header and rows\n");
  CHECK(Read("a,b\n").told() == "t.csv: the table has a header and no rows; expected rows\n");
  CHECK(Read("a,b\n1,\"2\n3,4\n").told() ==
        "t.csv:2:1: a quote that begins in this row is never closed; expected a closing quote (\")\n");
  CHECK(Read("a,b\n1,2\"3\n").told() ==
        "t.csv:2:1: a quote (\") stands in the middle of a cell; expected quotes around the whole cell, and "
        "\"\" for "
        "a quote in it\n");
  CHECK(Read("a,b\n1,2\n\xE9,4\n").told() ==
        "t.csv:3:1: a character is not UTF-8 (it is '\xC3\xA9' if the file is Windows-1252 or Latin-1); "
        "expected a "
        "file saved as UTF-8 (Excel: Save As, 'CSV UTF-8'; else: iconv -f WINDOWS-1252 -t UTF-8)\n");
  CHECK(Read("a,b\n1,\xC3").told() ==
        "t.csv:2:1: a character is not UTF-8; expected a file saved as UTF-8 (Excel: Save As, 'CSV UTF-8'; "
        "else: "
        "iconv -f WINDOWS-1252 -t UTF-8)\n");
  CHECK(Read(std::string("a,b\n1,\0\n", 8)).told() ==
        "t.csv:2:1: a zero byte: this is no text file; expected a CSV file\n");
}

TEST_CASE("a quote that swallows megabytes is found where it begins") {
  std::string text = "a,b\n1,2\n3,\"4\n";
  while (text.size() < 3'000'000) text += "some,cells\n";
  CHECK(Read(text).told() ==
        "t.csv:3:1: a cell that begins in this row is longer than 1 MiB; expected a closing quote\n");
  CHECK(Read(std::string(3'000'000, ',')).told().find("more than 20000 columns") != std::string::npos);
}

TEST_CASE("a table that unpacks to more than is allowed is read no further") {
  const Folder folder;
  const std::string path = folder.file("t.csv.gz");
  std::string rows;
  while (rows.size() < (1U << 20U)) rows += "some,cells\n";
  gzFile file = gzopen(path.c_str(), "wb1");
  for (int i = 0; i < 20; ++i) gzwrite(file, rows.data(), static_cast<unsigned>(rows.size()));
  gzclose(file);
  Mistakes mistakes("s.yaml");
  CHECK_FALSE(Table::read(path, "t.csv.gz", mistakes, std::size_t{16} << 20U).has_value());
  CHECK(to_string(mistakes.in_order().at(0)) ==
        "t.csv.gz: the table is larger than 16 MiB; expected a smaller table");
}

TEST_CASE("a first line of Excel that names the comma is passed over, and lines count on") {
  const Read read("sep=,\ncode,n\nA,1\nB\n");
  REQUIRE(read.table.has_value());
  CHECK(read.table->header()[0] == "code");
  CHECK(read.table->cell(0, Column{1}) == "1");
  CHECK(read.at(0, 1) == "3:3");
  CHECK(read.table->where_in_header(Column{1}).line == 2);
  CHECK(read.told() == "t.csv:4:1: the row has 1 cell; expected 2 as in the header\n");
  CHECK(Read("sep=;\ncode;n\nA;1\n").told() ==
        "t.csv:1:1: the line 'sep=;' says that cells are not separated by commas; expected commas between "
        "cells "
        "(Excel: Save As, 'CSV UTF-8 (comma delimited)')\n");
  CHECK_FALSE(Read("sep=;\ncode;n\nA;1\n").table.has_value());
}

TEST_CASE("other characters between cells are named once, whatever the rows look like") {
  const std::string expected =
      " between cells; expected commas between cells (Excel: Save As, 'CSV UTF-8 (comma delimited)')\n";
  CHECK(Read("code;n\nA;1,5\nB;2,5\n").told() == "t.csv:1:1: the file has semicolons" + expected);
  CHECK(Read("kind,code\\time\t2012 \t2011 \nX,A\t1 \t2 \n").told() ==
        "t.csv:1:1: the file has tabs" + expected);
  CHECK(Read("code|n\nA|1\n").told() == "t.csv:1:1: the file has bars (|)" + expected);
  // A semicolon in one of several names is part of it.
  CHECK(Read("code,wage; gross\nA,1\n").told().empty());
}

TEST_CASE("a header that is not the first line is looked for") {
  const Read bank(
      "\"Source\",\"Indicators\",\n\n\"Updated\",\"2024-10-24\",\n\n\"Name\",\"Code\",\"2009\",\"2010\",\n"
      "\"A\",\"AAA\",\"1\",\"2\",\n\"B\",\"BBB\",\"1\",\"2\",\n");
  CHECK(bank.told() ==
        "t.csv:1:1: the columns stand in line 5: it has 5 cells, as have most rows, and this line has 3; "
        "expected "
        "the names of the columns in the first line (delete the lines above them)\n");
  CHECK_FALSE(bank.table.has_value());
  CHECK(Read("Table 1\n\ncode,n\nA,1\nB,2\n").told().starts_with("t.csv:1:1: the columns stand in line 3"));
  CHECK(Read("code,n\nA,1,\nB,2,\n").told() ==
        "t.csv:2:1: most rows have 3 cells, from this one on, and the header has 2; expected as many cells "
        "as in "
        "the header (is there a comma at the end of each row, or in a number?)\n");
  // Where most rows are right, the wrong ones are told.
  CHECK(Read("a,b\n1,2\n1,2\n1,2,3\n1,2\n1,2,3\n").told() ==
        "t.csv:4:1: the row has 3 cells; expected 2 as in the header (also in line 6)\n");
}

TEST_CASE("the columns in which two rows differ are named") {
  const Read read("code,variant,,n\nA,low,x,1\nA,high,y,2\nA,low,x,1\n");
  REQUIRE(read.table.has_value());
  const std::array but = {Column{3}};
  CHECK(read.table->difference(1, 0) == "differ in variant, column 3 and n");
  CHECK(read.table->difference(1, 0, but) == "differ in variant and column 3");
  CHECK(read.table->difference(2, 0) == "are the same");
  CHECK(read.table->difference(2, 0, but) == "differ in nothing else");
}

TEST_CASE("a table that is wrong as a whole is told where it is named") {
  const Folder folder;
  for (const auto& [text, told] :
       {std::pair{"a,b\n", "the table 'm.csv' has a header and no rows; expected rows"},
        std::pair{"", "the table 'm.csv' is empty; expected a header and rows"}}) {
    Mistakes mistakes("s.yaml");
    const sojourn::TableMention mention{{"s.yaml", 7, 20}, "m.csv"};
    CHECK_FALSE(Table::read(folder.write("m.csv", text), "m.csv", mistakes, 1000, mention).has_value());
    CHECK(to_string(mistakes.in_order().at(0)) == std::string("s.yaml:7:20: ") + told);
  }
}

}  // namespace table_test
