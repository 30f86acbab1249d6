#include "sim/reading/forms/tie_classes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sojourn {

namespace {

/// Keys whose values name people: maps of people, lists of them, or maps of them by name.
constexpr std::array<std::string_view, 5> keys_of_people{"who", "people", "not", "priority", "occupied"};
constexpr std::string_view by_word = "by";

bool names_people(std::string_view key) {
  return std::find(keys_of_people.begin(), keys_of_people.end(), key) != keys_of_people.end();
}

/// Sets of regions, each of which is named together somewhere.
class Cuts {
 public:
  explicit Cuts(const Names& names) : names_(&names) {}

  /// A region, a list of regions, or `{not: ...}` of either.
  void add(const Node& node) {
    std::set<std::size_t> named;
    collect(node, named);
    if (!named.empty()) sets_.insert(std::move(named));
  }
  void add(std::string_view region) {
    if (const auto number = names_->find(region)) sets_.insert({*number});
  }

  [[nodiscard]] TieClasses classes() const {
    TieClasses result;
    if (sets_.empty()) return result;
    std::map<std::vector<bool>, std::vector<std::size_t>> members;
    for (std::size_t r = 0; r < names_->size(); ++r) {
      std::vector<bool> named_in;
      named_in.reserve(sets_.size());
      for (const std::set<std::size_t>& one : sets_) named_in.push_back(one.contains(r));
      members[named_in].push_back(r);
    }
    if (members.size() == 1) return result;
    result.names.clear();
    result.of.resize(names_->size());
    // In the order of their first regions, whatever the sets are.
    std::vector<std::pair<std::vector<std::size_t>, bool>> in_order;
    for (const auto& [named_in, regions] : members) {
      const bool named = std::find(named_in.begin(), named_in.end(), true) != named_in.end();
      in_order.emplace_back(regions, named);
    }
    std::sort(in_order.begin(), in_order.end());
    for (const auto& [regions, named] : in_order) {
      for (const std::size_t r : regions) result.of[r] = static_cast<std::uint32_t>(result.names.size());
      // A region may have that name.
      const std::string rest = names_->find("others") ? "all others" : "others";
      result.names.push_back(named ? name_of(regions) : rest);
    }
    return result;
  }

 private:
  void collect(const Node& node, std::set<std::size_t>& named) const {
    if (node.is_scalar()) {
      if (const auto number = names_->find(node.text)) named.insert(*number);
    }
    for (const Node& item : node.items) collect(item, named);
    if (const Node* others = node.is_map() ? node.find("not") : nullptr) collect(*others, named);
  }

  [[nodiscard]] std::string name_of(const std::vector<std::size_t>& regions) const {
    constexpr std::size_t most = 4;
    std::string name = names_->all()[regions.front()];
    for (std::size_t i = 1; i < std::min(most, regions.size()); ++i) name += "+" + names_->all()[regions[i]];
    return regions.size() > most ? fmt::format("{} and {} more", name, regions.size() - most) : name;
  }

  const Names* names_;
  std::set<std::set<std::size_t>> sets_;
};

class Scan {
 public:
  Scan(const Names& births, const Names& citizenships) : births_(births), citizenships_(citizenships) {}

  void document(const Node& node) {
    for (const Entry& entry : node.entries) visit(entry.value, names_people(entry.key));
  }

  [[nodiscard]] TiesToldApart result() const { return {births_.classes(), citizenships_.classes()}; }

 private:
  [[nodiscard]] Cuts* cuts_of(std::string_view key) {
    if (key == birth_key) return &births_;
    return key == citizenship_key_of_people ? &citizenships_ : nullptr;
  }

  void visit(const Node& node, bool of_people) {
    for (const Node& item : node.items) visit(item, of_people);
    const Node* const by = node.is_map() ? node.find(by_word) : nullptr;
    Cuts* const numbers_by = by != nullptr && by->is_scalar() ? cuts_of(by->text) : nullptr;
    for (const Entry& entry : node.entries) {
      if (numbers_by != nullptr) numbers_by->add(entry.key);
      Cuts* const told_by = of_people ? cuts_of(entry.key) : nullptr;
      if (told_by != nullptr) told_by->add(entry.value);
      if (told_by == nullptr) visit(entry.value, of_people || names_people(entry.key));
    }
  }

  Cuts births_;
  Cuts citizenships_;
};

}  // namespace

Names tie_names(const Names& regions) {
  Names names(regions.all());
  for (const std::string_view word : {outside_word, stateless_word}) {
    if (!names.add(std::string(word))) names.add(fmt::format("({})", word));
  }
  names.set_complete(regions.is_complete());
  return names;
}

TiesToldApart ties_told_apart(const Node& document, const Names& regions) {
  const Names citizenships = tie_names(regions);
  // Everybody was born somewhere.
  Names births(regions.all());
  births.add(citizenships.all()[regions.size()]);
  Scan scan(births, citizenships);
  scan.document(document);
  return scan.result();
}

}  // namespace sojourn
