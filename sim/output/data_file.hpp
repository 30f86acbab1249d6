#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/output/dataset.hpp"
#include "sim/output/descriptor.hpp"
#include "sim/output/file_attribute.hpp"
#include "sim/output/hdf5.hpp"

namespace sojourn {

using DimensionId = Id<struct DimensionTag>;
using VariableId = Id<struct VariableTag>;

/// A netCDF-4 file that is being written: an HDF5 file of the earliest format that can hold it, with a
/// dimension scale on every axis, creation order tracked, and no types but numbers and texts. Variables whose
/// first dimension grows are appended to. Between two calls of `flush` the file on disk stays as it was at
/// the last one, so that it opens even if the program is killed. All errors are `RunError`s that name the
/// file.
class DataFile {
 public:
  /// Creates the file. That there is anything of that name, a link included, is an error.
  explicit DataFile(std::string path);
  DataFile(const DataFile&) = delete;
  DataFile& operator=(const DataFile&) = delete;
  DataFile(DataFile&&) = delete;
  DataFile& operator=(DataFile&&) = delete;
  /// Without `close`, as when the disk is full, the file is left as it was at the last flush. To HDF5 it
  /// stays open until the program ends, because HDF5 would first write what it can of the rest, and leave a
  /// file that does not open.
  ~DataFile();

  [[nodiscard]] const std::string& path() const { return path_; }

  /// A dimension of this length without labels.
  DimensionId add_dimension(const std::string& name, std::size_t length);
  /// A dimension whose labels are the values of a variable of its name.
  DimensionId add_labels(const std::string& name, std::span<const std::string> labels,
                         const FileAttributes& attributes);
  /// The same with numbers.
  DimensionId add_numbers(const std::string& name, std::span<const double> numbers,
                          const FileAttributes& attributes);
  /// A dimension that grows, with 32-bit numbers (days) in a variable of its name: see `coordinate`.
  DimensionId add_instants(const std::string& name, const FileAttributes& attributes);
  /// A dimension that grows, without labels: rows of a table, whose columns hold whole numbers.
  DimensionId add_rows(const std::string& name);
  /// The variable that holds the labels of a dimension.
  [[nodiscard]] VariableId coordinate(DimensionId dimension) const { return VariableId{dimension.index()}; }

  /// A variable over these dimensions (none: a single value). Only the first may grow, and none may come
  /// twice.
  VariableId add_variable(const std::string& name, ValueType type, std::span<const DimensionId> dimensions,
                          const FileAttributes& attributes);

  /// Fills a variable that does not grow.
  template <class Value>
  void write(VariableId variable, const std::vector<Value>& values) {
    datasets_[variable.index()].write(std::span<const Value>(values));
  }
  /// Adds to the end of a growing variable. Numbers that its type cannot hold are an error.
  template <class Value>
  void append(VariableId variable, const std::vector<Value>& values) {
    datasets_[variable.index()].append(std::span<const Value>(values));
  }

  /// An attribute of the file as a whole, or of a group, which is made if need be.
  void set_attribute(const FileAttribute& attribute);
  void set_attribute(const std::string& group, const FileAttribute& attribute);

  /// Brings all that was appended to the operating system. After the last time nothing can be appended to
  /// tables.
  void flush(bool is_last = false);
  /// Flushes and closes.
  void close();

 private:
  /// Makes a dataset that is the scale of a new dimension; `label` is what it calls itself.
  DimensionId add_scale(const std::string& name, DatasetShape shape, const std::string& label,
                        const FileAttributes& attributes);
  void announce_end();
  std::size_t add_dataset(const std::string& name, DatasetShape shape, const FileAttributes& attributes);

  std::string path_;
  hdf5::Handle file_;
  /// The same file, for `announce_end`.
  Descriptor descriptor_;
  std::vector<Dataset> datasets_;
  /// For each dataset that is a column of a table, the scale of the table's rows; else itself.
  std::vector<std::size_t> scale_of_rows_;
  std::int32_t dimensions_ = 0;
};

}  // namespace sojourn
