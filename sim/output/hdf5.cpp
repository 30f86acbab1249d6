#include "sim/output/hdf5.hpp"

#include <cerrno>
#include <string_view>
#include <system_error>

#include "sim/base/error.hpp"

namespace sojourn::hdf5 {

namespace {

/// The text between `before` and the next quote, or "".
std::string quoted(std::string_view text, std::string_view before) {
  const std::size_t start = text.find(before);
  if (start == std::string_view::npos) return "";
  const std::string_view rest = text.substr(start + before.size());
  return std::string(rest.substr(0, rest.find('\'')));
}

/// Visits the error stack from the innermost call outwards.
herr_t note_reason(unsigned /*depth*/, const H5E_error2_t* error, void* reason) {
  auto& text = *static_cast<std::string*>(reason);
  if (error->desc == nullptr) return 0;
  if (const std::string system = quoted(error->desc, "error message = '"); !system.empty()) {
    text = system;
    return 1;
  }
  if (text.empty()) text = error->desc;
  return 0;
}

}  // namespace

void silence() {
  H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

std::string last_error() {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_reason, &reason);
  return reason.empty() ? "HDF5 gives no reason" : reason;
}

void fail(const std::string& path, const std::string& what) {
  const std::string reason = last_error();
  const bool is_full = reason == std::generic_category().message(ENOSPC);
  throw RunError(path + ": cannot " + what + ": " + reason +
                 (is_full ? "; make room and run again, or choose another place with -o" : ""));
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), H5T_VARIABLE);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

Handle fixed_text_type(std::size_t bytes) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), bytes);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
  return type;
}

}  // namespace sojourn::hdf5
