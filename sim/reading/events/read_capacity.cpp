#include "sim/reading/events/read_capacity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/model/ticket_clock.hpp"
#include "sim/reading/events/read_limits.hpp"
#include "sim/reading/events/read_who.hpp"
#include "sim/scenario/queues.hpp"

namespace sojourn {

namespace {

/// By `Queue::Period`.
constexpr std::array<std::string_view, 4> periods{"step", "month", "quarter", "year"};
constexpr std::array<std::string_view, 2> offices{"region", "all"};
constexpr std::array<std::string_view, 2> spreads{"pot", "even"};

constexpr std::array capacity_keys{
    Key{.name = "limit",
        .form = Form::number,
        .doc =
            "A limit of its own: persons that an office serves in a period, or `{factor: NAME}` over regions "
            "in `persons per "
            "month` (or what `every` says). What rounding down to whole agents leaves is added to the next "
            "period.",
        .unit = "persons per period",
        .range = from_zero,
        .map = factor_map,
        .is_parameter = true},
    Key{.name = "draws",
        .form = Form::number,
        .doc =
            "In place of an own limit: how much one person's case takes of each of these `limits`, which "
            "others may draw on, too: `{clerks: 90, fees: 1000}`. Served are, of all who wait for what they "
            "share, first those of the least `order`, then by priority, then those who joined first, then "
            "anybody. Where the next one of a queue in a region finds no room it stops, and others go on.",
        .range = from_zero,
        .names = "LIMIT",
        .is_parameter = true},
    Key{.name = "order",
        .form = Form::number,
        .doc = "With `draws`: when this queue's turn is; those of the same number are one line.",
        .otherwise = "0"},
    Key{.name = "every",
        .form = Form::nothing,
        .doc = "Of an own limit, the period: a month, quarter or year of the calendar, or a step. A step "
               "belongs to the period "
               "it starts in, and may not be longer than it.",
        .words = periods},
    Key{.name = "office",
        .form = Form::nothing,
        .doc =
            "`region`: an office with that limit in each region; `all`: one for the people of all regions.",
        .otherwise = "`region`",
        .words = offices},
    Key{.name = "spread",
        .form = Form::nothing,
        .doc =
            "`pot`: what a step does not use, later steps of the period may; `even`: the limit is shared out "
            "evenly among the steps of the period, and what a step does not use is lost. What a whole period "
            "leaves is lost in any case.",
        .otherwise = "`pot`",
        .words = spreads},
    Key{.name = "priority",
        .form = Form::name,
        .doc =
            "People by attributes and `age`, or by name, or a list of such, as in `[{age: 0-17}, {skill: "
            "high}]`: those of the first item come first, then those of the second, at last all others. "
            "Among these the earliest step of joining comes first, and of one step anybody. Ages are those "
            "in the middle of a step: of those who wait and were born in the year that a bound cuts, the "
            "share that is named comes first, in each step whoever it is.",
        .kind = "people",
        .map = people_map,
        .is_list = true},
    Key{.name = "give_up",
        .form = Form::rate,
        .doc = "The rate at which those who wait leave the queue; they may ask again.",
        .unit = "per year",
        .otherwise = "0",
        .range = from_zero,
        .is_parameter = true},
    Key{.name = "takes",
        .form = Form::duration,
        .doc = "The time from joining the queue until one may be served: of a procedure that takes its time "
               "beside the queue. Where it is no whole number of steps it lies between two, for each person "
               "one of them, so that its mean is right.",
        .otherwise = "no time"},
    Key{.name = "deadline",
        .form = Form::duration,
        .doc = "The time after which who is served is late: recorded as `queue_late`. It changes nothing."},
};

/// Reads one capacity; each function reads the part that it is named after.
class CapacityReader {
 public:
  CapacityReader(Reader& reader, const HazardSetting& setting) : reader_(reader), setting_(setting) {}

  Queue read(const Node& node) {
    const Fields fields(reader_, node, "the capacity", capacity_map());
    if (!fields.is_map()) return {};
    if (fields["draws"] != nullptr) {
      shared(fields);
    } else {
      for (const std::string_view key : {"limit", "every"}) {
        if (fields[key] == nullptr) {
          reader_.mistakes().add(reader_.at_key(node), fmt::format("the capacity needs {}", in_quotes(key)),
                                 "'limit' and 'every', or 'draws'");
        }
      }
    }
    every(fields);
    queue_.one_office = fields.word("office") == 1U;
    queue_.spread_evenly = fields.word("spread") == 1U;
    if (const Node* part = fields["limit"]) limit(*part, fields.key("limit").range);
    queue_.takes = time_of(fields["takes"], "'takes'", "one may be served in the step of asking");
    queue_.deadline = time_of(fields["deadline"], "'deadline'",
                              "who is served in a later step than that of asking is late");
    priority(fields["priority"]);
    giving_up(node, fields["give_up"], fields.key("give_up").range);
    const Node* part = node.find("every");
    if (part != nullptr && queue_.draws.empty()) begins_within_a_period(*part);
    return std::move(queue_);
  }

