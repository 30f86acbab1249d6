#include "sim/input/byte_source.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <filesystem>
#include <optional>
#include <string>

#include "tests/reading/reading.hpp"

namespace byte_source_test {

using sojourn::ByteSource;
using sojourn::file_problem;
using sojourn::FileProblem;
using sojourn::read_whole_file;
using sojourn::test::Folder;

namespace {

std::string all_of(const std::string& path, std::string* sha256 = nullptr) {
  ByteSource source(path);
  std::string all;
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) all += piece;
  if (source.problem()) return "problem: " + source.problem()->what;
  if (sha256 != nullptr) *sha256 = source.sha256();
  return all;
}

std::string packed(const std::string& text) {
  z_stream zip{};
  deflateInit2(&zip, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&zip, text.size()), '\0');
  std::string in = text;
  zip.next_in = reinterpret_cast<Bytef*>(in.data());
  zip.avail_in = static_cast<uInt>(in.size());
  zip.next_out = reinterpret_cast<Bytef*>(out.data());
  zip.avail_out = static_cast<uInt>(out.size());
  deflate(&zip, Z_FINISH);
  out.resize(zip.total_out);
  deflateEnd(&zip);
  return out;
}

}  // namespace

TEST_CASE("bytes come as they are, or unpacked, and have a checksum") {
  const Folder folder;
  std::string sha;
  CHECK(all_of(folder.write("abc", "abc"), &sha) == "abc");
  CHECK(sha ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2, appendix B.1
  CHECK(all_of(folder.write("empty", ""), &sha).empty());
  CHECK(sha == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const std::string large(3'000'000, 'y');
  CHECK(all_of(folder.write("large", large)) == large);
  CHECK(all_of(folder.write("large.gz", packed(large))) == large);
  CHECK(all_of(folder.write("two.gz", packed("one ") + packed("two"))) == "one two");
  CHECK(all_of(folder.write("nothing.gz", packed(""))).empty());
}

TEST_CASE("damaged packed files are problems") {
  const Folder folder;
  const std::string whole = packed("some text that is long enough to be cut");
  CHECK(all_of(folder.write("cut.gz", whole.substr(0, whole.size() / 2))) ==
        "problem: the gzip file ends too early");
  std::string flipped = whole;
  flipped[whole.size() / 2] = static_cast<char>(~flipped[whole.size() / 2]);
  CHECK(all_of(folder.write("flipped.gz", flipped)) == "problem: the gzip file is damaged");
  CHECK(all_of(folder.write("book.gz", packed("PK\x03\x04 xl/workbook.xml"))) ==
        "problem: inside the gzip file is an Excel workbook (.xlsx)");
  CHECK(all_of(folder.write("twice.gz", packed(whole))) == "problem: inside the gzip file is a gzip file");
  CHECK(all_of(folder.write("more.gz", whole + "junk")) == "problem: the gzip file is damaged");
}

TEST_CASE("what is no file that can be read is a problem at once") {
  const Folder folder;
  CHECK(file_problem(folder.file("none"))->what == "there is no such file");
  CHECK(file_problem(folder.file("."))->what == "this is a folder");
  CHECK(file_problem("/dev/zero")->what == "this is no ordinary file");
  // The kernel's log looks like an ordinary file, and whoever reads it waits for ever.
  CHECK(file_problem("/proc/kmsg")->what == "this is no ordinary file");
  CHECK(file_problem("/proc/self/status")->what == "this is no ordinary file");
  CHECK_FALSE(file_problem(folder.write("some", "x")).has_value());
  std::filesystem::create_symlink(folder.file("loop"), folder.file("loop"));
  CHECK(file_problem(folder.file("loop"))->what.starts_with("the file cannot be read"));
  CHECK(all_of(folder.file("none")) == "problem: there is no such file");
}

TEST_CASE("a file that is too large is not read") {
  const Folder folder;
  std::optional<FileProblem> problem;
  CHECK(read_whole_file(folder.write("ok", std::string(100, 'x')), 100, problem).size() == 100);
  CHECK_FALSE(problem.has_value());
  CHECK(
      read_whole_file(folder.write("large", std::string((1U << 20U) + 1, 'x')), 1U << 20U, problem).empty());
  CHECK(problem->what == "the file is larger than 1 MiB");
}

}  // namespace byte_source_test
