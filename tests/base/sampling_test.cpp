#include "sim/base/sampling.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "tests/support/statistics.hpp"

namespace sampling_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

/// A stream of numbers for each test, by a number.
RandomNumbers numbers(std::uint32_t test) { return {{2024, 0}, {Process::event_line, test, 0, 0}}; }

double binomial_probability(std::int64_t n, double p, std::int64_t k) {
  const auto size = static_cast<long double>(n);
  const auto hits = static_cast<long double>(k);
  const auto chance = static_cast<long double>(p);
  const long double log_probability = std::lgamma(size + 1) - std::lgamma(hits + 1) -
                                      std::lgamma(size - hits + 1) + hits * std::log(chance) +
                                      (size - hits) * std::log1p(-chance);
  return static_cast<double>(std::exp(log_probability));
}

double binomial_sigmas(std::int64_t n, double p, int draws, RandomNumbers& random) {
  std::vector<std::int64_t> seen(static_cast<std::size_t>(n) + 1);
  for (int i = 0; i < draws; ++i) {
    const std::int64_t k = draw_binomial(n, p, random);
    REQUIRE(k >= 0);
    REQUIRE(k <= n);
    ++seen[static_cast<std::size_t>(k)];
  }
  std::vector<double> expected;
  for (std::int64_t k = 0; k <= n; ++k) expected.push_back(draws * binomial_probability(n, p, k));
  return chi_square_sigmas(seen, expected);
}

void check_moments(double n, double p, int draws, std::uint32_t test) {
  CAPTURE(n);
  CAPTURE(p);
  RandomNumbers random = numbers(test);
  Moments moments;
  for (int i = 0; i < draws; ++i) {
    moments.add(static_cast<double>(draw_binomial(static_cast<std::int64_t>(n), p, random)));
  }
  const double variance = n * p * (1 - p);
  CHECK(moments.mean_sigmas(n * p, variance) < five_sigma);
  CHECK(moments.variance_sigmas(variance) < five_sigma);
}

/// The probability of each entry of an alias table, measured.
std::vector<std::int64_t> drawn(const AliasTable& table, int draws, RandomNumbers& random) {
  std::vector<std::int64_t> seen(table.size());
  for (int i = 0; i < draws; ++i) ++seen[table.draw(random)];
  return seen;
}

/// The probability of each entry, exactly: how many of the 2^64 numbers lead to it. Within a slot the numbers
/// of its own entry come first, so that one search finds where they end.
std::vector<long double> exact_shares(const AliasTable& table) {
  __extension__ using Wide = unsigned __int128;
  const std::size_t n = table.size();
  const auto begin_of = [n](std::size_t slot) {
    return static_cast<Wide>(((Wide{slot} << 64) + n - 1) / n);  // the first number of a slot
  };
  std::vector<long double> result(n);
  for (std::size_t slot = 0; slot < n; ++slot) {
    const Wide begin = begin_of(slot);
    const Wide end = begin_of(slot + 1);
    Wide low = begin;
    Wide high = end;
    while (low < high) {
      const Wide middle = low + (high - low) / 2;
      if (table.at(static_cast<std::uint64_t>(middle)) == slot) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    result[slot] += static_cast<long double>(low - begin) * 0x1p-64L;
    if (low < end) {
      const std::size_t alias = table.at(static_cast<std::uint64_t>(end - 1));
      REQUIRE(alias < n);
      REQUIRE(table.at(static_cast<std::uint64_t>(low)) == alias);
      result[alias] += static_cast<long double>(end - low) * 0x1p-64L;
    }
  }
  return result;
}

std::vector<double> shares(const std::vector<double>& weights, double total) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> result;
  for (const double weight : weights) result.push_back(weight / sum * total);
  return result;
}

}  // namespace

