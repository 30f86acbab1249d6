#include "sim/reading/forms/table_account.hpp"

#include <fmt/format.h>

#include <utility>

#include "sim/base/label_form.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/text.hpp"

namespace sojourn {

namespace {

/// Of two labels that look the same: a letter of the one that is not what it seems; "" if there is none.
std::string odd_letter(std::string_view label) {
  const char32_t letter = first_look_alike(label_form(label));
  return letter == 0 ? ""
                     : fmt::format(" (a letter of '{}' is U+{:04X}, in lower case)", visible(label),
                                   static_cast<unsigned>(letter));
}

}  // namespace

TableAccount::TableAccount(Reader& reader, const Table& table, const Names& regions, std::string user,
                           std::string counted)
    : reader_(reader),
      table_(table),
      regions_(regions),
      counter_(table.file(), std::move(user), std::move(counted)) {}

void TableAccount::leave_out(std::size_t row, Column column, double amount) {
  const std::string_view label = table_.cell(row, column);
  counter_.leave_out(label, amount);
  if (!regions_.is_complete()) return;
  auto known = meant_.find(label);
  if (known == meant_.end()) {
    if (!near_) near_.emplace(regions_);
    known = meant_.emplace(std::string(label), near_->find(label)).first;
  }
  if (known->second.empty()) return;
  reader_.mistakes().add(
      table_.where(row, column),
      fmt::format("'{}' is no region: its code differs from '{}' in case, blanks, marks within or at its "
                  "end, or the encoding or alphabet of letters{}",
                  visible(label), visible(known->second), odd_letter(label)),
      fmt::format("'{}'", visible(known->second)));
}

TableUse TableAccount::close() && {
  TableUse use = std::move(counter_).take(regions_.all());
  if (rows_to_itself_ > 0)
    use.user += fmt::format(", without {} from a region to itself", counted(rows_to_itself_, "row"));
  reader_.note(use);
  return use;
}

void note_whole_table(Reader& reader, const Table& table, std::string user) {
  TableCounter counter(table.file(), std::move(user), "");
  for (std::size_t row = 0; row < table.rows(); ++row) counter.use(0);
  reader.note(std::move(counter).take({}));
}

}  // namespace sojourn
