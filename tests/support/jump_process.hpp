#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace sojourn::test {

/// From state to state at a rate per year.
struct Jump {
  std::size_t from = 0;
  std::size_t to = 0;
  double rate = 0;
};

/// Where a Markov jump process that starts with these probabilities is after so many years: by uniformisation
/// (Jensen 1953), exact to rounding.
inline std::vector<double> after(std::vector<double> start, const std::vector<Jump>& jumps, double years) {
  double fastest = 0;
  std::vector<double> out(start.size());
  for (const Jump& jump : jumps) out[jump.from] += jump.rate;
  for (const double rate : out) fastest = std::fmax(fastest, rate);
  std::vector<double> state = std::move(start);
  std::vector<double> sum(state.size());
  // In pieces, so that exp(-rate) does not vanish.
  const int pieces = 1 + static_cast<int>(fastest * years / 20);
  for (int piece = 0; piece < pieces; ++piece) {
    const double mean = fastest * years / pieces;
    double weight = std::exp(-mean);
    sum.assign(state.size(), 0.0);
    for (int k = 0; k < 200; ++k) {
      for (std::size_t i = 0; i < state.size(); ++i) sum[i] += weight * state[i];
      std::vector<double> next = state;
      for (const Jump& jump : jumps) {
        const double moved = state[jump.from] * jump.rate / fastest;
        next[jump.from] -= moved;
        next[jump.to] += moved;
      }
      state = std::move(next);
      weight *= mean / (k + 1);
    }
    state = sum;
  }
  return state;
}

}  // namespace sojourn::test
