#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/output/run_view.hpp"
#include "tests/support/statistics.hpp"

namespace sojourn::test {

inline RunView view_of(Simulation& run) { return view(run); }
inline RunView view_of(plain::Engine& run) { return run.view(); }

/// Runs the first variant once by one of the engines; `look` sees it after each step.
template <class Engine, class Look>
void run_one(const Scenario& scenario, RunKey key, unsigned threads, const Look& look) {
  Workers workers(threads);
  Engine run(scenario, scenario.variants[0], key, workers);
  while (!run.finished()) {
    run.advance();
    look(view_of(run));
  }
}

/// `look` sees both engines after each step.
template <class Look>
void run_both(const Scenario& scenario, const Look& look) {
  run_one<Simulation>(scenario, {7, 0}, 2, look);
  run_one<plain::Engine>(scenario, {8, 0}, 2, look);
}

/// Checks that what was counted in so many runs of each engine has the same means and, where there is enough
/// of it, variances. Returns how many of the counts vary at all.
inline std::size_t check_agreement(const std::vector<Moments>& ours, const std::vector<Moments>& plain,
                                   std::uint32_t runs) {
  std::size_t varying = 0;
  for (std::size_t k = 0; k < ours.size(); ++k) {
    CAPTURE(k);
    const double variance = 0.5 * (ours[k].variance() + plain[k].variance());
    if (variance == 0) {
      CHECK(ours[k].mean() == plain[k].mean());
      continue;
    }
    ++varying;
    CHECK(std::abs(ours[k].mean() - plain[k].mean()) < five_sigma * std::sqrt(2 * variance / runs));
    if (ours[k].mean() < 5) continue;
    CHECK(std::abs(ours[k].variance() - plain[k].variance()) < five_sigma * variance * std::sqrt(4.0 / runs));
  }
  return varying;
}

}  // namespace sojourn::test
