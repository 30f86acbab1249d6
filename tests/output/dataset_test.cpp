#include "sim/output/dataset.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "sim/base/error.hpp"
#include "tests/support/temporary_directory.hpp"

namespace dataset_test {

using namespace sojourn;

namespace {

std::vector<std::int64_t> numbers_of(hid_t dataset) {
  const hdf5::Handle space(H5Dget_space(dataset), H5Sclose);
  std::vector<std::int64_t> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get())));
  H5Dread(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
  return values;
}
std::vector<std::int64_t> numbers_of(const Dataset& dataset) { return numbers_of(dataset.id()); }

class File {
 public:
  File()
      : path_(directory_.file("d.h5")),
        file_(H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose) {
    hdf5::silence();
  }
  [[nodiscard]] Dataset make(const DatasetShape& shape) const { return {file_.get(), path_, "x", shape}; }

  /// As a reader sees it. (Where chunks were written in place, the writing dataset remembers that they were
  /// not there.)
  [[nodiscard]] std::vector<std::int64_t> closed_and_read(Dataset& dataset) const {
    dataset.close();
    const hdf5::Handle again(H5Dopen2(file_.get(), "x", H5P_DEFAULT), H5Dclose);
    return numbers_of(again.get());
  }
  [[nodiscard]] std::size_t size() const {
    H5Fflush(file_.get(), H5F_SCOPE_LOCAL);
    return std::filesystem::file_size(path_);
  }

 private:
  test::TemporaryDirectory directory_;
  std::string path_;
  hdf5::Handle file_;
};

std::vector<std::int64_t> count_up(std::size_t size) {
  std::vector<std::int64_t> values(size);
  std::iota(values.begin(), values.end(), 1);
  return values;
}

std::vector<hsize_t> chunk_of(const Dataset& dataset) {
  const hdf5::Handle list(H5Dget_create_plist(dataset.id()), H5Pclose);
  std::vector<hsize_t> chunk(dataset.shape().extent.size());
  H5Pget_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data());
  return chunk;
}

int filters_of(const Dataset& dataset) {
  const hdf5::Handle list(H5Dget_create_plist(dataset.id()), H5Pclose);
  return H5Pget_nfilters(list.get());
}

using Numbers64 = std::span<const std::int64_t>;

}  // namespace

TEST_CASE("records are appended, each in a chunk of its own, shuffled and deflated") {
  const File file;
  Dataset dataset = file.make({ValueType::int32, {0, 2, 3}, true, false});
  const std::vector<std::int64_t> values = count_up(12);
  dataset.append(Numbers64(values).first(6));
  dataset.append(Numbers64(values).last(6));
  CHECK(numbers_of(dataset) == values);
  CHECK(chunk_of(dataset) == std::vector<hsize_t>{1, 2, 3});
  CHECK(filters_of(dataset) == 2);
}

TEST_CASE("large records are cut along their slowest dimensions") {
  const File file;
  CHECK(chunk_of(file.make({ValueType::int64, {0, 1000, 1000}, true, false})) ==
        std::vector<hsize_t>{1, 125, 1000});
}

TEST_CASE("instants stay in their place: many in a chunk, not compressed") {
  const File file;
  Dataset dataset = file.make({ValueType::int32, {0}, true, false});
  for (const std::int64_t day : count_up(600)) dataset.append(std::vector<std::int64_t>{day});
  CHECK(numbers_of(dataset) == count_up(600));
  CHECK(filters_of(dataset) == 0);
}

TEST_CASE("rows of a table wait until they fill a chunk or are written, however they come") {
  for (const ValueType type : {ValueType::int32, ValueType::int64}) {
    const File file;
    Dataset dataset = file.make({type, {0}, true, true});
    const std::vector<std::int64_t> values = count_up(100'000);
    std::size_t done = 0;
    for (const std::size_t size : {7UL, 0UL, 32'761UL, 1UL, 32'767UL, 1UL, 30'000UL, 4'463UL}) {
      dataset.append(Numbers64(values).subspan(done, size));
      // No more than a chunk waits, that memory can be foretold.
      const std::size_t of_whole_chunks = (done + size) / Dataset::table_chunk * Dataset::table_chunk;
      CHECK(dataset.shape().extent[0] == std::max(done, of_whole_chunks));
      dataset.write_rows();
      done += size;
      CHECK(dataset.shape().extent[0] == done);
    }
    CHECK(done == values.size());
    CHECK(file.closed_and_read(dataset) == values);
  }
}

TEST_CASE("a chunk that fills up row by row is completed in its place") {
  const File file;
  Dataset dataset = file.make({ValueType::int32, {0}, true, true});
  for (const std::int64_t value : count_up(5000)) {
    dataset.append(std::vector<std::int64_t>{value});
    dataset.write_rows();
  }
  CHECK(H5Dget_storage_size(dataset.id()) == Dataset::table_chunk * sizeof(std::int32_t));
  CHECK(file.closed_and_read(dataset) == count_up(5000));
  CHECK(file.size() < 2 * Dataset::table_chunk * sizeof(std::int32_t));
}

TEST_CASE("a chunk that was never begun is compressed at the end, full or not") {
  const File file;
  Dataset dataset = file.make({ValueType::int32, {0}, true, true});
  dataset.append(std::vector<std::int64_t>(1000, 7));
  dataset.write_rows(true);
  dataset.write_rows(true);
  CHECK(H5Dget_storage_size(dataset.id()) < 4000);
  CHECK(file.closed_and_read(dataset) == std::vector<std::int64_t>(1000, 7));
}

TEST_CASE("a column may hold reals") {
  const File file;
  Dataset dataset = file.make({ValueType::float64, {0}, true, true});
  for (const std::size_t size : {5UL, 40'000UL, 3UL}) {
    dataset.append(std::vector<double>(size, 2.0));
    dataset.write_rows();
  }
  CHECK(dataset.shape().extent[0] == 40'008);
  CHECK(file.closed_and_read(dataset) == std::vector<std::int64_t>(40'008, 2));
}

TEST_CASE("numbers beyond 32 bits are refused, never cut") {
  const File file;
  Dataset dataset = file.make({ValueType::int32, {0}, true, false});
  dataset.append(std::vector<std::int64_t>{2147483647, -2147483648});
  CHECK(numbers_of(dataset) == std::vector<std::int64_t>{2147483647, -2147483648});
  CHECK_THROWS_AS(dataset.append(std::vector<std::int64_t>{2147483648}), RunError);
  CHECK_THROWS_AS(dataset.append(std::vector<std::int64_t>{-2147483649}), RunError);
}

TEST_CASE("what does not fit the shape is a mistake of the program") {
  const File file;
  Dataset grows = file.make({ValueType::int32, {0, 3}, true, false});
  CHECK_THROWS_AS(grows.append(count_up(4)), std::logic_error);
  CHECK_THROWS_AS(grows.write(count_up(3)), std::logic_error);
}

TEST_CASE("a single value and a fixed array are filled once") {
  const File file;
  Dataset one = file.make({ValueType::int64, {}, false, false});
  one.write(std::vector<std::int64_t>{5});
  CHECK(numbers_of(one) == std::vector<std::int64_t>{5});
  CHECK_THROWS_AS(one.append(count_up(1)), std::logic_error);
}

}  // namespace dataset_test
