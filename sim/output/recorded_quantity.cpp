#include "sim/output/recorded_quantity.hpp"

#include <algorithm>
#include <type_traits>

#include "sim/output/recorded_conditions.hpp"
#include "sim/output/recorded_values.hpp"

namespace sojourn {

namespace {

/// A name, up to a word in capitals.
std::string_view beginning_of(std::string_view name) {
  return name.substr(0, name.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
}

// --- where numbers lie
// -----------------------------------------------------------------------------------------------

Values bounds(const Moment& at) {
  const auto days = [&](std::size_t boundary) -> std::int64_t {
    return at.run.scenario.time.boundary(boundary).time_since_epoch().count();
  };
  return std::vector{days(at.from), days(at.to)};
}

template <auto Member>
FixedValues of_regions(const Scenario& scenario, const OutputLayout& /*layout*/) {
  std::vector<std::remove_cvref_t<decltype(scenario.regions.front().*Member)>> values;
  values.reserve(scenario.regions.size());
  for (const RegionInfo& region : scenario.regions) values.push_back(region.*Member);
  return values;
}

FixedValues region_names(const Scenario& scenario, const OutputLayout& /*layout*/) {
  std::vector<std::string> names;
  names.reserve(scenario.regions.size());
  for (const RegionInfo& region : scenario.regions)
    names.push_back(region.name.empty() ? region.code : region.name.plain());
  return names;
}

template <const std::vector<std::int64_t>& (VitalTally::*Counts)() const>
Values vitals(const Moment& at) {
  return (at.run.vitals.*Counts)();
}

template <double LimitLedger::Account::*Part>
Values of_limits(const Moment& at) {
  std::vector<double> values;
  for (const LimitLedger::Account& account : at.run.limits.accounts()) values.push_back(account.*Part);
  return values;
}

template <std::string Limit::*Member>
FixedValues texts_of_limits(const Scenario& scenario, const OutputLayout& /*layout*/) {
  std::vector<std::string> texts;
  for (const LimitPlace& place : limit_places(scenario)) texts.push_back(place.limit->*Member);
  return texts;
}

template <std::int64_t QueueTally::Counts::*Count>
Values in_queues(const Moment& at) {
  return of_queues<std::int64_t>(at, [](const QueueTally::Counts& counts) { return counts.*Count; });
}

Values waiting_means(const Moment& at) {
  return of_queues<double>(at, [](const QueueTally::Counts& counts) { return mean_of(counts.served); });
}

Values late(const Moment& at) {
  const std::vector<Queue>& queues = at.run.scenario.queues;
  std::size_t number = 0;
  return of_queues<std::int64_t>(at, [&](const QueueTally::Counts& counts) {
    const auto& deadline = queues[number++ % queues.size()].deadline;
    return deadline ? served_after(counts.served, *deadline) : 0;
  });
}

Values waiting_times(const Moment& at) {
  std::vector<double> values;
  for (const QueueTally::Counts& counts : at.run.queues.counts()) {
    for (const double share : waiting_quantiles) values.push_back(quantile_of(counts.served, share));
  }
  return values;
}

Values all_of(const DiasporaStock& stock) {
  return std::vector<std::int64_t>(stock.all().begin(), stock.all().end());
}

// --- the rows
// --------------------------------------------------------------------------------------------------------

constexpr std::array quantity_rows{
    Quantity{.name = "interval_bnds",
             .holds = Holds::whole_numbers,
             .over = {Axis::interval, Axis::bnds},
             .is_coordinate = true,
             .units = days_since,
             .long_name = "start and end of each interval",
             .meaning = "start and end of each interval",
             .values = bounds},
    Quantity{.name = "interval_relocations_bnds",
             .holds = Holds::whole_numbers,
             .over = {Axis::interval_relocations, Axis::bnds},
             .when = asking_for_relocations,
             .is_coordinate = true,
             .units = days_since,
             .long_name = "start and end of each interval_relocations",
             .meaning = "start and end of each of them",
             .values = bounds},
    Quantity{.name = "interval_usual_bnds",
             .holds = Holds::whole_numbers,
             .over = {Axis::interval_usual, Axis::bnds},
             .when = asking_for_usual_residence,
             .is_coordinate = true,
             .units = days_since,
             .long_name = "start and end of each interval_usual",
             .meaning = "start and end of each of them",
             .values = bounds},
    Quantity{.name = "region_name",
             .holds = Holds::texts,
             .over = {Axis::region},
             .is_coordinate = true,
             .long_name = "name of the region",
             .meaning = "names of the regions; the code where the scenario gives none",
             .fixed = region_names},
    Quantity{.name = "latitude",
             .holds = Holds::reals,
             .over = {Axis::region},
             .is_coordinate = true,
             .standard_name = "latitude",
             .units = "degrees_north",
             .long_name = "latitude of the region",
             .meaning = "degrees north; NaN where not given",
             .fixed = of_regions<&RegionInfo::latitude>},
    Quantity{.name = "longitude",
             .holds = Holds::reals,
             .over = {Axis::region},
             .is_coordinate = true,
             .standard_name = "longitude",
             .units = "degrees_east",
             .long_name = "longitude of the region",
             .meaning = "degrees east; NaN where not given",
             .fixed = of_regions<&RegionInfo::longitude>},
    Quantity{.name = "variant",
             .holds = Holds::texts,
             .is_coordinate = true,
             .long_name = "variant of the scenario",
             .meaning = "the variant, as a coordinate, so that files can be joined along it",
             .fixed = [](const Scenario&, const OutputLayout& layout) -> FixedValues {
               return std::vector<std::string>{layout.variant};
             }},
    Quantity{.name = "replicate",
             .holds = Holds::whole_numbers,
             .is_coordinate = true,
             .units = "1",
             .long_name = "replicate: which of the runs with one seed",
             .meaning = "the replicate, likewise",
             .fixed = [](const Scenario&, const OutputLayout& layout) -> FixedValues {
               return std::vector<std::int64_t>{layout.key.replicate};
             }},
    Quantity{.name = "age_from",
             .holds = Holds::reals,
             .over = {Axis::age},
             .when = where_ages_are_asked_for,
             .is_coordinate = true,
             .units = "years",
             .long_name = "lower bound of the age group",
             .meaning = "lower bound of the age group, in years",
             .fixed = [](const Scenario& scenario, const OutputLayout&) -> FixedValues {
               return scenario.output.age_from;
             }},
    Quantity{
        .name = "usual_final",
        .holds = Holds::whole_numbers,
        .over = {Axis::interval_usual},
        .when = asking_for_usual_residence,
        .is_coordinate = true,
        .units = "1",
        .long_name = "1 where flow_usual is final; 0 where it is preliminary, because the run ended within "
                     "twelve months of the interval",
        .meaning = "1 where `flow_usual` is final, 0 where it is preliminary, because the run ended within "
                   "twelve months of the interval",
        .values = [](const Moment& at) -> Values { return std::vector<std::int64_t>{at.is_final ? 1 : 0}; }},
    Quantity{.name = "stock",
             .holds = Holds::stocks,
             .over = {Axis::time, Axis::region},
             .by = By::stock_details,
             .method = "point",
             .long_name = "people that live in the region",
             .meaning = "people that live in the region at the instant, by age at that instant (see below)",
             .balance = Balance::stock,
             .values = stock_values},
    Quantity{.name = "flow",
             .over = {Axis::interval, Axis::origin, Axis::destination, Axis::stream},
             .by = By::flow_details,
             .when = with_array_of_flows,
             .method = "sum",
             .counting = "moves",
             .long_name = "moves from origin to destination",
             .meaning =
                 "moves during the interval, by age at the move (see below) and by the attributes with "
                 "which movers left",
             .balance = Balance::corridors,
             .values = flow_values},
    Quantity{.name = "flow_interval",
             .holds = Holds::places,
             .over = {Axis::flow_row},
             .when = with_table_of_flows,
             .meaning = "place along `interval`, from 0"},
    Quantity{.name = "flow_origin",
             .holds = Holds::places,
             .over = {Axis::flow_row},
             .when = with_table_of_flows,
             .meaning = "place along `origin`"},
    Quantity{.name = "flow_destination",
             .holds = Holds::places,
             .over = {Axis::flow_row},
             .when = with_table_of_flows,
             .meaning = "place along `destination`"},
    Quantity{.name = "flow_stream",
             .holds = Holds::places,
             .over = {Axis::flow_row},
             .when = with_table_of_flows,
             .meaning = "place along `stream`"},
    Quantity{.name = "flow_age",
             .holds = Holds::places,
             .over = {Axis::flow_row},
             .when = with_table_of_flows_by_age,
             .meaning = "place along `age`"},
    Quantity{.name = "flow_ATTRIBUTE",
             .holds = Holds::places,
             .over = {Axis::flow_row},
             .when = with_table_of_flows_by_attribute,
             .meaning = "place along the attribute's dimension"},
    Quantity{.name = "flow_count",
             .over = {Axis::flow_row},
             .when = with_table_of_flows,
             .counting = "moves",
             .long_name = "moves from origin to destination; corridors without a row had none",
             .meaning = "moves; combinations without a row had none"},
    Quantity{
        .name = "births",
        .holds = Holds::stocks,
        .over = {Axis::interval, Axis::region},
        .by = By::stock_attributes,
        .when = with_births,
        .method = "sum",
        .long_name = "people born in the region",
        .meaning = "people born in the region during the interval, by the attributes of `stock` (not by age)",
        .balance = Balance::in,
        .in_summary = "births",
        .values = vitals<&VitalTally::births>},
    Quantity{.name = "deaths",
             .holds = Holds::stocks,
             .over = {Axis::interval, Axis::region},
             .by = By::stock_details,
             .when = with_deaths,
             .method = "sum",
             .long_name = "people that died while they lived in the region",
             .meaning =
                 "people that died during the interval while they lived in the region, by what `stock` is "
                 "by: attributes, and age at death (see below)",
             .balance = Balance::out,
             .in_summary = "deaths",
             .values = vitals<&VitalTally::deaths>},
    Quantity{
        .name = "transitions",
        .over = {Axis::interval, Axis::region, Axis::transition},
        .by = By::stock_attributes,
        .when = with_transitions,
        .method = "sum",
        .long_name = "changes of attributes of people that live in the region, by their attributes before",
        .meaning = "changes of attributes during the interval of people that live in the region, by the "
                   "attributes of `stock` as they were before; of a transition with outcomes, how often each "
                   "was drawn",
        .in_summary = "transitions",
        .values = vitals<&VitalTally::transitions>},
    Quantity{.name = "queue_length",
             .holds = Holds::stocks,
             .over = {Axis::time, Axis::region, Axis::queue},
             .when = with_queues,
             .method = "point",
             .long_name = "people of the region who wait",
             .meaning = "people of the region who wait at the instant",
             .values = queue_lengths},
    Quantity{.name = "queue_requests",
             .over = {Axis::interval, Axis::region, Axis::queue},
             .when = with_queues,
             .method = "sum",
             .long_name = "people of the region who joined the queue",
             .meaning = "people who joined the queue during the interval, in the region they lived in",
             .in_summary = "requests",
             .values = in_queues<&QueueTally::Counts::requests>},
    Quantity{.name = "queue_given_up",
             .over = {Axis::interval, Axis::region, Axis::queue},
             .when = with_queues,
             .method = "sum",
             .long_name = "people of the region who waited and gave up",
             .meaning = "people who waited and gave up",
             .in_summary = "given up",
             .values = in_queues<&QueueTally::Counts::given_up>},
    Quantity{
        .name = "queue_left",
        .over = {Axis::interval, Axis::region, Axis::queue},
        .when = with_queues,
        .method = "sum",
        .long_name = "people of the region who left the queue because they died, moved or changed otherwise",
        .meaning = "people who left the queue because they died, moved, left all regions or changed "
                   "otherwise. `queue_length` changes by requests minus those given up, left, and served "
                   "(`transitions` of the same name, or the sum of its outcomes)",
        .values = in_queues<&QueueTally::Counts::left>},
    Quantity{.name = "waiting_time_mean",
             .holds = Holds::reals,
             .over = {Axis::interval, Axis::region, Axis::queue},
             .when = with_queues,
             .units = "day",
             .long_name = "mean waiting time of those served in the interval",
             .meaning = "mean waiting time of those served during the interval, in days; NaN if nobody was",
             .values = waiting_means},
    Quantity{.name = "waiting_time",
             .holds = Holds::reals,
             .over = {Axis::interval, Axis::region, Axis::queue, Axis::quantile},
             .when = with_queues,
             .units = "day",
             .long_name = "waiting time that a share of those served in the interval did not exceed",
             .meaning =
                 "the least number of days that at least that share of them waited no longer than; NaN if "
                 "nobody was served",
             .values = waiting_times},
    Quantity{.name = "queue_late",
             .over = {Axis::interval, Axis::region, Axis::queue},
             .when = with_deadlines,
             .method = "sum",
             .long_name = "people of the region who were served after the deadline",
             .meaning = "people who were served after the deadline of the capacity; 0 where it has none",
             .in_summary = "late",
             .values = late},
    Quantity{.name = "limit_name",
             .holds = Holds::texts,
             .over = {Axis::limit},
             .when = with_limits,
             .is_coordinate = true,
             .long_name = "name of the limit",
             .meaning = "names of the limits alone",
             .fixed = texts_of_limits<&Limit::name>},
    Quantity{.name = "limit_unit",
             .holds = Holds::texts,
             .over = {Axis::limit},
             .when = with_limits,
             .is_coordinate = true,
             .long_name = "what is drawn on the limit",
             .meaning = "what is drawn: the units of the three variables below",
             .fixed = texts_of_limits<&Limit::unit>},
    Quantity{.name = "limit_amount",
             .holds = Holds::reals,
             .over = {Axis::interval, Axis::limit},
             .when = with_limits,
             .units = "1",
             .long_name = "amount of the limit: of periods that began in the interval, or mean of places",
             .meaning = "amounts of the periods that began in the interval, with what other limits left to "
                        "them (and changes of amounts of running periods); of places how many there were, as "
                        "the mean over the ends of steps; 0 of meters. In the unit of the limit",
             .values = of_limits<&LimitLedger::Account::amount>},
    Quantity{.name = "limit_used",
             .holds = Holds::reals,
             .over = {Axis::interval, Axis::limit},
             .when = with_limits,
             .units = "1",
             .long_name = "what was drawn on the limit in the interval, or mean of places taken",
             .meaning = "what was drawn during the interval; of places how many were taken, as the mean over "
                        "the ends of steps",
             .values = of_limits<&LimitLedger::Account::used>},
    Quantity{.name = "limit_lost",
             .holds = Holds::reals,
             .over = {Axis::interval, Axis::limit},
             .when = with_limits,
             .units = "1",
             .long_name = "what periods left and no other limit got",
             .meaning = "what periods that ended left and no other limit got, told in the first step of the "
                        "next; what was too little for somebody who was turned away is not lost but added to "
                        "the next period. What the last period of a run leaves is not told",
             .values = of_limits<&LimitLedger::Account::lost>},
    Quantity{.name = "turned_away",
             .over = {Axis::interval, Axis::region, Axis::stream},
             .when = with_limits_and_streams,
             .method = "sum",
             .counting = "refusals",
             .long_name = "people who were to move to the region and were turned away",
             .meaning = "people who were to move to the region and were turned away because a limit had "
                        "no room for them, each time that they were",
             .in_summary = "turned away",
             .values = [](const Moment& at) -> Values { return at.run.limits.turned_away(); }},
    Quantity{.name = "inflow_turned_away",
             .over = {Axis::interval, Axis::region, Axis::entry},
             .when = with_limits_and_inflow,
             .method = "sum",
             .counting = "refusals",
             .long_name = "people who were to enter the region from outside and were turned away",
             .meaning = "people who were to enter the region from outside and were turned away because a "
                        "limit had no room for them",
             .values = [](const Moment& at) -> Values { return at.run.limits.entries_turned_away(); }},
    Quantity{
        .name = "inflow",
        .over = {Axis::interval, Axis::region, Axis::entry},
        .by = By::stock_attributes,
        .when = with_inflow,
        .method = "sum",
        .long_name = "people that entered the region from outside all regions",
        .meaning = "people that entered the region from outside all regions, by the attributes of `stock`",
        .balance = Balance::in,
        .in_summary = "inflow",
        .values = vitals<&VitalTally::inflow>},
    Quantity{.name = "outflow",
             .over = {Axis::interval, Axis::region, Axis::exit},
             .by = By::stock_attributes,
             .when = with_outflow,
             .method = "sum",
             .long_name = "people that left the region for outside all regions",
             .meaning = "people that left the region for outside all regions, by the attributes of `stock`",
             .balance = Balance::out,
             .in_summary = "outflow",
             .values = vitals<&VitalTally::outflow>},
    Quantity{
        .name = "relocations",
        .holds = Holds::relocations,
        .over = {Axis::interval_relocations, Axis::origin, Axis::destination},
        .when = asking_for_relocations,
        .counting = "relocations",
        .long_name = "people that lived in origin at the start of the interval and in destination at its end",
        .meaning = "people that lived in `origin` at the start of the interval and in `destination` at its "
                   "end; 0 where both are the same",
        .values = [](const Moment& at) -> Values { return at.run.take_relocations(); }},
    Quantity{
        .name = "flow_usual",
        .over = {Axis::interval_usual, Axis::origin, Axis::destination},
        .when = asking_for_usual_residence,
        .method = "sum",
        .counting = "usual_residence",
        .long_name = "changes of usual residence from origin to destination: moves after which the person "
                     "stayed for twelve months",
        .meaning = "flows by the twelve-month rule: moves from the last usual residence after which the "
                   "person stayed for twelve months; an interval is written twelve months after its end, or "
                   "at the end of the run",
        .values = [](const Moment& at) -> Values {
          return at.run.usual.take(at.from / at.run.usual.interval_steps());
        }},
    Quantity{.name = "diaspora",
             .holds = Holds::stocks,
             .over = {Axis::time_diaspora, Axis::residence, Axis::birth},
             .when = asking_for_diaspora,
             .method = "point",
             .long_name = "people by residence and region of birth; 0 where both are the same",
             .meaning = "foreign-born people; 0 where both regions are the same",
             .values = [](const Moment& at) { return all_of(at.run.diaspora); }},
    Quantity{.name = "foreign_citizens",
             .holds = Holds::stocks,
             .over = {Axis::time_citizenship, Axis::residence, Axis::citizenship},
             .when = asking_for_citizenship,
             .method = "point",
             .long_name = "people by residence and citizenship; 0 where both are the same",
             .meaning = "people by residence and citizenship; 0 where both are the same",
             .values = [](const Moment& at) { return all_of(at.run.foreign_citizens()); }},
    Quantity{.name = "factor_NAME",
             .holds = Holds::reals,
             .over = {Axis::interval},
             .by = By::factor,
             .when = asking_for_factors,
             .method = "mean",
             .long_name = "factor NAME under the policies of the variant",
             .meaning =
                 "a factor under the policies of the variant, as its mean over the interval; over regions "
                 "and all attributes only if it varies over them"},
};

}  // namespace

bool Quantity::stands_for_several() const { return beginning_of(name) != name; }

std::span<const Quantity> recorded_quantities() { return quantity_rows; }

bool is_name_of_output(std::string_view name) {
  // Coarser outputs have instants or intervals of their own.
  if (name == "provenance" || name.starts_with("time_") || name.starts_with("interval_")) return true;
  const auto is_it = [&](const auto& row) { return row.name == name && beginning_of(name) == name; };
  return std::any_of(recorded_dimensions().begin(), recorded_dimensions().end(), is_it) ||
         std::any_of(quantity_rows.begin(), quantity_rows.end(), is_it) ||
         std::any_of(quantity_rows.begin(), quantity_rows.end(), [&](const Quantity& row) {
           return row.stands_for_several() && name.starts_with(beginning_of(row.name));
         });
}

}  // namespace sojourn
