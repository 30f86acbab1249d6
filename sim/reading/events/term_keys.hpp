#pragma once

#include <array>
#include <string_view>

#include "sim/input/key.hpp"
#include "sim/reading/events/read_terms.hpp"

namespace sojourn {

/// By `Transform`.
inline constexpr std::array<std::string_view, 5> transform_words{"identity", "log", "log1p", "sqrt",
                                                                 "standardised"};
/// By `Measure`, but for ratios to a factor, which are maps.
inline constexpr std::array<std::string_view, 3> measure_words{"level", "change_from_start",
                                                               "ratio_to_start"};
/// By `Comparison`, from `destination` on.
inline constexpr std::array<std::string_view, 3> comparison_words{"destination", "difference", "ratio"};
inline constexpr std::array<std::string_view, 1> diaspora_words{"stock"};
inline constexpr std::array<std::string_view, 1> citizenship_words{"citizenship"};

inline constexpr Key term_factor_key{.name = "factor",
                                     .form = Form::name,
                                     .need = Need::required,
                                     .doc = "The factor, which may not vary by age.",
                                     .kind = "factor"};
inline constexpr Key transform_key{
    .name = "as",
    .form = Form::nothing,
    .doc =
        "What of the measure counts: `identity` (itself), `log`, `log1p` (the logarithm of 1 more), "
        "`sqrt`, or `standardised` (over regions at the start). Of the diaspora `log1p`, `sqrt` or "
        "`identity`.",
    .otherwise = "`identity`; of the diaspora `log1p`",
    .words = transform_words};
inline constexpr Key measure_key{
    .name = "measure",
    .form = Form::nothing,
    .doc =
        "What of the factor is measured: `level`, `change_from_start`, `ratio_to_start`, or "
        "`{ratio_to: FACTOR}`. The start is the first step, without policies. Of the diaspora `level` or "
        "`{ratio_to: FACTOR}`: persons to a factor above 0 in the destination, such as all who live there.",
    .otherwise = "`level`",
    .words = measure_words,
    .map = measure_map};
inline constexpr Key coefficient_key{
    .name = "coefficient",
    .form = Form::number,
    .need = Need::required,
    .doc = "What the term is multiplied by; also by an attribute, `{by: sex, female: 0.2, male: 0.3}`.",
    .unit = "1",
    .by_attribute = true,
    .is_parameter = true,
    .called = "TERM"};
inline constexpr Key term_name_key{.name = "name",
                                   .form = Form::text,
                                   .doc = "By which policies call the term.",
                                   .otherwise = "the factor's name, `diaspora` or `home`"};
inline constexpr Key compare_key{
    .name = "compare",
    .form = Form::nothing,
    .doc =
        "For a factor that varies over regions: its value in the `destination`, the `difference` of "
        "destination and origin, or their `ratio`. Terms of the origin alone cancel and are errors.",
    .otherwise = "`destination`",
    .words = comparison_words};
inline constexpr Key citizenship_key{
    .name = "of",
    .form = Form::nothing,
    .doc =
        "`citizenship`, for a factor over pairs, such as `{factor: visa_free, of: citizenship, own: "
        "1, outside: 0, coefficient: 1.2}`: the pair from the region whose citizen the agent is "
        "(instead of its residence) to the destination. With `measure: level` only.",
    .words = citizenship_words};
inline constexpr Key own_key{
    .name = "own",
    .form = Form::number,
    .doc = "With `of: citizenship`, and required there: the factor for one's own region."};
inline constexpr Key outside_key{
    .name = "outside",
    .form = Form::number,
    .doc =
        "With `of: citizenship`, where an inflow brings people born outside: the "
        "factor for citizens of no region."};
inline constexpr Key diaspora_key{
    .name = "diaspora",
    .form = Form::nothing,
    .need = Need::required,
    .doc =
        "`stock`, in place of a factor: persons in the destination born where the agent was born; 0 "
        "in that region of birth itself.",
    .unit = "persons",
    .words = diaspora_words};
inline constexpr Key home_key{
    .name = "home",
    .form = Form::number,
    .need = Need::required,
    .doc =
        "In place of a factor and a coefficient: the coefficient that is added for the agent's "
        "region of birth; also by an attribute.",
    .unit = "1",
    .by_attribute = true,
    .is_parameter = true,
    .called = "TERM"};

inline constexpr std::array factor_term_keys{term_factor_key, transform_key, measure_key, coefficient_key,
                                             term_name_key};
inline constexpr std::array pull_factor_keys{term_factor_key, transform_key, measure_key,
                                             coefficient_key, term_name_key, compare_key,
                                             citizenship_key, own_key,       outside_key};
inline constexpr std::array diaspora_keys{diaspora_key, transform_key, measure_key, coefficient_key,
                                          term_name_key};
inline constexpr std::array home_keys{home_key, term_name_key};

/// Those of all kinds of pull terms.
inline constexpr std::array pull_term_keys{as_optional(term_factor_key),
                                           as_optional(diaspora_key),
                                           as_optional(home_key),
                                           transform_key,
                                           measure_key,
                                           compare_key,
                                           citizenship_key,
                                           own_key,
                                           outside_key,
                                           as_optional(coefficient_key),
                                           term_name_key};

inline constexpr std::array measure_keys{
    Key{.name = "ratio_to",
        .form = Form::name,
        .need = Need::required,
        .doc = "The factor to which the ratio is: over the same places, or the same everywhere.",
        .kind = "factor"},
};

}  // namespace sojourn
