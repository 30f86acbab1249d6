#include "sim/model/choice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <type_traits>
#include <utility>
#include <variant>

#include "sim/base/math.hpp"

namespace sojourn {

Choice::Choice(const Scenario& scenario, const Stream& stream, const Numbers& start)
    : regions_(scenario.region_count()), persons_per_agent_(scenario.persons_per_agent) {
  set_choice_set(scenario, stream);
  if (single_) return;
  set_terms(stream, start);
  rows_.resize((by_group_ ? scenario.groups.count() : 1) * regions_);
  if (!diaspora_.empty()) members_.resize(regions_);
}

void Choice::set_choice_set(const Scenario& scenario, const Stream& stream) {
  const ChoiceSet& set = stream.destination.choice_set;
  single_ = std::holds_alternative<BirthRegion>(set) || std::holds_alternative<PreviousRegion>(set);
  all_regions_ = std::holds_alternative<AllRegions>(set);
  if (single_ || all_regions_) return;
  candidates_.resize(regions_);
  if (const auto* listed = std::get_if<Listed>(&set)) {
    for (std::size_t o = 0; o < regions_; ++o) {
      for (const Region region : listed->regions) {
        if (region.index() != o) candidates_[o].push_back(region.value);
      }
    }
  } else {
    for (const Link& link : scenario.links) {
      candidates_[link.from.index()].push_back(link.to.value);
      candidates_[link.to.index()].push_back(link.from.value);
    }
  }
  for (auto& list : candidates_) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
}

void Choice::set_terms(const Stream& stream, const Numbers& start) {
  const auto differs_by_group = [&](ParameterId id) { return start.parameter(id).by_group; };
  for (const PullTerm& pull : stream.destination.pull) {
    if (const auto* term = std::get_if<FactorTerm>(&pull)) {
      terms_.emplace_back(*term, start);
      by_group_ = by_group_ || differs_by_group(term->coefficient) || start.factor(term->factor).by_group ||
                  (term->measure == Measure::ratio_to_factor && start.factor(term->reference).by_group);
    } else if (const auto* diaspora = std::get_if<DiasporaTerm>(&pull)) {
      diaspora_.push_back(diaspora);
      by_group_ = by_group_ || differs_by_group(diaspora->coefficient);
    } else {
      home_.push_back(&std::get<HomeTerm>(pull));
      by_group_ = by_group_ || differs_by_group(home_.back()->coefficient);
    }
  }
}

std::size_t Choice::bytes() const {
  std::size_t sum = 0;
  for (const Row& row : rows_) sum += row.weights.capacity() * sizeof(double) + row.alias.bytes();
  for (const auto& list : candidates_) sum += list.capacity() * sizeof(list[0]);
  return sum;
}

std::size_t Choice::candidate_count(Region origin) const {
  return all_regions_ ? regions_ : candidates_[origin.index()].size();
}

Region Choice::candidate(Region origin, std::size_t i) const {
  return Region{all_regions_ ? i : candidates_[origin.index()][i]};
}

std::optional<std::size_t> Choice::candidate_of(Region origin, Region destination) const {
  if (origin == destination) return std::nullopt;
  if (all_regions_) return destination.index();
  const auto& list = candidates_[origin.index()];
  const auto found = std::lower_bound(list.begin(), list.end(), destination.value);
  if (found == list.end() || *found != destination.value) return std::nullopt;
  return static_cast<std::size_t>(found - list.begin());
}

void Choice::update(const Numbers& now, const DiasporaStock& diaspora, Workers& workers) {
  if (single_) return;
  numbers_ = &now;
  stock_ = &diaspora;
  for (TermValues& term : terms_) term.update(now);
  std::vector<std::uint64_t> seen = versions(now);
  if (version_ > 0 && seen == seen_ && diaspora_.empty()) return;
  ++version_;
  if (rows_version_ == 0 || seen != seen_) {
    update_rows(now, workers);
    ++rows_version_;
  }
  seen_ = std::move(seen);
  if (!diaspora_.empty()) update_members(diaspora, workers);
}

std::vector<std::uint64_t> Choice::versions(const Numbers& now) const {
  std::vector<std::uint64_t> seen;
  for (const TermValues& term : terms_) {
    seen.push_back(term.version());
    seen.push_back(now.parameter(term.coefficient()).version);
  }
  return seen;
}

void Choice::update_rows(const Numbers& now, Workers& workers) {
  workers.for_each(rows_.size(), [&](std::size_t i) {
    update_row(rows_[i], Region{i % regions_}, Group{i / regions_}, now);
  });
}

void Choice::update_row(Row& row, Region origin, Group group, const Numbers& now) const {
  const std::size_t count = candidate_count(origin);
  std::vector<double>& weights = row.weights;
  weights.assign(count, 0.0);
  for (const TermValues& term : terms_) {
    const Field& coefficient = now.parameter(term.coefficient());
    for (std::size_t i = 0; i < count; ++i) {
      const Region destination = candidate(origin, i);
      if (destination == origin) continue;
      weights[i] += coefficient.at(origin, destination, group) * term.at(origin, destination, group);
    }
  }
  row.top = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < count; ++i) {
    if (candidate(origin, i) != origin) row.top = std::max(row.top, weights[i]);
  }
  row.total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    weights[i] = candidate(origin, i) == origin ? 0.0 : math::exp(weights[i] - row.top);
    row.total += weights[i];
  }
  if (row.total > 0) row.alias.rebuild(weights);
}

double Choice::persons(Region destination, Region birth) const {
  return static_cast<double>(stock_->at(destination, birth)) * persons_per_agent_;
}

