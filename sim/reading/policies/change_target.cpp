#include "sim/reading/policies/change_target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/parameter_kinds.hpp"

namespace sojourn {

namespace {

/// `factors.NAME, streams.NAME.hazard.rate, .hazard.attraction, ...`: what begins as the one before is not
/// said again.
std::string kinds_in_words() {
  std::string text = "factors.NAME";
  std::string_view before;
  for (const ParameterName& number : parameter_kinds()) {
    const std::string_view kind = number.name;
    const std::size_t section = kind.find('.', kind.find('.') + 1);
    const std::string_view head = kind.substr(0, section);
    text += head == before ? fmt::format(", {}", kind.substr(section)) : fmt::format(", {}", kind);
    before = head;
  }
  return text + ", and .VALUE behind a number by an attribute";
}

/// A dotted name that ends in a value of an attribute, or in `else`.
struct NameOfValue {
  const Parameter* parameter = nullptr;
  ParameterId id{};
  std::string value{};
};

class TargetFinder {
 public:
  TargetFinder(Reader& reader, const PolicySetting& setting, const Node& node, std::string name)
      : reader_(reader), setting_(setting), node_(node), name_(std::move(name)) {}

  [[nodiscard]] std::optional<ChangeTarget> find() {
    constexpr std::string_view factors = "factors.";
    if (name_.starts_with(factors)) {
      const auto factor = setting_.factors.names.find(std::string_view(name_).substr(factors.size()));
      if (factor) {
        const Factor& found = setting_.factors.factors[*factor];
        return ChangeTarget{.id = FactorId(*factor), .places = found.places, .unit = found.unit};
      }
      if (setting_.factors.names.is_complete()) say_unknown();
      return std::nullopt;
    }
    if (const auto number = setting_.parameters.names().find(name_)) return whole(ParameterId(*number));
    if (!setting_.parameters.names().is_complete()) return std::nullopt;
    const NameOfValue of_value = split();
    if (of_value.parameter != nullptr && of_value.parameter->by) return for_value(of_value);
    if (of_value.parameter == nullptr || !say_undivided(of_value)) say_unknown();
    return std::nullopt;
  }

 private:
  [[nodiscard]] ChangeTarget whole(ParameterId id) const {
    const Parameter& parameter = setting_.parameters.all()[id.index()];
    const FactorPlaces places = parameter.over_pairs ? FactorPlaces::pair : FactorPlaces::region;
    ChangeTarget target{.id = id, .places = places, .unit = parameter.unit};
    target.needs_unit = parameter.unit == "per year";
    const auto kind = parameter_kind(parameter.name);
    if (target.needs_unit && kind) target.long_unit = parameter_kinds()[*kind].unit;
    return target;
  }

  /// Values may have dots of their own.
  [[nodiscard]] NameOfValue split() const {
    for (std::size_t dot = name_.rfind('.'); dot != std::string::npos && dot > 0;
         dot = name_.rfind('.', dot - 1)) {
      const auto number = setting_.parameters.names().find(std::string_view(name_).substr(0, dot));
      if (!number) continue;
      return {&setting_.parameters.all()[*number], ParameterId(*number), name_.substr(dot + 1)};
    }
    return {};
  }

  [[nodiscard]] std::optional<ChangeTarget> for_value(const NameOfValue& of) {
    const ByAttribute& by = *of.parameter->by;
    const Attribute& attribute = setting_.groups.attribute(by.attribute);
    const bool is_rest = of.value == key_of_the_rest;
    const bool has_rest =
        std::find(by.of_the_rest.begin(), by.of_the_rest.end(), true) != by.of_the_rest.end();
    const auto value = attribute.find(of.value);
    if (is_rest ? !has_rest : !value.has_value()) {
      say_no_value(of, attribute, has_rest);
      return std::nullopt;
    }
    ChangeTarget target = whole(of.id);
    target.groups = by.groups_read;
    for (std::size_t g = 0; g < target.groups.size(); ++g) {
      const std::size_t own = setting_.groups.value(Group(g), by.attribute);
      if (is_rest ? !by.of_the_rest[own] : own != *value) target.groups[g] = false;
    }
    if (std::find(target.groups.begin(), target.groups.end(), true) != target.groups.end()) return target;
    reader_.wrong(node_,
                  fmt::format("a policy cannot change {}, which nobody reads: none of those whom it concerns "
                              "has that {}",
                              in_quotes(name_), attribute.name),
                  fmt::format("a value that 'who' allows, or {} for all", in_quotes(of.parameter->name)));
    return std::nullopt;
  }

