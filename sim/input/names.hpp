#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sojourn {

/// The names of things of one kind, numbered in the order in which they were added.
class Names {
 public:
  Names() = default;
  explicit Names(const std::vector<std::string>& names) {
    for (const std::string& name : names) add(name);
  }

  /// False if the name is there already; it keeps its number.
  bool add(const std::string& name) {
    const bool is_new = numbers_.emplace(name, all_.size()).second;
    if (is_new) all_.push_back(name);
    return is_new;
  }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const {
    const auto found = numbers_.find(name);
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
  }
  [[nodiscard]] const std::vector<std::string>& all() const { return all_; }
  [[nodiscard]] std::size_t size() const { return all_.size(); }

  /// False where the section that gives the names has a mistake: then not finding a name is no mistake of its
  /// own.
  [[nodiscard]] bool is_complete() const { return complete_; }
  void set_complete(bool complete) { complete_ = complete; }

 private:
  /// Lets a `string_view` be looked up without a copy.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  bool complete_ = true;
  std::vector<std::string> all_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> numbers_;
};

}  // namespace sojourn
