#pragma once

#include <string>

namespace sojourn::test {

/// The folder of the repository, for tests that read its scenarios. It is known to one translation unit only,
/// so that the others compile to the same in every folder.
[[nodiscard]] std::string source_folder();

}  // namespace sojourn::test
