#include <fmt/format.h>

#include <string>
#include <variant>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/checks/step_checks.hpp"
#include "sim/scenario/corridors.hpp"

namespace sojourn {

DiasporaCheck::DiasporaCheck(const Scenario& scenario) : scenario_(scenario) {
  for (const Stream& stream : scenario.streams) {
    for (const PullTerm& pull : stream.destination.pull) {
      const auto* term = std::get_if<DiasporaTerm>(&pull);
      if (term == nullptr || !term->ratio_to) continue;
      if (scenario.factors[term->ratio_to->index()].derivation) continue;
      watched_.push_back({.factor = *term->ratio_to,
                          .coefficient = term->coefficient,
                          .destinations = Corridors(scenario, stream).destinations(),
                          .groups = stream.who.groups});
    }
  }
}

void DiasporaCheck::begin(const Evaluation& /*now*/) {}

void DiasporaCheck::look(const Evaluation& now, Mistakes& mistakes) {
  for (Watched& watched : watched_) {
    if (watched.told || !now.has_moved(watched.factor)) continue;
    const Field& field = now.numbers().factor(watched.factor);
    std::vector<std::string> where;
    for (std::size_t r = 0; r < watched.destinations.size(); ++r) {
      bool is_wrong = false;
      for (std::size_t g = 0; g < watched.groups.size(); ++g) {
        is_wrong = is_wrong || (watched.groups[g] && !(field.at(Region{r}, Group{g}) > 0));
      }
      if (watched.destinations[r] && is_wrong) where.push_back(scenario_.regions[r].code);
    }
    if (where.empty()) continue;
    watched.told = true;
    mistakes.add(scenario_.where(watched.coefficient),
                 fmt::format("factor {} is 0 or less, so that the diaspora has no ratio to it{} ({})",
                             in_quotes(scenario_.factors[watched.factor.index()].name),
                             when_and_in_which(now), in_words(where, 5)),
                 "values above 0");
  }
}

}  // namespace sojourn
