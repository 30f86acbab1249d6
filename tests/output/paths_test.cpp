#include "sim/output/paths.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "sim/base/error.hpp"
#include "tests/support/temporary_directory.hpp"

namespace paths_test {

using namespace sojourn;

namespace {

/// Files of HDF5 begin so.
const std::string left_over = "\x89HDF\r\n\x1a\n and so on";

void put(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The message of the error, or "" if there is none.
std::string refusal(const std::string& path, bool force = false) {
  try {
    static_cast<void>(plan_output(path, force));
  } catch (const RunError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("the part name stands before the ending") {
  const test::TemporaryDirectory directory;
  CHECK(plan_output(directory.file("a.h5"), false).part == directory.file("a.part.h5"));
  CHECK(plan_output(directory.file("a.b.nc"), false).part == directory.file("a.b.part.nc"));
  CHECK(plan_output(directory.file("a"), false).part == directory.file("a.part"));
  CHECK(plan_output("a.h5", false).part == "a.part.h5");
}

TEST_CASE("an output is never overwritten without force; what an interrupted run left is") {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("a.h5");
  put(directory.file("a.part.h5"), left_over);
  CHECK(refusal(path).empty());
  put(path, "precious");
  CHECK(refusal(path) == path + ": is there already; --force replaces it, -o names another file");
  CHECK(refusal(path, true).empty());
  CHECK(text_of(path) == "precious");
}

TEST_CASE("what cannot be written is said before anything is computed") {
  const test::TemporaryDirectory directory;
  CHECK(refusal(directory.file("no/such/a.h5")).find("there is no directory") != std::string::npos);
  std::filesystem::create_directory(directory.file("d.h5"));
  CHECK(refusal(directory.file("d.h5"), true).find("is a directory") != std::string::npos);
  CHECK(refusal("").find("needs a file name") != std::string::npos);
  CHECK(refusal(directory.file("d.h5/")).find("needs a file name") != std::string::npos);
  if (::geteuid() != 0) {
    std::filesystem::permissions(directory.file("d.h5"), std::filesystem::perms::owner_read);
    CHECK(refusal(directory.file("d.h5/a.h5")).find("cannot write into directory") != std::string::npos);
    std::filesystem::permissions(directory.file("d.h5"), std::filesystem::perms::owner_all);
  }
}

TEST_CASE("two runs do not write one file") {
  const test::TemporaryDirectory directory;
  const std::string part = directory.file("a.part.h5");
  put(part, "");
  const int other = ::open(part.c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(::flock(other, LOCK_EX) == 0);
  CHECK(refusal(directory.file("a.h5"), true).find("another run is writing") != std::string::npos);
  ::close(other);
  CHECK(refusal(directory.file("a.h5"), true).empty());
}

TEST_CASE("publishing renames, and replaces only by force") {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("a.h5");
  const OutputPaths paths = plan_output(path, false);
  put(paths.part, "first");
  publish(paths);
  CHECK(text_of(path) == "first");
  CHECK_FALSE(std::filesystem::exists(paths.part));

  put(paths.part, "second");
  CHECK_THROWS_AS(publish(paths), RunError);
  CHECK(text_of(path) == "first");
  CHECK(text_of(paths.part) == "second");
  publish(plan_output(path, true));
  CHECK(text_of(path) == "second");
}

TEST_CASE("what bears the part name is removed only if a run has left it") {
  const test::TemporaryDirectory directory;
  const std::string part = directory.file("a.part.h5");
  const OutputPaths paths = plan_output(directory.file("a.h5"), false);
  const OutputPaths forced = plan_output(directory.file("a.h5"), true);
  make_room(paths);
  for (const std::string& text : {left_over, std::string(), std::string(96, '\0')}) {
    put(part, text);
    make_room(paths);
    CHECK_FALSE(std::filesystem::exists(part));
  }
  put(part, "notes");
  CHECK_THROWS_WITH_AS(
      make_room(paths),
      (part + ": is there, and no run has written it; --force replaces it, -o names another file").c_str(),
      RunError);
  CHECK(text_of(part) == "notes");
  make_room(forced);
  CHECK_FALSE(std::filesystem::exists(part));
}

TEST_CASE("a link under the part name is never followed, and a FIFO never waited for") {
  const test::TemporaryDirectory directory;
  const std::string part = directory.file("a.part.h5");
  const OutputPaths forced = plan_output(directory.file("a.h5"), true);
  put(directory.file("precious"), left_over);
  std::filesystem::create_symlink("precious", part);
  CHECK_THROWS_AS(make_room(forced), RunError);
  CHECK(refusal(forced.final, true).find("is a link") != std::string::npos);
  std::filesystem::remove(part);
  std::filesystem::create_symlink("nowhere", part);
  CHECK_THROWS_AS(make_room(forced), RunError);
  std::filesystem::remove(part);
  REQUIRE(::mkfifo(part.c_str(), S_IRUSR | S_IWUSR) == 0);
  CHECK_THROWS_AS(make_room(forced), RunError);
  std::filesystem::remove(part);
  // Another name of a file: what bears it stays.
  std::filesystem::create_hard_link(directory.file("precious"), part);
  make_room(forced);
  CHECK_FALSE(std::filesystem::exists(part));
  CHECK(text_of(directory.file("precious")) == left_over);
}
}  // namespace paths_test
