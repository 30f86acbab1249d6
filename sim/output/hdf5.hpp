#pragma once

#include <hdf5.h>

#include <string>
#include <utility>

namespace sojourn::hdf5 {

/// Owns an identifier of the HDF5 library: a file, dataset, type, space, property list or attribute.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Handle() = default;
  Handle(hid_t id, Close how) : id_(id), close_(how) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() { close(); }

  [[nodiscard]] hid_t get() const { return id_; }
  [[nodiscard]] bool is_open() const { return id_ >= 0; }
  /// Leaves it open, owned by nobody.
  void abandon() { id_ = H5I_INVALID_HID; }
  /// Closes it now, for where a failure to close matters. Closing again does nothing and succeeds.
  bool close() {
    const hid_t id = std::exchange(id_, H5I_INVALID_HID);
    return id < 0 || close_(id) >= 0;
  }

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

/// Keeps HDF5 from printing its errors in this thread (it has a setting for each; they are thrown instead),
/// and from closing what is open when the program exits: of a file that could not be closed on a full disk it
/// then touches freed memory (seen in 1.10.8). To be called before anything else.
void silence();

/// The reason of the last failure in this thread, in a few words: that of the operating system where it knows
/// one, else HDF5's innermost message.
[[nodiscard]] std::string last_error();

/// Throws a `RunError`: `path: cannot <what>: <reason>`.
[[noreturn]] void fail(const std::string& path, const std::string& what);

/// The result of a call of HDF5, or an error if it is negative.
template <class Result>
Result check(Result result, const std::string& path, const std::string& what) {
  if (result < 0) fail(path, what);
  return result;
}

/// A type for texts of any length, or of a fixed number of bytes without an end mark; UTF-8.
[[nodiscard]] Handle text_type();
[[nodiscard]] Handle fixed_text_type(std::size_t bytes);

}  // namespace sojourn::hdf5
