#pragma once

#include <string>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/input/yaml_tree.hpp"

namespace sojourn {

/// Throws all mistakes so far, and the warnings that are not among those accepted, as an `InputError`.
[[noreturn]] void give_up(const Reader& reader, const std::vector<std::string>& accepted = {});

/// The text of the reader's file. Gives up where it cannot be read, is of another kind or is no UTF-8.
[[nodiscard]] std::string read_text(Reader& reader);

/// The tree of that text, which is a map. Gives up where it is none.
[[nodiscard]] Node read_document(Reader& reader, const std::string& text);

}  // namespace sojourn
