#include "sim/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "sim/base/printable.hpp"

namespace sojourn {

namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool continues_name(char c) { return starts_name(c) || (c >= '0' && c <= '9') || c == '-'; }

constexpr std::size_t longest_name = 100;

std::string joined(std::span<const std::string> items, std::string_view last_separator) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? last_separator : ", ";
    text += items[i];
  }
  return text;
}

}  // namespace

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::size_t size = text.size();
  if (size > longest) {
    size = longest;
    while (size > 0 && is_continuation(text[size])) --size;
  }
  return '\'' + printable(text.substr(0, size)) + (size < text.size() ? "...'" : "'");
}

std::string in_words(std::span<const std::string> items, std::size_t most) {
  if (items.size() <= most) return joined(items, " and ");
  return joined(items.first(most), ", ") + " and " + std::to_string(items.size() - most) + " more";
}

std::string one_of(std::span<const std::string> items) { return joined(items, " or "); }

std::string with_article(std::string_view noun) {
  const bool vowel = noun.find_first_of("aeiou") == 0;
  return (vowel ? "an " : "a ") + std::string(noun);
}

std::string counted(std::size_t count, std::string_view noun) {
  // "value of sex" has its plural before " of".
  const std::size_t end = std::min(noun.find(" of "), noun.size());
  return std::to_string(count) + ' ' + std::string(noun.substr(0, end)) + (count == 1 ? "" : "s") +
         std::string(noun.substr(end));
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && starts_name(text.front()) &&
         std::all_of(text.begin(), text.end(), continues_name);
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && text.front() != ' ' && text.back() != ' ' &&
         std::none_of(text.begin(), text.end(), is_control);
}

namespace {

/// How many bytes at the beginning are ASCII and not zero, in steps of eight: most of most tables.
std::size_t plain_ascii(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  constexpr std::uint64_t ones = 0x0101010101010101;
  std::size_t size = 0;
  std::uint64_t eight = 0;
  while (size + sizeof eight <= text.size()) {
    std::memcpy(&eight, text.data() + size, sizeof eight);
    // Subtracting 1 from each byte borrows from a high bit only where a byte is 0 (Mycroft 1987).
    if (((eight | (eight - ones)) & high_bits) != 0) break;
    size += sizeof eight;
  }
  return size;
}

}  // namespace

bool Utf8Checker::accept(unsigned char byte) {
  if (missing_ > 0) {
    if (byte < low_ || byte > high_) return false;
    low_ = 0x80;
    high_ = 0xBF;
    --missing_;
    return true;
  }
  if (byte == 0) return false;
  if (byte < 0x80) return true;
  if (byte < 0xC2 || byte > 0xF4) return false;
  missing_ = byte < 0xE0 ? 1 : (byte < 0xF0 ? 2 : 3);
  if (byte == 0xE0) low_ = 0xA0;
  if (byte == 0xED) high_ = 0x9F;
  if (byte == 0xF0) low_ = 0x90;
  if (byte == 0xF4) high_ = 0x8F;
  return true;
}

std::optional<std::size_t> Utf8Checker::feed(std::string_view piece) {
  for (std::size_t i = 0; i < piece.size(); ++i) {
    if (missing_ == 0) i += plain_ascii(piece.substr(i));
    if (i < piece.size() && !accept(static_cast<unsigned char>(piece[i]))) return i;
  }
  return std::nullopt;
}

}  // namespace sojourn
