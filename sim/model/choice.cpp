#include "sim/model/choice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>
#include <variant>

#include "sim/base/math.hpp"
#include "sim/model/run_fault.hpp"

namespace sojourn {

namespace {

constexpr double nowhere = -std::numeric_limits<double>::infinity();

/// Whether any utility is no number. That of the origin itself, which is no destination, is `nowhere`.
bool any_undefined(const std::vector<double>& utilities) {
  return std::any_of(utilities.begin(), utilities.end(),
                     [](double x) { return std::isnan(x) || x == -nowhere; });
}

double value_for(const TermValues& term, Region origin, Ties ties, Region destination, Group group) {
  return term.by_citizenship() ? term.of_citizens(ties.citizenship, destination, group)
                               : term.at(origin, destination, group);
}

/// What a utility is made of; the diaspora tells its own.
struct Utility {
  const std::vector<TermValues>& terms;
  const std::vector<const HomeTerm*>& home;
  const Nests& nests;
  const Numbers& numbers;

  /// Throws at the first of the destinations whose utility has no value.
  [[noreturn]] void tell(Region origin, Ties ties, const std::vector<Region>& destinations,
                         Group group) const {
    std::vector<Summand> summands;
    for (const Region destination : destinations) {
      double sum = 0;
      summands.clear();
      const auto add = [&](ParameterId id, double value) {
        summands.push_back({id, numbers.parameter(id).at(origin, destination, group), value});
        sum += summands.back().product();
      };
      for (const TermValues& term : terms)
        add(term.coefficient(), value_for(term, origin, ties, destination, group));
      for (const HomeTerm* term : home) add(term->coefficient, destination == ties.birth ? 1 : 0);
      if (!std::isfinite(sum)) throw UndefinedUtility(origin, destination, group, *to_blame(summands));
    }
    // It is the sum with the diaspora, or what nests make of it.
    if (nests.empty()) throw UndefinedUtility(origin, destinations.at(0), group, *to_blame(summands));
    const ParameterId mu = nests.parameters().at(0);
    throw UndefinedUtility(origin, destinations.at(0), group,
                           {mu, numbers.parameter(mu).at(origin, group), 1.0});
  }
};

}  // namespace

Choice::Choice(const Scenario& scenario, const Stream& stream, const Numbers& start)
    : regions_(scenario.region_count()) {
  set_choice_set(scenario, stream);
  if (single_) return;
  stream_ = start.doors().find(stream);
  std::vector<std::uint32_t> classes(scenario.groups.count());
  if (set_terms(scenario, stream, start)) std::iota(classes.begin(), classes.end(), 0U);
  set_classes(classes);
}

void Choice::set_classes(const std::vector<std::uint32_t>& class_of) {
  class_of_ = class_of;
  group_of_class_.resize(std::size_t{1} + *std::max_element(class_of.begin(), class_of.end()));
  for (std::size_t g = class_of.size(); g-- > 0;) group_of_class_[class_of[g]] = Group{g};
  rows_.resize(group_of_class_.size() * regions_);
  if (depends_on_birth()) natives_.resize(rows_.size());
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

bool Choice::set_terms(const Scenario& scenario, const Stream& stream, const Numbers& start) {
  bool by_group = false;
  const auto differs_by_group = [&](ParameterId id) { return start.parameter(id).by_group; };
  std::vector<const DiasporaTerm*> diaspora;
  for (const PullTerm& pull : stream.destination.pull) {
    if (const auto* term = std::get_if<FactorTerm>(&pull)) {
      terms_.emplace_back(*term, start);
      by_citizenship_ = by_citizenship_ || terms_.back().by_citizenship();
      by_group = by_group || differs_by_group(term->coefficient) || start.factor(term->factor).by_group ||
                 (term->measure == Measure::ratio_to_factor && start.factor(term->reference).by_group);
    } else if (const auto* network = std::get_if<DiasporaTerm>(&pull)) {
      diaspora.push_back(network);
      by_group = by_group || differs_by_group(network->coefficient) ||
                 (network->ratio_to && start.factor(*network->ratio_to).by_group);
    } else {
      home_.push_back(&std::get<HomeTerm>(pull));
      by_group = by_group || differs_by_group(home_.back()->coefficient);
    }
  }
  surplus_ = DiasporaSurplus(scenario, std::move(diaspora), start);
  nests_ = Nests(stream);
  for (const Nest& of : stream.destination.nests) by_group = by_group || differs_by_group(of.dissimilarity);
  return by_group;
}

/// Groups that all doors treat alike keep one class.
void Choice::add_classes_of_doors(const std::vector<std::uint32_t>& of_doors) {
  if (of_doors.empty()) return;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known;
  std::vector<std::uint32_t> classes;
  for (std::size_t g = 0; g < of_doors.size(); ++g) {
    const auto next = static_cast<std::uint32_t>(known.size());
    classes.push_back(known.emplace(std::pair{class_of_[g], of_doors[g]}, next).first->second);
  }
  set_classes(classes);
}

std::size_t Choice::bytes() const {
  std::size_t sum = surplus_.bytes() + rows_.capacity() * sizeof(Row) + natives_.capacity() * sizeof(Natives);
  for (const Row& row : rows_) sum += row.weights.capacity() * sizeof(double) + row.alias.bytes();
  for (const Natives& natives : natives_) sum += natives.sums.capacity() * sizeof(double);
  for (const auto& list : candidates_) sum += list.capacity() * sizeof(list[0]);
  for (const Choice& other : others_) sum += other.bytes();
  return sum;
}

std::optional<std::size_t> Choice::candidate_of(Region origin, Region destination) const {
  if (origin == destination || destination.index() >= regions_) return std::nullopt;
  if (all_regions_) return destination.index();
  const auto& list = candidates_[origin.index()];
  const auto found = std::lower_bound(list.begin(), list.end(), destination.value);
  if (found == list.end() || *found != destination.value) return std::nullopt;
  return static_cast<std::size_t>(found - list.begin());
}

void Choice::update(const Numbers& now, const DiasporaStock& diaspora, Workers& workers) {
  if (single_) return;
  if (!stream_) {
    update_state(now, diaspora, workers);
    return;
  }
  if (rows_version_ == 0) add_classes_of_doors(now.doors().classes_of_groups(*stream_));
  const std::vector<DoorState>& states = now.doors().of(*stream_);
  if (const std::uint64_t version = now.doors().version(*stream_); version != doors_version_) {
    doors_version_ = version;
    doors_ = states.front();
    others_.clear();
    others_ = std::vector<Choice>(states.size() - 1, *this);
    for (std::size_t i = 0; i < others_.size(); ++i) {
      others_[i].doors_ = states[i + 1];
      others_[i].state_number_ = i + 1;
    }
  }
  update_state(now, diaspora, workers);
  for (Choice& other : others_) other.update_state(now, diaspora, workers);
}

void Choice::update_state(const Numbers& now, const DiasporaStock& diaspora, Workers& workers) {
  numbers_ = &now;
  for (TermValues& term : terms_) term.update(now);
  std::vector<std::uint64_t> seen = versions(now);
  const bool all = rows_version_ == 0 || seen != seen_;
  seen_ = std::move(seen);
  if (all) {
    workers.for_each(rows_.size(),
                     [&](std::size_t i) { update_row(rows_[i], Region{i % regions_}, group_of_row(i)); });
    ++rows_version_;
    ++version_;
  }
  if (!surplus_.empty()) surplus_.update(now, diaspora, workers);
  if (depends_on_birth()) update_natives(all, workers);
}

std::vector<std::uint64_t> Choice::versions(const Numbers& now) const {
  std::vector<std::uint64_t> seen;
  for (const TermValues& term : terms_) {
    seen.push_back(term.version());
    seen.push_back(now.parameter(term.coefficient()).version);
  }
  for (const ParameterId id : nests_.parameters()) seen.push_back(now.parameter(id).version);
  seen.push_back(doors_version_);
  return seen;
}

/// The base part of the utility of each candidate; -inf for the origin itself, and behind closed doors.
std::vector<double> Choice::utilities(Region origin, Region citizenship, Group group) const {
  const std::size_t count = candidate_count(origin);
  std::vector<double> result(count, 0.0);
  for (const TermValues& term : terms_) {
    const Field& coefficient = numbers_->parameter(term.coefficient());
    for (std::size_t i = 0; i < count; ++i) {
      const Region destination = candidate(origin, i);
      if (destination == origin) continue;
      const double value = value_for(term, origin, {origin, citizenship}, destination, group);
      result[i] += coefficient.at(origin, destination, group) * value;
    }
  }
  // A sum without a value must not pass for a place that cannot be reached.
  for (double& utility : result) {
    if (!std::isfinite(utility)) utility = std::numeric_limits<double>::quiet_NaN();
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (candidate(origin, i) == origin || is_closed(origin, candidate(origin, i), group)) result[i] = nowhere;
  }
  return result;
}

void Choice::nest(Region origin, Group group, std::vector<double>& utilities) const {
  if (nests_.empty()) return;
  std::vector<double> by_region(regions_, nowhere);
  for (std::size_t i = 0; i < utilities.size(); ++i) by_region[candidate(origin, i).index()] = utilities[i];
  nests_.apply(*numbers_, origin, group, by_region);
  for (std::size_t i = 0; i < utilities.size(); ++i) utilities[i] = by_region[candidate(origin, i).index()];
}

void Choice::update_row(Row& row, Region origin, Group group) const {
  std::vector<double> weights = utilities(origin, origin, group);
  if (!any_undefined(weights)) nest(origin, group, weights);
  if (any_undefined(weights)) {
    // Perhaps nobody asks for it, as a stream leaves some regions out: `inclusive_value` tells those who do.
    row.total = std::numeric_limits<double>::quiet_NaN();
    row.weights.assign(depends_on_birth() ? weights.size() : 0, 0.0);
    return;
  }
  row.top = nowhere;
  for (const double utility : weights) row.top = std::max(row.top, utility);
  row.total = 0;
  row.underflows = false;
  for (double& weight : weights) {
    const bool possible = weight > nowhere;
    weight = possible ? math::exp(weight - row.top) : 0.0;
    row.underflows = row.underflows || (possible && weight < std::numeric_limits<double>::min());
    row.total += weight;
  }
  if (row.total > 0) row.alias.rebuild(weights);
  if (depends_on_birth()) row.weights = std::move(weights);
}

/// Most who leave a region were born there: what they choose from is summed once for all of them.
void Choice::update_natives(bool all, Workers& workers) {
  const auto is_stale = [&](std::size_t i) {
    return all || (!surplus_.empty() && natives_[i].seen != surplus_.version(Region{i % regions_}));
  };
  std::vector<std::size_t> stale;
  for (std::size_t i = 0; i < natives_.size(); ++i) {
    if (is_stale(i)) stale.push_back(i);
  }
  if (stale.empty()) return;
  ++version_;
  workers.for_each(stale.size(), [&](std::size_t k) {
    const std::size_t i = stale[k];
    const Region origin{i % regions_};
    Natives& natives = natives_[i];
    if (!surplus_.empty()) natives.seen = surplus_.version(origin);
    natives.sums.resize(sums_of(origin));
    natives.surplus = sum_surplus(rows_[i], origin, origin, group_of_row(i), natives.sums);
  });
}

bool Choice::needs_whole_row(const Row& base, Region origin, Region birth, Group group) const {
  // In a nest, what the diaspora adds to one destination changes the weights of the others.
  if (!nests_.empty() || base.underflows || (!surplus_.empty() && !surplus_.is_plain(birth, group)))
    return true;
  return !home_.empty() && candidate_of(origin, birth) && home_utility(origin, birth, group) < 0;
}

double Choice::home_utility(Region origin, Region birth, Group group) const {
  double sum = 0;
  for (const HomeTerm* term : home_) sum += numbers_->parameter(term->coefficient).at(origin, birth, group);
  return sum;
}

double Choice::surplus_at(const Row& base, Region origin, Region birth, Group group, std::size_t i) const {
  return base.weights[i] * surplus_.row(birth, group)[candidate(origin, i).index()];
}

Choice::Surplus Choice::sum_surplus(const Row& base, Region origin, Region birth, Group group,
                                    std::span<double> sums) const {
  Surplus result;
  std::fill(sums.begin(), sums.end(), 0.0);
  if (!surplus_.empty() && surplus_.is_plain(birth, group)) {
    const double* const surplus = surplus_.row(birth, group);
    for (std::size_t k = 0; k < sums.size(); ++k) {
      const std::size_t last = std::min(base.weights.size(), (k + 1) * stride);
      // Two sums side by side, which a processor adds at once.
      double even = 0;
      double odd = 0;
      std::size_t i = k * stride;
      for (; i + 1 < last; i += 2) {
        even += base.weights[i] * surplus[candidate(origin, i).index()];
        odd += base.weights[i + 1] * surplus[candidate(origin, i + 1).index()];
      }
      if (i < last) even += base.weights[i] * surplus[candidate(origin, i).index()];
      sums[k] = even + odd;
      result.total += sums[k];
    }
  }
  if (!home_.empty()) {
    if (const auto at = candidate_of(origin, birth)) {
      result.home = base.weights[*at] * math::expm1(home_utility(origin, birth, group));
      result.total += result.home;
    }
  }
  return result;
}

Choice::WholeRow Choice::whole_row(Region origin, Ties ties, Group group) const {
  WholeRow result;
  const Region birth = ties.birth;
  std::vector<double> all = utilities(origin, ties.citizenship, group);
  result.log_scale = nowhere;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Region destination = candidate(origin, i);
    if (destination == origin) continue;
    if (!surplus_.empty()) all[i] += surplus_.log_multiplier(origin, destination, birth, group);
    if (destination == birth) all[i] += home_utility(origin, birth, group);
  }
  if (!any_undefined(all)) nest(origin, group, all);
  if (any_undefined(all)) {
    std::vector<Region> destinations;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Region destination = candidate(origin, i);
      if (destination != origin && !is_closed(origin, destination, group))
        destinations.push_back(destination);
    }
    Utility{terms_, home_, nests_, *numbers_}.tell(origin, ties, destinations, group);
  }
  for (const double utility : all) result.log_scale = std::max(result.log_scale, utility);
  double sum = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (candidate(origin, i) == origin) continue;
    sum += math::exp(all[i] - result.log_scale);
    result.cumulative.push_back(sum);
    result.destinations.push_back(candidate(origin, i).value);
  }
  return result;
}

