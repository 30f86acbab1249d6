#include "sim/input/file_kind.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace file_kind_test {

using sojourn::foreign_kind;
using sojourn::test::Folder;
using sojourn::test::mistakes_of;
using sojourn::test::Parts;

namespace {

std::string kind_name(const std::string& bytes) {
  const auto kind = foreign_kind(bytes);
  return kind ? std::string(kind->name) : "";
}

/// What is told where `regions` are a table with these bytes.
std::string told_of_table(const std::string& bytes) {
  const Folder folder;
  folder.write("r.csv", bytes);
  Parts parts;
  parts.regions = "regions: {table: r.csv, id: code}";
  return mistakes_of(folder, parts.yaml());
}

std::string wide(const std::string& text, bool little) {
  std::string out;
  for (const char c : text) out += little ? std::string{c, '\0'} : std::string{'\0', c};
  return out;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("files of other kinds are known by their first bytes") {
  CHECK(kind_name("PK\x03\x04 [Content_Types].xml ... xl/workbook.xml") == "an Excel workbook (.xlsx)");
  CHECK(kind_name("PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet") ==
        "an OpenDocument spreadsheet (.ods)");
  CHECK(kind_name("PK\x03\x04 [Content_Types].xml ... word/document.xml") ==
        "a document of a word processor");
  CHECK(kind_name("PK\x03\x04 data.csv") == "a ZIP archive");
  CHECK(kind_name("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") == "an old Excel workbook (.xls)");
  CHECK(kind_name("\xFF\xFE" + wide("code,n\n", true)) == "text in UTF-16 ('Unicode text')");
  CHECK(kind_name("\xFE\xFF" + wide("code,n\n", false)) == "text in UTF-16 ('Unicode text')");
  CHECK(kind_name(wide("code,n\n", true)) == "text in UTF-16 ('Unicode text')");
  CHECK(kind_name(wide("code,n\n", false)) == "text in UTF-16 ('Unicode text')");
  CHECK(kind_name(std::string("\xFF\xFE\0\0c\0\0\0", 8)) == "text in UTF-32");
  CHECK(kind_name("BZh91AY") == "a bzip2 archive");
  CHECK(kind_name(std::string(257, 'x') + "ustar") == "a tar archive");
  CHECK(kind_name("%PDF-1.7") == "a PDF document");
  CHECK(kind_name("\xEF\xBB\xBF \n<!DOCTYPE html><head>") == "a page of the web (HTML)");
  CHECK(kind_name("<?xml version='1.0'?>") == "an XML file");
  CHECK(kind_name("version https://git-lfs.github.com/spec/v1\n") ==
        "a pointer of Git LFS, not the file itself");
}

TEST_CASE("text in UTF-8 is no foreign kind") {
  for (const char* text : {"", "a", "ab", "abc", "code,n\nA,1\n",
                           "\xEF\xBB\xBF"
                           "code,n\n",
                           "sojourn: 1\n", "PKW,n\nA,1\n", "<5,n\n1,2\n", "CDF,PAR\n1,2\n"}) {
    CAPTURE(text);
    CHECK(kind_name(text).empty());
  }
}

TEST_CASE("a table of another kind is named at the line of the scenario that names it, with what to do") {
  CHECK(
      told_of_table("PK\x03\x04 xl/workbook.xml") ==
      "s.yaml:4:18: the table 'r.csv' cannot be read: it is an Excel workbook (.xlsx); expected a CSV file: "
      "open it in a spreadsheet and save the sheet as 'CSV UTF-8 (comma delimited)'");
  CHECK(has(told_of_table("\xFF\xFE" + wide("code\nA\n", true)), "it is text in UTF-16"));
  CHECK(
      has(told_of_table(std::string("code\nA\nB\0\n", 10)), "r.csv:3:1: a zero byte: this is no text file"));
}

TEST_CASE("a scenario of another kind is named, too") {
  const Folder folder;
  CHECK(
      mistakes_of(folder, wide("sojourn: 1\n", true)) ==
      "s.yaml: this is text in UTF-16 ('Unicode text'); expected a scenario in YAML, in plain text saved as "
      "UTF-8");
  CHECK(has(mistakes_of(folder, "\x1F\x8B\x08"), "this is a gzip file"));
}

TEST_CASE("a character that is not UTF-8 is shown as it is in the most frequent encoding of others") {
  const auto letter = [](const std::string& text, std::size_t wrong) {
    const std::string told = sojourn::not_utf8(text, wrong);
    const std::size_t at = told.find("(it is '");
    return at == std::string::npos ? "" : told.substr(at + 8, 2);
  };
  CHECK(letter("Al\xE9,", 3) == "\xC3\xA9");        // it promised more bytes
  CHECK(letter("\xC3\xA9\xE9,", 3) == "\xC3\xA9");  // after a whole character
  CHECK(letter("\xC3\xA9\xA9,", 2) == "\xC2\xA9");
  CHECK(letter("\xE9t\xE9", 1) == "\xC3\xA9");
  CHECK(letter("a\xB1", 1) == "\xC2\xB1");
  CHECK(sojourn::not_utf8("\x80", 0) == "a character is not UTF-8");
  CHECK(sojourn::not_utf8("", 0) == "a character is not UTF-8");
  CHECK(has(told_of_table("code\nAl\xE9\n"), "r.csv:2:1: a character is not UTF-8 (it is '\xC3\xA9' if"));
}

}  // namespace file_kind_test
