#include "sim/output/recorded_dimension.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "sim/base/units.hpp"
#include "sim/scenario/outcomes.hpp"

namespace sojourn {

namespace {

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& things) {
  std::vector<std::string> names;
  names.reserve(things.size());
  for (const Named& thing : things) names.push_back(thing.name);
  return names;
}

std::vector<std::string> region_codes(const Scenario& scenario) {
  std::vector<std::string> codes;
  codes.reserve(scenario.regions.size());
  for (const RegionInfo& region : scenario.regions) codes.push_back(region.code);
  return codes;
}

std::vector<std::string> regions_or_outside(const Scenario& scenario) {
  std::vector<std::string> labels = region_codes(scenario);
  if (scenario.birth_count() > labels.size()) labels.emplace_back("outside");
  return labels;
}

std::vector<std::string> ways_out(const Scenario& scenario) {
  std::vector<std::string> labels = names_of(scenario.outflows);
  for (const CountedOutcome& one : counted_outcomes(scenario)) {
    if (one.outcome != nullptr && one.outcome->leaves) labels.push_back(one.name);
  }
  return labels;
}

std::vector<std::string> labels_of_limits(const Scenario& scenario) {
  std::vector<std::string> labels;
  for (const LimitPlace& place : limit_places(scenario))
    labels.push_back(place.of.empty() ? place.limit->name : place.limit->name + ' ' + place.of);
  return labels;
}

std::vector<std::string> citizenships(const Scenario& scenario) {
  std::vector<std::string> labels = region_codes(scenario);
  for (const std::string_view word : {outside_word, stateless_word}) {
    if (scenario.citizenship_count() > labels.size()) labels.emplace_back(word);
  }
  return labels;
}

bool always(const Scenario& /*scenario*/) { return true; }

std::optional<std::size_t> as_stocks_and_flows(const OutputRequest& request) { return request.every; }

constexpr std::array dimension_rows{
    Dimension{.axis = Axis::time,
              .name = "time",
              .along = Along::instants,
              .long_name = "instant of the stocks",
              .meaning = "instants of the stocks, the start included",
              .every = as_stocks_and_flows,
              .at_the_end = AtTheEnd::written,
              .comes_first = always},
    Dimension{
        .axis = Axis::interval,
        .name = "interval",
        .along = Along::intervals,
        .long_name = "start of the interval of the flows",
        .meaning = "starts of the intervals of flows and factors, from each instant of `time` to the next",
        .every = as_stocks_and_flows,
        .at_the_end = AtTheEnd::written,
        .comes_first = always},
    Dimension{
        .axis = Axis::bnds, .name = "bnds", .along = Along::places, .meaning = "start and end", .places = 2},
    Dimension{.axis = Axis::region,
              .name = "region",
              .long_name = "code of the region",
              .meaning = "codes of the regions, in the scenario's order",
              .labels = region_codes,
              .comes_first = always},
    Dimension{.axis = Axis::origin,
              .name = "origin",
              .long_name = "region that movers leave",
              .meaning = "the same codes: the region that movers leave",
              .labels = region_codes,
              .comes_first = always},
    Dimension{.axis = Axis::destination,
              .name = "destination",
              .long_name = "region that movers enter",
              .meaning = "the same codes: the region that movers enter",
              .labels = region_codes,
              .comes_first = always},
    Dimension{.axis = Axis::stream,
              .name = "stream",
              .long_name = "kind of movement",
              .meaning = "names of the streams",
              .labels = [](const Scenario& scenario) { return names_of(scenario.streams); },
              .comes_first = always},
    Dimension{.axis = Axis::age,
              .name = "age",
              .long_name = "age group, in years completed",
              .meaning = "age groups in completed years, `0-4`, `100+`; only if stocks or flows are by age",
              .labels = [](const Scenario& scenario) { return age_labels(scenario.output.age_from); },
              .comes_first =
                  [](const Scenario& scenario) {
                    return scenario.output.stock_by_age || scenario.output.flow_by_age;
                  }},
    Dimension{.axis = Axis::attribute,
              .name = "ATTRIBUTE",
              .long_name = "attribute ATTRIBUTE",
              .meaning = "the values of each attribute of agents, under the attribute's name",
              .comes_first = always},
    Dimension{.axis = Axis::transition,
              .name = "transition",
              .long_name = "kind of change of an attribute",
              .meaning = "names of the transitions, only of scenarios with transitions; of one with outcomes "
                         "those of each, `decide/recognised`, and with `given_up` also `decide/given_up`",
              .labels = [](const Scenario& scenario) { return names_of(counted_outcomes(scenario)); }},
    Dimension{.axis = Axis::queue,
              .name = "queue",
              .long_name = "queue of a transition whose office serves so many in a period",
              .meaning = "names of the transitions that have a capacity, only of scenarios with such",
              .labels = [](const Scenario& scenario) { return names_of(scenario.queues); }},
    Dimension{.axis = Axis::quantile,
              .name = "quantile",
              .along = Along::numbers,
              .long_name = "share of those served who waited no longer",
              .meaning = "shares of those served: 0.1, 0.25, 0.5, 0.75, 0.9; only with `queue`",
              .numbers = waiting_quantiles},
    Dimension{.axis = Axis::entry,
              .name = "entry",
              .long_name = "kind of inflow",
              .meaning = "names of the inflows, only of scenarios with inflow",
              .labels = [](const Scenario& scenario) { return names_of(scenario.inflows); }},
    Dimension{.axis = Axis::exit,
              .name = "exit",
              .long_name = "kind of outflow",
              .meaning =
                  "names of the outflows, and of outcomes by which people leave; only of scenarios with "
                  "such",
              .labels = ways_out},
    Dimension{.axis = Axis::limit,
              .name = "limit",
              .long_name = "limit, and the region, citizenship or pair of which it is",
              .meaning =
                  "names of the limits, each followed by the region, the citizenship (`outside` for that of "
                  "no region) or the origin and destination of which it is, if there is one for each: "
                  "`quota`, `clerks AZE`, `samur RUS AZE`; only of scenarios with limits",
              .labels = labels_of_limits},
    Dimension{.axis = Axis::interval_relocations,
              .name = "interval_relocations",
              .along = Along::intervals,
              .long_name = "start of the interval of the relocations",
              .meaning = "starts of the intervals of relocations; only whole intervals are recorded",
              .every = [](const OutputRequest& request) { return request.relocations_every; }},
    Dimension{.axis = Axis::interval_usual,
              .name = "interval_usual",
              .along = Along::intervals,
              .long_name = "start of the interval of the flows by usual residence",
              .meaning = "starts of the intervals of flows by usual residence",
              .every = [](const OutputRequest& request) { return request.usual_every; },
              .at_the_end = AtTheEnd::preliminary},
    Dimension{.axis = Axis::time_diaspora,
              .name = "time_diaspora",
              .along = Along::instants,
              .long_name = "instant of the diaspora",
              .meaning = "instants of the diaspora, the start included",
              .every = [](const OutputRequest& request) { return request.diaspora_every; }},
    Dimension{.axis = Axis::birth,
              .name = "birth",
              .long_name = "region of birth",
              .meaning = "the codes of the regions: region of birth; after them `outside`, where the inflow "
                         "brings people born outside",
              .labels = regions_or_outside},
    Dimension{.axis = Axis::time_citizenship,
              .name = "time_citizenship",
              .along = Along::instants,
              .long_name = "instant of the foreign citizens",
              .meaning = "instants of the foreign citizens, the start included",
              .every = [](const OutputRequest& request) { return request.citizens_every; }},
    Dimension{
        .axis = Axis::citizenship,
        .name = "citizenship",
        .long_name = "region whose citizen one is",
        .meaning =
            "the codes of the regions: whose citizen one is; after them `outside`, and `none` of those who "
            "are citizens of no country",
        .labels = citizenships},
    Dimension{.axis = Axis::residence,
              .name = "residence",
              .long_name = "region of residence",
              .meaning = "the codes of the regions: region of residence",
              .labels = region_codes},
    Dimension{.axis = Axis::flow_row,
              .name = "flow_row",
              .along = Along::rows,
              .meaning = "rows of the table of flows, in the order of intervals"},
};

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < dimension_rows.size(); ++i) {
    if (static_cast<std::size_t>(dimension_rows[i].axis) != i + 1) return false;
  }
  return dimension_rows.size() + 1 == axis_count;
}
static_assert(are_in_order(), "one row for each Axis, in its order");

}  // namespace

