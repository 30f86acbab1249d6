#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/base/sampling.hpp"
#include "sim/model/diaspora.hpp"
#include "sim/model/doors.hpp"
#include "sim/model/nests.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/surplus.hpp"
#include "sim/model/term.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The destination choice of one stream: a logit over the choice set (McFadden 1974).
///
/// Destinations behind a closed door are no candidates; where doors open or close within a step, there is a
/// choice for each state of them (`states`).
///
/// exp(utility) is a base that depends on origin, destination and group, times a factor of the agent's birth
/// region (diaspora, home) that differs from 1 for few destinations only. The base is that of citizens of the
/// origin; for citizens of other regions, where that matters, a row is made by each part of a step that draws
/// for them. Rows are kept while nothing they depend on changes. A draw takes the base from an alias table
/// and the surplus of the birth region from sums over a few destinations each, so that no table of origin x
/// birth x destination is ever made.
class Choice {
 public:
  /// All weights of one origin, birth region and class, where the base and a surplus will not do: a surplus
  /// below 0, or weights that no double holds.
  struct WholeRow {
    /// All weights are to be multiplied by exp(log_scale).
    double log_scale = 0;
    std::vector<double> cumulative;
    std::vector<std::uint32_t> destinations;
  };
  /// Memory of one thread for draws from one origin in one step.
  struct Scratch {
    std::vector<double> sums;
    std::unordered_map<std::uint64_t, WholeRow> whole_rows;
  };

  /// `start`: the numbers of the first step without policies.
  Choice(const Scenario& scenario, const Stream& stream, const Numbers& start);

  /// Moves on to the numbers and the diaspora (in agents) of a step. Always of the same `Numbers` and stock.
  void update(const Numbers& now, const DiasporaStock& diaspora, Workers& workers);

  /// Count up when base rows, or any probability, may have changed.
  [[nodiscard]] std::uint64_t rows_version() const { return rows_version_; }
  [[nodiscard]] std::uint64_t version() const { return version_; }

  /// Bytes of the rows.
  [[nodiscard]] std::size_t bytes() const;

  /// Where doors stand differently on some days of the step, there is such a choice for each state of the
  /// doors, of which this is the first. Its share of the days.
  [[nodiscard]] std::size_t states() const { return 1 + others_.size(); }
  [[nodiscard]] const Choice& state(std::size_t i) const { return i == 0 ? *this : others_[i - 1]; }
  [[nodiscard]] double share_of_days() const { return doors_.share; }

  /// Whether the destination is the agent's own region (of birth, or lived in before) and not chosen.
  [[nodiscard]] bool is_single() const { return single_; }
  /// Whether someone in the origin has anywhere to go. For choice sets that are not single.
  [[nodiscard]] bool is_open(Region origin, Group group) const { return row(origin, group).total > 0; }
  /// log of the sum of exp(utility) over the choice set, for those born in the origin; -inf where it is
  /// empty.
  [[nodiscard]] double inclusive_value(Region origin, Group group) const;
  /// Probability of each destination, for an agent with these ties: what `draw` draws from. [region]; tests
  /// and explanations use it.
  [[nodiscard]] std::vector<double> probabilities(Region origin, Ties ties, Group group) const;

  /// Draws a destination. `is_open` must hold.
  [[nodiscard]] Region draw(Region origin, Ties ties, Group group, Scratch& scratch,
                            RandomNumbers& random) const {
    if (is_foreign(origin, ties)) return draw_from_whole_row(origin, ties, group, scratch, random);
    if (depends_on_birth()) return draw_by_birth(origin, ties.birth, group, scratch, random);
    return at(origin, group, random.bits());
  }
  /// Whether the agent's ties matter. If not, a draw is where 64 random bits lead, whose memory can be asked
  /// for beforehand.
  [[nodiscard]] bool depends_on_ties() const { return by_citizenship_ || depends_on_birth(); }
  [[nodiscard]] bool depends_on_birth() const { return !surplus_.empty() || !home_.empty(); }
  [[nodiscard]] Region at(Region origin, Group group, std::uint64_t bits) const {
    return candidate(origin, row(origin, group).alias.at(bits));
  }
  void ask(Region origin, Group group, std::uint64_t bits) const { row(origin, group).alias.ask(bits); }

 private:
  /// exp(utility - top) over the choice set of an origin.
  struct Row {
    double top = 0;
    double total = 0;
    /// Whether a candidate's weight is 0 only because no double is small enough.
    bool underflows = false;
    /// Kept only where draws depend on the region of birth.
    std::vector<double> weights;
    AliasTable alias;
  };
  /// The surplus over a base row: its total, and that of the birth region if it has a term of its own.
  struct Surplus {
    double total = 0;
    double home = 0;
  };
  /// Candidates whose surplus is summed together.
  static constexpr std::size_t stride = 16;

