#pragma once

#include <optional>
#include <string>

#include "sim/reading/people/people.hpp"
#include "tests/reading/reading.hpp"

namespace sojourn::test {

/// A place with three regions and two attributes in which people are read.
struct Place3 {
  Place3() {
    for (const char* code : {"n", "s", "e"}) {
      geography.names.add(code);
      geography.regions.push_back({.code = code});
    }
    setting.time.emplace(parse_date("2010-07-01").value(), parse_date("2012-07-01").value(),
                         Duration{1, Duration::Unit::years});
    setting.geography = &geography;
    setting.groups = &groups;
  }
  Place3(const Place3&) = delete;
  Place3& operator=(const Place3&) = delete;
  Place3(Place3&&) = delete;
  Place3& operator=(Place3&&) = delete;
  ~Place3() = default;

  Geography geography;
  Groups groups{{{"sex", {"female", "male"}}, {"status", {"citizen", "worker"}}}};
  Setting setting;
};

/// People read from a table t.csv in that place.
inline std::optional<PeopleSource> read_people_of(Text& text, PeopleKind kind, const std::string& csv) {
  static const Place3 place;
  text.folder.write("t.csv", csv);
  return read_people(text.reader, text.node, kind, place.setting);
}

}  // namespace sojourn::test
