#include "sim/app/output_target.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "sim/base/error.hpp"

namespace sojourn::app {

void check_output_target(const OutputPaths& paths, const Scenario& scenario) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  std::vector<fs::path> sources{scenario.path};
  for (const TableSource& table : scenario.tables)
    sources.push_back(fs::path(scenario.path).parent_path() / table.path);
  for (const std::string& name : std::array{paths.final, paths.part}) {
    // A link to nothing is an ordinary name: it is replaced, never followed.
    if (!fs::exists(name, ignored)) continue;
    if (!fs::is_regular_file(name, ignored)) throw RunError(name + ": is no ordinary file; -o names another");
    for (const fs::path& source : sources) {
      if (fs::equivalent(name, source, ignored)) {
        throw RunError(name + ": is read by the scenario and cannot be its output; -o names another");
      }
    }
  }
}

}  // namespace sojourn::app
