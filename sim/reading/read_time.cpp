#include "sim/reading/read_time.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

constexpr std::array time_keys{
    Key{.name = "start",
        .form = Form::date,
        .need = Need::required,
        .doc = "The day on which the run starts."},
    Key{.name = "end",
        .form = Form::date,
        .need = Need::required,
        .doc = "The day before which it ends; it must lie on a step."},
    Key{.name = "step",
        .form = Form::duration,
        .need = Need::required,
        .doc = "The length of a step: any duration (days, weeks, months, quarters, years). Births, and "
               "deaths by age, need steps of at most a year."},
};

/// Two centuries of days: beyond it, a step was meant to be longer.
constexpr int most_steps = 75'000;

/// No step of this length has fewer days.
std::int64_t shortest_days(const Duration& step) {
  switch (step.unit) {
    case Duration::Unit::days:
      return step.count;
    case Duration::Unit::weeks:
      return std::int64_t{7} * step.count;
    case Duration::Unit::months:
      return std::int64_t{28} * step.count;
    case Duration::Unit::quarters:
      return std::int64_t{90} * step.count;
    case Duration::Unit::years:
      break;
  }
  return std::int64_t{365} * step.count;
}

/// `the end 2010-03-15 is no step boundary; expected 2010-03-01 or 2010-04-01`, unless it is one.
bool is_step_boundary(Mistakes& mistakes, const Position& where, Date start, Date end, const Duration& step) {
  const NearestEnds nearest = nearest_ends(start, end, step);
  if (nearest.before == end) return true;
  const std::string before = nearest.before == start ? "" : fmt::format("{} or ", to_string(nearest.before));
  mistakes.add(where,
               fmt::format("the end {} is no step boundary (steps of {} from {})", to_string(end),
                           to_string(step), to_string(start)),
               before + to_string(nearest.after));
  return false;
}

/// The end that the command line gives.
std::optional<Date> read_until(Reader& reader, const std::string& until, Date start, Date written_end,
                               const Duration& step) {
  const Position where{"--until", 0, 0};
  const auto end = parse_date(until);
  if (!end) {
    reader.mistakes().add(where, fmt::format("{} is no date", in_quotes(until)), "a date such as 2010-01-31");
    return std::nullopt;
  }
  if (*end <= start) {
    reader.mistakes().add(where, fmt::format("{} is not after the start", until),
                          fmt::format("a date after {}", to_string(start)));
    return std::nullopt;
  }
  if (*end > written_end) {
    reader.mistakes().add(where, fmt::format("{} is after the end of the scenario", until),
                          fmt::format("a date up to {}", to_string(written_end)));
    return std::nullopt;
  }
  if (!is_step_boundary(reader.mistakes(), where, start, *end, step)) return std::nullopt;
  return end;
}

}  // namespace

KeyMap time_map() { return {"time", time_keys}; }

std::optional<RunTime> read_time(Reader& reader, const Node& section,
                                 const std::optional<std::string>& until) {
  const Fields fields(reader, section, "the time", time_map());
  const Node* start_node = fields["start"];
  const Node* end_node = fields["end"];
  const Node* step_node = fields["step"];
  const auto start = reader.date(start_node, "the start");
  const auto end = reader.date(end_node, "the end");
  const auto step = reader.duration(step_node, "the step");
  if (!start || !end || !step) return std::nullopt;
  if (*end <= *start) {
    reader.wrong(*end_node,
                 fmt::format("the end {} is not after the start {}", to_string(*end), to_string(*start)),
                 fmt::format("a date after {}", to_string(*start)));
    return std::nullopt;
  }
  if (shortest_days(*step) * most_steps < (*end - *start).count()) {
    reader.wrong(*step_node,
                 fmt::format("the run has more than {} steps of {}", most_steps, to_string(*step)),
                 "a longer step or an earlier end");
    return std::nullopt;
  }
  if (!is_step_boundary(reader.mistakes(), reader.at(*end_node), *start, *end, *step)) return std::nullopt;
  if (advance(*start, *step) > advance(*start, {1, Duration::Unit::years})) {
    reader.warn(*step_node, "step-above-a-year",
                fmt::format("steps of {} are longer than a year", to_string(*step)),
                "who comes of age, moves twice or dies within a step is not followed");
  }
  if (!until) return RunTime{TimeGrid(*start, *end, *step), *end};
  const auto other_end = read_until(reader, *until, *start, *end, *step);
  if (!other_end) return std::nullopt;
  return RunTime{TimeGrid(*start, *other_end, *step), *end};
}

std::optional<std::size_t> read_steps(Reader& reader, const Node& node, std::string_view what,
                                      const std::optional<TimeGrid>& time) {
  const auto duration = reader.duration(node, what);
  if (!duration || !time) return std::nullopt;
  const Date first = advance(time->start(), *duration);
  std::size_t steps = 1;
  while (advance(time->start(), time->step_length(), static_cast<int>(steps)) < first) ++steps;
  bool fits = advance(time->start(), time->step_length(), static_cast<int>(steps)) == first;
  for (int i = 1; fits && advance(time->start(), *duration, i) <= time->end(); ++i) {
    fits = time->boundary_at(advance(time->start(), *duration, i)) == static_cast<std::size_t>(i) * steps;
  }
  if (fits) return steps;
  reader.wrong_value(node, what,
                     fmt::format("a whole number of steps, always the same; a step lasts {}",
                                 to_string(time->step_length())));
  return std::nullopt;
}

}  // namespace sojourn
