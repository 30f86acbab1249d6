#pragma once

#include <string_view>

namespace sojourn {

/// `0.1.0`, as the project says in its CMakeLists.txt.
[[nodiscard]] std::string_view version();

/// The commit the program was built from, in 12 digits; `+dirty` follows where its sources differed from that
/// commit. `unknown` without git.
[[nodiscard]] std::string_view commit();

}  // namespace sojourn
