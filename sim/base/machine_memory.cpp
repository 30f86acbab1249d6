#include "sim/base/machine_memory.hpp"

#include <malloc.h>

#include <fstream>
#include <string>

namespace sojourn {

namespace {

/// The number behind `name` in a file of lines `Name: number kB`, in bytes; 0 if there is none.
std::int64_t bytes_of(const std::string& path, const std::string& name) {
  constexpr std::int64_t bytes_per_kib = 1024;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name + ":")) return std::stoll(line.substr(name.size() + 1)) * bytes_per_kib;
  }
  return 0;
}

}  // namespace

void give_back_large_lists() {
#ifdef __GLIBC__
  // Either of them ends that malloc sets both by itself.
  constexpr int large = 1 << 20;
  constexpr int kept_at_the_end = 4 << 20;
  (void)mallopt(M_MMAP_THRESHOLD, large);
  (void)mallopt(M_TRIM_THRESHOLD, kept_at_the_end);
#endif
}

std::int64_t peak_memory() { return bytes_of("/proc/self/status", "VmHWM"); }

std::int64_t resident_memory() { return bytes_of("/proc/self/status", "VmRSS"); }

std::int64_t available_memory() { return bytes_of("/proc/meminfo", "MemAvailable"); }

}  // namespace sojourn
