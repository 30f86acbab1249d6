#include "sim/reading/checks/check_scenario.hpp"

#include <string>
#include <vector>

#include "sim/reading/checks/check.hpp"
#include "sim/scenario/references.hpp"
#include "sim/scenario/shape.hpp"

namespace sojourn {

void check_scenario(const Scenario& scenario) {
  try {
    check_sizes(scenario);
  } catch (const SizeFault& fault) {
    throw InputError({{{scenario.path}, fault.what(), "as many as there are groups, regions and ages", ""}});
  }
  if (std::vector<Mistake> wrong = wrong_references(scenario); !wrong.empty())
    throw InputError(std::move(wrong));
  Mistakes mistakes(scenario.path);
  check_model(scenario, mistakes);
  if (!mistakes.none()) throw InputError(mistakes.in_order());
}

}  // namespace sojourn
