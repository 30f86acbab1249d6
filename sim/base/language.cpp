#include "sim/base/language.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace sojourn {

namespace {

/// Codes of two letters and what else people call the language: the codes of three letters of ISO 639-2, and
/// the name in English.
struct Language {
  std::string_view code;
  std::array<std::string_view, 3> others;
};

constexpr std::array languages{
    Language{"ar", {"ara", "arabic"}},          Language{"az", {"aze", "azerbaijani"}},
    Language{"bn", {"ben", "bengali"}},         Language{"de", {"deu", "ger", "german"}},
    Language{"el", {"ell", "gre", "greek"}},    Language{"en", {"eng", "english"}},
    Language{"es", {"spa", "spanish"}},         Language{"fa", {"fas", "per", "persian"}},
    Language{"fr", {"fra", "fre", "french"}},   Language{"hi", {"hin", "hindi"}},
    Language{"hy", {"hye", "arm", "armenian"}}, Language{"it", {"ita", "italian"}},
    Language{"ja", {"jpn", "japanese"}},        Language{"ka", {"kat", "geo", "georgian"}},
    Language{"kk", {"kaz", "kazakh"}},          Language{"nl", {"nld", "dut", "dutch"}},
    Language{"pl", {"pol", "polish"}},          Language{"pt", {"por", "portuguese"}},
    Language{"ro", {"ron", "rum", "romanian"}}, Language{"ru", {"rus", "russian"}},
    Language{"sw", {"swa", "swahili"}},         Language{"tr", {"tur", "turkish"}},
    Language{"uk", {"ukr", "ukrainian"}},       Language{"ur", {"urd", "urdu"}},
    Language{"uz", {"uzb", "uzbek"}},           Language{"zh", {"zho", "chi", "chinese"}},
};

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_numeral(char c) { return c >= '0' && c <= '9'; }

/// The text up to the next hyphen, which is taken from it.
std::string_view next_part(std::string_view& text) {
  const std::size_t end = std::min(text.find('-'), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

bool is_script(std::string_view part) {
  return part.size() == 4 && is_capital(part[0]) && std::all_of(part.begin() + 1, part.end(), is_small);
}

bool is_region(std::string_view part) {
  return (part.size() == 2 && std::all_of(part.begin(), part.end(), is_capital)) ||
         (part.size() == 3 && std::all_of(part.begin(), part.end(), is_numeral));
}

/// The code of two letters of a language that is called by other words, or "".
std::string_view code_of(std::string_view word) {
  for (const Language& language : languages) {
    if (std::find(language.others.begin(), language.others.end(), word) != language.others.end())
      return language.code;
  }
  return "";
}

char in_small(char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char in_capitals(char c) { return is_small(c) ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

bool is_language_code(std::string_view text) {
  if (text.empty() || text.back() == '-') return false;
  const std::string_view language = next_part(text);
  const bool is_letters = std::all_of(language.begin(), language.end(), is_small);
  if (!is_letters || language.size() < 2 || language.size() > 3 || !code_of(language).empty()) return false;
  if (text.empty()) return true;
  std::string_view part = next_part(text);
  if (is_script(part)) {
    if (text.empty()) return true;
    part = next_part(text);
  }
  return is_region(part) && text.empty();
}

std::string likely_language_code(std::string_view text) {
  std::string code;
  for (std::size_t first = 0; first < text.size();) {
    const std::size_t end = std::min(text.find_first_of("-_ ", first), text.size());
    std::string part(text.substr(first, end - first));
    std::transform(part.begin(), part.end(), part.begin(), in_small);
    if (code.empty()) {
      if (const std::string_view other = code_of(part); !other.empty()) part = other;
    } else {
      const bool is_short = part.size() < 4;
      std::transform(part.begin(), is_short ? part.end() : part.begin() + 1, part.begin(), in_capitals);
    }
    code += (code.empty() ? "" : "-") + part;
    first = end + 1;
  }
  return is_language_code(code) ? code : "";
}

}  // namespace sojourn
