#include "sim/output/info.hpp"

#include <fmt/core.h>

#include "sim/app/commands.hpp"
#include "sim/app/say.hpp"

namespace sojourn::app {

Exit info(const InfoOptions& options) {
  say_lines(stdout, format_info(read_info(options.file)));
  return Exit::done;
}

}  // namespace sojourn::app
