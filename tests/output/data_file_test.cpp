#include "sim/output/data_file.hpp"

#include <doctest/doctest.h>
#include <hdf5_hl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/output/stored_file.hpp"
#include "tests/support/temporary_directory.hpp"

namespace data_file_test {

using namespace sojourn;

namespace {

using Integers = std::vector<std::int64_t>;

/// A file with a table, an array that grows, labels, and a dimension without.
struct Example {
  explicit Example(const std::string& path) : file(path) {
    file.set_attribute({"sojourn_format", std::int32_t{1}});
    time = file.add_instants("time", {{"units", std::string("days since 1970-01-01")}});
    const DimensionId place = file.add_labels("place", std::vector<std::string>{"a", "é"}, {});
    const DimensionId pair = file.add_dimension("pair", 2);
    const std::array over{time, place, pair};
    array = file.add_variable("array", ValueType::int32, over, {{"units", std::string("persons")}});
    const std::array rows{file.add_rows("row")};
    column = file.add_variable("column", ValueType::int32, rows, {});
    file.flush();
  }
  void add(std::int64_t instant) {
    file.append(file.coordinate(time), Integers{instant});
    file.append(array, Integers{instant, 2, 3, 4});
    file.append(column, Integers(static_cast<std::size_t>(instant % 7), instant));
  }

  DataFile file;
  DimensionId time;
  VariableId array;
  VariableId column;
};

/// Runs in a process of its own; returns how it ended, as waitpid says.
int in_child(const std::function<void()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      body();
    } catch (const RunError&) {
      ::_exit(7);
    }
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

}  // namespace

TEST_CASE("every axis has a dimension scale, in the order in which they were made") {
  const test::TemporaryDirectory directory;
  {
    Example example(directory.file("a.h5"));
    example.add(3);
    example.file.close();
  }
  const StoredFile file(directory.file("a.h5"));
  std::vector<std::string> names;
  for (const StoredVariable& variable : file.variables()) names.push_back(variable.name);
  CHECK(names == std::vector<std::string>{"time", "place", "pair", "array", "row", "column"});
  CHECK(file.describe("array").dimensions == std::vector<std::string>{"time", "place", "pair"});
  CHECK(file.describe("array").sizes == std::vector<std::size_t>{1, 2, 2});
  CHECK(file.describe("array").unit == "persons");
  CHECK(file.describe("column").dimensions == std::vector<std::string>{"row"});
  CHECK(file.describe("row").sizes == file.describe("column").sizes);
  CHECK(file.describe("pair").dimension_only);
  CHECK(file.describe("row").dimension_only);
  CHECK_FALSE(file.describe("place").dimension_only);
  CHECK(file.read_texts("place") == std::vector<std::string>{"a", "é"});
}

TEST_CASE("a dimension comes once, and only the first may grow") {
  const test::TemporaryDirectory directory;
  DataFile file(directory.file("a.h5"));
  const DimensionId time = file.add_instants("time", {});
  const DimensionId place = file.add_dimension("place", 3);
  CHECK_THROWS_AS(file.add_variable("x", ValueType::int32, std::array{time, place, place}, {}),
                  std::logic_error);
  CHECK_THROWS_AS(file.add_variable("x", ValueType::int32, std::array{place, time}, {}), std::logic_error);
  file.close();
}

TEST_CASE("a name comes once") {
  const test::TemporaryDirectory directory;
  DataFile file(directory.file("a.h5"));
  file.add_dimension("place", 3);
  CHECK_THROWS_WITH_AS(file.add_dimension("place", 3),
                       doctest::Contains("cannot create variable place: name already exists"), RunError);
  file.close();
}

TEST_CASE("no format later than the earliest is used") {
  const test::TemporaryDirectory directory;
  {
    Example example(directory.file("a.h5"));
    example.file.close();
  }
  const hdf5::Handle file(H5Fopen(directory.file("a.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  H5F_info2_t info{};
  REQUIRE(H5Fget_info2(file.get(), &info) >= 0);
  CHECK(info.super.version == 0);
}

TEST_CASE("a file that cannot be created says why") {
  CHECK_THROWS_WITH_AS(DataFile("/nowhere/a.h5"),
                       "/nowhere/a.h5: cannot create the file: No such file or directory", RunError);
}

TEST_CASE("a file that is there, or a link, is never written to") {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("a.h5");
  std::filesystem::create_symlink("elsewhere.h5", path);
  CHECK_THROWS_WITH_AS(DataFile{path}, (path + ": cannot create the file: File exists").c_str(), RunError);
  CHECK_FALSE(std::filesystem::exists(directory.file("elsewhere.h5")));
  std::filesystem::remove(path);
  std::ofstream(path) << "precious";
  CHECK_THROWS_WITH_AS(DataFile{path}, (path + ": cannot create the file: File exists").c_str(), RunError);
  CHECK(std::filesystem::file_size(path) == 8);
}

TEST_CASE("killed at any moment, the file is as it was at the last flush") {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("a.h5");
  for (const int after_flush : {0, 1, 1000, 40'000}) {
    std::filesystem::remove(path);
    const int status = in_child([&] {
      Example example(path);
      for (int i = 0; i < 5000; ++i) example.add(i);
      example.file.flush();
      for (int i = 0; i < after_flush; ++i) example.add(5000 + i);
      ::raise(SIGKILL);
    });
    REQUIRE(WIFSIGNALED(status));
    const StoredFile file(path);
    CHECK(file.describe("time").sizes[0] == 5000);
    const Integers array = file.read_numbers("array");
    REQUIRE(array.size() == 4 * 5000);
    CHECK(array[4 * 4999] == 4999);
    std::int64_t sum = 0;
    for (const std::int64_t value : file.read_numbers("column")) sum += value;
    std::int64_t expected = 0;
    for (std::int64_t i = 0; i < 5000; ++i) expected += i * (i % 7);
    CHECK(sum == expected);
  }
}

TEST_CASE("a disk that is full is an error, and leaves the file as it was at the last flush") {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("a.h5");
  const int status = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200'000, 200'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    Example example(path);
    for (int i = 0; i < 500; ++i) example.add(i);
    example.file.flush();
    for (int i = 500; i < 100'000; ++i) example.add(i);
    example.file.close();
  });
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 7);
  const StoredFile file(path);
  CHECK(file.read_numbers("array").size() == 4 * 500);
  CHECK(file.read_numbers("time").size() == 500);
}

}  // namespace data_file_test
