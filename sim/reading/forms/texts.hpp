#pragma once

#include <string_view>

#include "sim/input/reader.hpp"
#include "sim/scenario/texts.hpp"

namespace sojourn {

/// What keys of `Form::texts` hold: a text, or a map of texts by the codes of their languages. `what` names
/// it in messages: "the title". What is wrong is left out.
[[nodiscard]] Texts read_texts(Reader& reader, const Node& node, std::string_view what);

/// Whether the key of a map is the code of a language; a mistake if not.
bool is_language_of(Reader& reader, const Entry& entry, std::string_view what);

}  // namespace sojourn
