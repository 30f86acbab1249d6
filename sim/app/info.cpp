#include <fmt/core.h>

#include "sim/app/commands.hpp"
#include "sim/app/say.hpp"
#include "sim/output/format_page.hpp"
#include "sim/output/info.hpp"

namespace sojourn::app {

Exit info(const InfoOptions& options) {
  if (options.format) {
    say_lines(stdout, format_page());
    return Exit::done;
  }
  say_lines(stdout, format_info(read_info(options.file)));
  return Exit::done;
}

}  // namespace sojourn::app
