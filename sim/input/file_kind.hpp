#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sojourn {

/// What a file is that is no text in UTF-8, and how its owner makes a CSV file of it.
struct FileKind {
  /// With its article: "an Excel workbook (.xlsx)".
  std::string_view name;
  std::string_view to_csv;
};

/// The kind of a file that begins with these bytes (a few hundred are enough), where they tell that it is of
/// a known other kind than text in UTF-8; nothing for text, and for what is not known.
[[nodiscard]] std::optional<FileKind> foreign_kind(std::string_view first_bytes);

/// That the character which ends at byte `wrong` of a text, or begins there, is not UTF-8, and what it would
/// be in the most frequent encoding of others.
[[nodiscard]] std::string not_utf8(std::string_view text, std::size_t wrong);

/// What to do about it.
inline constexpr std::string_view saved_as_utf8 =
    "a file saved as UTF-8 (Excel: Save As, 'CSV UTF-8'; else: iconv -f WINDOWS-1252 -t UTF-8)";

}  // namespace sojourn
