#include "sim/output/stored_file.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/output/format_version.hpp"

namespace sojourn {

namespace {

/// Numbers that are read at once, where a variable can be cut so.
constexpr std::size_t values_at_a_time = std::size_t{1} << 17U;

hdf5::Handle open_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    throw RunError(path + ": is a directory; name a file in it");
  if (!std::filesystem::exists(path, ignored)) throw RunError(path + ": there is no such file");
  hdf5::silence();
  const hid_t id = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  if (id >= 0) return {id, H5Fclose};
  const std::string reason = hdf5::last_error();
  if (reason.find("signature not found") != std::string::npos) {
    throw RunError(path + ": is no HDF5 file; expected an output of `sojourn run`");
  }
  if (reason.find("Resource temporarily unavailable") != std::string::npos) {
    throw RunError(path + ": is being written by a run; wait for its end");
  }
  throw RunError(path + ": cannot open the file: " + reason);
}

std::vector<std::size_t> sizes_of(hid_t space) {
  const int rank = H5Sget_simple_extent_ndims(space);
  std::vector<hsize_t> extent(static_cast<std::size_t>(rank < 0 ? 0 : rank));
  if (!extent.empty()) H5Sget_simple_extent_dims(space, extent.data(), nullptr);
  return {extent.begin(), extent.end()};
}

std::string type_name(hid_t dataset) {
  const hdf5::Handle type(H5Dget_type(dataset), H5Tclose);
  const std::size_t bits = 8 * H5Tget_size(type.get());
  switch (H5Tget_class(type.get())) {
    case H5T_INTEGER:
      return fmt::format("{}int{}", H5Tget_sign(type.get()) == H5T_SGN_NONE ? "u" : "", bits);
    case H5T_FLOAT:
      return fmt::format("float{}", bits);
    case H5T_STRING:
      return "text";
    default:
      return "other";
  }
}

std::string object_name(hid_t object) {
  const ssize_t length = H5Iget_name(object, nullptr, 0);
  std::string name(static_cast<std::size_t>(length < 0 ? 0 : length), '\0');
  H5Iget_name(object, name.data(), name.size() + 1);
  return name.substr(name.rfind('/') + 1);
}

herr_t take_scale_name(hid_t /*dataset*/, unsigned /*axis*/, hid_t scale, void* name) {
  *static_cast<std::string*>(name) = object_name(scale);
  return 1;
}

std::vector<std::string> dimension_names(hid_t dataset, std::size_t rank) {
  if (rank == 1 && H5DSis_scale(dataset) > 0) return {object_name(dataset)};
  std::vector<std::string> names(rank, "?");
  for (std::size_t i = 0; i < rank; ++i) {
    const auto axis = static_cast<unsigned>(i);
    if (H5DSget_num_scales(dataset, axis) > 0)
      H5DSiterate_scales(dataset, axis, nullptr, take_scale_name, &names[i]);
  }
  return names;
}

herr_t note_dataset(hid_t group, const char* name, const H5L_info_t* /*info*/, void* names) {
  const hdf5::Handle object(H5Oopen(group, name, H5P_DEFAULT), H5Oclose);
  if (H5Iget_type(object.get()) == H5I_DATASET)
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

}  // namespace

StoredFile::StoredFile(std::string path) : path_(std::move(path)), file_(open_file(path_)) {
  const std::optional<double> format = number("sojourn_format");
  if (!format) throw RunError(path_ + ": is an HDF5 file, but no output of `sojourn run`");
  if (*format > format_version) {
    throw RunError(
        fmt::format("{}: has format {:.0f}, and this program knows {} at most; use a newer sojourn", path_,
                    *format, format_version));
  }
}

std::vector<std::string> StoredFile::attribute_texts(hid_t object, const std::string& name) const {
  const std::string what = "read attribute " + name;
  if (hdf5::check(H5Aexists(object, name.c_str()), path_, what) == 0) return {};
  const hdf5::Handle attribute(hdf5::check(H5Aopen(object, name.c_str(), H5P_DEFAULT), path_, what),
                               H5Aclose);
  const hdf5::Handle type(H5Aget_type(attribute.get()), H5Tclose);
  const hdf5::Handle space(H5Aget_space(attribute.get()), H5Sclose);
  const auto count =
      static_cast<std::size_t>(hdf5::check(H5Sget_simple_extent_npoints(space.get()), path_, what));
  if (H5Tget_class(type.get()) != H5T_STRING) return {};
  if (H5Tis_variable_str(type.get()) <= 0) {
    std::string text(H5Tget_size(type.get()), '\0');
    if (count != 1) return {};
    hdf5::check(H5Aread(attribute.get(), type.get(), text.data()), path_, what);
    return {text.substr(0, text.find('\0'))};
  }
  std::vector<char*> pointers(count, nullptr);
  const hdf5::Handle memory = hdf5::text_type();
  hdf5::check(H5Aread(attribute.get(), memory.get(), pointers.data()), path_, what);
  std::vector<std::string> texts;
  texts.reserve(pointers.size());
  for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
  H5Dvlen_reclaim(memory.get(), space.get(), H5P_DEFAULT, pointers.data());
  return texts;
}

std::vector<std::string> StoredFile::texts(const std::string& attribute, const std::string& group) const {
  if (group != "/" && H5Lexists(file_.get(), group.c_str(), H5P_DEFAULT) <= 0) return {};
  const hdf5::Handle object(
      hdf5::check(H5Oopen(file_.get(), group.c_str(), H5P_DEFAULT), path_, "open group " + group), H5Oclose);
  return attribute_texts(object.get(), attribute);
}

std::optional<std::string> StoredFile::text(const std::string& attribute, const std::string& group) const {
  const std::vector<std::string> found = texts(attribute, group);
  if (found.empty()) return std::nullopt;
  return found.front();
}

std::optional<double> StoredFile::number(const std::string& attribute) const {
  const std::string what = "read attribute " + attribute;
  if (hdf5::check(H5Aexists(file_.get(), attribute.c_str()), path_, what) == 0) return std::nullopt;
  const hdf5::Handle handle(hdf5::check(H5Aopen(file_.get(), attribute.c_str(), H5P_DEFAULT), path_, what),
                            H5Aclose);
  const hdf5::Handle space(H5Aget_space(handle.get()), H5Sclose);
  const hdf5::Handle type(H5Aget_type(handle.get()), H5Tclose);
  const H5T_class_t kind = H5Tget_class(type.get());
  if (H5Sget_simple_extent_npoints(space.get()) != 1 || (kind != H5T_INTEGER && kind != H5T_FLOAT))
    return std::nullopt;
  double value = 0;
  hdf5::check(H5Aread(handle.get(), H5T_NATIVE_DOUBLE, &value), path_, what);
  return value;
}

bool StoredFile::has(const std::string& variable) const {
  return H5Lexists(file_.get(), variable.c_str(), H5P_DEFAULT) > 0;
}

hdf5::Handle StoredFile::open(const std::string& variable) const {
  return {
      hdf5::check(H5Dopen2(file_.get(), variable.c_str(), H5P_DEFAULT), path_, "open variable " + variable),
      H5Dclose};
}

StoredVariable StoredFile::describe(const std::string& variable) const {
  const hdf5::Handle dataset = open(variable);
  const hdf5::Handle space(H5Dget_space(dataset.get()), H5Sclose);
  const auto first_text = [&](const char* name) {
    const std::vector<std::string> found = attribute_texts(dataset.get(), name);
    return found.empty() ? std::string() : found.front();
  };
  StoredVariable result;
  result.name = variable;
  result.type = type_name(dataset.get());
  result.sizes = sizes_of(space.get());
  result.dimensions = dimension_names(dataset.get(), result.sizes.size());
  result.unit = first_text("unit");
  if (result.unit.empty()) result.unit = first_text("units");
  result.long_name = first_text("long_name");
  result.dimension_only =
      first_text("NAME").starts_with("This is a netCDF dimension but not a netCDF variable");
  return result;
}

std::size_t StoredFile::records(const std::string& variable) const {
  const hdf5::Handle dataset = open(variable);
  const hdf5::Handle space(H5Dget_space(dataset.get()), H5Sclose);
  const std::vector<std::size_t> sizes = sizes_of(space.get());
  return sizes.empty() ? 1 : sizes[0];
}

std::vector<StoredVariable> StoredFile::variables() const {
  std::vector<std::string> names;
  hdf5::check(H5Literate(file_.get(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, note_dataset, &names), path_,
              "list the variables");
  std::vector<StoredVariable> result;
  result.reserve(names.size());
  for (const std::string& name : names) result.push_back(describe(name));
  return result;
}

std::vector<std::string> StoredFile::read_texts(const std::string& variable) const {
  const std::string what = "read variable " + variable;
  const hdf5::Handle dataset = open(variable);
  const hdf5::Handle space(H5Dget_space(dataset.get()), H5Sclose);
  const hdf5::Handle type = hdf5::text_type();
  ++reads_;
  std::vector<char*> pointers(
      static_cast<std::size_t>(hdf5::check(H5Sget_simple_extent_npoints(space.get()), path_, what)));
  hdf5::check(H5Dread(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), path_,
              what);
  std::vector<std::string> texts;
  texts.reserve(pointers.size());
  for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
  H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, pointers.data());
  return texts;
}

template <class Number>
std::vector<Number> StoredFile::read_part(const std::string& variable, std::size_t first, std::size_t count,
                                          hid_t type) const {
  const std::string what = "read variable " + variable;
  const hdf5::Handle dataset = open(variable);
  const hdf5::Handle in_file(H5Dget_space(dataset.get()), H5Sclose);
  const std::vector<std::size_t> sizes = sizes_of(in_file.get());
  std::vector<hsize_t> start(sizes.size(), 0);
  std::vector<hsize_t> size(sizes.begin(), sizes.end());
  if (!sizes.empty()) {
    start[0] = first;
    size[0] = count;
    hdf5::check(
        H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr),
        path_, what);
  }
  std::vector<Number> values(
      static_cast<std::size_t>(hdf5::check(H5Sget_select_npoints(in_file.get()), path_, what)));
  const hsize_t length = values.size();
  const hdf5::Handle in_memory(H5Screate_simple(1, &length, nullptr), H5Sclose);
  if (values.empty()) return values;
  ++reads_;
  hdf5::check(H5Dread(dataset.get(), type, in_memory.get(), in_file.get(), H5P_DEFAULT, values.data()), path_,
              what);
  return values;
}

