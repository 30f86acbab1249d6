#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/output/hdf5.hpp"

namespace sojourn {

/// How the values of a variable are stored. Instants are days since 1970-01-01.
enum class ValueType : std::uint8_t { int32, int64, float64, text };

/// What does not change about a dataset, and its extent when it is made.
struct DatasetShape {
  ValueType type = ValueType::float64;
  /// Empty: a single value.
  std::vector<hsize_t> extent;
  /// Whether it grows along its first dimension; otherwise it is filled once.
  bool grows = false;
  /// Whether it is a column of a table: of appended numbers, what does not fill a chunk is kept until
  /// `write_rows`.
  bool is_table = false;
};

/// A dataset of an HDF5 file that is being written, such that what was on the disk at a flush stays as it was
/// until the next. A record of a growing array has chunks of its own; instants are not compressed and so stay
/// in their place; for tables see `write_rows`. Errors are `RunError`s.
class Dataset {
 public:
  /// Values of a chunk of a table's column.
  static constexpr hsize_t table_chunk = hsize_t{1} << 15U;

  /// Creates it in the open file `file`, whose name is `path`.
  Dataset(hid_t file, std::string path, std::string name, DatasetShape shape);

  [[nodiscard]] hid_t id() const { return handle_.get(); }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const DatasetShape& shape() const { return shape_; }

  /// Fills a dataset that does not grow.
  void write(std::span<const std::int64_t> values);
  void write(std::span<const double> values);
  void write(std::span<const std::string> values);

  /// Adds to the end of one that grows. Numbers that its type cannot hold are an error.
  void append(std::span<const std::int64_t> values);
  void append(std::span<const double> values);
  /// Makes it as long as this along its first dimension.
  void extend(hsize_t length);
  /// Writes what a table kept. After the last time nothing can be appended.
  void write_rows(bool is_last = false);

  bool close() { return handle_.close(); }
  void abandon() { handle_.abandon(); }

 private:
  void write_all(hid_t memory_type, const void* values, std::size_t count);
  void append_rows(std::span<const std::int64_t> values);
  void write_part(hid_t memory_type, const void* values, std::size_t count, hsize_t first);
  void write_numbers(std::span<const std::int64_t> values, hsize_t first);
  void write_chunk_in_place(std::span<const std::int64_t> values, hsize_t first);
  /// Values along the other dimensions.
  [[nodiscard]] std::size_t record_size() const;
  void check_appendable(std::size_t count) const;
  [[nodiscard]] const std::vector<std::int32_t>& narrow(std::span<const std::int64_t> values);
  [[nodiscard]] std::string writing() const { return "write variable " + name_; }

  std::string path_;
  std::string name_;
  DatasetShape shape_;
  hdf5::Handle handle_;
  /// Rows that are not in a whole chunk of the file yet, fewer than a chunk; the first of them may be in one
  /// that is not whole. Reals are kept as their bits.
  std::vector<std::int64_t> rows_;
  std::vector<std::int32_t> narrowed_;
};

/// A property list for things of this class whose attributes are listed in the order in which they are made,
/// as netCDF-4 wants it, and stay in the object's header: a heap for them would need a later format.
[[nodiscard]] hdf5::Handle creation_list(hid_t of_class);

}  // namespace sojourn
