#include "sim/output/writer.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/output/stored_file.hpp"
#include "tests/support/temporary_directory.hpp"

namespace writer_test {

using namespace sojourn;

namespace {

using Integers = std::vector<std::int64_t>;

/// A file with one variable, `x`, that grows by one number or by a million.
struct Example {
  explicit Example(const std::string& path) : file(path), time(file.add_instants("time", {})) {
    file.set_attribute({"sojourn_format", std::int32_t{1}});
    const std::array over{time, file.add_dimension("place", 1'000'000)};
    x = file.add_variable("x", ValueType::int32, over, {});
    file.flush();
  }
  [[nodiscard]] Record instant(std::int64_t day) const { return {{{file.coordinate(time), Integers{day}}}}; }

  DataFile file;
  DimensionId time;
  VariableId x;
};

}  // namespace

TEST_CASE("records are written in the order in which they come") {
  const test::TemporaryDirectory directory;
  Example example(directory.file("a.h5"));
  {
    Writer writer(example.file);
    for (std::int64_t day = 0; day < 1000; ++day) writer.add(example.instant(day));
    writer.finish();
  }
  example.file.close();
  Integers expected(1000);
  for (std::size_t i = 0; i < expected.size(); ++i) expected[i] = static_cast<std::int64_t>(i);
  CHECK(StoredFile(directory.file("a.h5")).read_numbers("time") == expected);
}

TEST_CASE("the queue is bounded: who adds too much waits, and nothing is lost") {
  const test::TemporaryDirectory directory;
  Example example(directory.file("a.h5"));
  {
    Writer writer(example.file);
    for (std::int64_t i = 0; i < 40; ++i) writer.add({{{example.x, Integers(1'000'000, i)}}});
    writer.finish();
  }
  example.file.close();
  const StoredFile file(directory.file("a.h5"));
  CHECK(file.describe("x").sizes[0] == 40);
  CHECK(file.read_numbers("x", 39, 1)[999'999] == 39);
}

TEST_CASE("what goes wrong while writing is thrown to who adds next, or finishes") {
  const test::TemporaryDirectory directory;
  Example example(directory.file("a.h5"));
  {
    Writer writer(example.file);
    writer.add(example.instant(std::int64_t{1} << 40));
    CHECK_THROWS_AS(
        for (int i = 0; i < 10'000; ++i) {
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
          writer.add(example.instant(1));
        },
        RunError);
    CHECK_THROWS_AS(writer.finish(), RunError);
  }
  example.file.close();
}

TEST_CASE("the file is flushed soon after a record, even if no other follows") {
  const test::TemporaryDirectory directory;
  Example example(directory.file("a.h5"));
  const std::uintmax_t empty = std::filesystem::file_size(directory.file("a.h5"));
  {
    Writer writer(example.file, std::chrono::milliseconds(20));
    writer.add(example.instant(1));
    std::uintmax_t size = empty;
    for (int i = 0; i < 500 && size == empty; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      size = std::filesystem::file_size(directory.file("a.h5"));
    }
    CHECK(size > empty);
    writer.finish();
  }
  example.file.close();
}

TEST_CASE("who gives up forgets what waits") {
  const test::TemporaryDirectory directory;
  Example example(directory.file("a.h5"));
  { const Writer writer(example.file); }
  example.file.close();
  CHECK(StoredFile(directory.file("a.h5")).read_numbers("time").empty());
}

}  // namespace writer_test
