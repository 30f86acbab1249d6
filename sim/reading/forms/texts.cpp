#include "sim/reading/forms/texts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/language.hpp"
#include "sim/base/text.hpp"

namespace sojourn {

namespace {

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
}

/// A zero byte ends a text in every file of ours, and would cut it there.
bool has_zero(Reader& reader, const Node& node, std::string_view what) {
  if (node.text.find('\0') == std::string::npos) return false;
  reader.wrong(node, fmt::format("{} has a zero byte in it", what), "text without it");
  return true;
}

}  // namespace

bool is_language_of(Reader& reader, const Entry& entry, std::string_view what) {
  if (is_language_code(entry.key)) return true;
  reader.mistakes().add(
      {reader.file(), entry.place.line, entry.place.column},
      fmt::format("{} has {}, which is no code of a language", what, in_quotes(entry.key)),
      "two or three small letters such as en, az or ru, if need be with a script or a region "
      "(az-Latn, pt-BR)",
      likely_language_code(entry.key));
  return false;
}

Texts read_texts(Reader& reader, const Node& node, std::string_view what) {
  if (node.is_scalar()) return has_zero(reader, node, what) ? Texts() : Texts(node.text);
  Texts texts;
  if (!node.is_map() || node.entries.empty()) {
    reader.wrong_value(node, what, "text, or texts by language such as {en: North, az: Şimal, ru: Север}");
    return texts;
  }
  for (const Entry& entry : node.entries) {
    if (!is_language_of(reader, entry, what)) continue;
    const std::string what_in = fmt::format("{} in {}", what, in_quotes(entry.key));
    if (!entry.value.is_scalar()) {
      reader.wrong_value(entry.value, what_in, "text");
    } else if (is_blank(entry.value.text)) {
      reader.wrong(entry.value, fmt::format("{} is empty", what_in), "text, or nothing about this language");
    } else if (!has_zero(reader, entry.value, what_in)) {
      texts.add(entry.key, entry.value.text);
    }
  }
  return texts;
}

}  // namespace sojourn
