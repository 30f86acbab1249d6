#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "bench/plain/agent.hpp"
#include "bench/plain/destinations.hpp"
#include "bench/plain/hazards.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/flow_tally.hpp"
#include "sim/model/population.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::counts {

/// The strongest simple alternative to a list of all people: those who have never moved are counts, of which
/// a binomial number leaves in each step; all others are a list, with a loop over it in each step. One
/// thread. For measuring only.
class Engine {
 public:
  Engine(const Scenario& scenario, RunKey key, Workers& workers);

  void advance();
  [[nodiscard]] std::size_t steps_done() const { return steps_done_; }
  [[nodiscard]] bool finished() const { return steps_done_ == scenario_->time.steps(); }
  [[nodiscard]] std::int64_t moves() const { return moves_; }
  [[nodiscard]] std::size_t movers() const { return movers_.size(); }
  [[nodiscard]] double agents() const;
  FlowTally& flows() { return flows_; }

 private:
  using Rows = std::vector<std::vector<plain::Row>>;

  void update_tables();
  void stayers_leave(RandomNumbers& random);
  void movers_leave(RandomNumbers& random);
  /// The stream of an event, in proportion to the hazards.
  [[nodiscard]] StreamId stream_of_event(const std::vector<double>& hazards, double sum,
                                         RandomNumbers& random) const;
  void move(plain::Agent& agent, StreamId stream, RandomNumbers& random);
  [[nodiscard]] Region destination(const plain::Agent& agent, StreamId stream, RandomNumbers& random);

  const Scenario* scenario_;
  RunKey key_;
  std::size_t steps_done_ = 0;
  plain::ArrivalTimes times_;
  /// [cell][cohort].
  std::vector<std::int64_t> stayers_;
  std::vector<plain::Agent> movers_;
  std::vector<plain::Agent> new_movers_;
  DiasporaStock diaspora_;
  Numbers numbers_;
  std::vector<plain::Destinations> destinations_;
  std::vector<plain::EventHazard> hazards_;
  /// [stream][(origin * groups + group) * births + birth], made when needed; births is 1 where birth does not
  /// matter.
  Rows rows_;
  FlowTally flows_;
  std::int64_t moves_ = 0;
};

}  // namespace sojourn::counts
