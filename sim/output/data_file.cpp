#include "sim/output/data_file.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "sim/base/error.hpp"

namespace sojourn {

namespace {

/// Values of a chunk of a table's column, or of the labels of a growing dimension.
constexpr hsize_t table_chunk = hsize_t{1} << 15U;
constexpr hsize_t instants_chunk = 512;
/// Larger records are cut into several chunks, so that a part of one can be read alone.
constexpr hsize_t chunk_limit = hsize_t{1} << 20U;

hid_t file_type(ValueType type) {
  if (type == ValueType::int32) return H5T_STD_I32LE;
  return type == ValueType::int64 ? H5T_STD_I64LE : H5T_IEEE_F64LE;
}

hdf5::Handle creation_list(hid_t of_class, const std::string& path) {
  hdf5::Handle list(hdf5::check(H5Pcreate(of_class), path, "prepare the file"), H5Pclose);
  // netCDF-4 lists dimensions, variables and attributes in the order in which they were made.
  H5Pset_attr_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  return list;
}

/// Attributes stay in the object's header: heaps for many attributes would need a later format.
void keep_attributes_compact(hid_t list) { H5Pset_attr_phase_change(list, 1000, 0); }

hdf5::Handle group_creation_list(hid_t of_class, const std::string& path) {
  hdf5::Handle list = creation_list(of_class, path);
  keep_attributes_compact(list.get());
  H5Pset_link_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  return list;
}

/// The earliest format, so that every HDF5 since 1.8 reads it; and metadata reaches the disk by `flush`
/// alone, never when the cache happens to be full, so that what a killed program leaves is the state of the
/// last `flush`.
hdf5::Handle access_list(const std::string& path) {
  hdf5::Handle list(hdf5::check(H5Pcreate(H5P_FILE_ACCESS), path, "prepare the file"), H5Pclose);
  H5Pset_libver_bounds(list.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST);
  H5AC_cache_config_t cache{};
  cache.version = H5AC__CURR_CACHE_CONFIG_VERSION;
  hdf5::check(H5Pget_mdc_config(list.get(), &cache), path, "prepare the file");
  cache.evictions_enabled = 0;
  cache.incr_mode = H5C_incr__off;
  cache.flash_incr_mode = H5C_flash_incr__off;
  cache.decr_mode = H5C_decr__off;
  hdf5::check(H5Pset_mdc_config(list.get(), &cache), path, "prepare the file");
  return list;
}

/// One record of a growing variable, cut along its slowest dimensions until it is small enough.
std::vector<hsize_t> chunk_of(const std::vector<hsize_t>& extent) {
  std::vector<hsize_t> chunk = extent;
  chunk[0] = 1;
  hsize_t size = sizeof(std::int64_t);
  for (const hsize_t length : chunk) size *= std::max<hsize_t>(1, length);
  for (std::size_t i = 1; i < chunk.size() && size > chunk_limit; ++i) {
    const hsize_t pieces = std::min(chunk[i], (size + chunk_limit - 1) / chunk_limit);
    size = size / chunk[i];
    chunk[i] = (chunk[i] + pieces - 1) / pieces;
    size *= chunk[i];
  }
  return chunk;
}

}  // namespace

DataFile::DataFile(std::string path) : path_(std::move(path)) {
  hdf5::silence();
  const hdf5::Handle creation = group_creation_list(H5P_FILE_CREATE, path_);
  const hdf5::Handle access = access_list(path_);
  const hid_t id = H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, creation.get(), access.get());
  file_ = hdf5::Handle(hdf5::check(id, path_, "create the file"), H5Fclose);
}

std::size_t DataFile::add_dataset(Dataset dataset, const FileAttributes& attributes) {
  const std::string what = "create variable " + dataset.name;
  const hdf5::Handle list = creation_list(H5P_DATASET_CREATE, path_);
  keep_attributes_compact(list.get());
  H5Pset_obj_track_times(list.get(), 0);
  std::vector<hsize_t> limits = dataset.extent;
  if (dataset.grows) {
    std::vector<hsize_t> chunk = chunk_of(dataset.extent);
    limits[0] = H5S_UNLIMITED;
    if (chunk.size() == 1) chunk[0] = dataset.is_table ? table_chunk : instants_chunk;
    H5Pset_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data());
    // A chunk with many instants is filled bit by bit: without compression it stays in its place.
    if (chunk.size() > 1 || dataset.is_table) {
      H5Pset_shuffle(list.get());
      H5Pset_deflate(list.get(), 1);
    }
  }
  const hdf5::Handle space(dataset.extent.empty() ? H5Screate(H5S_SCALAR)
                                                  : H5Screate_simple(static_cast<int>(dataset.extent.size()),
                                                                     dataset.extent.data(), limits.data()),
                           H5Sclose);
  const hdf5::Handle type = dataset.type == ValueType::text
                                ? hdf5::text_type()
                                : hdf5::Handle(H5Tcopy(file_type(dataset.type)), H5Tclose);
  const hid_t id = H5Dcreate2(file_.get(), dataset.name.c_str(), type.get(), space.get(), H5P_DEFAULT,
                              list.get(), H5P_DEFAULT);
  dataset.handle = hdf5::Handle(hdf5::check(id, path_, what), H5Dclose);
  for (const FileAttribute& attribute : attributes) write_attribute(id, attribute, path_);
  datasets_.push_back(std::move(dataset));
  return datasets_.size() - 1;
}

