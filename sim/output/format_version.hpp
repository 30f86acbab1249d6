#pragma once

namespace sojourn {

/// Number of the file format that FORMAT.md describes; it counts up when something in it changes its meaning.
inline constexpr int format_version = 1;

}  // namespace sojourn
