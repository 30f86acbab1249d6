#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/table_use.hpp"

namespace sojourn {

/// Counts one use of a table, row by row.
class TableCounter {
 public:
  TableCounter(std::string file, std::string user, std::string counted);

  void use(double amount);
  /// `label` is what did not fit.
  void leave_out(std::string_view label, double amount);
  /// `known` are the labels that would fit.
  [[nodiscard]] TableUse take(const std::vector<std::string>& known) &&;

 private:
  TableUse use_;
  std::map<std::string, LeftOutLabel, std::less<>> labels_;
};

}  // namespace sojourn
