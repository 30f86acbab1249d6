#include "sim/reading/policies/read_variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

/// Variants as they are written, of which each may name others.
class VariantReader {
 public:
  VariantReader(Reader& reader, const Node* policies, const Names& names)
      : reader_(reader), policies_(policies), policy_names_(names) {}

  [[nodiscard]] std::vector<Variant> read(const Node& section) {
    for (const Entry& entry : section.entries) {
      if (!reader_.is_name_for(entry, "variant") || !names_.add(entry.key)) continue;
      written_.push_back({.list = &entry.value});
    }
    std::vector<Variant> variants;
    for (std::size_t v = 0; v < written_.size(); ++v) {
      expand(v);
      const std::string& name = names_.all()[v];
      if (name == baseline_name && !written_[v].list->items.empty())
        reader_.wrong(*written_[v].list, "the baseline is the variant without policies", "[]");
      if (written_[v].list->is_list()) variants.push_back({name, written_[v].policies});
    }
    return variants;
  }

 private:
  struct Written {
    const Node* list = nullptr;
    enum class State : std::uint8_t { unread, being_read, read } state = State::unread;
    std::vector<PolicyId> policies{};
    /// By policy.
    std::vector<bool> has{};
  };

  void expand(std::size_t number) {
    Written& variant = written_[number];
    if (variant.state != Written::State::unread) return;
    variant.state = Written::State::being_read;
    variant.has.assign(policy_names_.size(), false);
    way_.push_back(number);
    if (variant.list->is_list()) {
      read_list(number);
    } else {
      reader_.wrong_value(*variant.list, fmt::format("variant {}", in_quotes(names_.all()[number])),
                          "a list of policies such as [reform]");
    }
    way_.pop_back();
    variant.state = Written::State::read;
    variant.has = {};
  }

  void read_list(std::size_t number) {
    Names seen;
    for (const Node& item : written_[number].list->items) {
      if (!item.is_scalar()) {
        (void)reader_.reference(item, "policy", policy_names_);  // which says what is wrong
      } else if (!seen.add(item.text)) {
        reader_.wrong(item,
                      fmt::format("{} {} is in the list twice",
                                  policy_names_.find(item.text) ? "policy" : "variant", in_quotes(item.text)),
                      "each once");
      } else {
        add(item, number);
      }
    }
  }

  /// Adds what an item of a variant's list names.
  void add(const Node& item, std::size_t to) {
    const auto policy = policy_names_.find(item.text);
    auto variant = names_.find(item.text);
    // A variant is often called as its policy, and is no part of itself.
    if (policy && variant == to) variant = std::nullopt;
    if (!policy && !variant) {
      if (item.text != baseline_name) say_unknown(item);
      return;
    }
    if (variant && written_[*variant].state == Written::State::being_read && !policy) {
      say_ring(item, *variant);
      return;
    }
    constexpr std::size_t most_within = 100;
    if (way_.size() > most_within) {
      reader_.wrong(item, fmt::format("more than {} variants are said by one another", most_within), "fewer");
      return;
    }
    if (variant) expand(*variant);
    if (policy && variant && written_[*variant].policies != std::vector{PolicyId(*policy)}) {
      say_ambiguous(item, *variant);
      return;
    }
    if (!variant) {
      add_policy(item, PolicyId(*policy), to);
    } else {
      for (const PolicyId one : written_[*variant].policies) add_policy(item, one, to);
    }
  }

  void add_policy(const Node& item, PolicyId policy, std::size_t to) {
    constexpr std::size_t most = 10'000'000;
    if (written_[to].has[policy.index()] || count_ > most) return;
    if (++count_ > most) reader_.wrong(item, "the variants have too many policies", "fewer");
    written_[to].has[policy.index()] = true;
    written_[to].policies.push_back(policy);
  }

  void say_unknown(const Node& item) {
    Names known = policy_names_;
    for (const std::string& name : names_.all()) known.add(name);
    reader_.say_unknown(reader_.at(item), "policy or variant", item.text, known);
  }

  /// The variants that lead from one back to it, with the line of each.
  void say_ring(const Node& item, std::size_t number) {
    std::string way;
    for (auto place = std::find(way_.begin(), way_.end(), number); place != way_.end(); ++place) {
      way += fmt::format("{} (line {}), ", names_.all()[*place], written_[*place].list->key_place.line);
    }
    const std::string& own = names_.all()[number];
    reader_.wrong(item, fmt::format("variant {} is part of itself: {}{}", in_quotes(own), way, own),
                  "variants that are lists of policies at last");
  }

  void say_ambiguous(const Node& item, std::size_t variant) {
    const Node* policy = policies_ != nullptr ? policies_->find(item.text) : nullptr;
    reader_.wrong(item,
                  fmt::format("{} is a policy (line {}) and a variant of others than it (line {})",
                              in_quotes(item.text), policy != nullptr ? policy->key_place.line : 0,
                              written_[variant].list->key_place.line),
                  "another name for one of them");
  }

  Reader& reader_;
  const Node* policies_;
  const Names& policy_names_;
  Names names_;
  std::vector<Written> written_;
  /// Those that are being read, each named by the next.
  std::vector<std::size_t> way_;
  std::size_t count_ = 0;
};

}  // namespace

std::vector<Variant> read_variants(Reader& reader, const Node& section, const Node* policies,
                                   const Names& names) {
  if (!section.is_map()) {
    reader.wrong_value(section, "'variants'", "a map such as {baseline: [], reform: [reform]}");
    return {};
  }
  return VariantReader(reader, policies, names).read(section);
}

}  // namespace sojourn
