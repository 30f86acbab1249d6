#include "sim/output/file_attribute.hpp"

#include "sim/output/hdf5.hpp"

namespace sojourn {

namespace {

/// What an attribute is written from.
struct Source {
  hdf5::Handle type;
  hdf5::Handle space;
  const void* data = nullptr;
};

hdf5::Handle scalar() { return {H5Screate(H5S_SCALAR), H5Sclose}; }

hdf5::Handle copy_of(hid_t type) { return {H5Tcopy(type), H5Tclose}; }

void write(hid_t object, const std::string& name, const Source& source, const std::string& path) {
  const std::string what = "write attribute " + name;
  const bool exists = hdf5::check(H5Aexists(object, name.c_str()), path, what) > 0;
  const hid_t id = exists ? H5Aopen(object, name.c_str(), H5P_DEFAULT)
                          : H5Acreate2(object, name.c_str(), source.type.get(), source.space.get(),
                                       H5P_DEFAULT, H5P_DEFAULT);
  const hdf5::Handle attribute(hdf5::check(id, path, what), H5Aclose);
  hdf5::check(H5Awrite(attribute.get(), source.type.get(), source.data), path, what);
}

struct Writer {
  hid_t object;
  const std::string& name;
  const std::string& path;

  void operator()(const std::string& text) const {
    if (text.empty()) return;
    write(object, name, {hdf5::fixed_text_type(text.size()), scalar(), text.data()}, path);
  }
  void operator()(const LongText& value) const {
    if (value.text.empty()) return;
    const char* text = value.text.c_str();
    write(object, name, {hdf5::text_type(), scalar(), &text}, path);
  }
  void operator()(const std::vector<std::string>& texts) const {
    if (texts.empty()) return;
    std::vector<const char*> pointers;
    pointers.reserve(texts.size());
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    const hsize_t size = texts.size();
    hdf5::Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose);
    write(object, name, {hdf5::text_type(), std::move(space), pointers.data()}, path);
  }
  void operator()(const std::int32_t& number) const {
    write(object, name, {copy_of(H5T_STD_I32LE), scalar(), &number}, path);
  }
  void operator()(const std::int64_t& number) const {
    write(object, name, {copy_of(H5T_STD_I64LE), scalar(), &number}, path);
  }
  void operator()(const double& number) const {
    write(object, name, {copy_of(H5T_IEEE_F64LE), scalar(), &number}, path);
  }
};

}  // namespace

void write_attribute(hid_t object, const FileAttribute& attribute, const std::string& path) {
  std::visit(Writer{object, attribute.name, path}, attribute.value);
}

}  // namespace sojourn
