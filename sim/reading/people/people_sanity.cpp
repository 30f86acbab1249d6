#include "sim/reading/people/people_sanity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

/// Digits behind the point of a number.
std::size_t decimals(std::string_view text) {
  const std::size_t point = text.find('.');
  return point == std::string_view::npos ? 0 : text.size() - point - 1;
}

/// Thousands of persons have three decimals, or fewer where a program left out the last zeros. More than
/// three are those of an estimate.
void warn_of_decimals(Reader& reader, const PeopleSource& source) {
  constexpr std::size_t of_thousands = 3;
  constexpr std::size_t least_rows = 2;
  std::size_t counts = 0;
  std::size_t with_decimals = 0;
  const PeopleRow* first = nullptr;
  for (const PeopleRow& row : source.rows) {
    if (row.persons <= 0) continue;
    ++counts;
    const std::size_t digits = decimals(source.table->cell(row.row, source.count));
    if (digits > of_thousands) return;
    if (digits > 0) ++with_decimals;
    if (first == nullptr && digits == of_thousands) first = &row;
  }
  if (counts < least_rows || first == nullptr || 2 * with_decimals <= counts) return;
  reader.warn(source.table->where(first->row, source.count), "counts-with-decimals",
              fmt::format("{} of {} counts of persons have decimals, at most three, such as {}",
                          with_decimals, counts, in_quotes(source.table->cell(first->row, source.count))),
              "persons are in thousands, or a point stands between thousands");
}

/// Persons of the rows with one label.
struct OfLabel {
  double persons = 0;
  std::size_t rows = 0;
  std::size_t first_row = 0;
};

/// By label; rows without persons are not counted.
using ByLabel = std::map<std::size_t, OfLabel>;

/// The label with as many persons as all others together; the end if there is none, or too little to tell.
ByLabel::const_iterator find_total(const ByLabel& labels) {
  constexpr std::size_t least_other_labels = 2;
  constexpr std::size_t least_other_rows = 3;
  constexpr double tolerance = 1e-9;
  if (labels.size() <= least_other_labels) return labels.end();
  double all = 0;
  std::size_t rows = 0;
  for (const auto& [label, of] : labels) {
    all += of.persons;
    rows += of.rows;
  }
  return std::find_if(labels.begin(), labels.end(), [&](const auto& label) {
    const OfLabel& of = label.second;
    return rows - of.rows >= least_other_rows && std::abs(2 * of.persons - all) <= tolerance * all;
  });
}

template <class Label, class Name>
void warn_of_total(Reader& reader, const PeopleSource& source, Label label, Name name) {
  ByLabel labels;
  for (const PeopleRow& row : source.rows) {
    if (row.persons <= 0) continue;
    OfLabel& of = labels.try_emplace(label(row), OfLabel{0, 0, row.row}).first->second;
    of.persons += row.persons;
    ++of.rows;
  }
  const auto total = find_total(labels);
  if (total == labels.end()) return;
  reader.warn(source.table->where(total->second.first_row, source.count), "row-is-a-sum",
              fmt::format("{} has {:.10g} persons, as many as all others of the table together",
                          name(total->first), total->second.persons),
              "it is the total of the others, and everybody is counted twice");
}

}  // namespace

void warn_of_people(Reader& reader, const PeopleSource& source, const Setting& setting) {
  if (source.table == nullptr) return;
  warn_of_decimals(reader, source);
  const auto region = [&](std::size_t r) { return "region " + in_quotes(setting.geography->names.all()[r]); };
  warn_of_total(
      reader, source, [](const PeopleRow& row) { return std::size_t{row.residence}; }, region);
  const auto birth = [&](std::size_t r) { return "birth " + in_quotes(setting.geography->names.all()[r]); };
  if (!source.rows.empty() && source.rows.front().birth != no_region) {
    warn_of_total(
        reader, source, [](const PeopleRow& row) { return std::size_t{row.birth}; }, birth);
  }
  const Groups& groups = *setting.groups;
  for (std::size_t a = 0; a < groups.attributes().size(); ++a) {
    const Attribute& attribute = groups.attributes()[a];
    warn_of_total(
        reader, source, [&](const PeopleRow& row) { return groups.value(Group(row.group), AttributeId(a)); },
        [&](std::size_t value) { return attribute.name + ' ' + in_quotes(attribute.values[value]); });
  }
}

}  // namespace sojourn
