#include "sim/model/surplus.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/math.hpp"
#include "sim/model/run_fault.hpp"
#include "sim/model/term.hpp"

namespace sojourn {

namespace {

/// Any other region than the destination.
Region some_origin(Region destination, std::size_t regions) {
  return Region{destination.index() == 0 ? regions - 1 : 0};
}

/// Whether some destination has different values for different origins. The diagonal is no corridor.
bool differs_by_origin(const Field& field) {
  if (field.places != FactorPlaces::pair) return false;
  const std::size_t groups = field.by_group ? field.groups : 1;
  for (std::size_t d = 0; d < field.regions; ++d) {
    const Region destination{d};
    const Region first = some_origin(destination, field.regions);
    for (std::size_t o = 0; o < field.regions; ++o) {
      for (std::size_t g = 0; g < groups && o != d; ++g) {
        if (field.at(Region{o}, destination, Group{g}) != field.at(first, destination, Group{g})) return true;
      }
    }
  }
  return false;
}

}  // namespace

DiasporaSurplus::DiasporaSurplus(const Scenario& scenario, std::vector<const DiasporaTerm*> terms,
                                 const Numbers& start)
    : regions_(scenario.region_count()),
      births_(scenario.birth_count()),
      persons_per_agent_(scenario.persons_per_agent),
      terms_(std::move(terms)),
      versions_(births_) {
  for (const DiasporaTerm* term : terms_) {
    by_group_ = by_group_ || start.parameter(term->coefficient).by_group ||
                (term->ratio_to && start.factor(*term->ratio_to).by_group);
  }
  if (by_group_) classes_ = scenario.groups.count();
}

void DiasporaSurplus::update(const Numbers& now, const DiasporaStock& stock, Workers& workers) {
  numbers_ = &now;
  stock_ = &stock;
  std::vector<std::uint64_t> versions = versions_of_numbers();
  const bool all = seen_changes_.empty() || versions != seen_numbers_;
  if (all) {
    by_corridor_ = std::any_of(terms_.begin(), terms_.end(), [&](const DiasporaTerm* term) {
      return differs_by_origin(now.parameter(term->coefficient));
    });
  }
  seen_numbers_ = std::move(versions);
  seen_changes_.resize(regions_);
  std::vector<Region> changed;
  for (std::size_t d = 0; d < regions_; ++d) {
    const std::uint64_t changes = stock.changes(Region{d});
    if (all || changes != seen_changes_[d]) changed.emplace_back(d);
    seen_changes_[d] = changes;
  }
  if (changed.empty()) return;
  if (by_corridor_) {
    for (std::uint64_t& version : versions_) ++version;
    return;
  }
  if (surplus_.empty()) {
    surplus_.resize(classes_ * births_ * regions_);
    plain_.resize(classes_ * births_);
    seen_stock_.resize(births_ * regions_);
  }
  workers.for_each(births_, [&](std::size_t b) { update_row(Region{b}, changed, all); });
}

std::vector<std::uint64_t> DiasporaSurplus::versions_of_numbers() const {
  std::vector<std::uint64_t> versions;
  for (const DiasporaTerm* term : terms_) {
    versions.push_back(numbers_->parameter(term->coefficient).version);
    if (term->ratio_to) versions.push_back(numbers_->factor(*term->ratio_to).version);
  }
  return versions;
}

void DiasporaSurplus::update_row(Region birth, const std::vector<Region>& changed, bool all) {
  bool any = false;
  std::int64_t* const seen = seen_stock_.data() + birth.index() * regions_;
  for (const Region d : changed) {
    const std::int64_t agents = stock_->at(d, birth);
    if (!all && agents == seen[d.index()]) continue;
    seen[d.index()] = agents;
    any = true;
    for (std::size_t k = 0; k < classes_; ++k) {
      // Coefficients of a class differ by destination at most: any origin will do.
      surplus_[(k * births_ + birth.index()) * regions_ + d.index()] =
          agents == 0 ? 0.0 : math::expm1(log_multiplier(some_origin(d, regions_), d, birth, Group{k}));
    }
  }
  if (!any) return;
  ++versions_[birth.index()];
  for (std::size_t k = 0; k < classes_; ++k) {
    const double* const row = surplus_.data() + (k * births_ + birth.index()) * regions_;
    plain_[k * births_ + birth.index()] =
        std::all_of(row, row + regions_, [](double x) { return x >= 0 && std::isfinite(x); }) ? 1 : 0;
  }
}

double DiasporaSurplus::log_multiplier(Region origin, Region destination, Region birth, Group group) const {
  if (destination == birth) return 0.0;
  const double persons = static_cast<double>(stock_->at(destination, birth)) * persons_per_agent_;
  double sum = 0;
  for (const DiasporaTerm* term : terms_) {
    const double divisor =
        term->ratio_to ? numbers_->factor(*term->ratio_to).at(origin, destination, group) : 1.0;
    const Summand summand{term->coefficient,
                          numbers_->parameter(term->coefficient).at(origin, destination, group),
                          transformed(term->transform, persons / divisor)};
    sum += summand.product();
    if (!std::isfinite(sum)) throw UndefinedUtility(origin, destination, group, summand);
  }
  return sum;
}

}  // namespace sojourn
