#pragma once

#include <string>
#include <vector>

namespace sojourn {

/// The id of every warning that there is, in the order of the alphabet. `scenarios/README.md` describes each.
[[nodiscard]] const std::vector<std::string>& warning_ids();

/// `id` itself. What is not among the ids is an error of the program.
[[nodiscard]] std::string checked_warning_id(std::string id);

}  // namespace sojourn