  void say_no_value(const NameOfValue& of, const Attribute& attribute, bool has_rest) {
    std::vector<std::string> known = attribute.values;
    if (has_rest) known.emplace_back(key_of_the_rest);
    std::string near = reader_.closest(reader_.file(), of.value, known);
    if (!near.empty()) near = of.parameter->name + '.' + near;
    constexpr std::size_t most_listed = 12;
    reader_.wrong(node_,
                  fmt::format("a policy cannot change {}: {} has no number for {}", in_quotes(name_),
                              in_quotes(of.parameter->name), in_quotes(of.value)),
                  known.size() <= most_listed ? one_of(known) : fmt::format("a value of {}", attribute.name),
                  std::move(near));
  }

  /// That the number is the same for all; false if what stands behind its name is no value of an attribute.
  bool say_undivided(const NameOfValue& of) {
    const auto& attributes = setting_.groups.attributes();
    const auto attribute = std::find_if(attributes.begin(), attributes.end(),
                                        [&](const Attribute& one) { return one.find(of.value).has_value(); });
    if (attribute == attributes.end()) return false;
    reader_.wrong(
        node_,
        fmt::format("a policy cannot change {}: {} is one number for all", in_quotes(name_),
                    in_quotes(of.parameter->name)),
        fmt::format("numbers by an attribute in line {}, such as {{by: {}, {}: NUMBER, else: NUMBER}}",
                    of.parameter->where.line, attribute->name, of.value));
    return true;
  }

  void say_unknown() {
    if (name_.ends_with(".hazard.attraction")) {
      reader_.wrong(node_,
                    fmt::format("a policy cannot change {}: there is no such stream, or it has no attraction",
                                in_quotes(name_)),
                    "the key 'attraction' in the stream's hazard (0 if it has no effect before the policy)");
      return;
    }
    const std::vector<std::string> known = known_names();
    std::string suggestion = reader_.closest(reader_.file(), name_, known);
    if (suggestion.empty()) suggestion = with_the_same_end(known);
    reader_.wrong(node_, fmt::format("a policy cannot change {}, which does not exist", in_quotes(name_)),
                  kinds_in_words(), std::move(suggestion));
  }

  [[nodiscard]] std::vector<std::string> known_names() const {
    std::vector<std::string> known;
    for (const std::string& factor : setting_.factors.names.all()) known.push_back("factors." + factor);
    constexpr std::size_t most = 10'000;
    for (const Parameter& parameter : setting_.parameters.all()) {
      known.push_back(parameter.name);
      if (!parameter.by) continue;
      for (const std::string& value : setting_.groups.attribute(parameter.by->attribute).values) {
        if (known.size() < most) known.push_back(parameter.name + '.' + value);
      }
    }
    return known;
  }

  /// Often the right words stand there without the way to them: `wage`, `streams.work.rate`.
  [[nodiscard]] std::string with_the_same_end(const std::vector<std::string>& known) const {
    const std::string dotted = '.' + name_;
    for (std::size_t dot = 0; dot != std::string::npos; dot = dotted.find('.', dot + 1)) {
      const auto found = std::find_if(known.begin(), known.end(), [&](const std::string& target) {
        return target.ends_with(std::string_view(dotted).substr(dot));
      });
      if (found != known.end()) return *found;
    }
    return "";
  }

  Reader& reader_;
  const PolicySetting& setting_;
  const Node& node_;
  std::string name_;
};

}  // namespace

std::optional<ChangeTarget> find_target(Reader& reader, const Node& node, const PolicySetting& setting) {
  auto name = reader.text(node, "'what'");
  if (!name) return std::nullopt;
  return TargetFinder(reader, setting, node, std::move(*name)).find();
}

}  // namespace sojourn
