#include "bench/plain/destinations.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

#include "sim/base/math.hpp"
#include "sim/model/measure.hpp"
#include "sim/model/run_fault.hpp"

namespace sojourn::plain {

double Row::inclusive_value() const { return top + math::log(cumulative.back()); }

Region Row::draw(RandomNumbers& random) const {
  const double point = random.uniform() * cumulative.back();
  auto place = std::upper_bound(cumulative.begin(), cumulative.end(), point);
  // Rounding may bring the point to the very end: the last destination that has any weight.
  if (place == cumulative.end())
    place = std::lower_bound(cumulative.begin(), cumulative.end(), cumulative.back());
  return Region{static_cast<std::size_t>(place - cumulative.begin())};
}

Destinations::Destinations(const Scenario& scenario, const Stream& stream, const Numbers& start,
                           const Doorkeeper& doorkeeper)
    : scenario_(&scenario),
      stream_(&stream),
      choice_(&stream.destination),
      doorkeeper_(doorkeeper),
      to_birth_(std::holds_alternative<BirthRegion>(stream.destination.choice_set)),
      to_previous_(std::holds_alternative<PreviousRegion>(stream.destination.choice_set)),
      joined_(scenario.region_count() * scenario.region_count()) {
  const std::size_t regions = scenario.region_count();
  for (const PullTerm& pull : choice_->pull) {
    if (const auto* term = std::get_if<FactorTerm>(&pull)) {
      factors_.emplace_back(*term, start);
      by_citizenship_ = by_citizenship_ || term->comparison == Comparison::citizenship;
    } else {
      by_birth_ = true;
    }
  }
  if (std::holds_alternative<Neighbours>(choice_->choice_set)) {
    for (const Link& link : scenario.links) {
      joined_[link.from.index() * regions + link.to.index()] = true;
      joined_[link.to.index() * regions + link.from.index()] = true;
    }
  } else if (const auto* listed = std::get_if<Listed>(&choice_->choice_set)) {
    for (std::size_t o = 0; o < regions; ++o) {
      for (const Region region : listed->regions) joined_[o * regions + region.index()] = true;
    }
  }
}

void Destinations::update(const Numbers& now) {
  numbers_ = &now;
  for (TermValues& term : factors_) term.update(now);
}

bool Destinations::is_candidate(Region origin, Region destination) const {
  if (origin == destination) return false;
  if (std::holds_alternative<AllRegions>(choice_->choice_set)) return true;
  return joined_[origin.index() * scenario_->region_count() + destination.index()];
}

double Destinations::utility(Region origin, Region destination, Ties ties, Group group,
                             const DiasporaStock& diaspora) const {
  const Region birth = ties.birth;
  double sum = 0;
  const auto add = [&](ParameterId id, double value) {
    const Summand summand{id, numbers_->parameter(id).at(origin, destination, group), value};
    sum += summand.product();
    if (!std::isfinite(sum)) throw UndefinedUtility(origin, destination, group, summand);
  };
  std::size_t factor = 0;
  for (const PullTerm& pull : choice_->pull) {
    if (const auto* term = std::get_if<FactorTerm>(&pull)) {
      const TermValues& values = factors_[factor++];
      const bool of_citizens = term->comparison == Comparison::citizenship;
      add(term->coefficient, of_citizens ? values.of_citizens(ties.citizenship, destination, group)
                                         : values.at(origin, destination, group));
    } else if (const auto* network = std::get_if<DiasporaTerm>(&pull)) {
      double persons = static_cast<double>(diaspora.at(destination, birth)) * scenario_->persons_per_agent;
      if (network->ratio_to) persons /= numbers_->factor(*network->ratio_to).at(origin, destination, group);
      add(network->coefficient, transformed(network->transform, persons));
    } else if (destination == birth) {
      add(std::get<HomeTerm>(pull).coefficient, 1);
    }
  }
  return sum;
}

Row Destinations::row(Region origin, Ties ties, Group group, const DiasporaStock& diaspora, Date day) const {
  std::vector<bool> candidates;
  for (std::size_t d = 0; d < scenario_->region_count(); ++d)
    candidates.push_back(is_candidate(origin, Region{d}) && lets_move(origin, Region{d}, group, day));
  return row_to(candidates, origin, ties, group, diaspora);
}

Row Destinations::open_row(Region origin, Ties ties, Group group, const DiasporaStock& diaspora) const {
  std::vector<bool> candidates;
  for (std::size_t d = 0; d < scenario_->region_count(); ++d)
    candidates.push_back(is_candidate(origin, Region{d}));
  return row_to(candidates, origin, ties, group, diaspora);
}

Row Destinations::row_to(const std::vector<bool>& candidates, Region origin, Ties ties, Group group,
                         const DiasporaStock& diaspora) const {
  const std::size_t regions = scenario_->region_count();
  Row row;
  row.top = -std::numeric_limits<double>::infinity();
  std::vector<double> utilities(regions);
  for (std::size_t d = 0; d < regions; ++d) {
    if (!candidates[d]) continue;
    utilities[d] = utility(origin, Region{d}, ties, group, diaspora);
    row.top = std::max(row.top, utilities[d]);
  }
  double sum = 0;
  const std::vector<double> weights = this->weights(candidates, origin, group, utilities, row.top);
  for (std::size_t d = 0; d < regions; ++d) {
    if (candidates[d]) sum += weights[d];
    row.cumulative.push_back(sum);
  }
  return row;
}

/// The nest first, P(n) in proportion to S_n^mu, then the destination in it, exp(v / mu) / S_n.
std::vector<double> Destinations::weights(const std::vector<bool>& candidates, Region origin, Group group,
                                          const std::vector<double>& utilities, double top) const {
  std::vector<double> weights;
  weights.reserve(utilities.size());
  for (const double utility : utilities) weights.push_back(math::exp(utility - top));
  for (const Nest& nest : choice_->nests) {
    const double mu = numbers_->parameter(nest.dissimilarity).at(origin, group);
    double sum = 0;
    for (const Region d : nest.regions) {
      if (candidates[d.index()]) sum += math::exp((utilities[d.index()] - top) / mu);
    }
    for (const Region d : nest.regions) {
      weights[d.index()] = math::pow(sum, mu) * math::exp((utilities[d.index()] - top) / mu) / sum;
    }
  }
  return weights;
}

}  // namespace sojourn::plain
