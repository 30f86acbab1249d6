#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/printable.hpp"

namespace sojourn::app {

/// What is printed of an argument: texts are others' and made fit for a terminal, the rest stays.
inline std::string shown(const std::string& text) { return printable(text); }
inline std::string shown(std::string_view text) { return printable(text); }
inline std::string shown(const char* text) { return printable(text); }
template <class Value>
const Value& shown(const Value& value) {
  return value;
}

/// Prints by a format that is ours, with arguments that are not. Whatever the commands print goes through
/// here or through `say_lines`.
template <class... Values>
void say(std::FILE* file, fmt::format_string<decltype(shown(std::declval<const Values&>()))...> format,
         const Values&... values) {
  const std::string text = fmt::format(format, shown(values)...);
  (void)std::fwrite(text.data(), 1, text.size(), file);
}

/// Prints text that we composed of several lines.
inline void say_lines(std::FILE* file, std::string_view text) {
  const std::string lines = printable_lines(text);
  (void)std::fwrite(lines.data(), 1, lines.size(), file);
}

}  // namespace sojourn::app
