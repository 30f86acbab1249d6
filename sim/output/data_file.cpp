#include "sim/output/data_file.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "sim/base/error.hpp"

namespace sojourn {

namespace {

hdf5::Handle group_creation_list(hid_t of_class) {
  hdf5::Handle list = creation_list(of_class);
  H5Pset_link_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  return list;
}

/// The earliest format, so that every HDF5 since 1.8 reads it; and metadata reaches the disk by `flush`
/// alone, never when the cache happens to be full, so that what a killed program leaves is the state of the
/// last `flush`.
hdf5::Handle access_list(const std::string& path) {
  hdf5::Handle list(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_libver_bounds(list.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST);
  H5AC_cache_config_t cache{};
  cache.version = H5AC__CURR_CACHE_CONFIG_VERSION;
  hdf5::check(H5Pget_mdc_config(list.get(), &cache), path, "prepare the file");
  cache.evictions_enabled = false;
  cache.incr_mode = H5C_incr__off;
  cache.flash_incr_mode = H5C_flash_incr__off;
  cache.decr_mode = H5C_decr__off;
  hdf5::check(H5Pset_mdc_config(list.get(), &cache), path, "prepare the file");
  return list;
}

/// Fails where there is anything of that name, be it a link to nothing.
hdf5::Handle create_file(const std::string& path) {
  hdf5::silence();
  const hdf5::Handle creation = group_creation_list(H5P_FILE_CREATE);
  const hdf5::Handle access = access_list(path);
  const hid_t id = H5Fcreate(path.c_str(), H5F_ACC_EXCL, creation.get(), access.get());
  return {hdf5::check(id, path, "create the file"), H5Fclose};
}

/// By these words netCDF tells a scale that only stands for a dimension from a variable.
std::string no_variable(std::size_t length) {
  return fmt::format("This is a netCDF dimension but not a netCDF variable. {:10}", length);
}

}  // namespace

DataFile::DataFile(std::string path)
    : path_(std::move(path)), file_(create_file(path_)), descriptor_(path_, O_WRONLY | O_NOFOLLOW) {}

DataFile::~DataFile() {
  for (Dataset& dataset : datasets_) dataset.abandon();
  file_.abandon();
}

std::size_t DataFile::add_dataset(const std::string& name, DatasetShape shape,
                                  const FileAttributes& attributes) {
  const std::size_t index = datasets_.size();
  datasets_.emplace_back(file_.get(), path_, name, std::move(shape));
  scale_of_rows_.push_back(index);
  for (const FileAttribute& attribute : attributes) write_attribute(datasets_[index].id(), attribute, path_);
  return index;
}

DimensionId DataFile::add_scale(const std::string& name, DatasetShape shape, const std::string& label,
                                const FileAttributes& attributes) {
  const std::size_t index = add_dataset(name, std::move(shape), attributes);
  const hid_t id = datasets_[index].id();
  hdf5::check(H5DSset_scale(id, label.c_str()), path_, "make dimension " + name);
  write_attribute(id, {"_Netcdf4Dimid", dimensions_++}, path_);
  return DimensionId{index};
}

DimensionId DataFile::add_dimension(const std::string& name, std::size_t length) {
  return add_scale(name, {ValueType::int32, {length}, false, false}, no_variable(length), {});
}

DimensionId DataFile::add_rows(const std::string& name) {
  return add_scale(name, {ValueType::int32, {0}, true, true}, no_variable(0), {});
}

DimensionId DataFile::add_instants(const std::string& name, const FileAttributes& attributes) {
  return add_scale(name, {ValueType::int32, {0}, true, false}, name, attributes);
}

DimensionId DataFile::add_labels(const std::string& name, std::span<const std::string> labels,
                                 const FileAttributes& attributes) {
  const DimensionId id = add_scale(name, {ValueType::text, {labels.size()}, false, false}, name, attributes);
  datasets_[id.index()].write(labels);
  return id;
}

DimensionId DataFile::add_numbers(const std::string& name, std::span<const double> numbers,
                                  const FileAttributes& attributes) {
  const DimensionId id =
      add_scale(name, {ValueType::float64, {numbers.size()}, false, false}, name, attributes);
  datasets_[id.index()].write(numbers);
  return id;
}

VariableId DataFile::add_variable(const std::string& name, ValueType type,
                                  std::span<const DimensionId> dimensions, const FileAttributes& attributes) {
  DatasetShape shape;
  shape.type = type;
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    const Dataset& scale = datasets_[dimensions[i].index()];
    const auto before = dimensions.first(i);
    if (std::find(before.begin(), before.end(), dimensions[i]) != before.end() ||
        (i > 0 && scale.shape().grows)) {
      throw std::logic_error("variable " + name + ": dimension " + scale.name() + " cannot be used so");
    }
    shape.extent.push_back(scale.shape().extent[0]);
    shape.grows = shape.grows || scale.shape().grows;
    shape.is_table = shape.is_table || scale.shape().is_table;
  }
  if (shape.grows) shape.extent[0] = 0;
  const bool is_table = shape.is_table;
  const std::size_t index = add_dataset(name, std::move(shape), attributes);
  if (is_table) scale_of_rows_[index] = dimensions[0].index();
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    hdf5::check(H5DSattach_scale(datasets_[index].id(), datasets_[dimensions[i].index()].id(),
                                 static_cast<unsigned>(i)),
                path_, "attach the dimensions of variable " + name);
  }
  return VariableId{index};
}

