#include "sim/model/ticket_clock.hpp"

#include <algorithm>

namespace sojourn {

TicketClock::TicketClock(const TimeGrid& time, const Queue& queue) : time_(&time), queue_(&queue) {
  if (!queue.takes) return;
  // Of those who join before the start, the time may be a day or two longer by the calendar.
  const std::int64_t probes = ready_of(0, 0).step + 1;
  std::int64_t longest = 0;
  std::int64_t last = -probes;
  for (std::int64_t joined = -probes; joined <= 0; ++joined) {
    const Ready ready = ready_of(joined, std::max(joined, last));
    longest = std::max(longest, ready.step + (ready.share < 1 ? 1 : 0) - joined);
    last = ready.step;
  }
  most_steps_ = static_cast<std::size_t>(longest);
  std::int64_t least = -longest;
  for (std::int64_t joined = -longest; joined < static_cast<std::int64_t>(time.steps()); ++joined) {
    ready_.push_back(ready_of(joined, std::max(joined, least)));
    least = ready_.back().step;
  }
}

std::vector<double> TicketClock::shares_at_start() const {
  const auto most = static_cast<std::int64_t>(most_steps_);
  const double start = to_days(boundary(0));
  const double length = to_days(advance(boundary(-most), *queue_->takes)) - to_days(boundary(-most));
  std::vector<double> shares;
  for (std::int64_t back = 1; back <= most; ++back) {
    const double from = std::max(to_days(boundary(-back)), start - length);
    shares.push_back(std::max(0.0, to_days(boundary(1 - back)) - from) / length);
  }
  return shares;
}

std::int64_t TicketClock::step_of(std::uint32_t entry) const {
  const auto steps = static_cast<std::int64_t>(time_->steps());
  return entry <= steps ? static_cast<std::int64_t>(entry) - 1 : steps - static_cast<std::int64_t>(entry);
}

Date TicketClock::joined(std::uint32_t entry) const { return boundary(step_of(entry)); }

Date TicketClock::boundary(std::int64_t step) const {
  return advance(time_->start(), time_->step_length(), static_cast<int>(step));
}

TicketClock::Ready TicketClock::ready_of(std::int64_t joined, std::int64_t least) const {
  const Date due = advance(boundary(joined), *queue_->takes);
  std::int64_t step = least;
  while (boundary(step + 1) <= due) ++step;
  // Less than a step is nothing.
  if (step == joined || boundary(step) == due) return {step, 1};
  const double over = to_days(due) - to_days(boundary(step));
  const double length = to_days(boundary(step + 1)) - to_days(boundary(step));
  return {step, 1 - over / length};
}

double TicketClock::share_ready(std::uint32_t entry, std::size_t step) const {
  if (ready_.empty()) return 1;
  const Ready& ready =
      ready_[static_cast<std::size_t>(step_of(entry) + static_cast<std::int64_t>(most_steps_))];
  const auto now = static_cast<std::int64_t>(step);
  if (now < ready.step) return 0;
  return now == ready.step ? ready.share : 1;
}

bool TicketClock::is_hidden() const { return queue_->takes.has_value() && most_steps_ == 0; }

std::size_t ticket_entries(const TimeGrid& time, const Queue& queue) {
  const std::size_t before = queue.joins_at_once ? TicketClock(time, queue).most_steps() : 0;
  return time.steps() + 1 + before;
}

bool any_joins_at_once(const Scenario& scenario) {
  return std::any_of(scenario.queues.begin(), scenario.queues.end(),
                     [](const Queue& queue) { return queue.joins_at_once; });
}

bool any_stays_on_moves(const Scenario& scenario) {
  return std::any_of(scenario.queues.begin(), scenario.queues.end(),
                     [](const Queue& queue) { return queue.stays_on_moves; });
}

}  // namespace sojourn
