#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "sim/base/digits.hpp"
#include "sim/base/text.hpp"
#include "sim/reading/checks/step_checks.hpp"

namespace sojourn {

NestCheck::NestCheck(const Scenario& scenario) : scenario_(scenario) {
  for (const Stream& stream : scenario.streams) {
    for (const Nest& nest : stream.destination.nests) nests_.push_back(&nest);
  }
}

void NestCheck::begin(const Evaluation& /*now*/) {}

void NestCheck::look(const Evaluation& now, Mistakes& mistakes) {
  for (const Nest*& nest : nests_) {
    if (!now.has_moved(nest->dissimilarity)) continue;
    const std::vector<double>& values = now.numbers().parameter(nest->dissimilarity).values;
    const auto wrong =
        std::find_if_not(values.begin(), values.end(), [](double mu) { return mu > 0 && mu <= 1; });
    if (wrong == values.end()) continue;
    const bool is_changed = now.numbers().is_changed(nest->dissimilarity);
    mistakes.add(scenario_.where(nest->dissimilarity),
                 fmt::format("the dissimilarity of nest {} is {}{}", in_quotes(nest->name),
                             digits_apart(*wrong, 1, 6), is_changed ? when_and_in_which(now) : ""),
                 "a number above 0 and up to 1");
    nest = nullptr;
  }
  nests_.erase(std::remove(nests_.begin(), nests_.end(), nullptr), nests_.end());
}

}  // namespace sojourn
