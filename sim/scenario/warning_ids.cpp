#include "sim/scenario/warning_ids.hpp"

#include <algorithm>
#include <stdexcept>

namespace sojourn {

const std::vector<std::string>& warning_ids() {
  static const std::vector<std::string> ids{
      "more-warnings",
      "table-mostly-left-out",
  };
  return ids;
}

std::string checked_warning_id(std::string id) {
  const auto& ids = warning_ids();
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
    throw std::logic_error("there is no warning " + id + " among the ids");
  }
  return id;
}

}  // namespace sojourn
