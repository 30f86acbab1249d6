#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sojourn::test {

/// Spoils texts at random, as people and programs do; the same seed spoils them in the same way everywhere.
class Mutation {
 public:
  explicit Mutation(std::uint64_t seed) : random_(seed) {}

  [[nodiscard]] std::size_t below(std::size_t count) {
    return count == 0 ? 0 : static_cast<std::size_t>(random_() % count);
  }

  /// A text after one change; `is_table`: in CSV, else YAML.
  [[nodiscard]] std::string spoil(const std::string& text, bool is_table) {
    switch (below(12)) {
      case 0:
        return line_deleted(text);
      case 1:
        return line_repeated(text);
      case 2:
        return text.substr(0, below(text.size() + 1));
      case 3:
        return byte_changed(text);
      case 4:
        return is_table ? word_changed(text) : indented(text);
      case 5:
        return word_changed(text);
      case 6:
      case 7:
        return words_swapped(text);
      default:
        return number_changed(text);
    }
  }

 private:
  /// First place and length of a piece of text.
  using Piece = std::pair<std::size_t, std::size_t>;

  static bool is_of_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' || c == '+';
  }
  static bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

  /// Runs of letters and digits; those that begin with a digit or a minus before one, if `numbers`.
  static std::vector<Piece> words(const std::string& text, bool numbers) {
    std::vector<Piece> found;
    for (std::size_t i = 0; i < text.size();) {
      if (!is_of_word(text[i])) {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < text.size() && is_of_word(text[end])) ++end;
      if (!numbers || is_digit(text[i]) || (text[i] == '-' && end > i + 1 && is_digit(text[i + 1]))) {
        found.emplace_back(i, end - i);
      }
      i = end;
    }
    return found;
  }

  static std::vector<Piece> lines(const std::string& text) {
    std::vector<Piece> found;
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t end = std::min(text.find('\n', i), text.size() - 1);
      found.emplace_back(i, end + 1 - i);
      i = end + 1;
    }
    return found;
  }

  Piece any(const std::vector<Piece>& pieces) {
    return pieces.empty() ? Piece{0, 0} : pieces[below(pieces.size())];
  }

  std::string line_deleted(std::string text) {
    const auto [at, size] = any(lines(text));
    return text.erase(at, size);
  }

  std::string line_repeated(std::string text) {
    const auto [at, size] = any(lines(text));
    return text.insert(at, text.substr(at, size));
  }

  std::string byte_changed(std::string text) {
    constexpr std::string_view bytes =
        ":,{}[]-#'\"|>&*!%@`\t\n\r \x01\x7F\x80\xC3\xFF"
        "0a";
    if (!text.empty()) text[below(text.size())] = bytes[below(bytes.size())];
    return text;
  }

  std::string indented(std::string text) {
    const auto [at, size] = any(lines(text));
    const std::size_t spaces = std::min(text.find_first_not_of(' ', at), at + size) - at;
    if (spaces > 0 && below(2) == 0) return text.erase(at, 1 + below(spaces));
    return text.insert(at, 1 + below(4), ' ');
  }

  std::string word_changed(std::string text) {
    constexpr std::array<const char*, 14> others = {"all",     "none", "x",     "null", "true",
                                                    "[]",      "{}",   "gəlir", "''",   "birth",
                                                    "outside", "by",   "table", "n"};
    const auto [at, size] = any(words(text, false));
    if (below(2) == 0 && size > 1) return text.erase(at + below(size), 1);
    return text.replace(at, size, others[below(others.size())]);
  }

  std::string words_swapped(const std::string& text) {
    const bool numbers = below(2) == 0;
    const std::vector<Piece> all = words(text, numbers);
    const Piece one = any(all);
    const Piece other = any(all);
    std::string result = text;
    return result.replace(one.first, one.second, text.substr(other.first, other.second));
  }

  std::string number_changed(std::string text) {
    constexpr std::array<const char*, 24> numbers = {
        "0",   "-1",      "1",   "2",          "1e308", "-1e308", "1e-308", "1e18",
        "1e9", "1000000", "nan", "inf",        "-inf",  "",       "0.5",    "1.5",
        "-0",  "99999",   "12",  "4294967296", "1e5",   "100",    "3",      "0.0001"};
    const auto [at, size] = any(words(text, true));
    return text.replace(at, size, numbers[below(numbers.size())]);
  }

  std::mt19937_64 random_;
};

}  // namespace sojourn::test
