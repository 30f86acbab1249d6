#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The nests of a stream's destinations (nested logit; McFadden 1978). With v the utility of destination d in
/// nest n, mu its dissimilarity and S_n = sum over d in n of exp(v_d / mu_n), the nest is chosen in
/// proportion to S_n^mu_n and the destination in it in proportion to exp(v_d / mu_n). That is a logit choice
/// with utilities v_d / mu_n + (mu_n - 1) log S_n, whose inclusive value is log(sum of S_n^mu_n).
class Nests {
 public:
  Nests() = default;
  /// The stream must outlive the nests.
  explicit Nests(const Stream& stream);

  [[nodiscard]] bool empty() const { return nests_ == nullptr || nests_->empty(); }
  /// The dissimilarities.
  [[nodiscard]] std::vector<ParameterId> parameters() const;
  /// Turns utilities by region (-inf: no candidate) into those of that logit choice.
  void apply(const Numbers& now, Region origin, Group group, std::vector<double>& utilities) const;

 private:
  const std::vector<Nest>* nests_ = nullptr;
};

}  // namespace sojourn
