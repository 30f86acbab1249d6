#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/people_set.hpp"

namespace sojourn {

/// People as a map of keys names them, and by which of the keys `age`, `residence`, `foreign_born` and
/// `citizenship` (of the residence), whether they are written there or stand behind a name.
struct PeopleSaid {
  PeopleSet set{};
  std::vector<std::string_view> keys{};
};

/// The section `people`: names for people, which may be said by each other in any order.
class NamedPeople {
 public:
  /// Reads the section. Both arguments, and the setting, which refers to this, must live as long as names are
  /// looked up.
  void read(Reader& reader, const Node& section, const Setting& setting);
  /// Those for whom a name stands. Null after a mistake: where there is no such name, where it is said by
  /// itself, and, told at the name's own place, where it is wrong.
  [[nodiscard]] const PeopleSaid* find(Reader& reader, const Node& name);
  /// Warns of names that stand nowhere.
  void warn_of_unused(Reader& reader) const;

 private:
  struct Entry {
    const Node* node = nullptr;
    enum class State : std::uint8_t { unread, being_read, right, wrong } state = State::unread;
    bool is_used = false;
    PeopleSaid said{};
  };

  void read_entry(Reader& reader, std::size_t number);
  void say_circle(Reader& reader, const Node& name, std::size_t number) const;

  const Setting* setting_ = nullptr;
  Names names_;
  std::vector<Entry> entries_;
  /// Those that are being read, each said by the next.
  std::vector<std::size_t> way_;
};

}  // namespace sojourn