DimensionId DataFile::make_scale(std::size_t dataset, const std::string& scale_name) {
  const Dataset& scale = datasets_[dataset];
  hdf5::check(H5DSset_scale(scale.handle.get(), scale_name.c_str()), path_, "make dimension " + scale.name);
  write_attribute(scale.handle.get(), {"_Netcdf4Dimid", dimensions_++}, path_);
  return DimensionId{dataset};
}

DimensionId DataFile::add_scale_only(const std::string& name, std::size_t length, bool grows) {
  Dataset dataset;
  dataset.name = name;
  dataset.type = ValueType::int32;
  dataset.extent = {length};
  dataset.grows = grows;
  dataset.is_table = grows;
  // The words by which netCDF tells such a scale from a variable.
  return make_scale(add_dataset(std::move(dataset), {}),
                    fmt::format("This is a netCDF dimension but not a netCDF variable. {:10}", length));
}

DimensionId DataFile::add_dimension(const std::string& name, std::size_t length) {
  return add_scale_only(name, length, false);
}

DimensionId DataFile::add_rows(const std::string& name) { return add_scale_only(name, 0, true); }

DimensionId DataFile::add_labels(const std::string& name, std::span<const std::string> labels,
                                 const FileAttributes& attributes) {
  Dataset dataset;
  dataset.name = name;
  dataset.type = ValueType::text;
  dataset.extent = {labels.size()};
  const DimensionId id = make_scale(add_dataset(std::move(dataset), attributes), name);
  write(coordinate(id), labels);
  return id;
}

DimensionId DataFile::add_instants(const std::string& name, const FileAttributes& attributes) {
  Dataset dataset;
  dataset.name = name;
  dataset.type = ValueType::int32;
  dataset.extent = {0};
  dataset.grows = true;
  return make_scale(add_dataset(std::move(dataset), attributes), name);
}

VariableId DataFile::add_variable(const std::string& name, ValueType type,
                                  std::span<const DimensionId> dimensions, const FileAttributes& attributes) {
  Dataset dataset;
  dataset.name = name;
  dataset.type = type;
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    const Dataset& scale = datasets_[dimensions[i].index()];
    if (std::find(dimensions.begin(), dimensions.begin() + static_cast<std::ptrdiff_t>(i), dimensions[i]) !=
            dimensions.begin() + static_cast<std::ptrdiff_t>(i) ||
        (i > 0 && scale.grows)) {
      throw std::logic_error("variable " + name + ": dimension " + scale.name + " cannot be used so");
    }
    dataset.extent.push_back(scale.extent[0]);
    if (scale.grows) dataset.extent[0] = 0;
    dataset.grows = dataset.grows || scale.grows;
    dataset.is_table = scale.is_table;
    if (scale.is_table) dataset.rows = dimensions[i].index();
  }
  const std::size_t index = add_dataset(std::move(dataset), attributes);
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    hdf5::check(H5DSattach_scale(datasets_[index].handle.get(), datasets_[dimensions[i].index()].handle.get(),
                                 static_cast<unsigned>(i)),
                path_, "attach the dimensions of variable " + name);
  }
  return VariableId{index};
}

void DataFile::write_all(Dataset& dataset, hid_t memory_type, const void* values, std::size_t count) {
  hsize_t size = 1;
  for (const hsize_t length : dataset.extent) size *= length;
  if (dataset.grows || count != size)
    throw std::logic_error("variable " + dataset.name + " cannot be filled so");
  hdf5::check(H5Dwrite(dataset.handle.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), path_,
              "write variable " + dataset.name);
}

void DataFile::write(VariableId variable, std::span<const std::int64_t> values) {
  Dataset& dataset = datasets_[variable.index()];
  if (dataset.type == ValueType::int32) {
    write_all(dataset, H5T_NATIVE_INT32, narrow(dataset, values).data(), values.size());
  } else {
    write_all(dataset, H5T_NATIVE_INT64, values.data(), values.size());
  }
}

void DataFile::write(VariableId variable, std::span<const double> values) {
  write_all(datasets_[variable.index()], H5T_NATIVE_DOUBLE, values.data(), values.size());
}

