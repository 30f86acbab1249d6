#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sojourn {

/// The first letter of a text in UTF-8 that is not empty, and the bytes it takes. What is no UTF-8 is one
/// byte that is not `valid`.
struct FirstLetter {
  char32_t letter = 0;
  std::size_t bytes = 1;
  bool valid = false;
};
[[nodiscard]] FirstLetter first_letter(std::string_view text);

/// Text of others as it may reach a terminal: characters that would act there instead of being shown are
/// written as
/// `\n`, `\x1b`, `\u202e`. These are the control characters (C0, DEL, C1), the marks of bidirectional text,
/// line and paragraph separators, invisible tags, and bytes that are no UTF-8. All foreign text goes through
/// here; what has gone through it stays as it is.
[[nodiscard]] std::string printable(std::string_view text);

/// The same for text that we composed of several lines: its line breaks stay.
[[nodiscard]] std::string printable_lines(std::string_view text);

/// As `printable`, and also blanks other than the common one and characters without width are written out, so
/// that two labels that look alike can be told apart.
[[nodiscard]] std::string visible(std::string_view text);

/// A blank of any kind, or a character without width that is no mark on a letter.
[[nodiscard]] bool is_blank_or_invisible(char32_t letter);

}  // namespace sojourn
