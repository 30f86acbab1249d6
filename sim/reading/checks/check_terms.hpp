#pragma once

#include <vector>

#include "sim/input/mistakes.hpp"
#include "sim/model/evaluation.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

class TermCheck;

/// Terms that somewhere and at some time would be the logarithm of 0, the root of a negative number, a ratio
/// to 0, or standardised without a spread; see `step_checks.hpp`.
class TermChecks {
 public:
  explicit TermChecks(const Scenario& scenario);
  TermChecks(TermChecks&&) noexcept;
  TermChecks& operator=(TermChecks&&) = delete;
  TermChecks(const TermChecks&) = delete;
  TermChecks& operator=(const TermChecks&) = delete;
  ~TermChecks();

  void begin(const Evaluation& now);
  void look(const Evaluation& now, Mistakes& mistakes);

 private:
  std::vector<TermCheck> checks_;
};

}  // namespace sojourn