double Choice::inclusive_value(Region origin, Group group) const {
  const Row& base = row(origin, group);
  // That throws.
  if (std::isnan(base.total)) static_cast<void>(whole_row(origin, {origin, origin}, group));
  if (!(base.total > 0)) return nowhere;
  if (!depends_on_birth()) return base.top + math::log(base.total);
  const double total = base.total + natives_[class_of(group) * regions_ + origin.index()].surplus.total;
  if (!needs_whole_row(base, origin, origin, group) && std::isfinite(total)) {
    return base.top + math::log(total);
  }
  const WholeRow whole = whole_row(origin, {origin, origin}, group);
  return whole.log_scale + math::log(whole.cumulative.back());
}

std::vector<double> Choice::probabilities(Region origin, Ties ties, Group group) const {
  const Region birth = ties.birth;
  std::vector<double> result(regions_);
  const Row& base = row(origin, group);
  if (!(base.total > 0)) return result;
  std::vector<double> sums(sums_of(origin));
  Surplus surplus;
  if (depends_on_birth()) surplus = sum_surplus(base, origin, birth, group, sums);
  if (is_foreign(origin, ties) || (depends_on_birth() && (needs_whole_row(base, origin, birth, group) ||
                                                          !std::isfinite(base.total + surplus.total)))) {
    const WholeRow whole = whole_row(origin, ties, group);
    for (std::size_t i = 0; i < whole.cumulative.size(); ++i) {
      const double before = i == 0 ? 0.0 : whole.cumulative[i - 1];
      result[whole.destinations[i]] = (whole.cumulative[i] - before) / whole.cumulative.back();
    }
    return result;
  }
  const double total = base.total + surplus.total;
  const std::vector<double> of_base = base.alias.probabilities();
  for (std::size_t i = 0; i < of_base.size(); ++i) {
    double weight = of_base[i] * base.total;
    if (!surplus_.empty()) weight += surplus_at(base, origin, birth, group, i);
    if (candidate(origin, i) == birth) weight += surplus.home;
    result[candidate(origin, i).index()] = weight / total;
  }
  return result;
}

