#include "sim/reading/forms/table_labels.hpp"

#include "sim/base/text.hpp"

namespace sojourn {

std::string AttributeColumn::one_of_values() const {
  constexpr std::size_t most_listed = 12;
  if (info_->values.size() <= most_listed) return one_of(info_->values);
  return "one of the " + std::to_string(info_->values.size()) + " values of " + info_->name;
}

}  // namespace sojourn
