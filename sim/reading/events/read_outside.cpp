#include "sim/reading/events/read_outside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/forms/age_sanity.hpp"
#include "sim/reading/forms/ages.hpp"
#include "sim/reading/forms/group_weights.hpp"

namespace sojourn {

namespace {

/// Reads one entry of the section `inflow`; each function reads the part that it is named after.
class InflowReader {
 public:
  InflowReader(Reader& reader, const Setting& setting, const FactorSet& factors, ParameterSet& parameters)
      : reader_(reader), setting_(setting), factors_(factors), parameters_(parameters) {}

  [[nodiscard]] Inflow read(const Entry& entry) {
    inflow_.name = entry.key;
    inflow_.where = reader_.at_key(entry.value);
    std::vector<std::string> keys = {"into", "rate", "number", "age", "born"};
    for (const Attribute& attribute : setting_.groups->attributes()) keys.push_back(attribute.name);
    const Fields fields(reader_, entry.value, fmt::format("inflow {}", in_quotes(entry.key)), keys);
    if (!fields.is_map()) return {};
    inflow_.into = read_who(reader_, nullptr, setting_);
    if (const Node* node = fields.optional("into")) into(*node);
    number(fields);
    if (const Node* node = fields.required("age")) age(*node);
    if (const Node* node = fields.optional("born")) born(*node);
    GroupWeights weights(reader_, *setting_.groups);
    inflow_.groups = weights.read(fields);
    return std::move(inflow_);
  }

 private:
  void into(const Node& node) {
    std::vector<bool>& regions = inflow_.into.residences;
    regions.assign(regions.size(), false);
    for (const std::size_t r : reader_.references(node, "region", setting_.geography->names)) {
      regions[r] = true;
    }
  }

  void number(const Fields& fields) {
    const Node* rate = fields.optional("rate");
    const Node* number = fields.optional("number");
    if ((rate == nullptr) == (number == nullptr)) {
      reader_.mistakes().add(inflow_.where, fmt::format("{} needs either 'rate' or 'number'", fields.of()),
                             "'rate' for people who come at random, 'number' for as many as a table says");
      return;
    }
    inflow_.is_random = rate != nullptr;
    inflow_.number = read_persons_per_year(reader_, rate != nullptr ? *rate : *number,
                                           {setting_, factors_, parameters_, "inflow." + inflow_.name},
                                           rate != nullptr ? "rate" : "number");
  }

  void age(const Node& node) {
    if (node.is_scalar()) {
      if (const auto share = age_range(node, node.text)) inflow_.ages = {{share->from, share->to, 1.0}};
      return;
    }
    if (!node.is_map() || node.entries.empty()) {
      reader_.wrong_value(node, "'age'", "ages such as 20-39, or weights such as {0-14: 1, 15-64: 5}");
      return;
    }
    double sum = 0;
    AgesGiven given;
    for (const Entry& entry : node.entries) {
      const auto weight = reader_.number(entry.value, "the weight");
      auto share = age_range(entry.value, entry.key);
      if (!weight || !share) continue;
      if (*weight < 0) reader_.wrong_value(entry.value, "the weight", "0 or more");
      for (const AgeShare& other : inflow_.ages) {
        if (share->from < other.to && other.from < share->to) {
          reader_.mistakes().add(reader_.at_key(entry.value),
                                 fmt::format("the ages {} overlap with others", entry.key), "ages apart");
        }
      }
      given.add(*parse_age_range(entry.key), entry.key, [&] { return reader_.at_key(entry.value); });
      share->weight = *weight;
      sum += *weight;
      inflow_.ages.push_back(*share);
    }
    given.warn_of_years(reader_);
    if (!inflow_.ages.empty() && sum <= 0) {
      reader_.wrong(node, "the weights of the ages sum to 0", "a weight above 0");
    }
  }

  [[nodiscard]] std::optional<AgeShare> age_range(const Node& node, const std::string& text) {
    const auto range = parse_age_range(text);
    if (range && range->to) {
      return AgeShare{static_cast<double>(range->from), static_cast<double>(*range->to), 0};
    }
    reader_.mistakes().add(reader_.at(node), fmt::format("the age of those who enter is {}", in_quotes(text)),
                           "ages with an end, such as 20-39");
    return std::nullopt;
  }

  void born(const Node& node) {
    Names known = setting_.geography->names;
    if (!known.add("outside")) {
      reader_.wrong(node, "there is a region called 'outside'", "another code of that region");
      return;
    }
    const auto number = reader_.reference(node, "region", known);
    if (number && *number < setting_.geography->regions.size()) inflow_.birth = Region(*number);
  }

  Reader& reader_;
  const Setting& setting_;
  const FactorSet& factors_;
  ParameterSet& parameters_;
  Inflow inflow_;
};

}  // namespace

std::vector<Inflow> read_inflow(Reader& reader, const Node& section, const Setting& setting,
                                const FactorSet& factors, ParameterSet& parameters) {
  std::vector<Inflow> inflows;
  if (!reader.is_map_of(section, "inflow", "inflows")) return inflows;
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "inflow")) continue;
    inflows.push_back(InflowReader(reader, setting, factors, parameters).read(entry));
  }
  return inflows;
}

std::vector<Outflow> read_outflow(Reader& reader, const Node& section, const Setting& setting,
                                  const FactorSet& factors, ParameterSet& parameters) {
  std::vector<Outflow> outflows;
  if (!reader.is_map_of(section, "outflow", "outflows")) return outflows;
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "outflow")) continue;
    Outflow outflow;
    outflow.name = entry.key;
    outflow.where = reader.at_key(entry.value);
    const Fields fields(reader, entry.value, fmt::format("outflow {}", in_quotes(entry.key)),
                        {"who", "rate", "age", "stay", "factors"});
    if (!fields.is_map()) continue;
    outflow.who = read_who(reader, fields.optional("who"), setting, outflow.where);
    outflow.hazard =
        read_hazard(reader, fields, {setting, factors, parameters, "outflow." + entry.key, "factors"});
    outflows.push_back(std::move(outflow));
  }
  return outflows;
}

}  // namespace sojourn
