#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/engine/move.hpp"
#include "sim/engine/parts.hpp"
#include "sim/engine/usual_tally.hpp"
#include "sim/model/choice.hpp"
#include "sim/model/hazard.hpp"
#include "sim/model/population.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What a step needs to know to draw the events of all agents.
struct StepContext {
  const Scenario& scenario;
  RunKey key;
  Step step;
  /// Length of the step.
  double years = 0;
  /// First step of the running interval of relocations, and the first cohort of those born since its start.
  Step census;
  std::size_t first_born_since_census = 0;
  const Hazards& hazards;
  const LineSums& sums;
  const std::vector<Choice>& choices;
  /// What is counted by the twelve-month rule, if that is asked for.
  const UsualTally& usual;
};

/// What threads use while they draw events, one for each that draws. Kept from step to step, lest large lists
/// be taken from the system, cleared and given back by each part of each step.
class DrawingRooms {
 public:
  struct Room;

  DrawingRooms();
  DrawingRooms(const DrawingRooms&) = delete;
  DrawingRooms& operator=(const DrawingRooms&) = delete;
  DrawingRooms(DrawingRooms&&) = delete;
  DrawingRooms& operator=(DrawingRooms&&) = delete;
  ~DrawingRooms();

  /// Empty, with the memory of an earlier part.
  [[nodiscard]] std::unique_ptr<Room> take();
  void give_back(std::unique_ptr<Room> room);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Room>> free_;
};

/// Draws who has an event in this step, takes them out of the population and draws where they go. One outbox
/// for each part, in the order of the parts; the same for any number of threads.
void draw_events(const StepContext& context, const std::vector<Part>& parts, Population& population,
                 std::vector<Outbox>& outboxes, DrawingRooms& rooms, Workers& workers, bool in_parallel);

}  // namespace sojourn
