#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/input/names.hpp"
#include "sim/input/reader.hpp"
#include "sim/scenario/groups.hpp"
#include "sim/scenario/stream.hpp"

namespace sojourn {

/// The dotted names of all numbers of the model that policies may change; words in capitals stand for names
/// of the scenario. What is not listed here cannot be made: messages and tests go through this list.
inline constexpr std::array<std::string_view, 17> parameter_kinds = {"streams.NAME.hazard.rate",
                                                                     "streams.NAME.hazard.attraction",
                                                                     "streams.NAME.hazard.push.TERM",
                                                                     "streams.NAME.destination.pull.TERM",
                                                                     "streams.NAME.destination.nests.NEST",
                                                                     "demography.births.rate",
                                                                     "demography.births.factors.TERM",
                                                                     "demography.deaths.rate",
                                                                     "demography.deaths.factors.TERM",
                                                                     "transitions.NAME.rate",
                                                                     "transitions.NAME.factors.TERM",
                                                                     "transitions.NAME.capacity.limit",
                                                                     "transitions.NAME.capacity.give_up",
                                                                     "inflow.NAME.rate",
                                                                     "inflow.NAME.number",
                                                                     "outflow.NAME.rate",
                                                                     "outflow.NAME.factors.TERM"};

/// Which of them a dotted name is; nothing if it is none.
[[nodiscard]] std::optional<std::size_t> parameter_kind(std::string_view name);

/// The parameters that the scenario has so far. Parameter i is `names().all()[i]`.
class ParameterSet {
 public:
  /// Throws `std::logic_error` where it is of no known kind.
  [[nodiscard]] ParameterId add(Parameter parameter) {
    if (!parameter_kind(parameter.name)) {
      throw std::logic_error("parameter " + parameter.name + " is missing in parameter_kinds");
    }
    names_.add(parameter.name);
    values_ += parameter.by_group.size();
    parameters_.push_back(std::move(parameter));
    return ParameterId(parameters_.size() - 1);
  }
  [[nodiscard]] const Names& names() const { return names_; }
  /// Whether there is no room for more: by group and by term, some scenario could ask for any amount of
  /// memory.
  [[nodiscard]] bool is_full() const { return values_ > (std::size_t{1} << 24); }
  void set_complete(bool complete) { names_.set_complete(complete); }
  [[nodiscard]] const std::vector<Parameter>& all() const { return parameters_; }
  [[nodiscard]] std::vector<Parameter> take() && { return std::move(parameters_); }

 private:
  std::vector<Parameter> parameters_;
  Names names_;
  std::size_t values_ = 0;
};

/// What reads one number of a parameter: `Reader::number` or `Reader::rate`.
using NumberReader = std::optional<double> (Reader::*)(const Node&, std::string_view);

/// One number, or one for each value of an attribute (`{by: sex, female: 1, male: 2}`), as
/// `Parameter::by_group`. Empty if there is a mistake.
[[nodiscard]] std::vector<double> read_by_group(Reader& reader, const Node& node, const std::string& what,
                                                const Groups& groups, NumberReader read_number);

/// The names of the attributes, for references to them.
[[nodiscard]] Names attribute_names(const Groups& groups);

}  // namespace sojourn
