#pragma once

#include <vector>

#include "sim/input/names.hpp"
#include "sim/input/reader.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The regions of a scenario and the roads between them. Region i is `names.all()[i]`.
struct Geography {
  std::vector<RegionInfo> regions;
  Names names;
  std::vector<Link> links;
};

/// What is known of a region.
[[nodiscard]] KeyMap region_map();
/// The section `regions` as a map: of a table of them, or of regions by their codes.
[[nodiscard]] KeyMap region_table_map();
/// A link, or the table of them.
[[nodiscard]] KeyMap link_map();

/// The section `regions`: a list, a map or a table. Empty if no region could be read; then a mistake says so.
[[nodiscard]] Geography read_regions(Reader& reader, const Node& section);

/// The section `links`: a table or a list.
[[nodiscard]] std::vector<Link> read_links(Reader& reader, const Node& section, const Names& regions);

}  // namespace sojourn
