#include "sim/reading/forms/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/text.hpp"

namespace sojourn {

Names attribute_names(const Groups& groups) {
  Names names;
  for (const Attribute& attribute : groups.attributes()) names.add(attribute.name);
  return names;
}

namespace {

/// Reads `{by: ATTRIBUTE, VALUE: NUMBER, ..., else: NUMBER}`.
class ByAttributeReader {
 public:
  ByAttributeReader(Reader& reader, std::string what, const Concerned& concerned, AttributeId attribute)
      : reader_(reader),
        what_(std::move(what)),
        groups_(concerned.groups),
        attribute_(concerned.groups.attribute(attribute)),
        by_{.attribute = attribute} {
    note_who_reads(concerned.who);
  }

  [[nodiscard]] NumbersRead read(const Node& node, NumberReader read_number) {
    std::vector<std::string> keys = {"by", std::string(key_of_the_rest)};
    keys.insert(keys.end(), attribute_.values.begin(), attribute_.values.end());
    const Fields fields(reader_, node, what_, keys);
    const Node* const rest = fields.optional(key_of_the_rest);
    std::vector<const Node*> own;
    own.reserve(attribute_.values.size());
    for (const std::string& value : attribute_.values) own.push_back(fields.optional(value));
    bool right = is_complete(node, own, rest);
    warn_of_unread(own, rest);
    const auto number_of = [&](const Node* written) -> std::optional<double> {
      if (written == nullptr) return std::nullopt;
      const auto number = (reader_.*read_number)(*written, what_);
      right = right && number;
      return number;
    };
    const std::optional<double> of_the_rest = number_of(rest);
    std::vector<std::optional<double>> numbers;
    for (const Node* written : own) {
      by_.of_the_rest.push_back(written == nullptr && rest != nullptr);
      numbers.push_back(by_.of_the_rest.back() ? of_the_rest : number_of(written));
    }
    return right ? NumbersRead{spread(numbers), std::move(by_)} : NumbersRead{};
  }

 private:
  void note_who_reads(const Who* who) {
    by_.groups_read = who != nullptr ? who->groups : std::vector<bool>(groups_.count(), true);
    value_read_.assign(attribute_.values.size(), false);
    for (std::size_t g = 0; g < by_.groups_read.size(); ++g) {
      if (!by_.groups_read[g]) continue;
      value_read_[groups_.value(Group(g), by_.attribute)] = true;
      anybody_reads_ = true;
    }
  }

  /// Whether every value that is read has a number, and at least one has.
  bool is_complete(const Node& node, const std::vector<const Node*>& own, const Node* rest) {
    if (rest != nullptr) return true;
    bool complete = true;
    for (std::size_t v = 0; v < own.size(); ++v) {
      if (own[v] != nullptr || !value_read_[v]) continue;
      say_missing(node, in_quotes(attribute_.values[v]));
      complete = false;
    }
    const bool none = std::all_of(own.begin(), own.end(), [](const Node* one) { return one == nullptr; });
    if (complete && none) say_missing(node, "a number");
    return complete && !none;
  }

  void say_missing(const Node& node, const std::string& missing) {
    reader_.mistakes().add(
        reader_.at_key(node), fmt::format("{} needs {}", what_, missing),
        fmt::format("a number for each {} of those whom it concerns, or 'else' for the rest",
                    attribute_.name));
  }

  void warn_of_unread(const std::vector<const Node*>& own, const Node* rest) {
    if (!anybody_reads_) return;
    bool rest_is_read = false;
    for (std::size_t v = 0; v < own.size(); ++v) {
      rest_is_read = rest_is_read || (own[v] == nullptr && value_read_[v]);
      if (own[v] == nullptr || value_read_[v]) continue;
      warn(*own[v], fmt::format("nobody reads {} of {}: none of those whom it concerns has that {}", what_,
                                in_quotes(attribute_.values[v]), attribute_.name));
    }
    if (rest == nullptr || rest_is_read) return;
    warn(*rest, fmt::format("nobody reads {} of 'else': every {} of those whom it concerns has its own",
                            what_, attribute_.name));
  }

  void warn(const Node& node, std::string what) {
    reader_.warn(reader_.at_key(node), "number-not-read", std::move(what),
                 "'who' leaves out people who are meant", "leave the number out");
  }

  /// Whoever has no number and reads none gets one that others read: it is right whatever is asked of it.
  [[nodiscard]] std::vector<double> spread(const std::vector<std::optional<double>>& numbers) const {
    double any = 0;
    for (std::size_t v = numbers.size(); v-- > 0;) {
      if (numbers[v] && (value_read_[v] || !anybody_reads_)) any = *numbers[v];
    }
    std::vector<double> by_group(groups_.count());
    for (std::size_t g = 0; g < by_group.size(); ++g) {
      by_group[g] = numbers[groups_.value(Group(g), by_.attribute)].value_or(any);
    }
    return by_group;
  }

  Reader& reader_;
  std::string what_;
  const Groups& groups_;
  const Attribute& attribute_;
  ByAttribute by_;
  /// By value of the attribute.
  std::vector<bool> value_read_;
  bool anybody_reads_ = false;
};

}  // namespace

NumbersRead read_by_group(Reader& reader, const Node& node, const std::string& what,
                          const Concerned& concerned, NumberReader read_number) {
  if (!node.is_map()) {
    const auto value = (reader.*read_number)(node, what);
    return {value ? std::vector<double>{*value} : std::vector<double>{}};
  }
  const Node* by = node.find("by");
  if (by == nullptr) {
    reader.wrong(node, fmt::format("{} is a map without the key 'by'", what),
                 "a number, or {by: ATTRIBUTE, VALUE: number, ...}");
    return {};
  }
  Names names = attribute_names(concerned.groups);
  names.add(concerned.groups.attribute(concerned.groups.birth()).name);
  names.add(concerned.groups.attribute(concerned.groups.citizenship()).name);
  const auto attribute = reader.reference(*by, "attribute", names);
  if (!attribute) return {};
  return ByAttributeReader(reader, what, concerned, AttributeId(*attribute)).read(node, read_number);
}

}  // namespace sojourn