TEST_CASE("binomial: nothing to draw") {
  RandomNumbers random = numbers(0);
  CHECK(draw_binomial(0, 0.3, random) == 0);
  CHECK(draw_binomial(-1, 0.3, random) == 0);
  CHECK(draw_binomial(10, 0.0, random) == 0);
  CHECK(draw_binomial(10, -0.1, random) == 0);
  CHECK(draw_binomial(10, 1.0, random) == 10);
  CHECK(draw_binomial(10, 1.1, random) == 10);
}

TEST_CASE("long: binomial has the exact probabilities for n from 1 to 50") {
  std::uint32_t test = 1000;
  for (std::int64_t n = 1; n <= 50; ++n) {
    for (const double p : {1e-6, 0.01, 0.2, 0.4999, 0.5, 0.5001, 0.77, 0.999}) {
      CAPTURE(n);
      CAPTURE(p);
      RandomNumbers random = numbers(test++);
      CHECK(std::abs(binomial_sigmas(n, p, 20000, random)) < five_sigma);
    }
  }
}

TEST_CASE("long: binomial on both sides of the change of method at a mean of 10") {
  std::uint32_t test = 2000;
  for (const std::int64_t n : {20, 21, 40, 100, 1000, 20000}) {
    for (const double mean : {9.0, 9.999, 10.0, 10.001, 11.0}) {
      const double p = mean / static_cast<double>(n);
      CAPTURE(n);
      CAPTURE(mean);
      RandomNumbers random = numbers(test++);
      CHECK(std::abs(binomial_sigmas(n, p, 200000, random)) < five_sigma);
      CHECK(std::abs(binomial_sigmas(n, 1 - p, 50000, random)) < five_sigma);
    }
  }
}

TEST_CASE("long: binomial by rejection, finely") {
  RandomNumbers random = numbers(1);
  CHECK(std::abs(binomial_sigmas(25, 0.45, 2000000, random)) < five_sigma);
  CHECK(std::abs(binomial_sigmas(300, 0.2, 1000000, random)) < five_sigma);
}

TEST_CASE("long: binomial by rejection of thousands, where logarithms decide") {
  // Counts within 8 standard deviations of the mean, one by one; beyond them lies less than 1e-14.
  std::uint32_t test = 5000;
  for (const double mean : {12.0, 35.0, 45.0, 120.0, 1000.0, 30000.0}) {
    for (const double p : {1e-7, 0.01, 0.3, 0.5}) {
      const auto n = static_cast<std::int64_t>(mean / p);
      CAPTURE(n);
      CAPTURE(p);
      const double spread = std::sqrt(mean * (1 - p));
      const auto first = std::max<std::int64_t>(0, static_cast<std::int64_t>(mean - 8 * spread));
      const auto last = std::min(n, static_cast<std::int64_t>(mean + 8 * spread + 20));
      std::vector<std::int64_t> seen(static_cast<std::size_t>(last - first) + 1);
      std::vector<double> expected;
      constexpr int draws = 1000000;
      RandomNumbers random = numbers(test++);
      for (int i = 0; i < draws; ++i) {
        const std::int64_t k = draw_binomial(n, p, random);
        REQUIRE(k >= first);
        REQUIRE(k <= last);
        ++seen[static_cast<std::size_t>(k - first)];
      }
      for (std::int64_t k = first; k <= last; ++k) expected.push_back(draws * binomial_probability(n, p, k));
      CHECK(std::abs(chi_square_sigmas(seen, expected)) < five_sigma);
    }
  }
}

TEST_CASE("binomial of a mean below 1 is most often 0 without a look at the probabilities") {
  std::uint32_t test = 6000;
  for (const double mean : {1e-6, 0.01, 0.3, 0.9, 0.9999, 1.0}) {
    for (const std::int64_t n : {1, 2, 3, 1000, 1000000000}) {
      CAPTURE(n);
      CAPTURE(mean);
      const double p = mean / static_cast<double>(n);
      RandomNumbers random = numbers(test++);
      std::vector<std::int64_t> seen(20);
      constexpr int draws = 50000;
      for (int i = 0; i < draws; ++i) ++seen.at(static_cast<std::size_t>(draw_binomial(n, p, random)));
      std::vector<double> expected(seen.size());
      for (std::int64_t k = 0; k <= std::min<std::int64_t>(n, 19); ++k) {
        const double probability = p < 1 ? binomial_probability(n, p, k) : (k == n ? 1.0 : 0.0);
        expected[static_cast<std::size_t>(k)] = draws * probability;
      }
      CHECK(std::abs(chi_square_sigmas(seen, expected)) < five_sigma);
    }
  }
}

