#include "sim/base/random_names.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string_view>

namespace sojourn {

namespace {

std::string_view name_of(Process process) {
  switch (process) {
    case Process::round_stayers:
      return "round_stayers";
    case Process::round_movers:
      return "round_movers";
    case Process::start_arrivals:
      return "start_arrivals";
    case Process::event_line:
      return "event_line";
    case Process::destinations:
      return "destinations";
    case Process::plain_stayers:
      return "plain_stayers";
    case Process::plain_movers:
      return "plain_movers";
    case Process::plain_arrivals:
      return "plain_arrivals";
    case Process::plain_waiting:
      return "plain_waiting";
    case Process::plain_destinations:
      return "plain_destinations";
    case Process::births:
      return "births";
    case Process::plain_births:
      return "plain_births";
    case Process::inflow:
      return "inflow";
    case Process::inflow_rounding:
      return "inflow_rounding";
    case Process::plain_inflow:
      return "plain_inflow";
    case Process::plain_inflow_rounding:
      return "plain_inflow_rounding";
    case Process::offices:
      return "offices";
    case Process::plain_offices:
      return "plain_offices";
    case Process::recorded_ages:
      return "recorded_ages";
    case Process::plain_recorded_ages:
      return "plain_recorded_ages";
    case Process::time_left:
      return "time_left";
    case Process::doors:
      return "doors";
    case Process::outcomes:
      return "outcomes";
    case Process::office_outcomes:
      return "office_outcomes";
    case Process::plain_outcomes:
      return "plain_outcomes";
    case Process::plain_office_outcomes:
      return "plain_office_outcomes";
    case Process::start_tickets:
      return "start_tickets";
    case Process::plain_start_tickets:
      return "plain_start_tickets";
    case Process::admission:
      return "admission";
    case Process::time_left_of_turned_away:
      return "time_left_of_turned_away";
    case Process::plain_admission:
      return "plain_admission";
    case Process::plain_waiting_of_turned_away:
      return "plain_waiting_of_turned_away";
    case Process::plain_destinations_of_turned_away:
      return "plain_destinations_of_turned_away";
    case Process::shared_offices:
      return "shared_offices";
    case Process::plain_shared_offices:
      return "plain_shared_offices";
    case Process::doors_of_turned_away:
      return "doors_of_turned_away";
    case Process::outcomes_of_turned_away:
      return "outcomes_of_turned_away";
  }
  return "unknown";
}

std::string text_of(const RandomName& name) {
  return fmt::format("process {} ({}), step {}, region {}, part {}", name_of(name.process),
                     static_cast<int>(name.process), name.step, name.region, name.part);
}

}  // namespace

void RandomNameLog::open(const RunKey& key, const RandomName& name) {
  constexpr std::uint32_t parts = 1U << 24;
  if (name.part >= parts) {
    throw std::logic_error(
        fmt::format("Random numbers of {}: the part must be below {}", text_of(name), parts));
  }
  const auto process_and_part = (static_cast<std::uint32_t>(name.process) << 24) | name.part;
  const std::lock_guard lock(mutex_);
  if (opened_.insert({key.seed, key.replicate, name.step, name.region, process_and_part}).second) return;
  throw std::logic_error(fmt::format("Random numbers of {} are opened twice under seed {} and replicate {}",
                                     text_of(name), key.seed, key.replicate));
}

std::size_t RandomNameLog::size() const {
  const std::lock_guard lock(mutex_);
  return opened_.size();
}

void write_down(const RunKey& key, const RandomName& name) { key.names->open(key, name); }

}  // namespace sojourn
