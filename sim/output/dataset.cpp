#include "sim/output/dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <stdexcept>
#include <utility>

#include "sim/base/error.hpp"

namespace sojourn {

namespace {

/// Instants, or their bounds, in a chunk; and the bytes of a record up to which it is taken for one of these.
constexpr hsize_t instants_chunk = 512;
constexpr std::size_t instant_bytes = 16;
/// Bytes; larger records are cut into several chunks, so that a part of one can be read alone.
constexpr hsize_t chunk_limit = hsize_t{1} << 20U;

hdf5::Handle stored_type(ValueType type) {
  if (type == ValueType::text) return hdf5::text_type();
  const hid_t number = type == ValueType::int32   ? H5T_STD_I32LE
                       : type == ValueType::int64 ? H5T_STD_I64LE
                                                  : H5T_IEEE_F64LE;
  return {H5Tcopy(number), H5Tclose};
}

std::size_t record_size_of(const DatasetShape& shape) {
  std::size_t size = 1;
  for (std::size_t i = 1; i < shape.extent.size(); ++i) size *= shape.extent[i];
  return size;
}

/// One record, cut along its slowest dimensions until it is small enough.
std::vector<hsize_t> chunk_of_record(std::vector<hsize_t> chunk) {
  chunk[0] = 1;
  hsize_t size = sizeof(std::int64_t);
  for (const hsize_t length : chunk) size *= length;
  for (std::size_t i = 1; i < chunk.size() && size > chunk_limit; ++i) {
    const hsize_t pieces = std::min(chunk[i], (size + chunk_limit - 1) / chunk_limit);
    size /= chunk[i];
    chunk[i] = (chunk[i] + pieces - 1) / pieces;
    size *= chunk[i];
  }
  return chunk;
}

void set_chunks(hid_t list, const DatasetShape& shape) {
  std::vector<hsize_t> chunk = chunk_of_record(shape.extent);
  const bool holds_instants =
      !shape.is_table && record_size_of(shape) * sizeof(std::int64_t) <= instant_bytes;
  if (shape.is_table) chunk[0] = Dataset::table_chunk;
  if (holds_instants) chunk[0] = instants_chunk;
  H5Pset_chunk(list, static_cast<int>(chunk.size()), chunk.data());
  if (holds_instants) return;
  H5Pset_shuffle(list);
  H5Pset_deflate(list, 1);
}

hdf5::Handle space_of(const DatasetShape& shape) {
  if (shape.extent.empty()) return {H5Screate(H5S_SCALAR), H5Sclose};
  std::vector<hsize_t> limits = shape.extent;
  if (shape.grows) limits[0] = H5S_UNLIMITED;
  return {H5Screate_simple(static_cast<int>(limits.size()), shape.extent.data(), limits.data()), H5Sclose};
}

}  // namespace

hdf5::Handle creation_list(hid_t of_class) {
  hdf5::Handle list(H5Pcreate(of_class), H5Pclose);
  H5Pset_attr_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_attr_phase_change(list.get(), 1000, 0);
  return list;
}

Dataset::Dataset(hid_t file, std::string path, std::string name, DatasetShape shape)
    : path_(std::move(path)), name_(std::move(name)), shape_(std::move(shape)) {
  const hdf5::Handle list = creation_list(H5P_DATASET_CREATE);
  H5Pset_obj_track_times(list.get(), false);
  if (shape_.grows) set_chunks(list.get(), shape_);
  // Named, because closing them forgets why the creation failed.
  const hdf5::Handle type = stored_type(shape_.type);
  const hdf5::Handle space = space_of(shape_);
  // Without a cache, so that nothing needs room in the file any more when it is flushed.
  const hdf5::Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose);
  H5Pset_chunk_cache(access.get(), 0, 0, 1);
  const hid_t id =
      H5Dcreate2(file, name_.c_str(), type.get(), space.get(), H5P_DEFAULT, list.get(), access.get());
  handle_ = hdf5::Handle(hdf5::check(id, path_, "create variable " + name_), H5Dclose);
}

std::size_t Dataset::record_size() const { return record_size_of(shape_); }

void Dataset::write_all(hid_t memory_type, const void* values, std::size_t count) {
  const std::size_t size = shape_.extent.empty() ? 1 : shape_.extent[0] * record_size();
  if (shape_.grows || count != size) throw std::logic_error("variable " + name_ + " cannot be filled so");
  hdf5::check(H5Dwrite(id(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), path_, writing());
}

void Dataset::write(std::span<const std::int64_t> values) {
  if (shape_.type == ValueType::int32) {
    write_all(H5T_NATIVE_INT32, narrow(values).data(), values.size());
  } else {
    write_all(H5T_NATIVE_INT64, values.data(), values.size());
  }
}

void Dataset::write(std::span<const double> values) {
  write_all(H5T_NATIVE_DOUBLE, values.data(), values.size());
}

void Dataset::write(std::span<const std::string> values) {
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const std::string& value : values) pointers.push_back(value.c_str());
  write_all(hdf5::text_type().get(), pointers.data(), pointers.size());
}

