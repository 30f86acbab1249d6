#pragma once

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace sojourn {

/// A text that may be long. It is stored at variable length; other texts at their own length, as more readers
/// understand that.
struct LongText {
  std::string text;
};

using FileAttributeValue =
    std::variant<std::string, LongText, std::vector<std::string>, std::int32_t, std::int64_t, double>;

/// A note on a file, group or variable, as HDF5 and netCDF know attributes. (Attributes without `File` are
/// properties of agents.)
struct FileAttribute {
  std::string name;
  FileAttributeValue value;
};

using FileAttributes = std::vector<FileAttribute>;

/// Writes a new attribute, or another number into an existing one. Empty texts and lists are left out:
/// readers disagree on what they look like. `path` is the file's, for errors.
void write_attribute(hid_t object, const FileAttribute& attribute, const std::string& path);

}  // namespace sojourn
