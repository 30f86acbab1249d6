#include "sim/base/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace sojourn {

namespace {

struct LetterRange {
  char32_t first;
  char32_t last;
};

template <std::size_t Size>
bool is_in(const std::array<LetterRange, Size>& ranges, char32_t letter) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const LetterRange& range) { return letter >= range.first && letter <= range.last; });
}

/// Controls; marks that change the direction of text (Unicode Standard Annex 9); separators; annotations;
/// tags.
constexpr std::array<LetterRange, 9> acting{{{0x00, 0x1F},
                                             {0x7F, 0x9F},
                                             {0x061C, 0x061C},
                                             {0x200E, 0x200F},
                                             {0x2028, 0x202E},
                                             {0x2066, 0x206F},
                                             {0xFFF9, 0xFFFB},
                                             {0xFEFF, 0xFEFF},
                                             {0xE0000, 0xE007F}}};

/// White space other than the space, and what has no width.
constexpr std::array<LetterRange, 10> blanks{{{0x09, 0x0D},
                                              {0x85, 0x85},
                                              {0xA0, 0xA0},
                                              {0xAD, 0xAD},
                                              {0x1680, 0x1680},
                                              {0x180E, 0x180E},
                                              {0x2000, 0x200F},
                                              {0x2028, 0x202F},
                                              {0x205F, 0x206F},
                                              {0x3000, 0x3000}}};

std::string escape_of(char32_t letter) {
  const auto number = static_cast<std::uint32_t>(letter);
  if (letter == U'\n') return "\\n";
  if (letter == U'\r') return "\\r";
  if (letter == U'\t') return "\\t";
  if (number < 0x80) return fmt::format("\\x{:02x}", number);
  return number <= 0xFFFF ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

/// The text with what `acts` written out.
template <class Acts>
std::string escaped(std::string_view text, Acts acts) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const FirstLetter first = first_letter(text);
    if (!first.valid) {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    } else if (acts(first.letter)) {
      shown += escape_of(first.letter);
    } else {
      shown += text.substr(0, first.bytes);
    }
    text.remove_prefix(first.bytes);
  }
  return shown;
}

}  // namespace

FirstLetter first_letter(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
  char32_t letter = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    letter = (letter << 6U) | (byte(i) & 0x3FU);
  }
  // Longer than need be, half of a pair, or beyond what there is (RFC 3629).
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = letter >= 0xD800 && letter <= 0xDFFF;
  if (letter < least[bytes] || is_surrogate || letter > 0x10FFFF) return {};
  return {letter, bytes, true};
}

std::string printable(std::string_view text) {
  return escaped(text, [](char32_t letter) { return is_in(acting, letter); });
}

std::string printable_lines(std::string_view text) {
  return escaped(text, [](char32_t letter) { return letter != U'\n' && is_in(acting, letter); });
}

std::string visible(std::string_view text) {
  return escaped(text, [](char32_t letter) { return is_in(acting, letter) || is_in(blanks, letter); });
}

bool is_blank_or_invisible(char32_t letter) {
  return letter == U' ' || letter == 0xFEFF || is_in(blanks, letter);
}

}  // namespace sojourn
