#pragma once

#include <string_view>

namespace sojourn {

/// Three numbers, such as `0.2.0`, as the project says in its CMakeLists.txt.
[[nodiscard]] std::string_view version();

/// The commit the program was built from, in 12 digits; `+dirty` follows where its sources differed from that
/// commit. `unknown` without git.
[[nodiscard]] std::string_view commit();

}  // namespace sojourn
