#include "sim/output/provenance.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>

#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/machine_memory.hpp"
#include "sim/base/tables_told.hpp"
#include "sim/base/version.hpp"
#include "sim/model/record.hpp"
#include "sim/model/schedule_lines.hpp"
#include "sim/output/format_version.hpp"
#include "sim/output/recorded_labels.hpp"
#include "sim/scenario/text_places.hpp"

namespace sojourn {

namespace {

const std::string group_of_provenance = "provenance";

std::string utc(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

/// Name, operating system and processor.
std::string machine() {
  utsname system{};
  std::string text = "unknown";
  if (::uname(&system) == 0) {
    text = fmt::format("{}, {} {} {}", system.nodename, system.sysname, system.release, system.machine);
  }
  std::ifstream cpus("/proc/cpuinfo");
  for (std::string line; std::getline(cpus, line);) {
    if (const std::size_t colon = line.find(": ");
        line.starts_with("model name") && colon != std::string::npos) {
      return text + ", " + line.substr(colon + 2);
    }
  }
  return text;
}

std::vector<std::string> policy_names(const Scenario& scenario, const Variant& variant) {
  std::vector<std::string> names;
  names.reserve(variant.policies.size());
  for (const PolicyId id : variant.policies) names.push_back(scenario.policies[id.index()].name);
  return names;
}

std::vector<std::string> warning_texts(const std::vector<Warning>& warnings, bool accepted) {
  std::vector<std::string> texts;
  for (const Warning& warning : warnings) {
    if (warning.accepted == accepted) texts.push_back(to_string(warning));
  }
  return texts;
}

/// What only outputs of scenarios with labels, or with texts in several languages, have.
FileAttributes texts_by_language(const Scenario& scenario, const Variant& variant) {
  FileAttributes attributes{{"languages", languages_of(scenario)}};
  const auto add = [&](FileAttributes more, std::size_t first) {
    for (; first < more.size(); ++first) attributes.push_back(std::move(more[first]));
  };
  add(in_languages("title", scenario.title), 1);
  add(in_languages("description", scenario.description), 1);
  add(policy_labels(scenario, variant), 0);
  return attributes;
}

}  // namespace

void write_provenance(DataFile& file, const RunView& run, RunKey key) {
  const Scenario& scenario = run.scenario;
  std::vector<std::string> tables;
  std::vector<std::string> sums;
  for (const TableSource& table : scenario.tables) {
    tables.push_back(table.path);
    sums.push_back(table.sha256);
  }
  const FileAttributes attributes{
      {"Conventions", std::string("CF-1.10")},
      {"title", LongText{scenario.title.empty() ? "untitled" : scenario.title.plain()}},
      {"description", LongText{scenario.description.plain()}},
      {"source", fmt::format("Sojourn {}, an agent-based simulator of human migration", version())},
      {"sojourn_format", std::int32_t{format_version}},
      {"sojourn_version", std::string(version())},
      {"sojourn_commit", std::string(commit())},
      {"scenario", LongText{scenario.text}},
      {"tables", tables},
      {"tables_sha256", sums},
      {"variant", LongText{run.variant.name}},
      {"policies", policy_names(scenario, run.variant)},
      {"seed", std::int64_t{key.seed}},
      {"replicate", static_cast<std::int32_t>(key.replicate)},
      {"persons_per_agent", scenario.persons_per_agent},
      {"schedules", schedule_lines(scenario)},
      {"records_for_outputs", outputs_that_need_records(scenario)},
      {"start", to_string(scenario.time.start())},
      {"end", to_string(scenario.time.end())},
      {"step", to_string(scenario.time.step_length())},
      {"complete", std::int32_t{0}},
  };
  for (const FileAttribute& attribute : attributes) file.set_attribute(attribute);
  for (const FileAttribute& attribute : texts_by_language(scenario, run.variant))
    file.set_attribute(attribute);
}

void write_circumstances_of_start(DataFile& file, const Scenario& scenario, const RunInfo& info,
                                  std::chrono::system_clock::time_point start) {
  const FileAttributes attributes{
      {"started", utc(start)},
      {"command_line", LongText{info.command_line}},
      {"scenario_path", LongText{scenario.path}},
      {"machine", LongText{machine()}},
      {"threads", std::int64_t{info.threads}},
      {"tables_used", tables_told(scenario.table_uses)},
      {"warnings", warning_texts(info.warnings, false)},
      {"warnings_accepted", warning_texts(info.warnings, true)},
  };
  for (const FileAttribute& attribute : attributes) file.set_attribute(group_of_provenance, attribute);
}

void write_circumstances_of_end(DataFile& file, std::chrono::system_clock::time_point start) {
  const auto now = std::chrono::system_clock::now();
  file.set_attribute(group_of_provenance, {"ended", utc(now)});
  file.set_attribute(group_of_provenance,
                     {"wall_seconds", std::chrono::duration<double>(now - start).count()});
  file.set_attribute(group_of_provenance, {"peak_memory_bytes", peak_memory()});
}

std::string describe(const Checks& checks, const RecordChecks& record_checks) {
  return fmt::format(
      "each region's people conserved in each of {} steps; each region's stocks, as written, agree with the "
      "flows, as "
      "written, in each of {} intervals; {} moves, none from a region to itself",
      checks.steps_conserved, record_checks.intervals, checks.moves);
}

}  // namespace sojourn
