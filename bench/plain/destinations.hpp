#pragma once

#include <vector>

#include "bench/plain/doorkeeper.hpp"
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
  Destinations(const Scenario& scenario, const Stream& stream, const Numbers& start,
               const Doorkeeper& doorkeeper);

  /// Moves on to the numbers of a step. Always of the same `Numbers`.
  void update(const Numbers& now);

  [[nodiscard]] bool to_birth() const { return to_birth_; }
  [[nodiscard]] bool to_previous() const { return to_previous_; }
  /// Whether the agent's region of birth matters.
  [[nodiscard]] bool by_birth() const { return by_birth_; }
  [[nodiscard]] bool by_citizenship() const { return by_citizenship_; }
  /// For choice sets of more than one region: from what is open on a day. The diaspora is that of the
  /// beginning of the step.
  [[nodiscard]] Row row(Region origin, Ties ties, Group group, const DiasporaStock& diaspora, Date day) const;
  /// The same as if all doors were open.
  [[nodiscard]] Row open_row(Region origin, Ties ties, Group group, const DiasporaStock& diaspora) const;
  [[nodiscard]] const Doorkeeper& doorkeeper() const { return doorkeeper_; }
  [[nodiscard]] bool lets_move(Region origin, Region destination, Group group, Date day) const {
    return doorkeeper_.lets_move(*stream_, origin, destination, group, day);
  }

 private:
  [[nodiscard]] Row row_to(const std::vector<bool>& candidates, Region origin, Ties ties, Group group,
                           const DiasporaStock& diaspora) const;
  [[nodiscard]] std::vector<double> weights(const std::vector<bool>& candidates, Region origin, Group group,
                                            const std::vector<double>& utilities, double top) const;
  [[nodiscard]] bool is_candidate(Region origin, Region destination) const;
  [[nodiscard]] double utility(Region origin, Region destination, Ties ties, Group group,
                               const DiasporaStock& diaspora) const;

  const Scenario* scenario_;
  const Stream* stream_;
  const DestinationChoice* choice_;
  Doorkeeper doorkeeper_;
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
