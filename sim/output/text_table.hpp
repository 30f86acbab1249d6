#pragma once

#include <string>
#include <vector>

namespace sojourn {

/// Columns of text, aligned; the first `left` of them to the left, the rest (numbers) to the right. Each line
/// begins with `indent` and ends in a line break.
[[nodiscard]] std::string format_table(const std::vector<std::vector<std::string>>& rows, std::size_t left,
                                       const std::string& indent);

}  // namespace sojourn
