#include "sim/output/info.hpp"

#include <fmt/core.h>

#include "sim/app/commands.hpp"

namespace sojourn::app {

Exit info(const InfoOptions& options) {
  fmt::print("{}", format_info(read_info(options.file)));
  return Exit::done;
}

}  // namespace sojourn::app
