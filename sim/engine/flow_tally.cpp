#include "sim/engine/flow_tally.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sojourn {

namespace {

/// When the scenario leaves the choice, flows are dense up to 256 MiB of counters if an interval has a move
/// for every so many of them; few counters are dense anyway. Moves of persons count, not of agents: a run of
/// fewer agents shall write the same kind of file.
constexpr std::size_t dense_limit = std::size_t{1} << 25U;
constexpr std::size_t few_cells = std::size_t{1} << 18U;
constexpr double cells_per_move = 16;

/// Moves of persons in an interval that is written, if everybody moved at the streams' largest rates: good
/// enough to choose a layout.
double moves_to_expect(const Scenario& scenario) {
  const Persons persons = scenario.population.persons();
  double rate = 0;
  for (const Stream& stream : scenario.streams) rate += largest_rate(scenario, stream);
  const double years = scenario.time.elapsed(std::min(scenario.output.every, scenario.time.steps()));
  return (persons.stayers + persons.movers) * rate * years;
}

bool is_dense(const Scenario& scenario, std::size_t cells) {
  if (scenario.output.flow_layout != FlowLayout::automatic) {
    return scenario.output.flow_layout == FlowLayout::dense;
  }
  if (cells <= few_cells) return true;
  return cells <= dense_limit && static_cast<double>(cells) <= cells_per_move * moves_to_expect(scenario);
}

}  // namespace

std::size_t combination_count(const Groups& groups, const std::vector<AttributeId>& attributes) {
  std::size_t count = 1;
  for (const AttributeId id : attributes) count *= groups.attribute(id).values.size();
  return count;
}

std::size_t combination(const Groups& groups, const std::vector<AttributeId>& attributes, Group group) {
  std::size_t number = 0;
  for (const AttributeId id : attributes) {
    number = number * groups.attribute(id).values.size() + groups.value(group, id);
  }
  return number;
}

FlowTally::FlowTally(const Scenario& scenario)
    : regions_(scenario.region_count()),
      streams_(scenario.streams.size()),
      detail_of_cohort_(scenario.cohort_count()) {
  const OutputRequest& output = scenario.output;
  const std::size_t combinations = combination_count(scenario.groups, output.flow_attributes);
  if (output.flow_by_age) ages_ = AgeGroups(Cohorts(scenario), output.age_from);
  per_age_ = combinations;
  details_ = combinations * ages_.count();
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    detail_of_group_.push_back(
        static_cast<std::uint32_t>(combination(scenario.groups, output.flow_attributes, Group{g})));
  }
  const std::size_t cells = regions_ * regions_ * streams_ * details_;
  is_dense_ =
      cells > 0 && sojourn::is_dense(scenario, cells);  // without streams there is no corridor to count
  if (is_dense_) {
    dense_.resize(cells);
  } else {
    listed_.resize(regions_);
  }
}

void FlowTally::set_time(double elapsed) {
  if (ages_.count() < 2) return;
  ages_.set_time(elapsed);
  for (std::size_t c = 0; c < detail_of_cohort_.size(); ++c) {
    detail_of_cohort_[c] = static_cast<std::uint32_t>(ages_.of(Cohort{c}) * per_age_);
  }
}

void FlowTally::List::count() {
  std::sort(keys_.begin(), keys_.end());
  std::size_t corridors = keys_.empty() ? 0 : 1;
  for (std::size_t i = 1; i < keys_.size(); ++i) corridors += keys_[i] != keys_[i - 1] ? 1U : 0U;
  std::vector<Counted> all;
  all.reserve(counted_.size() + corridors);
  auto before = counted_.begin();
  for (std::size_t i = 0; i < keys_.size();) {
    const std::uint64_t key = keys_[i];
    std::int64_t moves = 0;
    for (; i < keys_.size() && keys_[i] == key; ++i) ++moves;
    while (before != counted_.end() && before->key < key) all.push_back(*before++);
    if (before != counted_.end() && before->key == key) moves += (before++)->moves;
    all.push_back({key, moves});
  }
  all.insert(all.end(), before, counted_.end());
  counted_ = std::move(all);
  keys_.clear();
}

template <class Use>
void FlowTally::for_each_row(const Use& use) const {
  const auto row = [&](std::size_t destination, std::size_t key, std::int64_t count) {
    use(Row{Region{key / details_ / streams_}, Region{destination}, StreamId{key / details_ % streams_},
            static_cast<std::uint32_t>(key % details_), count});
  };
  const std::size_t size = regions_ * streams_ * details_;
  for (std::size_t i = 0; i < dense_.size(); ++i) {
    if (dense_[i] != 0) row(i / size, i % size, dense_[i]);
  }
  for (std::size_t d = 0; d < listed_.size(); ++d) {
    for (const List::Counted& counted : listed_[d].counted()) row(d, counted.key, counted.moves);
  }
}

std::vector<FlowTally::Row> FlowTally::take_rows() {
  for (List& list : listed_) list.count();
  // They come by destination: brought together by origin, in their order, all are sorted.
  std::vector<std::size_t> place(regions_ + 1);
  for_each_row([&](const Row& row) { ++place[row.origin.index() + 1]; });
  std::partial_sum(place.begin(), place.end(), place.begin());
  std::vector<Row> rows(place.back());
  for_each_row([&](const Row& row) { rows[place[row.origin.index()]++] = row; });
  clear();
  return rows;
}

void FlowTally::clear() {
  std::fill(dense_.begin(), dense_.end(), 0);
  for (List& list : listed_) list.clear();
}

std::size_t FlowTally::bytes() const {
  std::size_t sum = dense_.capacity() * sizeof(std::int64_t);
  for (const List& list : listed_) sum += list.bytes();
  return sum;
}

}  // namespace sojourn
