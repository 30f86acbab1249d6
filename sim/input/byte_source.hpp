#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sojourn {

/// Why a file cannot be read, for a `Mistake`.
struct FileProblem {
  std::string what;
  std::string expected;
};

/// Nothing if `path` is a file that can be opened; a folder, a device, a file that the system makes up as it
/// is read (its end may never come), a missing or an unreadable file is a problem.
[[nodiscard]] std::optional<FileProblem> file_problem(const std::filesystem::path& path);

/// The whole file, of at most `most_bytes`; larger ones are not read at all. On failure `problem` is set.
[[nodiscard]] std::string read_whole_file(const std::filesystem::path& path, std::size_t most_bytes,
                                          std::optional<FileProblem>& problem);

/// The text of a file in pieces: as it is, or unpacked where it is a gzip file (RFC 1952, also of several
/// members). A file whose first bytes tell that it is no text, but a workbook, an archive or the like, is a
/// problem.
class ByteSource {
 public:
  explicit ByteSource(const std::filesystem::path& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ByteSource(ByteSource&&) = delete;
  ByteSource& operator=(ByteSource&&) = delete;

  /// The next piece, valid until the next call; empty at the end and after a problem.
  [[nodiscard]] std::string_view next();
  [[nodiscard]] const std::optional<FileProblem>& problem() const;
  /// SHA-256 of the bytes of the file (packed, where it is packed), in hexadecimal; after the end.
  [[nodiscard]] std::string sha256() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sojourn
