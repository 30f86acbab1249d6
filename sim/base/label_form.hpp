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

}  // namespace sojourn
