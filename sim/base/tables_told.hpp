#pragma once

#include <string>
#include <vector>

#include "sim/base/table_use.hpp"

namespace sojourn {

/// A line for each table and what was used of it. Uses of a table that took the same rows are told once, with
/// all that read it.
[[nodiscard]] std::vector<std::string> tables_told(const std::vector<TableUse>& uses);

}  // namespace sojourn
