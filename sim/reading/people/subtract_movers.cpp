#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/people/people.hpp"

namespace sojourn {

namespace {

/// People of one region, group and range of ages, of all rows that count the same.
struct StayerCell {
  double persons = 0;
  const PeopleSource* source = nullptr;
  const PeopleRow* row = nullptr;
};

/// Region, group, first year of age, end.
using CellKey = std::tuple<std::uint32_t, std::uint32_t, std::int16_t, std::int16_t>;

class Subtraction {
 public:
  Subtraction(Reader& reader, const std::vector<double>& movers, Position where_movers, std::size_t ages,
              const Setting& setting)
      : reader_(reader),
        movers_(movers),
        where_movers_(std::move(where_movers)),
        ages_(ages),
        setting_(setting),
        rest_(movers.size()),
        covered_(movers.size(), false) {}

  [[nodiscard]] std::vector<double> run(const std::vector<PeopleSource>& sources) {
    bool any_includes = false;
    std::map<CellKey, StayerCell> cells;
    for (const PeopleSource& source : sources) {
      const bool includes = source.includes_movers.value_or(false);
      any_includes = any_includes || includes;
      for (const PeopleRow& row : source.rows) {
        if (!includes) {
          spread({row.residence, row.group, row.age_from, row.age_to}, row.persons);
          continue;
        }
        StayerCell& cell = cells[{row.residence, row.group, row.age_from, row.age_to}];
        cell.persons += row.persons;
        if (cell.row == nullptr) {
          cell.source = &source;
          cell.row = &row;
        }
      }
    }
    for (const auto& [key, cell] : cells) subtract(key, cell);
    if (any_includes) say_uncovered();
    return std::move(rest_);
  }

 private:
  /// The index of a region, group and completed age.
  [[nodiscard]] std::size_t index(std::uint32_t region, std::uint32_t group, int age) const {
    return (region * setting_.groups->count() + group) * ages_ + (ages_ - 1 - static_cast<std::size_t>(age));
  }

  void spread(const CellKey& key, double persons) {
    const auto [region, group, from, to] = key;
    for (int age = from; age < to; ++age) rest_[index(region, group, age)] += persons / (to - from);
  }

  [[nodiscard]] std::string who(std::uint32_t region, std::uint32_t group, int from, int to) const {
    std::string text = setting_.geography->regions[region].code;
    if (!setting_.groups->attributes().empty()) text += ", " + setting_.groups->label(Group(group));
    return text + ", age " + to_string(AgeRange{from, to});
  }

  void subtract(const CellKey& key, const StayerCell& cell) {
    const auto [region, group, from, to] = key;
    double movers = 0;
    for (int age = from; age < to; ++age) {
      const std::size_t i = index(region, group, age);
      movers += movers_[i];
      if (covered_[i]) {
        reader_.mistakes().add(
            cell.source->where_row(*cell.row),
            fmt::format("the row ({}) overlaps with another one from which the same movers are subtracted",
                        who(region, group, from, to)),
            "tables that include movers with the same ages");
        return;
      }
      covered_[i] = true;
    }
    constexpr double rounding = 1e-6;
    const double left = cell.persons - movers;
    if (left < -rounding * std::max(1.0, movers)) {
      reader_.mistakes().add(
          cell.source->where_row(*cell.row),
          fmt::format("{}: {:.10g} persons include {:.10g} movers, which leaves {:.10g} stayers",
                      who(region, group, from, to), cell.persons, movers, left),
          "at least as many persons as movers");
      return;
    }
    spread(key, std::max(left, 0.0));
  }

  /// Movers for whom no row of stayers is: one message for each region and group.
  void say_uncovered() {
    const std::size_t groups = setting_.groups->count();
    for (std::size_t cell = 0; cell < movers_.size() / ages_; ++cell) {
      double persons = 0;
      int youngest = -1;
      int oldest_age = -1;
      for (std::size_t age = 0; age < ages_; ++age) {
        const std::size_t i = cell * ages_ + (ages_ - 1 - age);
        if (movers_[i] == 0 || covered_[i]) continue;
        persons += movers_[i];
        if (youngest < 0) youngest = static_cast<int>(age);
        oldest_age = static_cast<int>(age);
      }
      if (persons == 0) continue;
      const auto region = static_cast<std::uint32_t>(cell / groups);
      reader_.mistakes().add(
          where_movers_,
          fmt::format("{:.10g} movers live in {}, and 'stayers' has no row of them to subtract from", persons,
                      who(region, static_cast<std::uint32_t>(cell % groups), youngest, oldest_age + 1)),
          "rows of stayers for all ages and groups that movers have");
    }
  }

  Reader& reader_;
  const std::vector<double>& movers_;
  Position where_movers_;
  std::size_t ages_;
  const Setting& setting_;
  std::vector<double> rest_;
  std::vector<bool> covered_;
};

}  // namespace

std::vector<double> stayers_without_movers(Reader& reader, const std::vector<PeopleSource>& stayers,
                                           const std::vector<double>& movers, const Position& where_movers,
                                           std::size_t ages, const Setting& setting) {
  return Subtraction(reader, movers, where_movers, ages, setting).run(stayers);
}

}  // namespace sojourn