void Choice::update_members(const DiasporaStock& diaspora, Workers& workers) {
  surplus_by_corridor_ = std::any_of(diaspora_.begin(), diaspora_.end(), [&](const DiasporaTerm* term) {
    return numbers_->parameter(term->coefficient).places == FactorPlaces::pair;
  });
  const std::size_t classes = rows_.size() / regions_;
  workers.for_each(regions_, [&](std::size_t b) {
    std::vector<Member>& members = members_[b];
    members.clear();
    for (std::size_t d = 0; d < regions_; ++d) {
      if (diaspora.at(Region{d}, Region{b}) == 0) continue;
      Member member{static_cast<std::uint32_t>(d), persons(Region{d}, Region{b}), {}};
      for (std::size_t k = 0; k < classes && !surplus_by_corridor_; ++k) {
        member.surplus.push_back(
            math::expm1(log_multiplier(Region{b}, Region{d}, Region{b}, Group{k}, member.persons)));
      }
      members.push_back(std::move(member));
    }
  });
}

/// The diaspora's part of the utility. Its coefficients are looked up for a corridor from `origin`.
double Choice::log_multiplier(Region origin, Region destination, Region birth, Group group,
                              double persons) const {
  if (destination == birth) return 0.0;
  double sum = 0;
  for (const DiasporaTerm* term : diaspora_) {
    sum += numbers_->parameter(term->coefficient).at(origin, destination, group) *
           transformed(term->transform, persons);
  }
  return sum;
}

double Choice::surplus(const Member& member, Region origin, Region birth, Group group) const {
  if (!surplus_by_corridor_) return member.surplus[class_of(group)];
  return math::expm1(log_multiplier(origin, Region{member.destination}, birth, group, member.persons));
}

Choice::BirthRow Choice::birth_row(Region origin, Region birth, Group group) const {
  const Row& base = row(origin, group);
  BirthRow result;
  result.base = base.total;
  double sum = 0;
  bool positive = true;
  const auto add = [&](Region destination, double surplus) {
    const auto position = candidate_of(origin, destination);
    if (!position || surplus == 0) return;
    positive = positive && surplus > 0;
    sum += base.weights[*position] * surplus;
    result.cumulative.push_back(sum);
    result.destinations.push_back(destination.value);
  };
  if (!diaspora_.empty()) {
    for (const Member& member : members_[birth.index()]) {
      add(Region{member.destination}, surplus(member, origin, birth, group));
    }
  }
  if (!home_.empty()) add(birth, math::expm1(home_utility(origin, birth, group)));
  // A surplus below 0 is no weight that could be drawn from, nor is one that no double holds.
  return positive && std::isfinite(sum) ? result : whole_row(origin, birth, group);
}

Choice::BirthRow Choice::whole_row(Region origin, Region birth, Group group) const {
  const Row& base = row(origin, group);
  BirthRow result;
  std::vector<double> utilities;
  result.log_scale = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < base.weights.size(); ++i) {
    const Region destination = candidate(origin, i);
    if (base.weights[i] == 0) continue;  // the origin among them
    double utility = math::log(base.weights[i]) +
                     log_multiplier(origin, destination, birth, group, persons(destination, birth));
    if (destination == birth) utility += home_utility(origin, birth, group);
    utilities.push_back(utility);
    result.destinations.push_back(destination.value);
    result.log_scale = std::max(result.log_scale, utility);
  }
  double sum = 0;
  for (const double utility : utilities) {
    sum += math::exp(utility - result.log_scale);
    result.cumulative.push_back(sum);
  }
  return result;
}

double Choice::home_utility(Region origin, Region birth, Group group) const {
  double sum = 0;
  for (const HomeTerm* term : home_) sum += numbers_->parameter(term->coefficient).at(origin, birth, group);
  return sum;
}

double Choice::inclusive_value(Region origin, Group group) const {
  const Row& base = row(origin, group);
  if (!(base.total > 0)) return -std::numeric_limits<double>::infinity();
  if (!depends_on_birth()) return base.top + math::log(base.total);
  const BirthRow natives = birth_row(origin, origin, group);
  return base.top + natives.log_scale + math::log(natives.total());
}

std::vector<double> Choice::probabilities(Region origin, Region birth, Group group) const {
  std::vector<double> result(regions_);
  const Row& base = row(origin, group);
  const BirthRow surplus = birth_row(origin, birth, group);
  const double total = surplus.total();
  if (!(total > 0)) return result;
  for (std::size_t i = 0; i < base.weights.size(); ++i) {
    result[candidate(origin, i).index()] += base.weights[i] / base.total * surplus.base / total;
  }
  for (std::size_t i = 0; i < surplus.cumulative.size(); ++i) {
    const double before = i == 0 ? 0.0 : surplus.cumulative[i - 1];
    result[surplus.destinations[i]] += (surplus.cumulative[i] - before) / total;
  }
  return result;
}

Region Choice::draw(Region origin, Region birth, Group group, BirthRows& rows, RandomNumbers& random) const {
  const Row& base = row(origin, group);
  if (depends_on_birth()) {
    const std::uint64_t key = class_of(group) * regions_ + birth.index();
    auto found = rows.find(key);
    if (found == rows.end()) found = rows.emplace(key, birth_row(origin, birth, group)).first;
    const BirthRow& surplus = found->second;
    const double point = random.uniform() * surplus.total() - surplus.base;
    if (point >= 0) {
      const auto& cumulative = surplus.cumulative;
      auto place = std::upper_bound(cumulative.begin(), cumulative.end(), point) - cumulative.begin();
      place = std::min<std::ptrdiff_t>(place, static_cast<std::ptrdiff_t>(cumulative.size()) - 1);
      return Region{surplus.destinations[static_cast<std::size_t>(place)]};
    }
  }
  return candidate(origin, base.alias.draw(random));
}

}  // namespace sojourn
