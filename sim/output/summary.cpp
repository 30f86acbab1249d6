#include "sim/output/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <numeric>
#include <span>
#include <unordered_map>
#include <utility>

#include "sim/base/calendar.hpp"
#include "sim/base/error.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/units.hpp"
#include "sim/output/recorded_quantity.hpp"
#include "sim/output/stored_file.hpp"
#include "sim/output/text_table.hpp"

namespace sojourn {

namespace {

constexpr std::size_t rows_at_a_time = std::size_t{1} << 16U;

/// Moves by (origin * regions + destination) * streams + stream; those that are not 0.
using MovesByCorridor = std::unordered_map<std::size_t, double>;

[[noreturn]] void fail_damaged(const StoredFile& file, const std::string& variable) {
  throw RunError(file.path() + ": is damaged: the numbers of " + variable + " do not fit its dimensions");
}

/// Values of each record of a variable for each of `cells`, which every record has.
std::size_t values_of_cell(const StoredFile& file, const std::string& variable, std::size_t cells) {
  const std::vector<std::size_t> sizes = file.describe(variable).sizes;
  const std::size_t record =
      sizes.empty() ? 0
                    : std::accumulate(sizes.begin() + 1, sizes.end(), std::size_t{1}, std::multiplies<>());
  if (cells == 0 || record == 0 || record % cells != 0) fail_damaged(file, variable);
  return record / cells;
}

MovesByCorridor dense_moves(const StoredFile& file, std::size_t cells) {
  const std::size_t details = values_of_cell(file, "flow", cells);
  std::vector<double> sums(cells, 0);
  file.for_each_part("flow", [&](std::span<const double> flow) {
    for (std::size_t j = 0; j < flow.size(); ++j) sums[j / details % cells] += flow[j];
  });
  MovesByCorridor moves;
  for (std::size_t i = 0; i < cells; ++i) {
    if (sums[i] != 0) moves[i] = sums[i];
  }
  return moves;
}

bool lies_below(std::int64_t place, std::size_t length) {
  return place >= 0 && static_cast<std::size_t>(place) < length;
}

MovesByCorridor table_moves(const StoredFile& file, std::size_t regions, std::size_t streams) {
  MovesByCorridor moves;
  const std::size_t rows = file.records("flow_count");
  for (std::size_t first = 0; first < rows; first += rows_at_a_time) {
    const std::size_t count = std::min(rows_at_a_time, rows - first);
    const auto origin = file.read_numbers("flow_origin", first, count);
    const auto destination = file.read_numbers("flow_destination", first, count);
    const auto stream = file.read_numbers("flow_stream", first, count);
    const auto number = file.read_reals("flow_count", first, count);
    for (std::size_t i = 0; i < count; ++i) {
      if (!lies_below(origin[i], regions) || !lies_below(destination[i], regions) ||
          !lies_below(stream[i], streams)) {
        fail_damaged(file, "flow_count");
      }
      const std::size_t corridor =
          static_cast<std::size_t>(origin[i]) * regions + static_cast<std::size_t>(destination[i]);
      moves[corridor * streams + static_cast<std::size_t>(stream[i])] += number[i];
    }
  }
  return moves;
}

void add_stocks(const StoredFile& file, Summary& summary) {
  const std::size_t instants = std::min(file.records("stock"), file.records("time"));
  if (instants == 0) return;
  const std::vector<std::int64_t> days = file.read_numbers("time");
  const auto date = [](std::int64_t day) { return to_string(Date(std::chrono::days(day))); };
  const auto people = [&](std::size_t instant) {
    const std::vector<double> stock = file.read_reals("stock", instant, 1);
    return std::accumulate(stock.begin(), stock.end(), 0.0);
  };
  summary.first = date(days.front());
  summary.last = date(days[instants - 1]);
  summary.people_first = people(0);
  summary.people_last = people(instants - 1);
}

/// The sum of a variable over all that was recorded, by the dimension after time and region, if it is of
/// names of the scenario.
void add_total(const StoredFile& file, const Quantity& row, Summary& summary) {
  const std::string variable(row.name);
  if (row.in_summary.empty() || !file.has(variable)) return;
  NumbersByName total{std::string(row.in_summary), {""}, {}};
  if (row.over[2] != Axis::none) {
    total.names = file.read_texts(std::string(recorded_dimension(row.over[2]).name));
  }
  total.numbers.assign(total.names.size(), 0);
  const std::size_t details = values_of_cell(file, variable, summary.regions * total.names.size());
  file.for_each_part(variable, [&](std::span<const double> values) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      total.numbers[j / details % total.names.size()] += values[j];
    }
  });
  summary.totals.push_back(std::move(total));
}

