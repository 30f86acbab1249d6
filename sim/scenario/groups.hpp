#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/scenario/texts.hpp"
#include "sim/scenario/ties.hpp"

namespace sojourn {

/// A categorical property of agents, and the values it may have.
struct Attribute {
  std::string name;
  std::vector<std::string> values;
  /// What people call it, if the scenario says so.
  Texts label{};
  /// And each value: as many, or none at all.
  std::vector<Texts> value_labels{};

  [[nodiscard]] std::optional<std::size_t> find(std::string_view value) const;
};

/// All combinations of the values of all attributes. A group's number is a mixed-radix number whose last
/// attribute runs fastest; a scenario without attributes has the one group 0.
///
/// Where a scenario tells people apart by region of birth or citizenship, a group also says of which class of
/// them its agents are; and where transitions have queues, in which of them they wait. What a scenario says
/// of attributes holds for all of these. Both classes are counted as attributes behind the others (`birth`,
/// `citizenship`), but are not among `attributes`.
class Groups {
 public:
  Groups() = default;
  explicit Groups(std::vector<Attribute> attributes, std::vector<std::string> queues = {},
                  TieClasses births = {}, TieClasses citizenships = {});

  [[nodiscard]] const std::vector<Attribute>& attributes() const { return attributes_; }
  [[nodiscard]] std::optional<AttributeId> find(std::string_view attribute) const;
  /// Of an attribute, or of the classes of births or citizenships: its name and its values.
  [[nodiscard]] const Attribute& attribute(AttributeId id) const;
  [[nodiscard]] AttributeId birth() const { return AttributeId(attributes_.size()); }
  [[nodiscard]] AttributeId citizenship() const { return AttributeId(attributes_.size() + 1); }
  [[nodiscard]] const TieClasses& births() const { return births_; }
  [[nodiscard]] const TieClasses& citizenships() const { return citizenships_; }
  /// How many groups there are; at least 1.
  [[nodiscard]] std::size_t count() const { return unqueued_ << queues_.size(); }
  /// Names of the queues.
  [[nodiscard]] const std::vector<std::string>& queues() const { return queues_; }
  /// How many combinations of the attributes alone there are; they are the first groups.
  [[nodiscard]] std::size_t named() const { return named_; }
  /// How many groups wait in no queue; they are the first.
  [[nodiscard]] std::size_t unqueued() const { return unqueued_; }
  /// Whether the group waits in any queue, or in this one.
  [[nodiscard]] bool waits(Group group) const { return group.index() >= unqueued_; }
  [[nodiscard]] bool waits(Group group, QueueId queue) const {
    return ((group.index() / unqueued_) >> queue.index() & 1U) != 0;
  }
  /// The group once its agents have joined a queue, left it, or left all of them.
  [[nodiscard]] Group joined(Group group, QueueId queue) const {
    return waits(group, queue) ? group : Group(group.index() + (unqueued_ << queue.index()));
  }
  [[nodiscard]] Group left(Group group, QueueId queue) const {
    return waits(group, queue) ? Group(group.index() - (unqueued_ << queue.index())) : group;
  }
  [[nodiscard]] Group left_all(Group group) const { return Group(group.index() % unqueued_); }
  /// The group of those with these ties who are otherwise like `group`.
  [[nodiscard]] Group tied(Group group, Ties ties) const {
    return naturalised(with(group, birth(), births_.class_of(ties.birth)), ties.citizenship);
  }
  [[nodiscard]] Group naturalised(Group group, Region of) const {
    return with(group, citizenship(), citizenships_.class_of(of));
  }
  /// Says what people call an attribute and each of its values, in their order. Throws
  /// `std::invalid_argument` if there are not as many.
  void set_labels(AttributeId attribute, Texts label, std::vector<Texts> of_values);
  /// The index of the group's value of an attribute.
  [[nodiscard]] std::size_t value(Group group, AttributeId attribute) const;
  /// The group that has `value` of `attribute` and is otherwise like `group`.
  [[nodiscard]] Group with(Group group, AttributeId attribute, std::size_t value) const;
  /// `female, worker`; "everyone" where there are no attributes; `female, worker, citizens of AFG, waiting
  /// for permit`.
  [[nodiscard]] std::string label(Group group) const;

 private:
  std::vector<Attribute> attributes_;
  /// By attribute, then of births and citizenships.
  std::vector<std::size_t> strides_{1, 1};
  std::vector<std::string> queues_;
  TieClasses births_;
  TieClasses citizenships_;
  Attribute birth_{"birth", births_.names};
  Attribute citizenship_{"citizenship", citizenships_.names};
  std::size_t named_ = 1;
  std::size_t unqueued_ = 1;
};

/// What the dimension of an attribute is called in a file: `citizenship_class` for classes of citizenships,
/// which are fewer than these.
[[nodiscard]] std::string dimension_name(const Groups& groups, AttributeId attribute);

}  // namespace sojourn
