#pragma once

#include <Random123/philox.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/base/ziggurat.hpp"

namespace sojourn {

/// Everything that draws random numbers. A process has numbers of its own, so adding one (at the end) or
/// asking one for more numbers changes nothing for the others. Numbers are never given to another process
/// again.
enum class Process : std::uint8_t {
  /// Rounding of the stayers and movers of the start to whole agents, by region of residence.
  round_stayers = 0,
  round_movers = 1,
  /// When movers of the start arrived, by region of residence.
  start_arrivals = 2,
  /// The gaps and marks of the event line, by region and part.
  event_line = 3,
  /// Which destination each mover chooses, by region of origin and part.
  destinations = 4,
  /// The plain engine of bench/: its start, by region of residence; waiting times, by piece of the list of
  /// agents and by how many events of the step came before; destinations, by region of origin.
  plain_stayers = 5,
  plain_movers = 6,
  plain_arrivals = 7,
  plain_waiting = 8,
  plain_destinations = 9,
  /// Births of a step, their groups, and deaths among them, by region.
  births = 10,
  /// The same of the plain engine, by piece of the list of agents.
  plain_births = 11,
  /// Who enters from outside, by region and inflow; how their numbers are rounded, by inflow. And of the
  /// plain
  /// engine.
  inflow = 12,
  inflow_rounding = 13,
  plain_inflow = 14,
  plain_inflow_rounding = 15,
  /// Who of those that joined a queue in the same step is served first, by office and queue. And of the plain
  /// engine.
  offices = 16,
  plain_offices = 17,
  /// On which side of a bound of recorded ages those of a cohort are that it cuts: who dies, and who moves,
  /// by
  /// region; stocks, by region. And of the plain engine: who dies, and who moves.
  recorded_ages = 18,
  plain_recorded_ages = 19,
  /// When those whose group changes do so, and what happens to them in what is then left of the step, by
  /// region and part.
  time_left = 20,
  /// On which days of a step those move for whom doors open or close within it, by region and part.
  doors = 21,
  /// What those come to whose transition has outcomes: of changes made at once, by region and part; of
  /// offices, by office and queue. And of the plain engine: by how many events of the step came before; by
  /// office and queue.
  outcomes = 22,
  office_outcomes = 23,
  plain_outcomes = 24,
  plain_office_outcomes = 25,
  /// When those who wait at the start joined, by region and queue. And of the plain engine.
  start_tickets = 26,
  plain_start_tickets = 27,
  /// In which order those are admitted who draw on limits, by step; what happens to those of them who are
  /// turned away in what is then left of the step, by region and part. And of the plain engine: the order;
  /// waiting times and destinations of who was turned away.
  admission = 28,
  time_left_of_turned_away = 29,
  plain_admission = 30,
  plain_waiting_of_turned_away = 31,
  plain_destinations_of_turned_away = 32,
  /// In which order those are served who stand at one place in the lines of offices that share limits, by
  /// step. And of the plain engine.
  shared_offices = 33,
  plain_shared_offices = 34,
  /// As `doors` and `outcomes`, of those who were turned away.
  doors_of_turned_away = 35,
  outcomes_of_turned_away = 36,
};

class RandomNameLog;

/// Which of all simulations of a scenario: its seed and its replicate.
struct RunKey {
  std::uint32_t seed = 0;
  std::uint32_t replicate = 0;
  /// If there is one, each stream of random numbers writes its name there as it is opened, and a name that is
  /// opened twice is an error (sim/base/random_names.hpp).
  RandomNameLog* names = nullptr;
};

/// The name of a stream of random numbers: what is drawn, never who draws it, so that the numbers do not
/// depend on the threads. `part` must be below 2^24.
struct RandomName {
  Process process{};
  std::uint32_t step = 0;
  std::uint32_t region = 0;
  std::uint32_t part = 0;
};

/// Writes the name into the log of the key, which has one.
void write_down(const RunKey& key, const RandomName& name);

/// A stream of random numbers: Philox 4x32-10 (Salmon et al. 2011), keyed by seed and replicate, its counter
/// made of the name and a running number. 2^33 numbers of 64 bits for each name.
class RandomNumbers {
 public:
  RandomNumbers(RunKey key, RandomName name)
      : key_{{key.seed, key.replicate}},
        counter_{{0, name.step, name.region, (static_cast<std::uint32_t>(name.process) << 24) | name.part}} {
    if (key.names != nullptr) write_down(key, name);
  }

  /// 64 random bits.
  std::uint64_t bits() {
    if (left_ == 0) refill();
    return buffer_[--left_];
  }

  /// Uniform over the open interval (0, 1), in steps of 2^-52.
  double uniform() { return (static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52; }

  /// Exponential with mean 1, by the ziggurat method (Marsaglia and Tsang 2000): exact but for the 2^52
  /// positions of a number within its layer. Positive and finite. Of the 64 bits of a number the lowest 8
  /// choose the layer and the uppermost 52 the position, so that the two are independent (Doornik 2005).
  double exponential() {
    const std::uint64_t number = bits();
    const std::size_t layer = number % ziggurat::layers;
    const std::uint64_t position = number >> 12;
    const double x = (static_cast<double>(position) + 0.5) * ziggurat::table[layer].interval;
    if (position < ziggurat::table[layer].inside) [[likely]]
      return x;
    return exponential_near_curve(layer, x);
  }

  /// Uniform over the whole numbers 0 ... n - 1, without bias (Lemire 2019); n > 0.
  std::uint64_t below(std::uint64_t n);

 private:
  void refill();
  /// The exponential number where x in this layer is not known to be below the curve: one draw in 45.
  double exponential_near_curve(std::size_t layer, double x);

  r123::Philox4x32::key_type key_;
  r123::Philox4x32::ctr_type counter_;
  std::array<std::uint64_t, 2> buffer_{};
  unsigned left_ = 0;
};

inline void RandomNumbers::refill() {
  const auto block = r123::Philox4x32{}(counter_, key_);
  ++counter_[0];
  buffer_[1] = (std::uint64_t{block[1]} << 32) | block[0];
  buffer_[0] = (std::uint64_t{block[3]} << 32) | block[2];
  left_ = 2;
}

}  // namespace sojourn
