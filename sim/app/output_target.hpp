#pragma once

#include "sim/output/paths.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::app {

/// Throws `RunError` unless an output may bear these names: neither may be what the scenario is made from, by
/// whatever name or link, nor something that is no ordinary file.
void check_output_target(const OutputPaths& paths, const Scenario& scenario);

}  // namespace sojourn::app
