#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/output/file_attribute.hpp"
#include "sim/output/hdf5.hpp"

namespace sojourn {

using DimensionId = Id<struct DimensionTag>;
using VariableId = Id<struct VariableTag>;

/// How the values of a variable are stored. Instants are days since 1970-01-01.
enum class ValueType : std::uint8_t { int32, int64, float64, text };

/// A netCDF-4 file that is being written: an HDF5 file of the earliest format that can hold it, with a
/// dimension scale on every axis, creation order tracked, and no types but numbers and texts. Variables whose
/// first dimension grows are appended to. Between two calls of `flush` the file on disk stays as it was at
/// the last one, so that it opens even if the program is killed. All errors are `RunError`s that name the
/// file.
class DataFile {
 public:
  /// Creates the file, in place of any that is there.
  explicit DataFile(std::string path);

  [[nodiscard]] const std::string& path() const { return path_; }

  /// A dimension of this length without labels.
  DimensionId add_dimension(const std::string& name, std::size_t length);
  /// A dimension whose labels are the values of a variable of its name.
  DimensionId add_labels(const std::string& name, std::span<const std::string> labels,
                         const FileAttributes& attributes);
  /// A dimension that grows, with 32-bit numbers (days) in a variable of its name: see `coordinate`.
  DimensionId add_instants(const std::string& name, const FileAttributes& attributes);
  /// A dimension that grows, without labels: rows of a table.
  DimensionId add_rows(const std::string& name);
  /// The variable that holds the labels of a dimension.
  [[nodiscard]] VariableId coordinate(DimensionId dimension) const { return VariableId{dimension.index()}; }

  /// A variable over these dimensions (none: a single value). Only the first may grow, and none may come
  /// twice.
  VariableId add_variable(const std::string& name, ValueType type, std::span<const DimensionId> dimensions,
                          const FileAttributes& attributes);

  /// Fills a variable that does not grow.
  void write(VariableId variable, std::span<const std::int64_t> values);
  void write(VariableId variable, std::span<const double> values);
  void write(VariableId variable, std::span<const std::string> values);

  /// Adds to the end of a growing variable. Numbers that its type cannot hold are an error.
  void append(VariableId variable, std::span<const std::int64_t> values);
  void append(VariableId variable, std::span<const double> values);

  /// An attribute of the file as a whole, or of a group, which is made if need be.
  void set_attribute(const FileAttribute& attribute);
  void set_attribute(const std::string& group, const FileAttribute& attribute);

  /// Bytes that wait in memory for `flush`.
  [[nodiscard]] std::size_t pending_bytes() const { return pending_bytes_; }
  /// Brings all that was appended to the operating system.
  void flush();
  /// Flushes and closes. What is destroyed without having been closed is closed without a word.
  void close();

 private:
  struct Dataset {
    std::string name;
    ValueType type = ValueType::float64;
    hdf5::Handle handle;
    std::vector<hsize_t> extent;
    bool grows = false;
    /// Of a table: appended numbers are kept until `flush`. Its chunks hold many rows, and a chunk that is
    /// written half and later again may lie elsewhere, which the file on disk would not know.
    bool is_table = false;
    /// Of a column of a table: the scale of its rows, which grows with it.
    std::optional<std::size_t> rows;
    std::vector<std::int64_t> pending;
  };

  std::size_t add_dataset(Dataset dataset, const FileAttributes& attributes);
  /// Makes a dataset the scale of a new dimension.
  DimensionId make_scale(std::size_t dataset, const std::string& scale_name);
  DimensionId add_scale_only(const std::string& name, std::size_t length, bool grows);
  void write_all(Dataset& dataset, hid_t memory_type, const void* values, std::size_t count);
  void append_values(Dataset& dataset, hid_t memory_type, const void* values, std::size_t count);
  void append_numbers(Dataset& dataset, std::span<const std::int64_t> values);
  [[nodiscard]] std::span<const std::int32_t> narrow(const Dataset& dataset,
                                                     std::span<const std::int64_t> values);

  std::string path_;
  hdf5::Handle file_;
  std::vector<Dataset> datasets_;
  std::int32_t dimensions_ = 0;
  std::size_t pending_bytes_ = 0;
  std::vector<std::int32_t> narrowed_;
};

}  // namespace sojourn
