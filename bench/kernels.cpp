// What the smallest parts of a step cost, each on its own: random numbers, functions, samplers, the line,
// records.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/base/sampling.hpp"
#include "sim/engine/event_line.hpp"
#include "sim/model/movers.hpp"

namespace {

using namespace sojourn;

RandomNumbers numbers() { return {{1, 0}, {Process::event_line, 0, 0, 0}}; }

void philox_bits(benchmark::State& state) {
  RandomNumbers random = numbers();
  for (auto _ : state) benchmark::DoNotOptimize(random.bits());
}
BENCHMARK(philox_bits);

void uniform(benchmark::State& state) {
  RandomNumbers random = numbers();
  for (auto _ : state) benchmark::DoNotOptimize(random.uniform());
}
BENCHMARK(uniform);

void exponential(benchmark::State& state) {
  RandomNumbers random = numbers();
  for (auto _ : state) benchmark::DoNotOptimize(random.exponential());
}
BENCHMARK(exponential);

std::vector<double> some_numbers(double from, double to) {
  RandomNumbers random = numbers();
  std::vector<double> values(1024);
  for (double& x : values) x = from + (to - from) * random.uniform();
  return values;
}

template <class Function>
void function_of(benchmark::State& state, Function function, double from, double to) {
  const std::vector<double> values = some_numbers(from, to);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(function(values[i++ % values.size()]));
}
BENCHMARK_CAPTURE(
    function_of, exp, [](double x) { return math::exp(x); }, -10.0, 2.0);
BENCHMARK_CAPTURE(
    function_of, log, [](double x) { return math::log(x); }, 0.0, 1.0);
BENCHMARK_CAPTURE(
    function_of, expm1, [](double x) { return math::expm1(x); }, -0.1, 0.0);
BENCHMARK_CAPTURE(
    function_of, log1p, [](double x) { return math::log1p(x); }, -0.1, 0.0);
BENCHMARK_CAPTURE(
    function_of, exp_of_the_C_library, [](double x) { return std::exp(x); }, -10.0, 2.0);
BENCHMARK_CAPTURE(
    function_of, log_of_the_C_library, [](double x) { return std::log(x); }, 0.0, 1.0);

/// By 1000 times the mean.
void binomial(benchmark::State& state) {
  RandomNumbers random = numbers();
  const double mean = static_cast<double>(state.range(0)) / 1000;
  const std::int64_t agents = 1000000;
  for (auto _ : state) benchmark::DoNotOptimize(draw_binomial(agents, mean / 1e6, random));
}
BENCHMARK(binomial)->Arg(1)->Arg(100)->Arg(1000)->Arg(5000)->Arg(20000)->Arg(1000000);

/// The same numbers of leavers by the event line: where binomials begin to win is where `EventLine::many`
/// should be.
void line_stretch(benchmark::State& state) {
  RandomNumbers random = numbers();
  EventLine line(random);
  const double mean = static_cast<double>(state.range(0)) / 1000;
  const std::int64_t agents = 1000000;
  for (auto _ : state) benchmark::DoNotOptimize(line.count(agents, mean / 1e6));
}
BENCHMARK(line_stretch)->Arg(1)->Arg(100)->Arg(1000)->Arg(5000)->Arg(20000)->Arg(1000000);

void alias_draw(benchmark::State& state) {
  RandomNumbers random = numbers();
  std::vector<double> weights(static_cast<std::size_t>(state.range(0)));
  for (double& weight : weights) weight = random.uniform();
  const AliasTable table(weights);
  for (auto _ : state) benchmark::DoNotOptimize(table.draw(random));
}
BENCHMARK(alias_draw)->Arg(16)->Arg(230)->Arg(5000);

/// Of many rows of weights in turn, so that the processor cannot learn which of them are small.
void alias_rebuild(benchmark::State& state) {
  RandomNumbers random = numbers();
  const auto size = static_cast<std::size_t>(state.range(0));
  std::vector<std::vector<double>> rows((1U << 18U) / size, std::vector<double>(size));
  for (auto& row : rows) {
    for (double& weight : row) weight = math::exp(8 * random.uniform());
  }
  AliasTable table(rows[0]);
  std::size_t i = 0;
  for (auto _ : state) table.rebuild(rows[i++ % rows.size()]);
}
BENCHMARK(alias_rebuild)->Arg(230)->Arg(5000);

/// Records of 4 bytes in one block: as many as the argument, beyond any cache or within.
class Records : public benchmark::Fixture {
 public:
  void SetUp(const benchmark::State& state) override {
    const auto count = static_cast<std::uint64_t>(state.range(0));
    if (movers_ && block().size == count) return;
    movers_ = std::make_unique<Movers>(RecordLayout{}, 1);
    for (std::uint64_t i = 0; i < count; ++i) (void)movers_->append(0, {0, i});
    RandomNumbers random = numbers();
    places_.resize(1U << 16U);
    for (std::uint64_t& place : places_) place = random.below(count);
    std::sort(places_.begin(), places_.end());
  }

 protected:
  [[nodiscard]] const Block& block() const { return movers_->blocks(0)[0]; }
  [[nodiscard]] std::uint64_t place(std::size_t i) const { return places_[i % places_.size()]; }

  std::unique_ptr<Movers> movers_;
  std::vector<std::uint64_t> places_;
};

BENCHMARK_DEFINE_F(Records, read)(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(movers_->read(block(), place(i++)));
}
BENCHMARK_REGISTER_F(Records, read)->Arg(1 << 12)->Arg(1 << 20)->Arg(1 << 27);

BENCHMARK_DEFINE_F(Records, read_after_asking)(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    movers_->ask_where(block(), place(i + 32));
    movers_->ask(block(), place(i + 16));
    benchmark::DoNotOptimize(movers_->read(block(), place(i++)));
  }
}
BENCHMARK_REGISTER_F(Records, read_after_asking)->Arg(1 << 12)->Arg(1 << 20)->Arg(1 << 27);

/// One record leaves from the middle, one comes: the number stays.
BENCHMARK_DEFINE_F(Records, remove_and_append)(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    movers_->remove(0, 0, place(i++));
    (void)movers_->append(0, {0, i});
  }
}
BENCHMARK_REGISTER_F(Records, remove_and_append)->Arg(1 << 12)->Arg(1 << 20)->Arg(1 << 27);

}  // namespace

BENCHMARK_MAIN();
