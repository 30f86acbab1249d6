#include "sim/reading/factors/expression_keys.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "sim/reading/events/read_who.hpp"

namespace sojourn {

namespace {

constexpr std::array<std::string_view, 1> all_people{"all"};

/// Of all kinds.
constexpr Key input_lag_key{
    .name = "lag",
    .form = Form::duration,
    .doc =
        "What it was so long before: a whole number of steps. Before the start all is as at the "
        "start.",
    .otherwise = "what it is in the step"};

constexpr std::array factor_input_keys{
    Key{.name = "factor",
        .form = Form::name,
        .need = Need::required,
        .doc = "A factor under another name, or with a lag.",
        .kind = "factor"},
    input_lag_key,
    Key{.name = "initial",
        .form = Form::number,
        .doc = "Its value before the start; with a lag only. Required for a derived factor; another one "
               "has that of the first step."},
};

constexpr std::array people_input_keys{
    Key{.name = "people",
        .form = Form::name,
        .need = Need::required,
        .doc = "Persons that live in the region at the start of the step: `all`, those of some attributes "
               "and `age`, such as `{status: worker, age: 15-64}`, or a name of the section `people`.",
        .words = all_people,
        .kind = "people",
        .map = people_map},
    input_lag_key,
};

constexpr std::array foreign_born_input_keys{
    Key{.name = "foreign_born",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "`all`: persons that live in the region at the start of the step and were born in another "
               "region.",
        .words = all_people},
    input_lag_key,
};

constexpr std::array queue_input_keys{
    Key{.name = "queue",
        .form = Form::name,
        .need = Need::required,
        .doc = "Persons that live in the region and wait for the transition of that name, which has a "
               "`capacity`.",
        .kind = "transition"},
    input_lag_key,
};

/// Of all kinds of flow.
constexpr Key initial_flow_key{.name = "initial",
                               .form = Form::rate,
                               .need = Need::required,
                               .doc = "What it was before the start of the run.",
                               .unit = "persons per year",
                               .range = from_zero};
constexpr Key input_streams_key{.name = "streams",
                                .form = Form::name,
                                .doc = "With `arrivals` or `departures`: in these streams only.",
                                .otherwise = "all",
                                .kind = "stream",
                                .is_list = true};
constexpr Key input_named_key{
    .name = "named",
    .form = Form::name,
    .doc = "With `inflow`, `outflow`, `transitions` or `requests`: of these names only.",
    .otherwise = "all",
    .kind = "inflow, outflow or transition",
    .is_list = true};

constexpr std::array arrivals_input_keys{
    Key{.name = "arrivals",
        .form = Form::duration,
        .need = Need::required,
        .doc = "Persons a year that moved into the region in the year (or other whole number of steps) "
               "before the step."},
    input_streams_key,
    initial_flow_key,
    input_lag_key,
};

constexpr std::array departures_input_keys{
    Key{.name = "departures",
        .form = Form::duration,
        .need = Need::required,
        .doc = "Persons a year that moved out of the region in that time before the step."},
    input_streams_key,
    initial_flow_key,
    input_lag_key,
};

constexpr std::array inflow_input_keys{
    Key{.name = "inflow",
        .form = Form::duration,
        .need = Need::required,
        .doc = "Persons a year that entered the region from outside in that time before the step."},
    input_named_key,
    initial_flow_key,
    input_lag_key,
};

constexpr std::array outflow_input_keys{
    Key{.name = "outflow",
        .form = Form::duration,
        .need = Need::required,
        .doc = "Persons a year that left the region for outside in that time before the step."},
    input_named_key,
    initial_flow_key,
    input_lag_key,
};

constexpr std::array births_input_keys{
    Key{.name = "births",
        .form = Form::duration,
        .need = Need::required,
        .doc = "Persons a year that were born in the region in that time before the step."},
    initial_flow_key,
    input_lag_key,
};

constexpr std::array deaths_input_keys{
    Key{.name = "deaths",
        .form = Form::duration,
        .need = Need::required,
        .doc = "Persons a year that died in the region in that time before the step."},
    initial_flow_key,
    input_lag_key,
};

constexpr std::array transitions_input_keys{
    Key{.name = "transitions",
        .form = Form::duration,
        .need = Need::required,
        .doc =
            "Persons a year of the region that changed by a transition (with a `capacity`: were served) in "
            "that time before the step."},
    input_named_key,
    initial_flow_key,
    input_lag_key,
};

constexpr std::array requests_input_keys{
    Key{.name = "requests",
        .form = Form::duration,
        .need = Need::required,
        .doc =
            "Persons a year of the region that asked for a transition with a `capacity` in that time before "
            "the step."},
    input_named_key,
    initial_flow_key,
    input_lag_key,
};

/// By kind of flow; the first key of each tells the kind.
constexpr std::array<std::span<const Key>, FlowInput::kinds> flow_input_keys{
    arrivals_input_keys, departures_input_keys, inflow_input_keys,      outflow_input_keys,
    births_input_keys,   deaths_input_keys,     transitions_input_keys, requests_input_keys};

/// What a key is that means one thing with a factor, and another with a flow.
constexpr std::array keys_of_several_inputs{
    Key{.name = "initial",
        .doc = "With `factor`: its value before the start (with a lag only; required for a derived "
               "factor; another one has that of the first step). With a flow, where it is required: what "
               "it was before the start of the run, with its unit (`100 per year`), 0 or more."},
};

}  // namespace

KeyMap factor_input_map() { return {"factor_input", factor_input_keys}; }

KeyMap people_input_map() { return {"people_input", people_input_keys}; }

KeyMap foreign_born_input_map() { return {"foreign_born_input", foreign_born_input_keys}; }

KeyMap queue_input_map() { return {"queue_input", queue_input_keys}; }

KeyMap flow_input_map(FlowInput::Kind kind) {
  return {"flow_input", flow_input_keys[static_cast<std::size_t>(kind)]};
}

KeyMap expression_input_map() {
  static const std::vector<Key> keys = [] {
    std::vector<KeyMap> maps{factor_input_map(), people_input_map(), foreign_born_input_map(),
                             queue_input_map()};
    for (std::size_t kind = 0; kind < FlowInput::kinds; ++kind) {
      maps.push_back(flow_input_map(static_cast<FlowInput::Kind>(kind)));
    }
    return united(maps, keys_of_several_inputs);
  }();
  return {"expression_input", keys};
}

}  // namespace sojourn
