#include "sim/output/paths.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/output/descriptor.hpp"

namespace sojourn {

namespace {

namespace fs = std::filesystem;

std::string reason() { return std::generic_category().message(errno); }

/// HDF5 locks a file while it writes; a lock that we get at once was nobody's.
void check_not_being_written(const std::string& path) {
  const Descriptor file(path, O_RDONLY);
  if (file.get() < 0) return;
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw RunError(path + ": another run is writing this file; wait for it or choose another name with -o");
  }
}

void check_directory(const fs::path& path) {
  const fs::path directory = path.has_parent_path() ? path.parent_path() : ".";
  std::error_code ignored;
  if (!fs::is_directory(directory, ignored)) {
    throw RunError(fmt::format("{}: there is no directory {}; make it first (mkdir -p {})", path.string(),
                               directory.string(), directory.string()));
  }
  if (::access(directory.c_str(), W_OK | X_OK) != 0) {
    throw RunError(fmt::format("{}: cannot write into directory {}: {}; choose another place with -o",
                               path.string(), directory.string(), reason()));
  }
}

/// A rename that fails with EEXIST rather than replace what is there, where the file system knows how to.
bool rename_without_replacing(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  std::error_code ignored;
  if (fs::exists(to, ignored)) {
    errno = EEXIST;
    return false;
  }
  return ::rename(from.c_str(), to.c_str()) == 0;
}

void synchronise(const std::string& path, int flags) {
  const Descriptor file(path, flags);
  // Some file systems have no such operation for directories and say EINVAL.
  if (file.get() < 0 || (::fsync(file.get()) != 0 && errno != EINVAL)) {
    throw RunError(fmt::format("{}: cannot bring the file to the disk: {}", path, reason()));
  }
}

}  // namespace

OutputPaths plan_output(const std::string& path, bool force) {
  if (path.empty() || path.back() == '/')
    throw RunError("'" + path + "': an output needs a file name, such as run.h5");
  const fs::path target(path);
  OutputPaths paths;
  paths.final = path;
  paths.part = (target.parent_path() / target.stem()).string() + ".part" + target.extension().string();
  paths.force = force;
  std::error_code ignored;
  if (fs::is_directory(target, ignored)) throw RunError(path + ": is a directory; name a file in it");
  if (!force && fs::exists(fs::symlink_status(target, ignored))) {
    throw RunError(path + ": is there already; --force replaces it, -o names another file");
  }
  check_directory(target);
  if (fs::is_directory(paths.part, ignored))
    throw RunError(paths.part + ": is a directory, but is needed as a file");
  check_not_being_written(paths.part);
  return paths;
}

void publish(const OutputPaths& paths) {
  synchronise(paths.part, O_RDWR);
  const bool renamed = paths.force ? ::rename(paths.part.c_str(), paths.final.c_str()) == 0
                                   : rename_without_replacing(paths.part, paths.final);
  if (!renamed) {
    throw RunError(fmt::format("{}: cannot get its name: {}; the whole output is in {}", paths.final,
                               reason(), paths.part));
  }
  const fs::path parent = fs::path(paths.final).parent_path();
  synchronise(parent.empty() ? "." : parent.string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace sojourn