TEST_CASE("binomial of very many: mean and variance") {
  check_moments(1e10, 1e-3, 100000, 10);
  check_moments(1e10, 0.5, 100000, 11);
  check_moments(1e10, 0.999, 100000, 12);
  check_moments(1e10, 1.2e-9, 100000, 13);
  check_moments(1.4e9, 2e-4, 100000, 15);
}

TEST_CASE("binomial of very many with a small mean is the exact law") {
  constexpr double n = 1e10;
  constexpr double p = 3e-10;
  RandomNumbers random = numbers(16);
  std::vector<std::int64_t> seen(30);
  constexpr int draws = 300000;
  for (int i = 0; i < draws; ++i)
    ++seen[static_cast<std::size_t>(draw_binomial(std::int64_t{10000000000}, p, random))];
  std::vector<double> expected;
  for (std::int64_t k = 0; k < 30; ++k) {
    expected.push_back(draws * binomial_probability(static_cast<std::int64_t>(n), p, k));
  }
  CHECK(std::abs(chi_square_sigmas(seen, expected)) < five_sigma);
}

TEST_CASE("systematic rounding gives floors and ceilings, in every partial sum") {
  const std::vector<double> weights = {0.3, 2.0, 0.0, 1.7, 0.25, 0.25, 3.5};
  for (std::uint32_t i = 0; i < 1000; ++i) {
    RandomNumbers random = numbers(3000 + i);
    const std::vector<std::int64_t> counts = round_systematically(weights, random);
    REQUIRE(counts.size() == weights.size());
    double sum = 0;
    std::int64_t rounded = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
      REQUIRE(std::abs(static_cast<double>(counts[k]) - weights[k]) < 1);
      sum += weights[k];
      rounded += counts[k];
      REQUIRE(std::abs(static_cast<double>(rounded) - sum) < 1);
    }
    REQUIRE(rounded == 8);
    REQUIRE(counts[2] == 0);
    REQUIRE(counts[1] == 2);
  }
}

TEST_CASE("systematic rounding keeps means, and the mean of a total that is not whole") {
  const std::vector<double> weights = {0.3, 0.01, 1.7, 0.25};
  std::vector<Moments> moments(weights.size());
  Moments total;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    RandomNumbers random = numbers(10000 + i);
    const std::vector<std::int64_t> counts = round_systematically(weights, random);
    double sum = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
      moments[k].add(static_cast<double>(counts[k]));
      sum += static_cast<double>(counts[k]);
    }
    total.add(sum);
  }
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const double part = weights[k] - std::floor(weights[k]);
    CAPTURE(k);
    CHECK(moments[k].mean_sigmas(weights[k], part * (1 - part)) < five_sigma);
  }
  CHECK(total.mean_sigmas(2.26, 0.26 * 0.74) < five_sigma);
}

TEST_CASE("systematic rounding keeps a whole total that sums do not quite reach") {
  for (std::uint32_t i = 0; i < 20000; ++i) {
    RandomNumbers random = numbers(40000 + i);
    const std::vector<double> tenths(10000, 0.1);
    if (i < 20) {
      const auto counts = round_systematically(tenths, random);
      REQUIRE(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) == 1000);
    }
    // The sum passes the whole number before its last weight is reached.
    const auto over = round_systematically(std::vector<double>{3.0000009, 1e-12}, random);
    REQUIRE(over[0] + over[1] == 3);
    const auto under = round_systematically(std::vector<double>{2.9999991, 1e-12, 0}, random);
    REQUIRE(under[0] + under[1] == 3);
    REQUIRE(under[2] == 0);
  }
}