void DataFile::set_attribute(const FileAttribute& attribute) {
  write_attribute(file_.get(), attribute, path_);
}

void DataFile::set_attribute(const std::string& group, const FileAttribute& attribute) {
  const std::string what = "write group " + group;
  const bool exists = hdf5::check(H5Lexists(file_.get(), group.c_str(), H5P_DEFAULT), path_, what) > 0;
  const hdf5::Handle list = group_creation_list(H5P_GROUP_CREATE);
  const hid_t id = exists ? H5Gopen2(file_.get(), group.c_str(), H5P_DEFAULT)
                          : H5Gcreate2(file_.get(), group.c_str(), H5P_DEFAULT, list.get(), H5P_DEFAULT);
  const hdf5::Handle handle(hdf5::check(id, path_, what), H5Gclose);
  write_attribute(handle.get(), attribute, path_);
}

void DataFile::flush(bool is_last) {
  for (std::size_t i = 0; i < datasets_.size(); ++i) {
    if (scale_of_rows_[i] == i) continue;
    datasets_[i].write_rows(is_last);
    datasets_[scale_of_rows_[i]].extend(datasets_[i].shape().extent[0]);
  }
  announce_end();
  hdf5::check(H5Fflush(file_.get(), H5F_SCOPE_LOCAL), path_, "write the file");
}

/// Writes where the file ends before anything that lies beyond the end it had. HDF5 does so last, and a
/// program killed before would leave headers that point beyond the end, which readers refuse to follow. In a
/// superblock of version 0 the end stands in bytes 40 to 47 (HDF5 File Format Specification 3.0, II.A),
/// without a checksum.
void DataFile::announce_end() {
  constexpr off_t place = 40;
  hsize_t end = 0;
  hdf5::check(H5Fget_filesize(file_.get(), &end), path_, "write the file");
  struct stat status {};
  const bool is_long_enough =
      ::fstat(descriptor_.get(), &status) == 0 && status.st_size >= static_cast<off_t>(end);
  if ((!is_long_enough && ::ftruncate(descriptor_.get(), static_cast<off_t>(end)) != 0) ||
      ::pwrite(descriptor_.get(), &end, sizeof end, place) != sizeof end) {
    throw RunError(path_ + ": cannot write the file: " + std::generic_category().message(errno));
  }
}

void DataFile::close() {
  flush(true);
  bool closed = true;
  for (Dataset& dataset : datasets_) closed = dataset.close() && closed;
  datasets_.clear();
  if (!file_.close() || !closed) hdf5::fail(path_, "close the file");
}

}  // namespace sojourn
