#include "sim/output/stored_file.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/output/data_file.hpp"
#include "tests/support/recorded_run.hpp"
#include "tests/support/recorded_scenario.hpp"
#include "tests/support/temporary_directory.hpp"

namespace stored_file_test {

using namespace sojourn;

namespace {

/// What opening the file says, without the path; "" if it opens.
std::string refusal(const std::string& path) {
  try {
    const StoredFile file(path);
  } catch (const RunError& error) {
    const std::string text = error.what();
    CHECK(text.starts_with(path + ": "));
    return text.substr(path.size() + 2);
  }
  return "";
}

}  // namespace

TEST_CASE("what is no output is refused in words") {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("a.h5");
  CHECK(refusal(path) == "there is no such file");
  std::ofstream(path) << "region,people\nA,3\n";
  CHECK(refusal(path) == "is no HDF5 file; expected an output of `sojourn run`");
  std::ofstream(path, std::ios::trunc);
  CHECK(refusal(path) == "is no HDF5 file; expected an output of `sojourn run`");
  std::filesystem::create_directory(directory.file("d"));
  CHECK(refusal(directory.file("d")) == "is a directory; name a file in it");
}

TEST_CASE("an HDF5 file of others, or of a newer program, is refused in words") {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("a.h5");
  {
    DataFile file(path);
    file.close();
  }
  CHECK(refusal(path) == "is an HDF5 file, but no output of `sojourn run`");
  std::filesystem::remove(path);
  {
    DataFile file(path);
    file.set_attribute({"sojourn_format", std::int32_t{99}});
    file.close();
  }
  CHECK(refusal(path) == "has format 99, and this program knows 1 at most; use a newer sojourn");
}

TEST_CASE("a damaged file is an error, never a crash") {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("a.h5");
  test::record_run(test::recorded_scenario({.months = 6}), path);
  const std::uintmax_t size = std::filesystem::file_size(path);
  for (const std::uintmax_t part : {2U, 3U, 10U, 100U}) {
    std::filesystem::resize_file(path, size / part);
    CHECK_FALSE(refusal(path).empty());
  }
}

TEST_CASE("a part of a variable can be read alone") {
  const test::TemporaryDirectory directory;
  const Scenario scenario = test::recorded_scenario({.months = 6});
  test::record_run(scenario, directory.file("a.h5"));
  const StoredFile file(directory.file("a.h5"));
  const std::vector<std::int64_t> all = file.read_numbers("stock");
  const std::vector<std::int64_t> part = file.read_numbers("stock", 2, 3);
  REQUIRE(all.size() == 7 * 18);
  CHECK(part == std::vector<std::int64_t>(all.begin() + 2 * 18, all.begin() + 5 * 18));
  CHECK(file.read_numbers("replicate") == std::vector<std::int64_t>{0});
  CHECK(file.read_numbers("stock", 7, 0).empty());
  CHECK_THROWS_AS(static_cast<void>(file.read_numbers("stock", 6, 2)), RunError);
  CHECK_THROWS_AS(static_cast<void>(file.read_numbers("nothing")), RunError);
}

}  // namespace stored_file_test
