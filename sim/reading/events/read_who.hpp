#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/events/named_people.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/scenario/hazard.hpp"

namespace sojourn {

/// Regions, of birth or citizenship, that are not meant.
[[nodiscard]] KeyMap other_regions_map();
/// People as `who` and the priority of an office name them.
[[nodiscard]] KeyMap people_map();

/// A place that does not tell people apart by everything: `of` is what it says in messages, `not_by` the keys
/// that it does not take, `expected` what it does.
struct PeopleTold {
  std::string_view of{};
  std::vector<std::string_view> not_by{};
  std::string expected{};
};

/// The key `who`, a map or a name of people: everybody where it is missing (null); `of` is then where it is
/// missing. Of no group after a mistake: then it is not known whom it names.
[[nodiscard]] Who read_who(Reader& reader, const Node* node, const Setting& setting, Position of = {},
                           const PeopleTold& told = {});

/// What stands behind a name of the section `people`, called `of` in messages. Nothing after a mistake, be it
/// told here or where another name is said.
[[nodiscard]] std::optional<PeopleSaid> read_people(Reader& reader, const Node& node, const Setting& setting,
                                                    const std::string& of);

}  // namespace sojourn