 private:
  [[nodiscard]] std::optional<Duration> time_of(const Node* node, const char* what, const char* meaning) {
    if (node == nullptr) return std::nullopt;
    return read_time_from_ticket(reader_, *node, what, meaning, setting_.setting.time);
  }

  /// Limits that others may draw on.
  void shared(const Fields& fields) {
    queue_.draws = read_draws(reader_, *fields["draws"], setting_.setting, setting_.parameters,
                              setting_.prefix + ".capacity");
    if (const Node* node = fields["order"]) queue_.order = reader_.number(*node, "the order").value_or(0);
    for (const std::string_view key : {"limit", "every", "office", "spread"}) {
      const Node* node = fields[key];
      if (node == nullptr) continue;
      reader_.wrong(*node, fmt::format("a capacity with 'draws' has no {} of its own", in_quotes(key)),
                    "what the limits that it draws on say");
    }
  }

  void every(const Fields& fields) {
    const auto word = fields.word("every");
    if (!word) return;
    const Node& node = *fields["every"];
    queue_.period = static_cast<Queue::Period>(*word);
    const auto& time = setting_.setting.time;
    if (!time || queue_.period == Queue::Period::step) return;
    for (std::size_t s = 1; s <= time->steps(); ++s) {
      const std::int64_t before = period_of(queue_.period, time->boundary(s - 1));
      if (period_of(queue_.period, time->boundary(s)) <= before + 1) continue;
      reader_.wrong(
          node, fmt::format("steps of {} are longer than a {}", to_string(time->step_length()), node.text),
          "a limit for a longer time, or 'every: step'");
      return;
    }
  }

  /// A pot is whole however little of its period is left.
  void begins_within_a_period(const Node& every) {
    const auto& time = setting_.setting.time;
    if (!time || queue_.spread_evenly || queue_.period == Queue::Period::step) return;
    const Date start = time->start();
    const std::int64_t period = period_of(queue_.period, start);
    if (period_of(queue_.period, start - std::chrono::days(1)) != period) return;
    reader_.warn(
        every, "part-of-a-period",
        fmt::format("the run starts on {}, within a {}, and the pot of what is left of it is the whole limit",
                    to_string(start), every.text),
        "too many are served in it ('spread: even' serves as many as fit into the rest)");
  }

  void limit(const Node& node, const Range& range) {
    const std::string name = setting_.prefix + ".capacity.limit";
    const std::string unit = fmt::format("persons per {}", periods[static_cast<std::size_t>(queue_.period)]);
    if (node.find("factor") == nullptr) {
      const auto persons = reader_.number(node, "the limit");
      if (persons && reader_.is_within(node, "the limit", *persons, range, unit)) {
        queue_.limit.rate = setting_.parameters.add({name, unit, {*persons}, false, reader_.at(node), range});
      }
      return;
    }
    queue_.limit.rate_factor = read_factor_of_persons(reader_, node, "the limit", unit, setting_.factors);
    queue_.limit.rate = setting_.parameters.add({name, "1", {1.0}, false, reader_.at(node), range});
    if (!queue_.limit.rate_factor || !queue_.one_office) return;
    const Factor& factor = setting_.factors.factors[queue_.limit.rate_factor->index()];
    if (factor.places == FactorPlaces::everywhere) return;
    reader_.wrong(
        node, fmt::format("factor {} varies over regions, and there is one office", in_quotes(factor.name)),
        "a factor that is the same everywhere, or 'office: region'");
  }

  /// From the first item of the list, whose people come first, to all that it does not name.
  void priority(const Node* node) {
    std::vector<const Node*> items;
    if (node != nullptr && node->is_list()) {
      for (const Node& item : node->items) items.push_back(&item);
    } else if (node != nullptr) {
      items.push_back(node);
    }
    const PeopleTold told{
        "the people of a priority", {"residence", "foreign_born", "citizenship"}, "attributes and 'age'"};
    std::vector<Who> people;
    for (const Node* item : items) {
      if (!item->is_map() && !item->is_scalar()) {
        reader_.wrong_value(*item, "the priority", "people such as {skill: high}, or a list of them");
        continue;
      }
      people.push_back(read_who(reader_, item, setting_.setting, {}, told));
    }
    set_priorities(people);
  }