void Dataset::check_appendable(std::size_t count) const {
  if (!shape_.grows || record_size() == 0 || count % record_size() != 0) {
    throw std::logic_error("variable " + name_ + " cannot be appended to so");
  }
}

void Dataset::append(std::span<const std::int64_t> values) {
  check_appendable(values.size());
  if (shape_.is_table) {
    append_rows(values);
    return;
  }
  const hsize_t first = shape_.extent[0];
  extend(first + values.size() / record_size());
  write_numbers(values, first);
}

void Dataset::append(std::span<const double> values) {
  check_appendable(values.size());
  if (shape_.is_table) {
    std::vector<std::int64_t> bits;
    bits.reserve(values.size());
    for (const double value : values) bits.push_back(std::bit_cast<std::int64_t>(value));
    append_rows(bits);
    return;
  }
  const hsize_t first = shape_.extent[0];
  extend(first + values.size() / record_size());
  write_part(H5T_NATIVE_DOUBLE, values.data(), values.size(), first);
}

void Dataset::extend(hsize_t length) {
  if (length == shape_.extent[0]) return;
  shape_.extent[0] = length;
  hdf5::check(H5Dset_extent(id(), shape_.extent.data()), path_, writing());
}

/// What fills chunks is written at once, so that no more than a chunk waits.
void Dataset::append_rows(std::span<const std::int64_t> values) {
  while (rows_.size() + values.size() >= table_chunk) {
    const auto rest = values.first(table_chunk - rows_.size());
    rows_.insert(rows_.end(), rest.begin(), rest.end());
    write_rows(false);
    values = values.subspan(rest.size());
  }
  rows_.insert(rows_.end(), values.begin(), values.end());
}

/// Whole chunks are compressed and never touched again. A chunk that is not full yet is written uncompressed,
/// at its full size, so that it can be completed in its place; it stays so. Compressed, it would have another
/// size and place each time, and a program killed before the next flush would leave a file that looks for it
/// at the old one.
void Dataset::write_rows(bool is_last) {
  if (rows_.empty()) return;
  const hsize_t begun = shape_.extent[0] % table_chunk;
  hsize_t first = shape_.extent[0] - begun;
  if (rows_.size() == begun) return;
  extend(first + rows_.size());
  std::span<const std::int64_t> rest = rows_;
  for (bool in_place = begun > 0; !rest.empty(); in_place = false) {
    const auto chunk = rest.first(std::min<std::size_t>(rest.size(), table_chunk));
    const bool is_full = chunk.size() == table_chunk;
    if (in_place || (!is_full && !is_last)) {
      write_chunk_in_place(chunk, first);
    } else {
      write_numbers(chunk, first);
    }
    if (!is_full) break;
    first += table_chunk;
    rest = rest.subspan(table_chunk);
  }
  rows_ = std::vector<std::int64_t>(rest.begin(), rest.end());
}

void Dataset::write_chunk_in_place(std::span<const std::int64_t> values, hsize_t first) {
  constexpr std::uint32_t no_filter = ~std::uint32_t{0};
  const auto write_chunk = [&](auto numbers) {
    numbers.resize(table_chunk, 0);
    hdf5::check(H5Dwrite_chunk(id(), H5P_DEFAULT, no_filter, &first, numbers.size() * sizeof(numbers[0]),
                               numbers.data()),
                path_, writing());
  };
  if (shape_.type == ValueType::int32) {
    write_chunk(narrow(values));
  } else {
    write_chunk(std::vector<std::int64_t>(values.begin(), values.end()));
  }
}

void Dataset::write_numbers(std::span<const std::int64_t> values, hsize_t first) {
  if (shape_.type == ValueType::int32) {
    write_part(H5T_NATIVE_INT32, narrow(values).data(), values.size(), first);
  } else {
    const hid_t type = shape_.type == ValueType::float64 ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT64;
    write_part(type, values.data(), values.size(), first);
  }
}

void Dataset::write_part(hid_t memory_type, const void* values, std::size_t count, hsize_t first) {
  if (count == 0) return;
  std::vector<hsize_t> start(shape_.extent.size(), 0);
  std::vector<hsize_t> size = shape_.extent;
  start[0] = first;
  size[0] = count / record_size();
  const hdf5::Handle in_file(hdf5::check(H5Dget_space(id()), path_, writing()), H5Sclose);
  hdf5::check(H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr),
              path_, writing());
  const hdf5::Handle in_memory(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr),
                               H5Sclose);
  hdf5::check(H5Dwrite(id(), memory_type, in_memory.get(), in_file.get(), H5P_DEFAULT, values), path_,
              writing());
}

const std::vector<std::int32_t>& Dataset::narrow(std::span<const std::int64_t> values) {
  narrowed_.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < std::numeric_limits<std::int32_t>::min() ||
        values[i] > std::numeric_limits<std::int32_t>::max()) {
      throw RunError(
          fmt::format("{}: variable {} holds 32 bits, which {} exceeds; record more often (output.every) or "
                      "let an agent stand for more persons",
                      path_, name_, values[i]));
    }
    narrowed_[i] = static_cast<std::int32_t>(values[i]);
  }
  return narrowed_;
}

}  // namespace sojourn