void DataFile::write(VariableId variable, std::span<const std::string> values) {
  std::vector<const char*> pointers;
  for (const std::string& value : values) pointers.push_back(value.c_str());
  write_all(datasets_[variable.index()], hdf5::text_type().get(), pointers.data(), pointers.size());
}

void DataFile::append(VariableId variable, std::span<const std::int64_t> values) {
  Dataset& dataset = datasets_[variable.index()];
  if (dataset.is_table) {
    dataset.pending.insert(dataset.pending.end(), values.begin(), values.end());
    pending_bytes_ += values.size_bytes();
  } else {
    append_numbers(dataset, values);
  }
}

void DataFile::append(VariableId variable, std::span<const double> values) {
  append_values(datasets_[variable.index()], H5T_NATIVE_DOUBLE, values.data(), values.size());
}

void DataFile::append_numbers(Dataset& dataset, std::span<const std::int64_t> values) {
  if (dataset.type == ValueType::int32) {
    append_values(dataset, H5T_NATIVE_INT32, narrow(dataset, values).data(), values.size());
  } else {
    append_values(dataset, H5T_NATIVE_INT64, values.data(), values.size());
  }
}

void DataFile::append_values(Dataset& dataset, hid_t memory_type, const void* values, std::size_t count) {
  if (count == 0) return;
  const std::string what = "write variable " + dataset.name;
  std::vector<hsize_t> size = dataset.extent;
  hsize_t record = 1;
  for (std::size_t i = 1; i < size.size(); ++i) record *= size[i];
  if (!dataset.grows || record == 0 || count % record != 0) {
    throw std::logic_error("variable " + dataset.name + " cannot be appended to so");
  }
  size[0] = count / record;
  std::vector<hsize_t> start(size.size(), 0);
  start[0] = dataset.extent[0];
  dataset.extent[0] += size[0];
  hdf5::check(H5Dset_extent(dataset.handle.get(), dataset.extent.data()), path_, what);
  const hdf5::Handle in_file(hdf5::check(H5Dget_space(dataset.handle.get()), path_, what), H5Sclose);
  hdf5::check(H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr),
              path_, what);
  const hdf5::Handle in_memory(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr),
                               H5Sclose);
  hdf5::check(
      H5Dwrite(dataset.handle.get(), memory_type, in_memory.get(), in_file.get(), H5P_DEFAULT, values), path_,
      what);
  if (dataset.rows && datasets_[*dataset.rows].extent != dataset.extent) {
    Dataset& scale = datasets_[*dataset.rows];
    scale.extent = dataset.extent;
    hdf5::check(H5Dset_extent(scale.handle.get(), scale.extent.data()), path_, what);
  }
}

std::span<const std::int32_t> DataFile::narrow(const Dataset& dataset, std::span<const std::int64_t> values) {
  narrowed_.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < std::numeric_limits<std::int32_t>::min() ||
        values[i] > std::numeric_limits<std::int32_t>::max()) {
      throw RunError(
          fmt::format("{}: variable {} holds 32 bits, which {} exceeds; record more often (output.every) or "
                      "let an agent stand for more persons",
                      path_, dataset.name, values[i]));
    }
    narrowed_[i] = static_cast<std::int32_t>(values[i]);
  }
  return narrowed_;
}

void DataFile::set_attribute(const FileAttribute& attribute) {
  write_attribute(file_.get(), attribute, path_);
}

void DataFile::set_attribute(const std::string& group, const FileAttribute& attribute) {
  const std::string what = "write group " + group;
  const bool exists = hdf5::check(H5Lexists(file_.get(), group.c_str(), H5P_DEFAULT), path_, what) > 0;
  const hid_t id = exists ? H5Gopen2(file_.get(), group.c_str(), H5P_DEFAULT)
                          : H5Gcreate2(file_.get(), group.c_str(), H5P_DEFAULT,
                                       group_creation_list(H5P_GROUP_CREATE, path_).get(), H5P_DEFAULT);
  const hdf5::Handle handle(hdf5::check(id, path_, what), H5Gclose);
  write_attribute(handle.get(), attribute, path_);
}

void DataFile::flush() {
  for (Dataset& dataset : datasets_) {
    if (dataset.is_table && !dataset.pending.empty()) append_numbers(dataset, dataset.pending);
    dataset.pending.clear();
  }
  pending_bytes_ = 0;
  hdf5::check(H5Fflush(file_.get(), H5F_SCOPE_LOCAL), path_, "write the file");
}

void DataFile::close() {
  flush();
  bool closed = true;
  for (Dataset& dataset : datasets_) closed = dataset.handle.close() && closed;
  datasets_.clear();
  if (!file_.close() || !closed) hdf5::fail(path_, "close the file");
}

}  // namespace sojourn
