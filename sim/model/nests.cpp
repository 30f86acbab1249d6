#include "sim/model/nests.hpp"

#include <algorithm>
#include <limits>

#include "sim/base/math.hpp"

namespace sojourn {

Nests::Nests(const Stream& stream) : nests_(&stream.destination.nests) {}

std::vector<ParameterId> Nests::parameters() const {
  std::vector<ParameterId> ids;
  if (empty()) return ids;
  for (const Nest& nest : *nests_) ids.push_back(nest.dissimilarity);
  return ids;
}

void Nests::apply(const Numbers& now, Region origin, Group group, std::vector<double>& utilities) const {
  constexpr double nowhere = -std::numeric_limits<double>::infinity();
  for (const Nest& nest : *nests_) {
    const double mu = now.parameter(nest.dissimilarity).at(origin, group);
    double top = nowhere;
    for (const Region d : nest.regions) top = std::max(top, utilities[d.index()]);
    if (top == nowhere) continue;
    // Relative to the best of the nest, so that nothing overflows.
    double sum = 0;
    for (const Region d : nest.regions) sum += math::exp((utilities[d.index()] - top) / mu);
    const double log_sum = math::log(sum);
    for (const Region d : nest.regions) {
      double& utility = utilities[d.index()];
      if (utility != nowhere) utility = (utility - top) / mu + top + (mu - 1) * log_sum;
    }
  }
}

}  // namespace sojourn
