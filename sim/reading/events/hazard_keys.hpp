#pragma once

#include <array>
#include <string_view>

#include "sim/input/key.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/events/read_schedule.hpp"
#include "sim/reading/events/read_terms.hpp"
#include "sim/reading/events/read_who.hpp"

namespace sojourn {

/// The keys that the maps of hazards share.

/// `doc` says of what it is the rate.
constexpr Key rate_key(std::string_view doc) {
  return {.name = "rate",
          .form = Form::rate,
          .need = Need::required,
          .doc = doc,
          .unit = "per year",
          .range = from_zero,
          .map = factor_map,
          .by_attribute = true,
          .is_parameter = true};
}

inline constexpr Key who_key{
    .name = "who",
    .form = Form::name,
    .doc = "People by attributes, age, residence and place of birth, or a name of the section `people`.",
    .otherwise = "everybody",
    .kind = "people",
    .map = people_map};

inline constexpr Key schedule_key{
    .name = "age",
    .form = Form::nothing,
    .doc =
        "How the rate differs between ages: `flat`, `rogers_castro` (with its standard parameters), "
        "or a map of a schedule. Not with a rate that is a factor by age. With `over` inside the "
        "map, such as `{rogers_castro: standard, over: everybody}`, it says over whom its mean is 1.",
    .otherwise = "`flat`",
    .words = whole_schedules,
    .map = schedule_map};

inline constexpr Key stay_key{
    .name = "stay",
    .form = Form::nothing,
    .doc =
        "How the rate differs by years since arrival: a list such as `[{from: 0 years, ratio: 2}, {from: "
        "5 years, ratio: 0.5}]`. It concerns movers only.",
    .map = stay_map,
    .is_list = true};

inline constexpr Key factors_key{
    .name = "factors",
    .form = Form::nothing,
    .doc =
        "Terms of factors that make the rate higher or lower, as `push` of streams: factors over regions "
        "(or everywhere, or groups) at the region of residence.",
    .map = factor_term_map,
    .is_list = true};

/// Of streams and transitions; `doc` says when the values are got.
constexpr Key becomes_key(std::string_view doc, Need need) {
  return {.name = "becomes", .form = Form::nothing, .need = need, .doc = doc, .map = becomes_map};
}

}  // namespace sojourn
