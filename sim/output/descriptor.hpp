#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <string>

namespace sojourn {

/// A file or directory opened by the operating system; negative if that failed (errno says why).
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags)
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): that is how the system calls it
      : number_(::open(path.c_str(), flags | O_CLOEXEC)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

}  // namespace sojourn
