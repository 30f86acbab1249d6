#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/input/names.hpp"
#include "sim/input/reader.hpp"
#include "sim/scenario/groups.hpp"
#include "sim/scenario/stream.hpp"

namespace sojourn {

/// The parameters that the scenario has so far. Parameter i is `names().all()[i]`.
class ParameterSet {
 public:
  [[nodiscard]] ParameterId add(Parameter parameter) {
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

/// The key of a number for all values of an attribute that have none of their own.
inline constexpr std::string_view key_of_the_rest = "else";

/// The groups of a scenario, and whom some of its numbers concern.
struct Concerned {
  const Groups& groups;
  /// Null: everybody. Where it names nobody, a mistake was or will be told, and nothing is known of them.
  const Who* who = nullptr;
};

/// The numbers of a parameter as they are written.
struct NumbersRead {
  /// As `Parameter::by_group`; empty if there is a mistake.
  std::vector<double> by_group;
  std::optional<ByAttribute> by{};
};

/// One number, or one for each value of an attribute that somebody of those whom it concerns has: `{by: sex,
/// female: 1, male: 2}`, with `else` for all that have none of their own. Groups that it does not concern get
/// a number, too, which is that of others if they have none.
[[nodiscard]] NumbersRead read_by_group(Reader& reader, const Node& node, const std::string& what,
                                        const Concerned& concerned, NumberReader read_number);

/// The names of the attributes, for references to them.
[[nodiscard]] Names attribute_names(const Groups& groups);

}  // namespace sojourn