std::vector<std::int64_t> StoredFile::read_numbers(const std::string& variable) const {
  return read_numbers(variable, 0, records(variable));
}

std::vector<std::int64_t> StoredFile::read_numbers(const std::string& variable, std::size_t first,
                                                   std::size_t count) const {
  return read_part<std::int64_t>(variable, first, count, H5T_NATIVE_INT64);
}

std::vector<double> StoredFile::read_reals(const std::string& variable, std::size_t first,
                                           std::size_t count) const {
  return read_part<double>(variable, first, count, H5T_NATIVE_DOUBLE);
}

void StoredFile::for_each_part(const std::string& variable,
                               const std::function<void(std::span<const double>)>& use) const {
  std::vector<std::size_t> sizes;
  {
    const hdf5::Handle dataset = open(variable);
    const hdf5::Handle space(H5Dget_space(dataset.get()), H5Sclose);
    sizes = sizes_of(space.get());
  }
  const std::size_t records = sizes.empty() ? 1 : sizes[0];
  std::size_t record = 1;
  for (std::size_t i = 1; i < sizes.size(); ++i) record *= sizes[i];
  const std::size_t at_a_time = std::max<std::size_t>(1, values_at_a_time / std::max<std::size_t>(1, record));
  for (std::size_t first = 0; first < records; first += at_a_time) {
    use(read_reals(variable, first, std::min(at_a_time, records - first)));
  }
}

}  // namespace sojourn
