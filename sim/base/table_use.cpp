#include "sim/base/table_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/base/printable.hpp"
#include "sim/base/text.hpp"
#include "sim/base/units.hpp"

namespace sojourn {

namespace {

constexpr std::size_t most_labels_listed = 8;

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

}  // namespace sojourn
