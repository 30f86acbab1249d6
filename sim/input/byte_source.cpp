#include "sim/input/byte_source.hpp"

#include <fmt/format.h>
#include <linux/magic.h>
#include <openssl/evp.h>
#include <sys/vfs.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "sim/input/file_kind.hpp"

namespace sojourn {

namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 18;
/// For `inflateInit2`: the largest window, and a gzip header.
constexpr int gzip_window_bits = 15 + 16;

struct CloseFile {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// Whether a file lies where the kernel makes up what is read: such files look ordinary, and some (the
/// kernel's log) wait for ever.
bool is_made_up(const std::filesystem::path& path) {
  struct statfs system {};
  if (statfs(path.c_str(), &system) != 0) return false;
  const auto kind = static_cast<unsigned long>(system.f_type);
  return kind == PROC_SUPER_MAGIC || kind == SYSFS_MAGIC || kind == DEBUGFS_MAGIC || kind == TRACEFS_MAGIC;
}

}  // namespace

std::optional<FileProblem> file_problem(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  switch (status.type()) {
    case std::filesystem::file_type::not_found:
      return FileProblem{"there is no such file", ""};
    case std::filesystem::file_type::directory:
      return FileProblem{"this is a folder", "a file"};
    case std::filesystem::file_type::regular:
      break;
    case std::filesystem::file_type::none:
      return FileProblem{"the file cannot be read: " + error.message(), ""};
    default:
      return FileProblem{"this is no ordinary file", "a file on disk"};
  }
  if (is_made_up(path)) return FileProblem{"this is no ordinary file", "a file on disk"};
  errno = 0;
  const std::ifstream file(path, std::ios::binary);
  if (!file) {
    return FileProblem{"the file cannot be read: " + std::generic_category().message(errno), ""};
  }
  return std::nullopt;
}

std::string read_whole_file(const std::filesystem::path& path, std::size_t most_bytes,
                            std::optional<FileProblem>& problem) {
  problem = file_problem(path);
  if (problem) return "";
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  const auto expected = std::filesystem::file_size(path, error);
  // One byte more than there should be, or is allowed, shows that there is more.
  std::string text(std::min<std::size_t>(error ? most_bytes : expected, most_bytes) + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  const auto size = static_cast<std::size_t>(file.gcount());
  if (file.bad()) problem = FileProblem{"the file cannot be read to its end", ""};
  if (size == text.size() && size <= most_bytes) problem = FileProblem{"the file grows while it is read", ""};
  if (size > most_bytes) {
    constexpr std::size_t mebibyte = std::size_t{1} << 20;
    problem = FileProblem{fmt::format("the file is larger than {} MiB", most_bytes / mebibyte),
                          "a scenario in YAML, with large data in tables"};
  }
  text.resize(problem ? 0 : size);
  return text;
}

struct ByteSource::State {
  std::unique_ptr<std::FILE, CloseFile> file;
  std::unique_ptr<EVP_MD_CTX, FreeDigest> digest{EVP_MD_CTX_new()};
  std::vector<char> packed = std::vector<char>(piece_bytes);
  std::vector<char> unpacked;
  std::optional<FileProblem> problem;
  z_stream zip{};
  bool first = true;
  bool is_zipped = false;
  /// Whether a gzip member has begun and not ended.
  bool in_member = false;
  std::string sha256;

  State() = default;
  ~State() {
    if (is_zipped) inflateEnd(&zip);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  State(State&&) = delete;
  State& operator=(State&&) = delete;

  std::string_view fail(std::string what, std::string_view expected = "") {
    problem = FileProblem{std::move(what), std::string(expected)};
    return {};
  }

  /// The first bytes, unless they are no text's.
  std::string_view checked(std::string_view bytes, std::string_view subject) {
    const auto kind = foreign_kind(bytes);
    if (!kind) return bytes;
    return fail(fmt::format("{} {}", subject, kind->name), kind->to_csv);
  }

  /// The next bytes of the file itself.
  std::string_view read() {
    const std::size_t size = std::fread(packed.data(), 1, packed.size(), file.get());
    if (size == 0 && std::ferror(file.get()) != 0) return fail("the file cannot be read to its end");
    EVP_DigestUpdate(digest.get(), packed.data(), size);
    if (size == 0) finish_digest();
    return {packed.data(), size};
  }

  void finish_digest() {
    if (!sha256.empty()) return;
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    EVP_DigestFinal_ex(digest.get(), bytes.data(), &size);
    for (unsigned i = 0; i < size; ++i) sha256 += fmt::format("{:02x}", bytes[i]);
  }

  /// Whether there is something to unpack; reads on if not.
  bool feed() {
    if (zip.avail_in > 0) return true;
    const std::string_view bytes = read();
    zip.next_in = reinterpret_cast<Bytef*>(packed.data());
    zip.avail_in = static_cast<uInt>(bytes.size());
    return !bytes.empty();
  }

  std::string_view unpack() {
    for (;;) {
      if (!feed()) {
        if (in_member && !problem) return fail("the gzip file ends too early");
        return {};
      }
      zip.next_out = reinterpret_cast<Bytef*>(unpacked.data());
      zip.avail_out = static_cast<uInt>(unpacked.size());
      in_member = true;
      const int result = inflate(&zip, Z_NO_FLUSH);
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
        return fail("the gzip file is damaged");
      }
      if (result == Z_STREAM_END) {
        in_member = false;
        inflateReset(&zip);
      }
      const std::size_t size = unpacked.size() - zip.avail_out;
      if (size > 0) return {unpacked.data(), size};
    }
  }
};

ByteSource::ByteSource(const std::filesystem::path& path) : state_(std::make_unique<State>()) {
  state_->problem = file_problem(path);
  if (state_->problem) return;
  state_->file.reset(std::fopen(path.c_str(), "rb"));
  if (!state_->file) state_->problem = FileProblem{"the file cannot be read", ""};
  EVP_DigestInit_ex(state_->digest.get(), EVP_sha256(), nullptr);
}

ByteSource::~ByteSource() = default;

std::string_view ByteSource::next() {
  State& s = *state_;
  if (s.problem) return {};
  if (s.is_zipped) return s.unpack();
  const std::string_view bytes = s.read();
  const bool first = std::exchange(s.first, false);
  const bool zipped = first && bytes.starts_with("\x1f\x8b");
  if (!zipped) return first ? s.checked(bytes, "it is") : bytes;
  if (inflateInit2(&s.zip, gzip_window_bits) != Z_OK) return s.fail("the gzip file cannot be unpacked");
  s.is_zipped = true;
  s.unpacked.resize(piece_bytes);
  s.zip.next_in = reinterpret_cast<Bytef*>(s.packed.data());
  s.zip.avail_in = static_cast<uInt>(bytes.size());
  return s.checked(s.unpack(), "inside the gzip file is");
}

const std::optional<FileProblem>& ByteSource::problem() const { return state_->problem; }

std::string ByteSource::sha256() const { return state_->sha256; }

}  // namespace sojourn
