#include "sim/base/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include "tests/support/statistics.hpp"

namespace random_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

using Words = std::array<std::uint32_t, 4>;

/// Philox 4x32-10 written out once more, from the paper (Salmon et al. 2011).
Words philox(Words counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

std::uint64_t joined(std::uint32_t high, std::uint32_t low) { return (std::uint64_t{high} << 32) | low; }

constexpr RunKey some_run{12, 3};

}  // namespace

TEST_CASE("the test's own Philox gives the known answers of Random123") {
  CHECK(philox({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
        Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("the first numbers of the first name are the known answer") {
  RandomNumbers random({0, 0}, {Process::round_stayers, 0, 0, 0});
  CHECK(random.bits() == 0xe169c58d6627e8d5);
  CHECK(random.bits() == 0x9b00dbd8bc57ac4c);
}

TEST_CASE(
    "a name is a counter: running number, step, region, process and part; seed and replicate are the key") {
  const RunKey key{0xa4093822, 0x299f31d0};
  const RandomName name{Process::destinations, 0x85a308d3, 0x13198a2e, 0x707344};
  RandomNumbers random(key, name);
  for (std::uint32_t block = 0; block < 5; ++block) {
    const Words words = philox({block, name.step, name.region, (std::uint32_t{4} << 24) | name.part},
                               {key.seed, key.replicate});
    CHECK(random.bits() == joined(words[1], words[0]));
    CHECK(random.bits() == joined(words[3], words[2]));
  }
}

TEST_CASE("distinct names give distinct numbers") {
  std::set<std::uint64_t> seen;
  std::size_t names = 0;
  constexpr std::array<std::uint32_t, 4> values = {0, 1, 255, (1U << 24) - 1};
  for (std::uint8_t process = 0; process < 5; ++process) {
    for (const std::uint32_t step : values) {
      for (const std::uint32_t region : values) {
        for (const std::uint32_t part : values) {
          for (const RunKey key : {RunKey{1, 0}, RunKey{0, 1}, RunKey{1, 1}}) {
            RandomNumbers random(key, {static_cast<Process>(process), step, region, part});
            for (int i = 0; i < 4; ++i) seen.insert(random.bits());
            names += 1;
          }
        }
      }
    }
  }
  CHECK(seen.size() == 4 * names);
}

TEST_CASE("processes keep their numbers for ever") {
  CHECK(static_cast<int>(Process::round_stayers) == 0);
  CHECK(static_cast<int>(Process::round_movers) == 1);
  CHECK(static_cast<int>(Process::start_arrivals) == 2);
  CHECK(static_cast<int>(Process::event_line) == 3);
  CHECK(static_cast<int>(Process::destinations) == 4);
}

TEST_CASE("uniform is the upper 52 bits, in the middle of their interval") {
  RandomNumbers bits(some_run, {Process::event_line, 1, 2, 3});
  RandomNumbers random(some_run, {Process::event_line, 1, 2, 3});
  for (int i = 0; i < 100000; ++i) {
    const auto expected = (static_cast<long double>(bits.bits() >> 12) + 0.5L) * 0x1p-52L;
    const double u = random.uniform();
    REQUIRE(static_cast<long double>(u) == expected);
    REQUIRE(u > 0);
    REQUIRE(u < 1);
  }
  // The least and the greatest of these numbers are exact, and neither 0 nor 1.
  CHECK((0.0 + 0.5) * 0x1p-52 > 0);
  CHECK((static_cast<double>((std::uint64_t{1} << 52) - 1) + 0.5) * 0x1p-52 < 1);
}

TEST_CASE("long: uniform is uniform, alone and in pairs") {
  RandomNumbers random(some_run, {Process::event_line, 0, 0, 0});
  constexpr std::size_t cells = 64;
  constexpr int draws = 1000000;
  std::vector<std::int64_t> single(cells);
  std::vector<std::int64_t> pairs(cells * cells);
  std::size_t before = 0;
  for (int i = 0; i < draws; ++i) {
    const auto cell = static_cast<std::size_t>(random.uniform() * cells);
    ++single[cell];
    if (i % 2 == 1) ++pairs[before * cells + cell];
    before = cell;
  }
  CHECK(std::abs(chi_square_sigmas(single, std::vector<double>(cells, 1.0 * draws / cells))) < five_sigma);
  CHECK(std::abs(chi_square_sigmas(
            pairs, std::vector<double>(cells * cells, 0.5 * draws / (cells * cells)))) < five_sigma);
}

TEST_CASE("exponential has the exponential law") {
  RandomNumbers random(some_run, {Process::event_line, 7, 0, 0});
  constexpr int draws = 400000;
  constexpr std::size_t cells = 40;
  std::vector<std::int64_t> seen(cells);
  std::vector<double> expected;
  for (int i = 0; i < draws; ++i) {
    const double x = random.exponential();
    REQUIRE(x > 0);
    REQUIRE(std::isfinite(x));
    ++seen[std::min(cells - 1, static_cast<std::size_t>(x * 4))];
  }
  for (std::size_t i = 0; i < cells; ++i) {
    const double low = std::exp(-static_cast<double>(i) / 4);
    const double high = i + 1 < cells ? std::exp(-static_cast<double>(i + 1) / 4) : 0.0;
    expected.push_back((low - high) * draws);
  }
  CHECK(std::abs(chi_square_sigmas(seen, expected)) < five_sigma);
}

TEST_CASE("long: exponential finely, and its first three moments") {
  RandomNumbers random(some_run, {Process::event_line, 8, 0, 0});
  constexpr int draws = 10000000;
  constexpr std::size_t per_unit = 64;
  constexpr std::size_t cells = 20 * per_unit;
  std::vector<std::int64_t> seen(cells);
  double sum = 0;
  double squares = 0;
  double cubes = 0;
  for (int i = 0; i < draws; ++i) {
    const double x = random.exponential();
    ++seen[std::min(cells - 1, static_cast<std::size_t>(x * per_unit))];
    sum += x;
    squares += x * x;
    cubes += x * x * x;
  }
  std::vector<double> expected;
  for (std::size_t i = 0; i < cells; ++i) {
    const double low = std::exp(-static_cast<double>(i) / per_unit);
    const double high = i + 1 < cells ? std::exp(-static_cast<double>(i + 1) / per_unit) : 0.0;
    expected.push_back((low - high) * draws);
  }
  CHECK(std::abs(chi_square_sigmas(seen, expected)) < five_sigma);
  // The mean of x^k is k!, its variance (2k)! - k!^2.
  CHECK(std::abs(sum / draws - 1) < five_sigma * std::sqrt(1.0 / draws));
  CHECK(std::abs(squares / draws - 2) < five_sigma * std::sqrt(20.0 / draws));
  CHECK(std::abs(cubes / draws - 6) < five_sigma * std::sqrt(684.0 / draws));
}

TEST_CASE("long: exponential beyond the layers, and beyond that once more") {
  RandomNumbers random(some_run, {Process::event_line, 9, 0, 0});
  constexpr int draws = 10000000;
  std::vector<std::int64_t> seen(40);
  std::int64_t beyond = 0;
  double largest = 0;
  for (int i = 0; i < draws; ++i) {
    const double x = random.exponential();
    largest = std::max(largest, x);
    if (x < ziggurat::tail) continue;
    ++beyond;
    ++seen[std::min(seen.size() - 1, static_cast<std::size_t>((x - ziggurat::tail) * 4))];
  }
  const double expected_beyond = std::exp(-ziggurat::tail) * draws;
  CHECK(std::abs(static_cast<double>(beyond) - expected_beyond) < five_sigma * std::sqrt(expected_beyond));
  std::vector<double> expected;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const double low = std::exp(-static_cast<double>(i) / 4);
    const double high = i + 1 < seen.size() ? std::exp(-static_cast<double>(i + 1) / 4) : 0.0;
    expected.push_back((low - high) * static_cast<double>(beyond));
  }
  CHECK(std::abs(chi_square_sigmas(seen, expected)) < five_sigma);
  CHECK(largest > 2 * ziggurat::tail - 1);
  CHECK(largest < 40);
}

TEST_CASE("exponential numbers in pairs: the layer tells nothing of the next number") {
  RandomNumbers random(some_run, {Process::event_line, 10, 0, 0});
  constexpr int pairs = 500000;
  constexpr std::size_t cells = 16;
  // By the cells of 1 - exp(-x), which is uniform.
  const auto cell = [&] {
    return std::min(cells - 1, static_cast<std::size_t>(-std::expm1(-random.exponential()) * cells));
  };
  std::vector<std::int64_t> seen(cells * cells);
  for (int i = 0; i < pairs; ++i) {
    const std::size_t first = cell();
    ++seen[first * cells + cell()];
  }
  const std::vector<double> expected(seen.size(), 1.0 * pairs / (cells * cells));
  CHECK(std::abs(chi_square_sigmas(seen, expected)) < five_sigma);
}

TEST_CASE("most exponential numbers need one number of 64 bits, its upper bits for the position") {
  RandomNumbers bits(some_run, {Process::event_line, 11, 0, 0});
  RandomNumbers random(some_run, {Process::event_line, 11, 0, 0});
  int at_once = 0;
  while (true) {
    const std::uint64_t number = bits.bits();
    const ziggurat::Layer& layer = ziggurat::table[number & 255];
    if (number >> 12 >= layer.inside) break;
    REQUIRE(random.exponential() == (static_cast<double>(number >> 12) + 0.5) * layer.interval);
    ++at_once;
  }
  CHECK(at_once > 10);
}

TEST_CASE("below is uniform over the whole numbers") {
  for (const std::uint64_t n : {1U, 2U, 3U, 7U, 10U, 64U, 1000U}) {
    CAPTURE(n);
    RandomNumbers random(some_run, {Process::destinations, static_cast<std::uint32_t>(n), 0, 0});
    std::vector<std::int64_t> seen(n);
    const std::uint64_t draws = 200000;
    for (std::uint64_t i = 0; i < draws; ++i) {
      const std::uint64_t x = random.below(n);
      REQUIRE(x < n);
      ++seen[x];
    }
    const std::vector<double> expected(n, static_cast<double>(draws) / static_cast<double>(n));
    CHECK(std::abs(chi_square_sigmas(seen, expected)) < five_sigma);
  }
}

TEST_CASE("below has no bias where n is a large part of 2^64") {
  // Of 2^64 numbers, floor(2^64 / n) or one more would fall on each result without rejection: at n = 3/4 2^64
  // one result in three would come twice as often as the others.
  const std::uint64_t n = std::uint64_t{3} << 62;
  RandomNumbers random(some_run, {Process::destinations, 0, 1, 0});
  std::vector<std::int64_t> seen(3);
  const std::int64_t draws = 300000;
  for (std::int64_t i = 0; i < draws; ++i) {
    const std::uint64_t x = random.below(n);
    REQUIRE(x < n);
    ++seen[x % 3];
  }
  CHECK(std::abs(chi_square_sigmas(seen, {100000, 100000, 100000})) < five_sigma);
}

}  // namespace random_test
