#include "sim/base/warning.hpp"

#include <algorithm>

#include "sim/base/printable.hpp"

namespace sojourn {

namespace {

bool same_but_for_place(const Warning& a, const Warning& b) {
  return a.where.file == b.where.file && a.id == b.id && a.what == b.what && a.may_mean == b.may_mean &&
         a.how_meant == b.how_meant;
}

/// Adds the places of another that says the same.
void join_places(Warning& warning, const Warning& other) {
  if (other.where == warning.where && other.more == 0) return;
  std::vector<Position> places = other.also;
  places.insert(places.begin(), other.where);
  for (const Position& place : places) {
    if (warning.also.size() < most_places_told) warning.also.push_back(place);
  }
  warning.more += other.more + 1;
}

/// What is meant and how to say so, without the place.
std::string warning_text(const Warning& warning) {
  std::string text = warning.what;
  if (!warning.may_mean.empty()) text += "; this may mean that " + warning.may_mean;
  return text + further_places(warning.also, warning.more);
}

std::string remedy(const Warning& warning) {
  const std::string accept = "write 'accept: [" + warning.id + "]'";
  return "if it is meant, " + (warning.how_meant.empty() ? accept : warning.how_meant + ", or " + accept);
}

}  // namespace

std::string to_string(const Warning& warning) {
  const std::string text = to_string(warning.where) + ": warning: " + warning_text(warning);
  return printable(text + (warning.accepted ? "; accepted [" + warning.id + "]" : "; " + remedy(warning)));
}

Mistake as_mistake(const Warning& warning) {
  return {warning.where, warning_text(warning) + "; " + remedy(warning), "", ""};
}

std::vector<Warning> folded(const std::vector<Warning>& warnings) {
  std::vector<Warning> all;
  for (const Warning& warning : warnings) {
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const Warning& w) { return same_but_for_place(w, warning); });
    if (same == all.end()) {
      all.push_back(warning);
    } else {
      join_places(*same, warning);
    }
  }
  return all;
}

void mark_accepted(std::vector<Warning>& warnings, const std::vector<std::string>& accepted_ids) {
  for (Warning& warning : warnings) {
    warning.accepted = std::find(accepted_ids.begin(), accepted_ids.end(), warning.id) != accepted_ids.end();
  }
}

std::string count_text(const std::vector<Warning>& warnings) {
  if (warnings.empty()) return "no warnings";
  const auto accepted =
      std::count_if(warnings.begin(), warnings.end(), [](const Warning& w) { return w.accepted; });
  std::string text = std::to_string(warnings.size()) + (warnings.size() == 1 ? " warning" : " warnings");
  if (accepted > 0) text += ", " + std::to_string(accepted) + " of them accepted";
  return text;
}

}  // namespace sojourn
