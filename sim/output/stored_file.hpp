#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/output/hdf5.hpp"

namespace sojourn {

/// A variable as a file describes it.
struct StoredVariable {
  std::string name;
  /// `int32`, `int64`, `float64`, `text`, or what else HDF5 calls it.
  std::string type;
  /// Names of its dimensions, as many as sizes; `?` where the file gives none.
  std::vector<std::string> dimensions;
  std::vector<std::size_t> sizes;
  /// "" where the file says none.
  std::string unit;
  std::string long_name;
  /// Whether it only stands for a dimension without labels.
  bool dimension_only = false;
};

/// An output of `sojourn run`, opened for reading; complete or not. All errors are `RunError`s that name the
/// file.
class StoredFile {
 public:
  /// Throws if there is no such file, if it is no HDF5 file, no output of `sojourn run` or of a newer format,
  /// damaged, or being written.
  explicit StoredFile(std::string path);

  [[nodiscard]] const std::string& path() const { return path_; }
  /// An attribute of the file, or of a group; nothing where it is not there.
  [[nodiscard]] std::optional<std::string> text(const std::string& attribute,
                                                const std::string& group = "/") const;
  [[nodiscard]] std::vector<std::string> texts(const std::string& attribute,
                                               const std::string& group = "/") const;
  [[nodiscard]] std::optional<double> number(const std::string& attribute) const;

  /// All variables, in the order in which they were made.
  [[nodiscard]] std::vector<StoredVariable> variables() const;
  [[nodiscard]] bool has(const std::string& variable) const;
  [[nodiscard]] StoredVariable describe(const std::string& variable) const;
  /// The size of its first dimension; 1 of a single value.
  [[nodiscard]] std::size_t records(const std::string& variable) const;
  [[nodiscard]] std::vector<std::string> read_texts(const std::string& variable) const;
  /// Whole numbers: all of them, or the part [first, first + count) along the first dimension.
  [[nodiscard]] std::vector<std::int64_t> read_numbers(const std::string& variable) const;
  [[nodiscard]] std::vector<std::int64_t> read_numbers(const std::string& variable, std::size_t first,
                                                       std::size_t count) const;
  /// Numbers of any kind, likewise.
  [[nodiscard]] std::vector<double> read_reals(const std::string& variable, std::size_t first,
                                               std::size_t count) const;
  /// All numbers of any kind in their order, each once, in parts of whole records that are of some MiB at
  /// most (but one record may always be a part).
  void for_each_part(const std::string& variable,
                     const std::function<void(std::span<const double>)>& use) const;

  /// How often values were read from the file so far: each time costs, however little is read.
  [[nodiscard]] std::size_t reads() const { return reads_; }

 private:
  template <class Number>
  [[nodiscard]] std::vector<Number> read_part(const std::string& variable, std::size_t first,
                                              std::size_t count, hid_t type) const;
  [[nodiscard]] hdf5::Handle open(const std::string& variable) const;
  [[nodiscard]] std::vector<std::string> attribute_texts(hid_t object, const std::string& name) const;

  std::string path_;
  hdf5::Handle file_;
  mutable std::size_t reads_ = 0;
};

}  // namespace sojourn
