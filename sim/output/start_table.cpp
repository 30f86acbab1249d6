#include "sim/output/start_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/base/units.hpp"
#include "sim/output/text_table.hpp"

namespace sojourn {

namespace {

constexpr std::size_t most_groups = 8;
constexpr std::size_t most_columns = 10;

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::string each(double events, double persons) {
  return persons > 0 ? fmt::format("{:.3g}", events / persons) : "-";
}

/// `births`, `labour`, `give up visa`: as short as a heading should be.
std::string heading(const StartRate& rate) {
  switch (rate.kind) {
    case StartRate::Kind::births:
    case StartRate::Kind::deaths:
      return rate.label();
    case StartRate::Kind::giving_up:
      return rate.name + " (give up)";
    default:
      return rate.name;
  }
}

/// The groups in which people live, the largest first.
std::vector<std::size_t> largest_groups(const StartRates& rates) {
  std::vector<std::size_t> groups(rates.persons.size());
  std::iota(groups.begin(), groups.end(), std::size_t{0});
  std::stable_sort(groups.begin(), groups.end(),
                   [&](std::size_t a, std::size_t b) { return rates.persons[a] > rates.persons[b]; });
  const auto empty =
      std::find_if(groups.begin(), groups.end(), [&](std::size_t g) { return rates.persons[g] <= 0; });
  groups.erase(empty, groups.end());
  return groups;
}

}  // namespace

std::string format_start_table(const Scenario& scenario, const StartRates& rates) {
  std::string text;
  const std::size_t columns = std::min(rates.rates.size(), most_columns);
  const double persons = rates.all_persons();
  if (columns > 0 && persons > 0) {
    std::vector<std::vector<std::string>> rows{{"a year for each person", "persons"}};
    for (std::size_t e = 0; e < columns; ++e) rows[0].push_back(heading(rates.rates[e]));
    std::vector<std::string>& all = rows.emplace_back(std::vector<std::string>{"all", with_commas(persons)});
    for (std::size_t e = 0; e < columns; ++e) all.push_back(each(sum_of(rates.rates[e].events), persons));
    std::vector<std::size_t> groups = largest_groups(rates);
    const std::size_t more = groups.size() > most_groups ? groups.size() - most_groups : 0;
    groups.resize(groups.size() - more);
    if (scenario.groups.count() == 1) groups.clear();
    for (const std::size_t g : groups) {
      std::vector<std::string> row{scenario.groups.label(Group{g}), with_commas(rates.persons[g])};
      for (std::size_t e = 0; e < columns; ++e)
        row.push_back(each(rates.rates[e].events[g], rates.persons[g]));
      rows.push_back(std::move(row));
    }
    text += "  at the start:\n" + format_table(rows, 1, "  ");
    if (more > 0) text += fmt::format("  and {} smaller groups\n", more);
    if (columns < rates.rates.size())
      text += fmt::format("  and {} more rates\n", rates.rates.size() - columns);
  }
  for (const StartInflow& inflow : rates.inflows) {
    text += fmt::format("  inflow {}: {} persons a year", inflow.name, with_commas(inflow.persons));
    text += persons > 0 ? fmt::format(", {:.3g} for each person\n", inflow.persons / persons) : "\n";
  }
  return text;
}

}  // namespace sojourn