/// Names of the regions; with the code where several have one name.
std::vector<std::string> telling_names(const StoredFile& file) {
  std::vector<std::string> names = file.read_texts("region_name");
  std::unordered_map<std::string, std::size_t> often;
  for (const std::string& name : names) ++often[name];
  if (often.size() == names.size()) return names;
  const std::vector<std::string> codes = file.read_texts("region");
  for (std::size_t i = 0; i < std::min(names.size(), codes.size()); ++i) {
    if (often[names[i]] > 1) names[i] += " (" + codes[i] + ")";
  }
  return names;
}

void add_corridors(const StoredFile& file, std::size_t number, Summary& summary) {
  const std::vector<std::string> names = telling_names(file);
  const std::size_t streams = summary.streams.size();
  const MovesByCorridor moves = file.has("flow") ? dense_moves(file, names.size() * names.size() * streams)
                                                 : table_moves(file, names.size(), streams);
  std::unordered_map<std::size_t, CorridorMoves> corridors;
  for (const auto& [key, count] : moves) {
    CorridorMoves& corridor = corridors[key / streams];
    corridor.by_stream.resize(streams, 0);
    corridor.by_stream[key % streams] += count;
    corridor.moves += count;
    summary.moves_by_stream[key % streams] += count;
    summary.moves += count;
  }
  std::vector<std::pair<double, std::size_t>> order;
  order.reserve(corridors.size());
  for (const auto& [key, corridor] : corridors) order.emplace_back(-corridor.moves, key);
  std::sort(order.begin(), order.end());
  summary.corridors = order.size();
  order.resize(std::min(order.size(), number));
  for (const auto& [minus_moves, key] : order) {
    CorridorMoves corridor = std::move(corridors[key]);
    corridor.origin = names[key / names.size()];
    corridor.destination = names[key % names.size()];
    summary.top.push_back(std::move(corridor));
  }
}

}  // namespace

Summary summarise(const std::string& path, std::size_t top_corridors) {
  return summarise(StoredFile(path), top_corridors);
}

Summary summarise(const StoredFile& file, std::size_t top_corridors) {
  Summary summary;
  summary.persons_per_agent = file.number("persons_per_agent").value_or(1);
  summary.regions = file.records("region");
  summary.streams = file.read_texts("stream");
  summary.warnings_accepted = file.texts("warnings_accepted", "provenance").size();
  summary.warnings = file.texts("warnings", "provenance").size() + summary.warnings_accepted;
  summary.moves_by_stream.assign(summary.streams.size(), 0);
  add_stocks(file, summary);
  // First what changes how many people there are.
  for (const bool changes_people : {true, false}) {
    for (const Quantity& row : recorded_quantities()) {
      if ((row.balance != Balance::none) == changes_people) add_total(file, row, summary);
    }
  }
  if (!summary.streams.empty()) add_corridors(file, top_corridors, summary);
  return summary;
}

std::string format_summary(const Summary& summary) {
  if (summary.first.empty()) return "nothing was recorded yet\n";
  std::string text;
  if (summary.persons_per_agent != 1) {
    text += fmt::format("one agent stands for {} persons\n", to_text(summary.persons_per_agent));
  }
  text += fmt::format("{:<14}{} on {}, {} on {}, in {} region{}\n", "people",
                      with_commas(summary.people_first), summary.first, with_commas(summary.people_last),
                      summary.last, summary.regions, summary.regions == 1 ? "" : "s");
  for (const NumbersByName& of : summary.totals) {
    for (std::size_t i = 0; i < of.names.size(); ++i) {
      text += fmt::format("{:<14}{}{}{}\n", i == 0 ? of.kind : "", with_commas(of.numbers[i]),
                          of.names[i].empty() ? "" : " ", printable(of.names[i]));
    }
  }
  if (summary.warnings > 0) {
    text += fmt::format(
        "{:<14}{}{}\n", "warnings", summary.warnings,
        summary.warnings_accepted > 0 ? fmt::format(", {} of them accepted", summary.warnings_accepted) : "");
  }
  text += fmt::format("{:<14}{} along {} corridor{}", "moves", with_commas(summary.moves), summary.corridors,
                      summary.corridors == 1 ? "" : "s");
  for (std::size_t i = 0; i < summary.streams.size(); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? ": " : ", ", printable(summary.streams[i]),
                        with_commas(summary.moves_by_stream[i]));
  }
  text += "\n";
  if (summary.top.empty()) return text;
  std::vector<std::vector<std::string>> rows{{"largest flows", "", "moves"}};
  if (summary.streams.size() > 1)
    rows[0].insert(rows[0].end(), summary.streams.begin(), summary.streams.end());
  for (const CorridorMoves& corridor : summary.top) {
    rows.push_back({corridor.origin, "to " + corridor.destination, with_commas(corridor.moves)});
    if (summary.streams.size() == 1) continue;
    for (const double moves : corridor.by_stream) rows.back().push_back(with_commas(moves));
  }
  return text + format_table(rows, 2, "");
}

}  // namespace sojourn
