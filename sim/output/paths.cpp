#include "sim/output/paths.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/output/descriptor.hpp"

namespace sojourn {

namespace {

namespace fs = std::filesystem;

std::string reason() { return std::generic_category().message(errno); }

/// What bears a part name, open and locked: HDF5 locks a file while it writes, so a lock that we get at once
/// is nobody's.
class PartFile {
 public:
  /// Throws if it is no ordinary file, or another run is writing it.
  explicit PartFile(const std::string& path) : path_(path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return;
    if (!S_ISREG(status.st_mode)) {
      throw RunError(
          fmt::format("{}: is {}, but is needed for a new file; remove it, or choose another name with -o",
                      path, kind_of(status.st_mode)));
    }
    // If it has become a FIFO or a link in the meantime, we do not wait for it and do not follow it.
    file_ = std::make_unique<Descriptor>(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (file_->get() < 0) return;
    if (::flock(file_->get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      throw RunError(path + ": another run is writing this file; wait for it or choose another name with -o");
    }
  }

  /// Whether it is of a run: an HDF5 file, or what a run that was killed at its very start leaves. What
  /// cannot be read may be anything.
  [[nodiscard]] bool is_of_a_run() const {
    static constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
    if (!file_) return true;
    std::array<char, signature.size()> start{};
    const ssize_t length = ::pread(file_->get(), start.data(), start.size(), 0);
    if (length == 0) return true;
    const std::string_view text(start.data(), start.size());
    return length == static_cast<ssize_t>(start.size()) &&
           (text == signature || text.find_first_not_of('\0') == std::string_view::npos);
  }

  /// Throws unless it may be replaced.
  void check(bool force) const {
    if (force || is_of_a_run()) return;
    throw RunError(path_ +
                   ": is there, and no run has written it; --force replaces it, -o names another file");
  }

  void remove() const {
    if (::unlink(path_.c_str()) != 0 && errno != ENOENT) {
      throw RunError(fmt::format("{}: cannot be replaced: {}; choose another name with -o", path_, reason()));
    }
  }

 private:
  static std::string_view kind_of(mode_t mode) {
    if (S_ISLNK(mode)) return "a link";
    if (S_ISDIR(mode)) return "a directory";
    return "no ordinary file";
  }

  std::string path_;
  /// None where there is nothing.
  std::unique_ptr<Descriptor> file_;
};

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
  PartFile(paths.part).check(force);
  return paths;
}

void make_room(const OutputPaths& paths) {
  const PartFile left(paths.part);
  left.check(paths.force);
  left.remove();
}

void publish(const OutputPaths& paths) {
  synchronise(paths.part, O_RDWR | O_NOFOLLOW);
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
