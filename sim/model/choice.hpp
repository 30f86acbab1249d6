#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/base/sampling.hpp"
#include "sim/model/diaspora.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/term.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The destination choice of one stream: a logit over the choice set (McFadden 1974).
///
/// exp(utility) is a base that depends on origin, destination and group, times a factor of the agent's birth
/// region (diaspora, home) that differs from 1 for few destinations only. Base rows are kept while nothing
/// they depend on changes; a draw takes the base from an alias table and the surplus of the birth region from
/// a short sum, so that no table of origin x birth x destination is ever made.
class Choice {
 public:
  /// What a draw needs of one birth region: made when first drawn from, and valid until the next `update`.
  struct BirthRow {
    /// Weight of the draw from the base row; 0 where the whole row is in `cumulative`.
    double base = 0;
    /// All weights are to be multiplied by exp(log_scale), so that none is beyond what a double holds.
    double log_scale = 0;
    std::vector<double> cumulative;
    std::vector<std::uint32_t> destinations;

    [[nodiscard]] double total() const { return base + (cumulative.empty() ? 0.0 : cumulative.back()); }
  };
  /// The rows of one origin that one thread has met in this step.
  using BirthRows = std::unordered_map<std::uint64_t, BirthRow>;

  /// `start`: the numbers of the first step without policies.
  Choice(const Scenario& scenario, const Stream& stream, const Numbers& start);

  /// Moves on to the numbers and the diaspora (in agents) of a step. Always of the same `Numbers`.
  void update(const Numbers& now, const DiasporaStock& diaspora, Workers& workers);

  /// Count up when base rows, or any probability, may have changed.
  [[nodiscard]] std::uint64_t rows_version() const { return rows_version_; }
  [[nodiscard]] std::uint64_t version() const { return version_; }

  /// Bytes of the rows.
  [[nodiscard]] std::size_t bytes() const;

  /// Whether the destination is the agent's own region (of birth, or lived in before) and not chosen.
  [[nodiscard]] bool is_single() const { return single_; }
  /// Whether someone in the origin has anywhere to go. For choice sets that are not single.
  [[nodiscard]] bool is_open(Region origin, Group group) const { return row(origin, group).total > 0; }
  /// log of the sum of exp(utility) over the choice set, for those born in the origin; -inf where it is
  /// empty.
  [[nodiscard]] double inclusive_value(Region origin, Group group) const;
  /// Probability of each destination, for an agent born in `birth`: what `draw` draws from. [region]; tests
  /// and explanations use it.
  [[nodiscard]] std::vector<double> probabilities(Region origin, Region birth, Group group) const;

  /// Draws a destination. `is_open` must hold.
  [[nodiscard]] Region draw(Region origin, Region birth, Group group, BirthRows& rows,
                            RandomNumbers& random) const;

 private:
  /// exp(utility - top) over the choice set of an origin.
  struct Row {
    double top = 0;
    double total = 0;
    std::vector<double> weights;
    AliasTable alias;
  };
  /// A destination whose weight differs for those born in a region.
  struct Member {
    std::uint32_t destination;
    double persons;
    /// exp(sum of coefficient * transform(persons)) - 1, by class where coefficients differ by group; empty
    /// where they differ by corridor.
    std::vector<double> surplus;
  };

  void set_choice_set(const Scenario& scenario, const Stream& stream);
  void set_terms(const Stream& stream, const Numbers& start);
  [[nodiscard]] std::vector<std::uint64_t> versions(const Numbers& now) const;
  void update_rows(const Numbers& now, Workers& workers);
  void update_row(Row& row, Region origin, Group group, const Numbers& now) const;
  void update_members(const DiasporaStock& diaspora, Workers& workers);

  [[nodiscard]] std::size_t class_of(Group group) const { return by_group_ ? group.index() : 0; }
  [[nodiscard]] const Row& row(Region origin, Group group) const {
    return rows_[class_of(group) * regions_ + origin.index()];
  }
  /// Number of candidates of an origin, and the region that candidate i is.
  [[nodiscard]] std::size_t candidate_count(Region origin) const;
  [[nodiscard]] Region candidate(Region origin, std::size_t i) const;
  [[nodiscard]] std::optional<std::size_t> candidate_of(Region origin, Region destination) const;

  [[nodiscard]] bool depends_on_birth() const { return !diaspora_.empty() || !home_.empty(); }
  [[nodiscard]] double log_multiplier(Region origin, Region destination, Region birth, Group group,
                                      double persons) const;
  [[nodiscard]] double surplus(const Member& member, Region origin, Region birth, Group group) const;
  [[nodiscard]] double home_utility(Region origin, Region birth, Group group) const;
  [[nodiscard]] BirthRow birth_row(Region origin, Region birth, Group group) const;
  [[nodiscard]] BirthRow whole_row(Region origin, Region birth, Group group) const;
  [[nodiscard]] double persons(Region destination, Region birth) const;

  std::size_t regions_ = 0;
  double persons_per_agent_ = 1;
  bool single_ = false;
  bool by_group_ = false;
  /// Candidates by origin, ascending; empty where every region is a candidate.
  bool all_regions_ = true;
  std::vector<std::vector<std::uint32_t>> candidates_;

  std::vector<TermValues> terms_;
  std::vector<const DiasporaTerm*> diaspora_;
  std::vector<const HomeTerm*> home_;
  const Numbers* numbers_ = nullptr;
  const DiasporaStock* stock_ = nullptr;

  std::uint64_t rows_version_ = 0;
  std::uint64_t version_ = 0;
  std::vector<std::uint64_t> seen_;
  std::vector<Row> rows_;
  /// Members by birth region.
  std::vector<std::vector<Member>> members_;
  /// Whether the diaspora's coefficients differ by corridor, so that surpluses are computed when needed.
  bool surplus_by_corridor_ = false;
};

}  // namespace sojourn