Region Choice::draw_by_birth(Region origin, Region birth, Group group, Scratch& scratch,
                             RandomNumbers& random) const {
  const Row& base = row(origin, group);
  // Here the citizenship does not matter, or is that of the origin.
  if (needs_whole_row(base, origin, birth, group)) {
    return draw_from_whole_row(origin, {birth, origin}, group, scratch, random);
  }
  Surplus surplus;
  std::span<const double> sums;
  if (birth == origin) {
    const Natives& natives = natives_[class_of(group) * regions_ + origin.index()];
    surplus = natives.surplus;
    sums = natives.sums;
  } else {
    scratch.sums.resize(sums_of(origin));
    surplus = sum_surplus(base, origin, birth, group, scratch.sums);
    sums = scratch.sums;
  }
  const double total = base.total + surplus.total;
  if (!std::isfinite(total)) return draw_from_whole_row(origin, {birth, origin}, group, scratch, random);
  const double point = random.uniform() * total - base.total;
  if (point < 0 || surplus.total == 0) return candidate(origin, base.alias.draw(random));
  if (point < surplus.home || surplus_.empty()) return birth;
  return find_surplus(base, origin, birth, group, sums, point - surplus.home);
}

/// The destination in whose surplus a point of the sum of all lies.
Region Choice::find_surplus(const Row& base, Region origin, Region birth, Group group,
                            std::span<const double> sums, double point) const {
  std::size_t k = 0;
  while (k + 1 < sums.size() && point >= sums[k]) point -= sums[k++];
  // Rounding may bring a point beyond the end: back to the last that has a surplus.
  while (k > 0 && sums[k] == 0) --k;
  if (sums[k] == 0) return birth;  // all of the surplus is home's
  const std::size_t last = std::min(base.weights.size(), (k + 1) * stride);
  std::size_t found = k * stride;
  for (std::size_t i = k * stride; i < last; ++i) {
    const double here = surplus_at(base, origin, birth, group, i);
    if (here > 0) found = i;
    if (point < here) break;
    point -= here;
  }
  return candidate(origin, found);
}

Region Choice::draw_from_whole_row(Region origin, Ties ties, Group group, Scratch& scratch,
                                   RandomNumbers& random) const {
  const std::size_t birth = depends_on_birth() ? ties.birth.index() : 0;
  const std::size_t row_class = state_number_ * group_of_class_.size() + class_of(group);
  const std::uint64_t key = (row_class * (regions_ + 1) + birth) * (regions_ + 1) + ties.citizenship.index();
  auto found = scratch.whole_rows.find(key);
  if (found == scratch.whole_rows.end()) {
    found = scratch.whole_rows.emplace(key, whole_row(origin, ties, group)).first;
  }
  const WholeRow& whole = found->second;
  const double point = random.uniform() * whole.cumulative.back();
  auto place = std::upper_bound(whole.cumulative.begin(), whole.cumulative.end(), point);
  // The last that has a weight, if rounding brings the point to the very end.
  if (place == whole.cumulative.end()) {
    place = std::lower_bound(whole.cumulative.begin(), whole.cumulative.end(), whole.cumulative.back());
  }
  return Region{std::size_t{whole.destinations[static_cast<std::size_t>(place - whole.cumulative.begin())]}};
}

}  // namespace sojourn
