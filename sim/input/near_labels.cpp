#include "sim/input/near_labels.hpp"

#include <utility>

#include "sim/base/label_form.hpp"

namespace sojourn {

NearLabels::NearLabels(const Names& names) {
  for (const std::string& name : names.all()) {
    std::u32string form = label_form(name);
    std::u32string bare = without_notes(form);
    if (form.empty()) continue;
    if (bare != form) {
      const auto [place, is_new] = by_form_without_notes_.emplace(std::move(bare), name);
      if (!is_new) place->second.clear();
    }
    by_form_.emplace(std::move(form), name);
  }
}

std::string NearLabels::find(std::string_view label) const {
  const std::u32string form = label_form(label);
  if (const auto found = by_form_.find(form); found != by_form_.end()) return found->second;
  if (const auto found = by_form_.find(without_notes(form)); found != by_form_.end()) return found->second;
  const auto found = by_form_without_notes_.find(form);
  return found == by_form_without_notes_.end() ? "" : found->second;
}

}  // namespace sojourn