  /// Those of the first item come first.
  void set_priorities(const std::vector<Who>& people) {
    std::vector<double>& from_age = queue_.priority_from_age;
    for (const Who& who : people) {
      from_age.push_back(who.age_from);
      if (std::isfinite(who.age_to)) from_age.push_back(who.age_to);
    }
    std::sort(from_age.begin(), from_age.end());
    from_age.erase(std::unique(from_age.begin(), from_age.end()), from_age.end());
    queue_.priority.clear();
    for (std::size_t g = 0; g < setting_.setting.groups->count(); ++g) {
      for (const double age : from_age) {
        const auto named = std::find_if(people.begin(), people.end(), [&](const Who& who) {
          return who.groups[g] && age >= who.age_from && age < who.age_to;
        });
        queue_.priority.push_back(static_cast<std::size_t>(named - people.begin()));
      }
    }
  }

  void giving_up(const Node& capacity, const Node* node, const Range& range) {
    queue_.who = read_who(reader_, nullptr, setting_.setting);
    double rate = 0;
    if (node != nullptr) {
      rate = reader_.rate(*node, "'give_up'").value_or(0);
      (void)reader_.is_within(*node, "'give_up'", rate, range);
    }
    queue_.giving_up.rate =
        setting_.parameters.add({setting_.prefix + ".capacity.give_up",
                                 "per year",
                                 {rate},
                                 false,
                                 node != nullptr ? reader_.at(*node) : reader_.at_key(capacity),
                                 range});
  }

  Reader& reader_;
  const HazardSetting& setting_;
  Queue queue_;
};

}  // namespace

KeyMap capacity_map() { return {"capacity", capacity_keys}; }

std::vector<std::string> queue_names(const Node* transitions) {
  std::vector<std::string> names;
  if (transitions == nullptr) return names;
  for (const Entry& entry : transitions->entries) {
    const bool is_new = std::find(names.begin(), names.end(), entry.key) == names.end();
    const bool waits = entry.value.find("capacity") != nullptr || entry.value.find("after") != nullptr;
    if (is_new && waits) names.push_back(entry.key);
  }
  return names;
}

Queue read_capacity(Reader& reader, const Node& node, const HazardSetting& setting) {
  return CapacityReader(reader, setting).read(node);
}

std::optional<Duration> read_time_from_ticket(Reader& reader, const Node& node, std::string_view what,
                                              std::string_view meaning, const std::optional<TimeGrid>& time) {
  const auto duration = reader.duration(node, what);
  if (!duration) return std::nullopt;
  // By unit: 200 years.
  constexpr std::array<int, 5> most{73'000, 10'400, 2'400, 800, 200};
  if (duration->count > most[static_cast<std::size_t>(duration->unit)]) {
    reader.wrong(node, fmt::format("{} is {}", what, to_string(*duration)), "at most 200 years");
    return std::nullopt;
  }
  if (!time) return duration;
  Queue queue;
  queue.takes = duration;
  if (TicketClock(*time, queue).is_hidden()) {
    reader.warn(node, "shorter-than-a-step",
                fmt::format("{} of {} is shorter than a step of {}", what, to_string(*duration),
                            to_string(time->step_length())),
                fmt::format("the step hides it: {}", meaning), "steps as short as the time");
  }
  return duration;
}

Queue read_term(Reader& reader, const Node& node, const HazardSetting& setting) {
  Queue queue;
  queue.joins_at_once = queue.is_unlimited = queue.stays_on_moves = true;
  queue.takes = read_time_from_ticket(reader, node, "'after'", "who gets the value loses it in the same step",
                                      setting.setting.time);
  queue.who = read_who(reader, nullptr, setting.setting);
  queue.priority.assign(setting.setting.groups->count(), 0);
  const auto nothing = [&](const char* key, const char* unit) {
    return setting.parameters.add(
        {setting.prefix + ".capacity." + key, unit, {0.0}, false, reader.at(node), {.least = 0, .most = 0}});
  };
  queue.limit.rate = nothing("limit", "persons per month");
  queue.giving_up.rate = nothing("give_up", "per year");
  return queue;
}

}  // namespace sojourn
