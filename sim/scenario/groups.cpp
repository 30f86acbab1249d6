#include "sim/scenario/groups.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace sojourn {

std::optional<std::size_t> Attribute::find(std::string_view value) const {
  const auto found = std::find(values.begin(), values.end(), value);
  if (found == values.end()) return std::nullopt;
  return static_cast<std::size_t>(found - values.begin());
}

Groups::Groups(std::vector<Attribute> attributes, std::vector<std::string> queues, TieClasses births,
               TieClasses citizenships)
    : attributes_(std::move(attributes)),
      strides_(attributes_.size()),
      queues_(std::move(queues)),
      births_(std::move(births)),
      citizenships_(std::move(citizenships)) {
  for (std::size_t i = attributes_.size(); i-- > 0;) {
    strides_[i] = named_;
    named_ *= attributes_[i].values.size();
  }
  strides_.push_back(named_);
  strides_.push_back(named_ * births_.names.size());
  unqueued_ = strides_.back() * citizenships_.names.size();
}

const Attribute& Groups::attribute(AttributeId id) const {
  if (id == birth()) return birth_;
  return id == citizenship() ? citizenship_ : attributes_[id.index()];
}

std::optional<AttributeId> Groups::find(std::string_view attribute) const {
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    if (attributes_[i].name == attribute) return AttributeId(i);
  }
  return std::nullopt;
}

void Groups::set_labels(AttributeId attribute, Texts label, std::vector<Texts> of_values) {
  if (of_values.size() != attributes_[attribute.index()].values.size())
    throw std::invalid_argument("an attribute needs as many labels as values");
  attributes_[attribute.index()].label = std::move(label);
  attributes_[attribute.index()].value_labels = std::move(of_values);
}

std::size_t Groups::value(Group group, AttributeId attribute) const {
  return group.index() / strides_[attribute.index()] % this->attribute(attribute).values.size();
}

Group Groups::with(Group group, AttributeId attribute, std::size_t new_value) const {
  const std::size_t stride = strides_[attribute.index()];
  return Group(group.index() - value(group, attribute) * stride + new_value * stride);
}

std::string dimension_name(const Groups& groups, AttributeId attribute) {
  const std::string& name = groups.attribute(attribute).name;
  return attribute < groups.birth() ? name : name + "_class";
}

std::string Groups::label(Group group) const {
  std::string text = attributes_.empty() ? "everyone" : "";
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    if (i > 0) text += ", ";
    text += attributes_[i].values[value(group, AttributeId(i))];
  }
  if (births_.differ()) text += ", born in " + births_.names[value(group, birth())];
  if (citizenships_.differ()) text += ", citizens of " + citizenships_.names[value(group, citizenship())];
  for (std::size_t q = 0; q < queues_.size(); ++q) {
    if (waits(group, QueueId(q))) text += ", waiting for " + queues_[q];
  }
  return text;
}

}  // namespace sojourn
