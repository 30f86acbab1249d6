#include "sim/input/near_labels.hpp"

#include <utility>

#include "sim/base/label_form.hpp"

namespace sojourn {

namespace {

/// Notes that a name of the scenario has itself may be left out, but only where this leads to one name.
void add_if_one(std::map<std::u32string, std::string>& names, std::u32string form, const std::string& name) {
  const auto [place, is_new] = names.emplace(std::move(form), name);
  if (!is_new && place->second != name) place->second.clear();
}

std::string name_in(const std::map<std::u32string, std::string>& names, const std::u32string& form) {
  const auto found = names.find(form);
  return found == names.end() ? "" : found->second;
}

}  // namespace

NearLabels::NearLabels(const Names& names) {
  for (const std::string& name : names.all()) {
    std::u32string form = label_form(name);
    std::u32string bare = without_notes(form);
    if (form.empty()) continue;
    add_if_one(by_look_, look_of(form), name);
    if (bare != form) add_if_one(by_form_without_notes_, std::move(bare), name);
    by_form_.emplace(std::move(form), name);
  }
}

std::string NearLabels::find(std::string_view label) const {
  const std::u32string form = label_form(label);
  const std::u32string bare = without_notes(form);
  if (const auto found = by_form_.find(form); found != by_form_.end()) return found->second;
  if (const auto found = by_form_.find(bare); found != by_form_.end()) return found->second;
  if (const auto found = by_form_without_notes_.find(form); found != by_form_without_notes_.end())
    return found->second;
  std::string name = name_in(by_look_, look_of(form));
  if (name.empty()) name = name_in(by_look_, look_of(bare));
  return name;
}

}  // namespace sojourn
