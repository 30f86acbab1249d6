#include "sim/reading/factors/factor_grid.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sojourn {

namespace {
constexpr std::size_t most_values = std::size_t{1} << 27;

/// Combinations of the values of attributes.
std::size_t combinations(const Groups& groups, const std::vector<AttributeId>& attributes) {
  std::size_t count = 1;
  for (const AttributeId attribute : attributes)
    count *= groups.attributes()[attribute.index()].values.size();
  return count;
}
}  // namespace

FactorGrid::FactorGrid(FactorPlaces places, const Names& regions, const Groups& groups,
                       std::vector<AttributeId> attributes)
    : places_(places),
      regions_(&regions),
      groups_(&groups),
      attributes_(std::move(attributes)),
      places_count_(place_count(places, regions.size())),
      groups_of_table_(combinations(groups, attributes_)),
      cells_(places_count_ * groups_of_table_) {}

bool FactorGrid::allocate(std::size_t knots) {
  const std::size_t groups = attributes_.empty() ? 1 : groups_->count();
  if (places_count_ * groups > most_values / knots) return false;
  values_.resize(cells_ * knots);
  rows_.resize(cells_ * knots);
  rows_at_.resize(knots);
  return true;
}

std::size_t FactorGrid::cell(std::size_t place, const std::vector<std::size_t>& attribute_values) const {
  std::size_t cell = place;
  for (std::size_t a = 0; a < attributes_.size(); ++a) {
    cell = cell * groups_->attributes()[attributes_[a].index()].values.size() + attribute_values[a];
  }
  return cell;
}

std::string FactorGrid::label(std::size_t cell) const {
  std::string text;
  std::size_t rest = cell;
  for (std::size_t a = attributes_.size(); a-- > 0;) {
    const std::vector<std::string>& values = groups_->attributes()[attributes_[a].index()].values;
    text.insert(0, ", " + values[rest % values.size()]);
    rest /= values.size();
  }
  if (places_ == FactorPlaces::everywhere) return text.empty() ? "the table" : text.substr(2);
  if (places_ == FactorPlaces::region) return regions_->all()[rest] + text;
  return regions_->all()[rest / regions_->size()] + " to " + regions_->all()[rest % regions_->size()] + text;
}

void FactorGrid::set(std::size_t knot, std::size_t cell, double value, std::size_t row) {
  values_[knot * cells_ + cell] = value;
  rows_[knot * cells_ + cell] = static_cast<std::uint32_t>(row + 1);
  ++rows_at_[knot];
}

std::optional<std::size_t> FactorGrid::row_at(std::size_t knot, std::size_t cell) const {
  const std::uint32_t row = rows_[knot * cells_ + cell];
  if (row == 0) return std::nullopt;
  return row - 1;
}

bool FactorGrid::is_needed(std::size_t cell) const {
  if (places_ != FactorPlaces::pair) return true;
  const std::size_t place = cell / groups_of_table_;
  return place / regions_->size() != place % regions_->size();
}

bool FactorGrid::is_absent(std::size_t cell) const {
  for (std::size_t k = 0; k < rows_at_.size(); ++k) {
    if (rows_[k * cells_ + cell] != 0) return false;
  }
  return true;
}

std::size_t FactorGrid::nearest(std::size_t knot, std::size_t cell, const TableKnots& knots) const {
  std::optional<std::size_t> best;
  const auto distance = [&](std::size_t k) { return std::chrono::abs(knots.date(k) - knots.date(knot)); };
  for (std::size_t k = 0; k < rows_at_.size(); ++k) {
    if (!row_at(k, cell)) continue;
    if (!best || distance(k) < distance(*best)) best = k;
  }
  return best.value_or(knot);
}

void FactorGrid::mirror() {
  const std::size_t regions = regions_->size();
  const std::size_t groups = groups_of_table_;
  std::vector<std::pair<std::size_t, std::size_t>> copies;
  for (std::size_t cell = 0; cell < cells_; ++cell) {
    const std::size_t place = cell / groups;
    const std::size_t opposite = (place % regions * regions + place / regions) * groups + cell % groups;
    if (is_needed(cell) && is_absent(cell) && !is_absent(opposite)) copies.emplace_back(opposite, cell);
  }
  for (const auto& [from, to] : copies) {
    for (std::size_t k = 0; k < rows_at_.size(); ++k) {
      values_[k * cells_ + to] = values_[k * cells_ + from];
      rows_[k * cells_ + to] = rows_[k * cells_ + from];
    }
  }
}

void FactorGrid::fill_gaps(double value) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i] == 0) values_[i] = value;
  }
}

void FactorGrid::fill_gaps_from_nearest(const TableKnots& knots) {
  for (std::size_t cell = 0; cell < cells_; ++cell) {
    if (!is_needed(cell) || is_absent(cell)) continue;
    for (std::size_t k = 0; k < rows_at_.size(); ++k) {
      if (!row_at(k, cell)) values_[k * cells_ + cell] = values_[nearest(k, cell, knots) * cells_ + cell];
    }
  }
}

std::vector<double> FactorGrid::values(std::size_t first, std::size_t last) const {
  const std::size_t partial = groups_of_table_;
  const std::size_t groups = attributes_.empty() ? 1 : groups_->count();
  // Which of the table's groups each group of the scenario belongs to.
  std::vector<std::size_t> partial_of(groups);
  for (std::size_t g = 0; g < groups && !attributes_.empty(); ++g) {
    std::vector<std::size_t> attribute_values;
    attribute_values.reserve(attributes_.size());
    for (const AttributeId a : attributes_) attribute_values.push_back(groups_->value(Group(g), a));
    partial_of[g] = cell(0, attribute_values);
  }
  std::vector<double> all;
  all.reserve((last - first + 1) * places_count_ * groups);
  for (std::size_t k = first; k <= last; ++k) {
    for (std::size_t place = 0; place < places_count_; ++place) {
      for (std::size_t g = 0; g < groups; ++g) {
        all.push_back(values_[k * cells_ + place * partial + partial_of[g]]);
      }
    }
  }
  return all;
}

}  // namespace sojourn
