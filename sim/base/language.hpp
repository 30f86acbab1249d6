#pragma once

#include <string>
#include <string_view>

namespace sojourn {

/// What a code of a language looks like, as a regular expression; see `is_language_code`.
inline constexpr std::string_view language_pattern = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$";

/// Whether the text is the code of a language as pages use it (BCP 47: RFC 5646): two or three small letters,
/// if need be with a script and a region, in their usual case: `az`, `az-Latn`, `pt-BR`, `es-419`. Three
/// letters only where there are no two: the same language is not called by two codes.
[[nodiscard]] bool is_language_code(std::string_view text);

/// The code that was probably meant by what is none: `az` for `AZ`, `aze` or `Azerbaijani`; "" if nobody can
/// tell.
[[nodiscard]] std::string likely_language_code(std::string_view text);

}  // namespace sojourn
