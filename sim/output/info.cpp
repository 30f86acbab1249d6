#include "sim/output/info.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "sim/base/printable.hpp"
#include "sim/output/stored_file.hpp"
#include "sim/output/text_table.hpp"

namespace sojourn {

namespace {

std::string shape_of(const StoredVariable& variable) {
  std::string text;
  for (std::size_t i = 0; i < variable.sizes.size(); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", variable.dimensions[i], variable.sizes[i]);
  }
  return text;
}

std::string size_text(std::uintmax_t bytes) {
  const auto number = static_cast<double>(bytes);
  if (number >= 1e9) return fmt::format("{:.1f} GB", number / 1e9);
  if (number >= 1e6) return fmt::format("{:.1f} MB", number / 1e6);
  return fmt::format("{:.0f} kB", number / 1e3);
}

}  // namespace

Info read_info(const std::string& path) {
  const StoredFile file(path);
  Info info;
  info.path = path;
  std::error_code ignored;
  info.bytes = std::filesystem::file_size(path, ignored);
  info.complete = file.number("complete").value_or(0) != 0;
  info.title = file.text("title").value_or("");
  info.languages = file.texts("languages");
  for (const std::string& language : info.languages) {
    if (const auto title = file.text("title_" + language)) info.titles.emplace_back(language, *title);
  }
  info.variant = file.text("variant").value_or("");
  info.policies = file.texts("policies");
  info.seed = static_cast<std::int64_t>(file.number("seed").value_or(0));
  info.replicate = static_cast<std::int64_t>(file.number("replicate").value_or(0));
  info.start = file.text("start").value_or("");
  info.end = file.text("end").value_or("");
  info.step = file.text("step").value_or("");
  info.written_by = fmt::format("Sojourn {} ({})", file.text("sojourn_version").value_or("?"),
                                file.text("sojourn_commit").value_or("unknown"));
  info.scenario_path = file.text("scenario_path", "provenance").value_or("");
  info.checks = file.text("checks").value_or("");
  for (const StoredVariable& variable : file.variables()) {
    const InfoItem item{variable.name, variable.type, variable.unit, shape_of(variable), variable.long_name};
    if (variable.dimension_only) {
      info.dimensions.push_back({variable.name, "", "", std::to_string(variable.sizes[0]), ""});
    } else if (variable.dimensions == std::vector<std::string>{variable.name}) {
      info.dimensions.push_back(
          {variable.name, variable.type, "", std::to_string(variable.sizes[0]), variable.long_name});
    } else {
      info.variables.push_back(item);
    }
  }
  info.summary = summarise(file);
  return info;
}

std::string format_info(const Info& info) {
  std::string text;
  const auto line = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<14}{}\n", name, printable(value));
  };
  line("file", fmt::format("{}, {}, {}", info.path, size_text(info.bytes),
                           info.complete ? "complete" : "INCOMPLETE: its run did not reach its end"));
  if (info.titles.empty()) line("title", info.title);
  for (const auto& [language, title] : info.titles) line(fmt::format("title ({})", language), title);
  line("variant", info.policies.empty()
                      ? info.variant
                      : fmt::format("{} (policies: {})", info.variant, fmt::join(info.policies, ", ")));
  line("seed", fmt::format("{}, replicate {}", info.seed, info.replicate));
  line("run", fmt::format("{} to {} in steps of {}", info.start, info.end, info.step));
  line("languages", fmt::format("{}", fmt::join(info.languages, ", ")));
  line("scenario", info.scenario_path);
  line("written by", info.written_by);
  line("checks", info.checks);
  std::vector<std::vector<std::string>> lines;
  lines.reserve(info.dimensions.size() + info.variables.size());
  for (const InfoItem& item : info.dimensions) lines.push_back({item.name, item.shape, item.long_name});
  text += "\ndimensions\n" + format_table(lines, 3, "  ");
  lines.clear();
  for (const InfoItem& item : info.variables) lines.push_back({item.name, item.type, item.shape, item.unit});
  text += "\nvariables\n" + format_table(lines, 4, "  ");
  return text + "\n" + format_summary(info.summary);
}

}  // namespace sojourn
