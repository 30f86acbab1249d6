#include <array>
#include <vector>

#include "sim/reading/people/people.hpp"
#include "sim/reading/people/people_attributes.hpp"
#include "sim/reading/people/people_history.hpp"

namespace sojourn {

namespace {

constexpr Key people_shares_key{
    .name = "shares",
    .form = Form::nothing,
    .doc =
        "A table, or tables one after another, that split each row over attributes or ages that it "
        "does not give.",
    .map = share_table_map,
    .is_list = true};
constexpr Key people_age_key{
    .name = "age",
    .form = Form::column,
    .doc =
        "A column of ages (`0-4`, `100+`, or first years `0`, `5`, ...: each then reaches to the "
        "next), or a fixed range such as `20-39`. People are spread evenly over the years of a "
        "range; an open range is as wide as the one before it.",
    .unit = "years",
    .otherwise = "0-99 where nothing looks at ages; else it is required"};
constexpr Key people_count_key{
    .name = "count", .form = Form::column, .need = Need::required, .doc = "The column of persons."};
constexpr Key people_attribute_key{
    .name = "ATTRIBUTE",
    .form = Form::column,
    .doc =
        "An attribute's name: a column of the table; or one of its values, which all rows then "
        "have; or shares: `{worker: 0.8, family: 0.2}`. A name that is both a column and a value "
        "is an error. Every attribute must be given, if not here by `shares`.",
    .map = attribute_shares_map};
constexpr Key includes_movers_key{
    .name = "includes_movers",
    .form = Form::boolean,
    .doc =
        "`true` if the counts include those of `movers` (they are then subtracted cell by cell; a "
        "negative rest is an error that names the row), `false` if not. Required where there are "
        "both."};

constexpr std::array stayers_table_keys{
    Key{.name = "table",
        .form = Form::file,
        .need = Need::required,
        .doc = "The CSV file. Every region needs a row, with 0 where nobody lives."},
    Key{.name = "region",
        .form = Form::column,
        .need = Need::required,
        .doc = "The column of regions; rows whose region the scenario does not have are skipped."},
    people_age_key,
    people_count_key,
    includes_movers_key,
    people_shares_key,
    people_attribute_key,
};

constexpr std::array stayers_inline_keys{
    Key{.name = "values",
        .form = Form::weights,
        .need = Need::required,
        .doc = "In place of a table: persons of every region, as in `{north: 1000, south: 500}`; 0 where "
               "nobody lives.",
        .unit = "persons",
        .range = persons_of_row},
    Key{.name = "age",
        .form = Form::ages,
        .doc = "A range with an end such as `20-39`, over whose years people are spread evenly.",
        .unit = "years"},
    includes_movers_key,
    people_shares_key,
    Key{.name = "ATTRIBUTE",
        .form = Form::text,
        .doc = "An attribute's name: one of its values, which all then have; or shares: `{worker: 0.8, "
               "family: 0.2}`.",
        .map = attribute_shares_map},
};

constexpr std::array movers_keys{
    Key{.name = "table", .form = Form::file, .need = Need::required, .doc = "The CSV file."},
    Key{.name = "residence",
        .form = Form::column,
        .need = Need::required,
        .doc = "The column of the regions they live in; rows whose region the scenario does not have are "
               "skipped."},
    Key{.name = "birth",
        .form = Form::column,
        .need = Need::required,
        .doc = "The column of the regions they were born in; rows whose region the scenario does not have "
               "are skipped. Who lives where born, without another previous residence, is a stayer and no "
               "mover."},
    Key{.name = "previous",
        .form = Form::column,
        .doc = "The column of the regions they lived in before, or `{same_as: birth}`; required where a "
               "stream or output needs the previous residence. One that the scenario does not have is an "
               "error.",
        .map = previous_map},
    Key{.name = "citizenship",
        .form = Form::column,
        .doc = "The column of the regions whose citizens they are (`none` of stateless persons, `outside` "
               "of citizens of no region), or `{same_as: residence}` or `{same_as: birth}`.",
        .otherwise = "`{same_as: birth}`",
        .map = citizenship_map},
    people_age_key,
    people_count_key,
    people_shares_key,
    Key{.name = "arrived",
        .form = Form::nothing,
        .doc = "Years since arrival: `{law: uniform, over: 20 years}`, `{law: exponential, mean: 8 "
               "years}` (both at most the age), or `{column: NAME}`. All tables have the same law, and "
               "all or none say something. Required where a stream looks at the duration of stay.",
        .map = arrival_map},
    people_attribute_key,
};

}  // namespace

KeyMap stayers_table_map() { return {"stayers_table", stayers_table_keys}; }

KeyMap stayers_inline_map() { return {"stayers_inline", stayers_inline_keys}; }

KeyMap stayers_map() {
  static const std::vector<Key> keys = united({stayers_table_map(), stayers_inline_map()});
  return {"stayers", keys};
}

KeyMap movers_map() { return {"movers", movers_keys}; }

}  // namespace sojourn
