#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"

namespace sojourn {

/// A categorical property of agents, and the values it may have.
struct Attribute {
  std::string name;
  std::vector<std::string> values;

  [[nodiscard]] std::optional<std::size_t> find(std::string_view value) const;
};

/// All combinations of the values of all attributes. A group's number is a mixed-radix number whose last
/// attribute runs fastest; a scenario without attributes has the one group 0.
class Groups {
 public:
  Groups() = default;
  explicit Groups(std::vector<Attribute> attributes);

  [[nodiscard]] const std::vector<Attribute>& attributes() const { return attributes_; }
  [[nodiscard]] std::optional<AttributeId> find(std::string_view attribute) const;
  /// How many groups there are; at least 1.
  [[nodiscard]] std::size_t count() const { return count_; }
  /// The index of the group's value of an attribute.
  [[nodiscard]] std::size_t value(Group group, AttributeId attribute) const;
  /// The group that has `value` of `attribute` and is otherwise like `group`.
  [[nodiscard]] Group with(Group group, AttributeId attribute, std::size_t value) const;
  /// `female, worker`; "everyone" where there are no attributes.
  [[nodiscard]] std::string label(Group group) const;

 private:
  std::vector<Attribute> attributes_;
  std::vector<std::size_t> strides_;
  std::size_t count_ = 1;
};

}  // namespace sojourn
