#include "sim/reading/read_document.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace read_document_test {

using namespace sojourn;
using sojourn::test::contains;
using sojourn::test::Folder;

namespace {

/// What is told of a file with these bytes; nothing of one that is a map.
std::string told(const std::string& bytes) {
  const Folder folder;
  Reader reader(folder.write("s.yaml", bytes));
  try {
    CHECK(read_document(reader, read_text(reader)).is_map());
  } catch (const InputError& error) {
    return folder.shortened(error.what());
  }
  return "";
}

}  // namespace

TEST_CASE("a text in YAML that is a map is a document") { CHECK(told("sojourn: 1\ntitle: Bakı\n").empty()); }

TEST_CASE("what is no document is told by what it is") {
  CHECK(contains(told(""), "the file is empty"));
  CHECK(contains(told("- a\n- b\n"), "a map, which begins with 'sojourn: 1'"));
  CHECK(contains(told("PK\x03\x04 and so on"), "a scenario in YAML, in plain text saved as UTF-8"));
  CHECK(contains(told("sojourn: 1\ntitle: \xFF\n"), "s.yaml:2:1"));
  CHECK(contains(told(std::string("sojourn: 1\0", 11)), "a zero byte"));
  Reader missing("/there/is/no/such.yaml");
  CHECK_THROWS_AS(static_cast<void>(read_text(missing)), InputError);
}

}  // namespace read_document_test
