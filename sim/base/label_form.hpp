#pragma once

#include <string>
#include <string_view>

namespace sojourn {

/// A label without what a reader does not see: case, blanks (also those without a break or a width), how
/// accents are encoded, typographic quotes and hyphens. Accents count: `e` is not `é`. It knows Latin, Greek,
/// Cyrillic and Armenian letters; others are compared as they stand.
[[nodiscard]] std::u32string label_form(std::string_view label);

/// A form without marks of notes at its end: `*`, `.`, raised digits, `(1)`.
[[nodiscard]] std::u32string without_notes(std::u32string form);

/// What a form looks like: Cyrillic and Greek letters as the Latin ones whose look they share, in either
/// case; and no marks such as hyphens and points between letters, or between a letter and a digit (`1.5` is
/// not `15`).
[[nodiscard]] std::u32string look_of(const std::u32string& form);

/// A character of a form that only looks like another one, `look_of` changes it: the first; 0 if there is
/// none.
[[nodiscard]] char32_t first_look_alike(const std::u32string& form);

}  // namespace sojourn