TEST_CASE("a random number close to 1 does not push a total beyond its whole number") {
  // 1e-7 too much, and a number within 1e-7 of 1: searched among many, so that the case is met.
  std::uint32_t met = 0;
  for (std::uint32_t i = 0; i < 2000000 && met < 3; ++i) {
    if (numbers(i).uniform() < 1 - 9e-7) continue;
    ++met;
    RandomNumbers random = numbers(i);
    const auto counts = round_systematically(std::vector<double>{3.00000095, 1e-9}, random);
    CHECK(counts[0] + counts[1] == 3);
  }
  CHECK(met > 0);
}

TEST_CASE("systematic rounding of nothing") {
  RandomNumbers random = numbers(2);
  CHECK(round_systematically(std::vector<double>{}, random).empty());
  CHECK(round_systematically(std::vector<double>(5, 0.0), random) == std::vector<std::int64_t>(5, 0));
}

TEST_CASE("an alias table draws by weight") {
  const std::vector<std::vector<double>> tables = {
      {1, 2, 3, 4},           {0, 0, 1, 0, 3, 0},    {1, 1, 1},
      {1e-300, 1, 1e-300, 1}, {1e300, 2e300, 1e300}, {1, 1e-3, 1e-6, 1e3}};
  std::uint32_t test = 50;
  for (const auto& weights : tables) {
    CAPTURE(test);
    RandomNumbers random = numbers(test++);
    constexpr int draws = 400000;
    const AliasTable table(weights);
    CHECK(table.size() == weights.size());
    CHECK(std::abs(chi_square_sigmas(drawn(table, draws, random), shares(weights, draws))) < five_sigma);
  }
}

TEST_CASE("an alias table never draws what has weight 0") {
  RandomNumbers random = numbers(60);
  std::vector<double> weights(101);
  for (std::size_t i = 1; i < weights.size(); i += 2) weights[i] = 1.0 / static_cast<double>(3 * i);
  const AliasTable table(weights);
  const auto seen = drawn(table, 200000, random);
  for (std::size_t i = 0; i < weights.size(); i += 2) CHECK(seen[i] == 0);
}

TEST_CASE("an alias table of one entry, of tiny weights, and one that is used again") {
  RandomNumbers random = numbers(61);
  AliasTable table(std::vector<double>{1e-300});
  CHECK(drawn(table, 100, random) == std::vector<std::int64_t>{100});
  constexpr double least = std::numeric_limits<double>::denorm_min();
  table.rebuild(std::vector<double>{0, 1e-300, 3e-300});
  CHECK(std::abs(chi_square_sigmas(drawn(table, 100000, random), {0, 25000, 75000})) < five_sigma);
  table.rebuild(std::vector<double>{least, 0, 3 * least});
  CHECK(std::abs(chi_square_sigmas(drawn(table, 100000, random), {25000, 0, 75000})) < five_sigma);
  table.rebuild(std::vector<double>{1e308, 1e308, 1e308});
  CHECK(std::abs(chi_square_sigmas(drawn(table, 90000, random), {30000, 30000, 30000})) < five_sigma);
  table.rebuild(std::vector<double>{0, 1});
  CHECK(drawn(table, 100, random) == std::vector<std::int64_t>{0, 100});
}

TEST_CASE("an alias table needs one random number of 64 bits for each draw") {
  RandomNumbers bits = numbers(63);
  RandomNumbers random = numbers(63);
  const AliasTable table(std::vector<double>{1, 2, 3, 4, 5, 6, 7});
  for (int i = 0; i < 1000; ++i) REQUIRE(table.draw(random) == table.at(bits.bits()));
}