std::vector<LimitPlace> limit_places(const Scenario& scenario) {
  const std::vector<std::string> codes = region_codes(scenario);
  std::vector<LimitPlace> places;
  for (const Limit& limit : scenario.limits) {
    const auto add = [&](std::string of) { places.push_back({&limit, std::move(of)}); };
    switch (limit.for_each) {
      case Limit::ForEach::all:
        add("");
        break;
      case Limit::ForEach::region:
        for (const std::string& code : codes) add(code);
        break;
      case Limit::ForEach::citizenship:
        for (const std::string& code : citizenships(scenario)) add(code);
        break;
      case Limit::ForEach::pair:
        for (const std::string& origin : codes) {
          for (const std::string& destination : codes) add(fmt::format("{} {}", origin, destination));
        }
        break;
    }
  }
  return places;
}

std::span<const Dimension> recorded_dimensions() { return dimension_rows; }

const Dimension& recorded_dimension(Axis axis) { return dimension_rows[static_cast<std::size_t>(axis) - 1]; }

std::vector<std::string> age_labels(const std::vector<double>& age_from) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < age_from.size(); ++i) {
    const double from = age_from[i];
    if (i + 1 == age_from.size()) {
      labels.push_back(to_text(from) + "+");
      continue;
    }
    const double to = age_from[i + 1];
    const bool whole = std::floor(from) == from && std::floor(to) == to;
    // Ages of people are completed years: 0-4 means from 0 to before 5.
    if (!whole) {
      labels.push_back(to_text(from) + " to below " + to_text(to));
    } else {
      labels.push_back(to - from == 1 ? to_text(from) : to_text(from) + "-" + to_text(to - 1));
    }
  }
  return labels;
}

}  // namespace sojourn
