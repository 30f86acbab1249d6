#pragma once

#include <string_view>

#include "sim/input/names.hpp"
#include "sim/input/yaml_tree.hpp"
#include "sim/scenario/ties.hpp"

namespace sojourn {

/// What people are told apart by beside attributes, ages and residence.
inline constexpr std::string_view birth_key = "birth";
inline constexpr std::string_view citizenship_key_of_people = "citizenship";
/// The region of birth, or the citizenship, of those who live there.
inline constexpr std::string_view residence_word = "residence";

struct TiesToldApart {
  TieClasses births;
  TieClasses citizenships;
};

/// The codes of the regions, then `outside` and `none`: by `Ties`. A region that is called so keeps its name.
[[nodiscard]] Names tie_names(const Names& regions);

/// Which regions of birth and which citizenships a document tells apart: in all its `who`, `people`, `not`
/// and `priority`, and in its numbers `by` them. What is wrong there is told where it is read.
[[nodiscard]] TiesToldApart ties_told_apart(const Node& document, const Names& regions);

}  // namespace sojourn
