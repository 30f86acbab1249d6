#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sim/input/names.hpp"

namespace sojourn {

/// Finds the name that a label was meant to be where it differs in looks only: in case, blanks, marks within
/// it, encoding or alphabet of letters, or marks of notes at the end of one of them.
class NearLabels {
 public:
  explicit NearLabels(const Names& names);

  /// "" if there is none. Of several that look alike, the first.
  [[nodiscard]] std::string find(std::string_view label) const;

 private:
  std::map<std::u32string, std::string> by_form_;
  /// Only what is the form of one name: where several differ in their notes, as `Area (1)` and `Area (2)`,
  /// these are part of the names.
  std::map<std::u32string, std::string> by_form_without_notes_;
  /// By what their forms look like; "" where several look alike.
  std::map<std::u32string, std::string> by_look_;
};

}  // namespace sojourn
