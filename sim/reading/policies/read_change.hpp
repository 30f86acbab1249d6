#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/policies/change_target.hpp"
#include "sim/reading/policies/policy_setting.hpp"
#include "sim/scenario/policy.hpp"

namespace sojourn {

[[nodiscard]] KeyMap change_map();
[[nodiscard]] KeyMap corridor_map();

/// Reads the changes of policies, of which there may not be too many in all.
class ChangeReader {
 public:
  ChangeReader(Reader& reader, const PolicySetting& setting) : reader_(reader), setting_(setting) {}

  /// Adds a change of a number, or a door, to the policy; nothing after a mistake.
  void read(const Node& node, Policy& policy);

 private:
  std::optional<Change> read_number(const Fields& fields);
  std::optional<Door> read_door_of(const Fields& fields);
  bool read_amount(const Fields& fields, const std::optional<ChangeTarget>& target, Change& change);
  std::optional<double> amount(const Node& node, const std::string& what, const ChangeTarget& target);
  bool read_places(const Fields& fields, const ChangeTarget& target, Change& change);
  bool count_flags(Change& change, const Node& node);
  void mark_ends(const Node* origins, const Node* destinations, Change& change);
  void read_corridors(const Node& list, Change& change);
  std::vector<std::size_t> regions_of(const Node& node);

  Reader& reader_;
  const PolicySetting& setting_;
  std::size_t flags_ = 0;
};

}  // namespace sojourn
