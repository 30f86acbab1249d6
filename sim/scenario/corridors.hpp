#pragma once

#include <cstddef>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// From where to where the people of a stream can go, whatever its utilities are: what a factor is elsewhere
/// is nothing that its terms ask for.
class Corridors {
 public:
  Corridors(const Scenario& scenario, const Stream& stream);

  [[nodiscard]] bool has(std::size_t origin, std::size_t destination) const;
  /// Where its people may live and have somewhere to go.
  [[nodiscard]] const std::vector<bool>& origins() const { return origins_; }
  /// Where at least one of them may go.
  [[nodiscard]] const std::vector<bool>& destinations() const { return destinations_; }

 private:
  std::vector<bool> residences_;
  /// Where all may go, but for those who live there; of no meaning where each region has neighbours.
  std::vector<bool> listed_;
  /// By region, ascending; empty unless the choice is along links.
  std::vector<std::vector<std::size_t>> neighbours_;
  std::vector<bool> origins_;
  std::vector<bool> destinations_;
};

}  // namespace sojourn