TEST_CASE("an alias table has exactly the probabilities of its weights, for all of the 2^64 numbers") {
  RandomNumbers random = numbers(64);
  AliasTable table;
  for (const std::size_t size : {1U, 2U, 3U, 7U, 64U, 230U, 1000U, 5000U, 17U}) {
    CAPTURE(size);
    std::vector<double> weights(size);
    for (double& weight : weights) weight = std::exp(20 * random.uniform());
    for (std::size_t i = 1; i < size; i += 5) weights[i] = 0;
    long double sum = 0;
    for (const double weight : weights) sum += static_cast<long double>(weight);
    table.rebuild(weights);
    const auto exact = exact_shares(table);
    long double total = 0;
    for (std::size_t i = 0; i < size; ++i) {
      total += exact[i];
      const long double share = static_cast<long double>(weights[i]) / sum;
      if (weights[i] == 0) REQUIRE(exact[i] == 0);
      // Sums of up to `size` numbers in another order, and whole numbers of 2^-64.
      REQUIRE(static_cast<double>(std::abs(exact[i] - share)) < 1e-15);
    }
    CHECK(static_cast<double>(total) == 1);
  }
}

TEST_CASE("an alias table whose weights are all but equal, or are 0 but for one") {
  for (const std::size_t size : {2U, 3U, 10U, 1000U}) {
    CAPTURE(size);
    // In steps of a rounding: sums of all are never quite n times the mean.
    std::vector<double> weights(size, 0.1);
    for (std::size_t i = 0; i < size; i += 3) weights[i] = std::nextafter(0.1, 1.0);
    const AliasTable even(weights);
    for (const long double share : exact_shares(even)) {
      CHECK(static_cast<double>(share) * static_cast<double>(size) == doctest::Approx(1).epsilon(1e-12));
    }
    for (const std::size_t only : {std::size_t{0}, size / 2, size - 1}) {
      std::vector<double> single(size);
      single[only] = 0.3;
      const auto share = exact_shares(AliasTable(single));
      for (std::size_t i = 0; i < size; ++i) REQUIRE(share[i] == (i == only ? 1 : 0));
    }
  }
}

TEST_CASE("the least and the greatest number lead to entries of an alias table") {
  for (const std::size_t size : {1U, 3U, 5000U}) {
    std::vector<double> weights(size, 1.0);
    weights[0] = 2;
    const AliasTable table(weights);
    CHECK(table.at(0) < size);
    CHECK(table.at(std::numeric_limits<std::uint64_t>::max()) < size);
  }
}

TEST_CASE("long: an alias table of 5000 entries") {
  RandomNumbers random = numbers(65);
  std::vector<double> weights;
  for (int i = 0; i < 5000; ++i) weights.push_back(i % 7 == 0 ? 0 : std::exp(-0.001 * ((i * 777) % 5000)));
  const AliasTable table(weights);
  constexpr int draws = 5000000;
  CHECK(std::abs(chi_square_sigmas(drawn(table, draws, random), shares(weights, draws))) < five_sigma);
}

TEST_CASE("long: an alias table of many very different weights") {
  RandomNumbers random = numbers(62);
  std::vector<double> weights;
  for (int i = 0; i < 200; ++i) weights.push_back(std::exp(-0.1 * ((i * 77) % 200)));
  const AliasTable table(weights);
  constexpr int draws = 4000000;
  CHECK(std::abs(chi_square_sigmas(drawn(table, draws, random), shares(weights, draws))) < five_sigma);
}

TEST_CASE("Poisson numbers have their exact probabilities") {
  constexpr int draws = 200000;
  std::uint32_t test = 900;
  for (const double mean : {0.01, 1.0, 3.0, 9.99, 10.0, 13.5, 50.0, 400.0}) {
    CAPTURE(mean);
    RandomNumbers random = numbers(test++);
    const auto cells = static_cast<std::size_t>(mean + 12 * std::sqrt(mean) + 12);
    std::vector<std::int64_t> seen(cells);
    for (int i = 0; i < draws; ++i) {
      const std::int64_t k = draw_poisson(mean, random);
      REQUIRE(k >= 0);
      REQUIRE(k < static_cast<std::int64_t>(cells));
      ++seen[static_cast<std::size_t>(k)];
    }
    std::vector<double> expected;
    for (std::size_t k = 0; k < cells; ++k) {
      const auto number = static_cast<double>(k);
      expected.push_back(draws * std::exp(number * std::log(mean) - mean - std::lgamma(number + 1)));
    }
    CHECK(chi_square_sigmas(seen, expected) < five_sigma);
  }
}