  /// Whether the base row is not the agent's, because it is no citizen of the origin.
  [[nodiscard]] bool is_foreign(Region origin, Ties ties) const {
    return by_citizenship_ && ties.citizenship != origin;
  }
  void set_choice_set(const Scenario& scenario, const Stream& stream);
  /// Whether utilities differ between groups.
  [[nodiscard]] bool set_terms(const Scenario& scenario, const Stream& stream, const Numbers& start);
  void set_classes(const std::vector<std::uint32_t>& class_of);
  void add_classes_of_doors(const std::vector<std::uint32_t>& of_doors);
  void update_state(const Numbers& now, const DiasporaStock& diaspora, Workers& workers);
  [[nodiscard]] std::vector<std::uint64_t> versions(const Numbers& now) const;
  void update_row(Row& row, Region origin, Group group) const;
  void update_natives(bool all, Workers& workers);
  [[nodiscard]] std::vector<double> utilities(Region origin, Region citizenship, Group group) const;
  /// Utilities that lead to the choice of the nested logit, of candidates like those of `utilities`.
  void nest(Region origin, Group group, std::vector<double>& utilities) const;

  [[nodiscard]] std::size_t class_of(Group group) const { return class_of_[group.index()]; }
  /// Of the rows or natives with this number.
  [[nodiscard]] Group group_of_row(std::size_t i) const { return group_of_class_[i / regions_]; }
  [[nodiscard]] bool is_closed(Region origin, Region destination, Group group) const {
    return !doors_.doors.empty() && doors_.is_closed(origin, destination, group);
  }
  [[nodiscard]] const Row& row(Region origin, Group group) const {
    return rows_[class_of(group) * regions_ + origin.index()];
  }
  /// Number of candidates of an origin, and the region that candidate i is.
  [[nodiscard]] std::size_t candidate_count(Region origin) const {
    return all_regions_ ? regions_ : candidates_[origin.index()].size();
  }
  [[nodiscard]] Region candidate(Region origin, std::size_t i) const {
    return Region{all_regions_ ? i : candidates_[origin.index()][i]};
  }
  [[nodiscard]] std::optional<std::size_t> candidate_of(Region origin, Region destination) const;

  [[nodiscard]] bool needs_whole_row(const Row& base, Region origin, Region birth, Group group) const;
  [[nodiscard]] double home_utility(Region origin, Region birth, Group group) const;
  /// Sums of surplus by `stride` candidates, into `sums`.
  [[nodiscard]] Surplus sum_surplus(const Row& base, Region origin, Region birth, Group group,
                                    std::span<double> sums) const;
  [[nodiscard]] double surplus_at(const Row& base, Region origin, Region birth, Group group,
                                  std::size_t i) const;
  [[nodiscard]] WholeRow whole_row(Region origin, Ties ties, Group group) const;
  [[nodiscard]] Region draw_by_birth(Region origin, Region birth, Group group, Scratch& scratch,
                                     RandomNumbers& random) const;
  [[nodiscard]] Region draw_from_whole_row(Region origin, Ties ties, Group group, Scratch& scratch,
                                           RandomNumbers& random) const;
  [[nodiscard]] Region find_surplus(const Row& base, Region origin, Region birth, Group group,
                                    std::span<const double> sums, double point) const;
  [[nodiscard]] std::size_t sums_of(Region origin) const {
    return (candidate_count(origin) + stride - 1) / stride;
  }

  std::size_t regions_ = 0;
  bool single_ = false;
  bool by_citizenship_ = false;
  /// Candidates by origin, ascending; empty where every region is a candidate.
  bool all_regions_ = true;
  std::vector<std::vector<std::uint32_t>> candidates_;

  /// Groups that differ in utilities or doors have rows of their own: the class of each group, and a group of
  /// each class.
  std::vector<std::uint32_t> class_of_;
  std::vector<Group> group_of_class_;
  std::optional<StreamId> stream_;

  std::vector<TermValues> terms_;
  std::vector<const HomeTerm*> home_;
  Nests nests_;
  DiasporaSurplus surplus_;
  const Numbers* numbers_ = nullptr;

  std::uint64_t rows_version_ = 0;
  std::uint64_t version_ = 0;
  std::vector<std::uint64_t> seen_;
  std::vector<Row> rows_;
  /// For those born in the origin, by class and origin like the rows: the surplus and its sums, and the
  /// version of the surplus that they were computed from.
  struct Natives {
    Surplus surplus;
    std::vector<double> sums;
    std::uint64_t seen = 0;
  };
  std::vector<Natives> natives_;

  /// Which of the states this is, how its doors stand, and when they were set.
  std::size_t state_number_ = 0;
  DoorState doors_;
  std::uint64_t doors_version_ = 0;
  std::vector<Choice> others_;
};

}  // namespace sojourn
