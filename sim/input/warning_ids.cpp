#include "sim/input/warning_ids.hpp"

#include <algorithm>
#include <stdexcept>

namespace sojourn {

const std::vector<std::string>& warning_ids() {
  static const std::vector<std::string> ids{
      "ages-with-gaps",        "births-or-deaths-unheard-of",
      "change-undone",         "counts-with-decimals",
      "inflow-above-people",   "mean-of-others",
      "more-warnings",         "nobody-can-go",
      "number-not-read",       "open-age-of-one-year",
      "open-anyway",           "part-of-a-period",
      "people-not-used",       "places-turn-over",
      "rate-above-one",        "row-is-a-sum",
      "shorter-than-a-step",   "step-above-a-year",
      "step-too-long",         "table-mostly-left-out",
      "table-partly-left-out",
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
