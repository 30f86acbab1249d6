#include "sim/scenario/table_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/units.hpp"
#include "sim/scenario/near_labels.hpp"
#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {

constexpr std::size_t most_labels_listed = 8;
constexpr std::size_t most_labels_suggested = 200;

std::string rows_and_amount(std::size_t rows, double amount, const std::string& unit) {
  if (unit.empty()) return counted(rows, "row");
  return fmt::format("{}, {} {}", counted(rows, "row"), with_commas(amount), unit);
}

std::string left_out_text(const TableUse& use) {
  std::string text;
  LeftOutLabel rest;
  for (std::size_t i = 0; i < use.left_out.size(); ++i) {
    const LeftOutLabel& label = use.left_out[i];
    if (i >= most_labels_listed) {
      rest.rows += label.rows;
      rest.amount += label.amount;
      continue;
    }
    text += fmt::format("{}{} ({}{})", i == 0 ? "" : ", ",
                        label.label.empty() ? "an empty cell" : "'" + visible(label.label) + "'",
                        rows_and_amount(label.rows, label.amount, use.counted),
                        label.suggestion.empty() ? "" : "; did you mean " + label.suggestion + "?");
  }
  if (rest.rows > 0) {
    text += fmt::format(" and {} more ({})", use.left_out.size() - most_labels_listed,
                        rows_and_amount(rest.rows, rest.amount, use.counted));
  }
  return text;
}

bool has_two_letters_exchanged(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return false;
  const auto [first, other] = std::mismatch(a.begin(), a.end(), b.begin());
  if (a.end() - first < 2) return false;
  return first[0] == other[1] && first[1] == other[0] && std::equal(first + 2, a.end(), other + 2);
}

/// Short codes are all alike: of these only two letters in the wrong order are taken for a slip.
std::string suggestion_for(const std::string& label, const NearLabels& near,
                           const std::vector<std::string>& known) {
  constexpr std::size_t longest_code = 3;
  std::string looks_alike = near.find(label);
  if (!looks_alike.empty()) return looks_alike;
  if (label.size() > longest_code) return closest_name(label, known);
  const auto found = std::find_if(known.begin(), known.end(), [&](const std::string& name) {
    return has_two_letters_exchanged(label, name);
  });
  return found == known.end() ? "" : *found;
}

}  // namespace

std::string to_string(const TableUse& use) {
  if (use.left_out.empty()) {
    return fmt::format("{} ({}): all of {}", use.file, use.user,
                       rows_and_amount(use.rows, use.amount, use.counted));
  }
  std::string text =
      fmt::format("{} ({}): {} of {}", use.file, use.user, use.rows_used, counted(use.rows, "row"));
  if (!use.counted.empty()) {
    text +=
        fmt::format(" and {} of {} {}", with_commas(use.amount_used), with_commas(use.amount), use.counted);
  }
  return text + " are used; left out: " + left_out_text(use);
}

bool is_mostly_left_out(const TableUse& use) { return use.amount_used < 0.5 * use.amount; }

bool is_partly_left_out(const TableUse& use) { return use.amount_used < 0.9 * use.amount; }

TableCounter::TableCounter(std::string file, std::string user, std::string counted)
    : use_{std::move(file), std::move(user), std::move(counted), 0, 0, 0, 0, {}} {}

void TableCounter::use(double amount) {
  ++use_.rows;
  ++use_.rows_used;
  use_.amount += amount;
  use_.amount_used += amount;
}

void TableCounter::leave_out(std::string_view label, double amount) {
  ++use_.rows;
  use_.amount += amount;
  auto found = labels_.find(label);
  if (found == labels_.end()) {
    found = labels_.emplace(std::string(label), LeftOutLabel{std::string(label), 0, 0, ""}).first;
  }
  ++found->second.rows;
  found->second.amount += amount;
}

TableUse TableCounter::take(const std::vector<std::string>& known) && {
  for (auto& [label, left_out] : labels_) use_.left_out.push_back(std::move(left_out));
  std::stable_sort(use_.left_out.begin(), use_.left_out.end(),
                   [](const LeftOutLabel& a, const LeftOutLabel& b) {
                     return std::pair(a.amount, a.rows) > std::pair(b.amount, b.rows);
                   });
  if (use_.left_out.empty()) return std::move(use_);
  const NearLabels near{Names(known)};
  for (std::size_t i = 0; i < std::min(use_.left_out.size(), most_labels_suggested); ++i) {
    use_.left_out[i].suggestion = suggestion_for(use_.left_out[i].label, near, known);
  }
  return std::move(use_);
}

}  // namespace sojourn
