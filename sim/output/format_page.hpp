#pragma once

#include <string>

namespace sojourn {

/// What files of this format may hold: the tables of dimensions and of variables of FORMAT.md, as Markdown,
/// from the rows that also make the file.
[[nodiscard]] std::string format_page();

}  // namespace sojourn