TEST_CASE("Poisson numbers of large means have their mean and variance, and of mean 0 are 0") {
  RandomNumbers random = numbers(950);
  CHECK(draw_poisson(0, random) == 0);
  for (const double mean : {1e4, 1e8}) {
    CAPTURE(mean);
    Moments moments;
    for (int i = 0; i < 100000; ++i) moments.add(static_cast<double>(draw_poisson(mean, random)));
    CHECK(moments.mean_sigmas(mean, mean) < five_sigma);
    CHECK(moments.variance_sigmas(mean) < five_sigma);
  }
}

TEST_CASE("the moment of an event that happens in time is exponential, cut off at the end") {
  RandomNumbers random({1, 0}, {Process::event_line, 0, 0, 0});
  constexpr double end = 0.25;
  for (const double rate : {1e-9, 0.5, 12.0, 400.0}) {
    CAPTURE(rate);
    constexpr int draws = 100000;
    constexpr std::size_t bins = 20;
    std::vector<std::int64_t> seen(bins);
    for (int i = 0; i < draws; ++i) {
      const double moment = draw_moment(rate, end, random);
      REQUIRE(moment >= 0);
      REQUIRE(moment <= end);
      ++seen[std::min(bins - 1, static_cast<std::size_t>(moment / end * bins))];
    }
    std::vector<double> expected;
    const auto before = [&](double t) { return std::expm1(-rate * t) / std::expm1(-rate * end); };
    for (std::size_t b = 0; b < bins; ++b) {
      expected.push_back(draws * (before(end * static_cast<double>(b + 1) / bins) -
                                  before(end * static_cast<double>(b) / bins)));
    }
    CHECK(test::chi_square_sigmas(seen, expected) < test::five_sigma);
  }
}

TEST_CASE("draws without replacement have the hypergeometric probabilities") {
  const auto log_choose = [](double n, double k) {
    return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
  };
  struct Urn {
    std::int64_t all, marked, draws;
  };
  RandomNumbers random = numbers(60);
  // The least of the four groups that tell the number is each of them once.
  for (const Urn urn : {Urn{40, 6, 15}, Urn{40, 15, 6}, Urn{40, 33, 20}, Urn{40, 18, 36}, Urn{40, 36, 36},
                        Urn{1, 1, 1}, Urn{9, 0, 4}, Urn{9, 9, 4}, Urn{9, 4, 0}}) {
    CAPTURE(urn.marked);
    constexpr int draws = 200000;
    std::vector<std::int64_t> seen(static_cast<std::size_t>(urn.all) + 1);
    for (int i = 0; i < draws; ++i) {
      ++seen.at(static_cast<std::size_t>(draw_hypergeometric(urn.all, urn.marked, urn.draws, random)));
    }
    std::vector<double> expected;
    for (std::int64_t k = 0; k <= urn.all; ++k) {
      const bool possible = k <= urn.marked && k <= urn.draws && urn.draws - k <= urn.all - urn.marked;
      const auto n = static_cast<double>(urn.all);
      const auto m = static_cast<double>(urn.marked);
      const auto d = static_cast<double>(urn.draws);
      const auto x = static_cast<double>(k);
      expected.push_back(
          possible ? draws * std::exp(log_choose(m, x) + log_choose(n - m, d - x) - log_choose(n, d)) : 0);
    }
    CHECK(chi_square_sigmas(seen, expected) < five_sigma);
  }
}

}  // namespace sampling_test
