#include "sim/input/file_kind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sojourn {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view from_spreadsheet =
    "a CSV file: open it in a spreadsheet and save the sheet as 'CSV UTF-8 (comma delimited)'";
constexpr std::string_view unpacked = "the CSV file inside it, plain or packed by gzip";
constexpr std::string_view as_utf8 = "a file saved as UTF-8 (in Excel: Save As, 'CSV UTF-8')";
constexpr std::string_view downloaded =
    "the CSV file itself (look for 'download' or 'raw' where it comes from)";
constexpr std::string_view exported = "a CSV file, exported by the program that reads such files";

struct Beginning {
  std::string_view bytes;
  FileKind kind;
};

/// The longest of those that have the same beginning stands first.
constexpr std::array beginnings = {
    Beginning{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, {"an old Excel workbook (.xls)", from_spreadsheet}},
    Beginning{"\xFF\xFE\0\0"sv, {"text in UTF-32", as_utf8}},
    Beginning{"\0\0\xFE\xFF"sv, {"text in UTF-32", as_utf8}},
    Beginning{"\xFF\xFE"sv, {"text in UTF-16 ('Unicode text')", as_utf8}},
    Beginning{"\xFE\xFF"sv, {"text in UTF-16 ('Unicode text')", as_utf8}},
    Beginning{"\x1F\x8B"sv, {"a gzip file", "text, or text packed once"}},
    Beginning{"BZh"sv, {"a bzip2 archive", unpacked}},
    Beginning{"\xFD"
              "7zXZ\0"sv,
              {"an xz archive", unpacked}},
    Beginning{"\x28\xB5\x2F\xFD"sv, {"a Zstandard archive", unpacked}},
    Beginning{"7z\xBC\xAF\x27\x1C"sv, {"a 7-Zip archive", unpacked}},
    Beginning{"Rar!"sv, {"a RAR archive", unpacked}},
    Beginning{"%PDF-"sv, {"a PDF document", "a CSV file: the numbers as a table, not as a page"}},
    Beginning{R"({\rtf)"sv, {"a document in RTF", "a CSV file in plain text"}},
    Beginning{"\x89HDF\r\n\x1A\n"sv, {"an HDF5 or netCDF file", exported}},
    Beginning{"CDF\x01"sv, {"a netCDF file", exported}},
    Beginning{"CDF\x02"sv, {"a netCDF file", exported}},
    Beginning{"PAR1"sv, {"a Parquet file", exported}},
    Beginning{"SQLite format 3\0"sv, {"an SQLite database", exported}},
    Beginning{"$FL2"sv, {"an SPSS file (.sav)", exported}},
    Beginning{"<stata_dta>"sv, {"a Stata file (.dta)", exported}},
    Beginning{"RDX"sv, {"a file of R (.RData)", exported}},
    Beginning{"version https://git-lfs"sv,
              {"a pointer of Git LFS, not the file itself", "the file itself: git lfs pull"}},
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// ZIP is the outer form of the files of many programs, which the names of the parts inside tell.
FileKind kind_of_zip(std::string_view bytes) {
  if (contains(bytes, "opendocument.spreadsheet"))
    return {"an OpenDocument spreadsheet (.ods)", from_spreadsheet};
  if (contains(bytes, "xl/")) return {"an Excel workbook (.xlsx)", from_spreadsheet};
  if (contains(bytes, "word/") || contains(bytes, "opendocument.text"))
    return {"a document of a word processor", "a CSV file in plain text"};
  if (contains(bytes, "[Content_Types].xml")) return {"an Office file such as .xlsx", from_spreadsheet};
  return {"a ZIP archive", unpacked};
}

/// Western text in UTF-16 has a zero in every second byte.
bool is_utf16(std::string_view bytes) {
  constexpr std::size_t looked_at = 8;
  if (bytes.size() < 4) return false;
  const std::size_t size = std::min(bytes.size(), looked_at) / 2 * 2;
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < size; ++i) zeros[i % 2] += bytes[i] == '\0' ? 1 : 0;
  return (zeros[0] == 0 && zeros[1] == size / 2) || (zeros[1] == 0 && zeros[0] == size / 2);
}

/// Without blanks, a byte order mark and the difference of capitals at its beginning.
std::string markup_beginning(std::string_view bytes) {
  const std::string_view mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  std::string text(bytes.substr(0, "<!doctype html"sv.size()));
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

/// The byte with which the wrong character begins: that at `wrong`, or one before it that promised more bytes
/// than came. 0 at the end of the text.
unsigned wrong_byte(std::string_view text, std::size_t wrong) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  constexpr std::size_t longest = 4;
  for (std::size_t back = 1; back < longest && back <= wrong; ++back) {
    const unsigned lead = byte(wrong - back);
    if (lead < 0x80) break;
    if (lead < 0xC0) continue;
    const std::size_t promised = lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4);
    if (back < promised) return lead;
    break;
  }
  return wrong < text.size() ? byte(wrong) : 0;
}

}  // namespace

std::optional<FileKind> foreign_kind(std::string_view first_bytes) {
  constexpr std::size_t tar_mark = 257;
  if (first_bytes.starts_with("PK\x03\x04") || first_bytes.starts_with("PK\x05\x06"))
    return kind_of_zip(first_bytes);
  for (const Beginning& beginning : beginnings) {
    if (first_bytes.starts_with(beginning.bytes)) return beginning.kind;
  }
  if (first_bytes.size() > tar_mark && first_bytes.substr(tar_mark).starts_with("ustar"))
    return FileKind{"a tar archive", unpacked};
  if (is_utf16(first_bytes)) return FileKind{"text in UTF-16 ('Unicode text')", as_utf8};
  const std::string markup = markup_beginning(first_bytes);
  if (markup.starts_with("<!doctype html") || markup.starts_with("<html"))
    return FileKind{"a page of the web (HTML)", downloaded};
  if (markup.starts_with("<?xml")) return FileKind{"an XML file", exported};
  return std::nullopt;
}

std::string not_utf8(std::string_view text, std::size_t wrong) {
  const unsigned byte = wrong_byte(text, wrong);
  constexpr unsigned first_letter = 0xA1;
  if (byte < first_letter) return "a character is not UTF-8";
  // Latin-1, of which Windows-1252 is an extension, has the first 256 characters of Unicode.
  const std::string letter{static_cast<char>(0xC0U | (byte >> 6U)),
                           static_cast<char>(0x80U | (byte & 0x3FU))};
  return fmt::format("a character is not UTF-8 (it is '{}' if the file is Windows-1252 or Latin-1)", letter);
}

}  // namespace sojourn
