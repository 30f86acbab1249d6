#pragma once

#include <vector>

#include "sim/base/random.hpp"
#include "sim/model/choice.hpp"
#include "sim/model/diaspora.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/term.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::plain {

/// The choice of one stream for those of one origin, region of birth and group: a softmax as sums of weights.
struct Row {
  /// Sum over destinations up to each, itself included, of exp(utility - top); utility is the largest at
  /// `top`.
  std::vector<double> cumulative;
  double top = 0;

  /// Whether there is anywhere to go.
  [[nodiscard]] bool open() const { return cumulative.back() > 0; }
  /// log of the sum of exp(utility); -inf where there is nowhere to go.
  [[nodiscard]] double inclusive_value() const;
  [[nodiscard]] Region draw(RandomNumbers& random) const;
};

/// The destination choice of one stream, as it is written in the model: exp(v) over the sum of exp(v).
class Destinations {
 public:
  /// `start`: the numbers of the first step without policies.
  Destinations(const Scenario& scenario, const Stream& stream, const Numbers& start);

  /// Moves on to the numbers of a step. Always of the same `Numbers`.
  void update(const Numbers& now);

  [[nodiscard]] bool to_birth() const { return to_birth_; }
  [[nodiscard]] bool to_previous() const { return to_previous_; }
  /// Whether the agent's region of birth matters.
  [[nodiscard]] bool by_birth() const { return by_birth_; }
  [[nodiscard]] bool by_citizenship() const { return by_citizenship_; }
  /// For choice sets of more than one region. The diaspora is that of the beginning of the step.
  [[nodiscard]] Row row(Region origin, Ties ties, Group group, const DiasporaStock& diaspora) const;

 private:
  [[nodiscard]] std::vector<double> weights(Region origin, Group group, const std::vector<double>& utilities,
                                            double top) const;
  [[nodiscard]] bool is_candidate(Region origin, Region destination) const;
  [[nodiscard]] double utility(Region origin, Region destination, Ties ties, Group group,
                               const DiasporaStock& diaspora) const;

  const Scenario* scenario_;
  const DestinationChoice* choice_;
  bool to_birth_ = false;
  bool to_previous_ = false;
  bool by_birth_ = false;
  bool by_citizenship_ = false;
  /// [origin][destination]: whether a link joins them, or the destination is listed.
  std::vector<bool> joined_;
  /// Values of the factor terms, one for each that is among the pull terms, in their order.
  std::vector<TermValues> factors_;
  const Numbers* numbers_ = nullptr;
};

}  // namespace sojourn::plain
