#include "sim/base/tables_told.hpp"

#include <algorithm>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

/// What is told of a use, but for who reads the table.
std::string without_user(TableUse use) {
  use.user.clear();
  return to_string(use);
}

}  // namespace

std::vector<std::string> tables_told(const std::vector<TableUse>& uses) {
  struct Told {
    TableUse use;
    std::string text;
    std::vector<std::string> users;
  };
  std::vector<Told> all;
  for (const TableUse& use : uses) {
    std::string text = without_user(use);
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const Told& told) { return told.text == text; });
    if (same == all.end()) {
      all.push_back({use, std::move(text), {use.user}});
    } else if (std::find(same->users.begin(), same->users.end(), use.user) == same->users.end()) {
      same->users.push_back(use.user);
    }
  }
  std::vector<std::string> lines;
  lines.reserve(all.size());
  for (Told& told : all) {
    told.use.user = in_words(told.users);
    lines.push_back(to_string(told.use));
  }
  return lines;
}

}  // namespace sojourn
