#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn {

/// `'text'` for a message: control characters are written out, and long texts are cut.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// `a, b and c`; of more than `most` the first ones and how many more: `a, b, c and 12 more`.
[[nodiscard]] std::string in_words(std::span<const std::string> items, std::size_t most = 8);

/// `a, b, c or d`.
[[nodiscard]] std::string one_of(std::span<const std::string> items);

/// `a factor`, `an attribute`.
[[nodiscard]] std::string with_article(std::string_view noun);

/// `1 row`, `2 rows`.
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

/// Whether the text may name a factor, an attribute, a stream, a term, a policy or a variant: a letter (of
/// any script) or underscore, then letters, digits, underscores and hyphens, at most 100 bytes. No dots and
/// spaces, because policies call things by dotted names.
[[nodiscard]] bool is_name(std::string_view text);

/// Whether the text may be a region's code or an attribute's value: not empty, no control characters, no
/// spaces at either end, at most 100 bytes.
[[nodiscard]] bool is_label(std::string_view text);

/// Checks text that comes in pieces for UTF-8 (RFC 3629) without zero bytes.
class Utf8Checker {
 public:
  /// The offset in `piece` of the first byte that is wrong.
  [[nodiscard]] std::optional<std::size_t> feed(std::string_view piece);
  /// Whether the text may end here: not within a character.
  [[nodiscard]] bool complete() const { return missing_ == 0; }

 private:
  [[nodiscard]] bool accept(unsigned char byte);

  int missing_ = 0;
  /// Bounds of the next continuation byte: narrower after some first bytes, which keeps out overlong forms,
  /// surrogates and what lies beyond U+10FFFF.
  unsigned char low_ = 0x80;
  unsigned char high_ = 0xBF;
};

}  // namespace sojourn
