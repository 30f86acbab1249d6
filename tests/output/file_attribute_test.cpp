#include "sim/output/file_attribute.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sim/output/data_file.hpp"
#include "sim/output/stored_file.hpp"
#include "tests/support/temporary_directory.hpp"

namespace file_attribute_test {

using namespace sojourn;

namespace {

/// A file with the attributes, and the one by which it is known as an output.
StoredFile file_with(const std::string& path, const FileAttributes& attributes) {
  DataFile file(path);
  file.set_attribute({"sojourn_format", std::int32_t{1}});
  for (const FileAttribute& attribute : attributes) file.set_attribute(attribute);
  file.close();
  return StoredFile(path);
}

}  // namespace

TEST_CASE("attributes are read back as they were written") {
  const test::TemporaryDirectory directory;
  const std::string long_text(5'000'000, 'x');
  const StoredFile file =
      file_with(directory.file("a.h5"), {{"short", std::string("Zürich")},
                                         {"long", LongText{long_text}},
                                         {"list", std::vector<std::string>{"a", "", "çà"}},
                                         {"small", std::int32_t{-5}},
                                         {"large", std::int64_t{1} << 40},
                                         {"real", 0.25}});
  CHECK(file.text("short") == "Zürich");
  CHECK(file.text("long") == long_text);
  CHECK(file.texts("list") == std::vector<std::string>{"a", "", "çà"});
  CHECK(file.number("small") == -5.0);
  CHECK(file.number("large") == 1099511627776.0);
  CHECK(file.number("real") == 0.25);
}

TEST_CASE("an empty text or list is left out") {
  const test::TemporaryDirectory directory;
  const StoredFile file =
      file_with(directory.file("a.h5"),
                {{"short", std::string()}, {"long", LongText{}}, {"list", std::vector<std::string>{}}});
  CHECK_FALSE(file.text("short"));
  CHECK_FALSE(file.text("long"));
  CHECK(file.texts("list").empty());
}

TEST_CASE("a number can be written again") {
  const test::TemporaryDirectory directory;
  const StoredFile file =
      file_with(directory.file("a.h5"), {{"complete", std::int32_t{0}}, {"complete", std::int32_t{1}}});
  CHECK(file.number("complete") == 1.0);
}

}  // namespace file_attribute_test
