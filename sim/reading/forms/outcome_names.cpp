#include "sim/reading/forms/outcome_names.hpp"

namespace sojourn {

OutcomeNames names_of_outcomes(const Node* transitions) {
  OutcomeNames names;
  if (transitions == nullptr) return names;
  const auto add = [&](std::size_t transition, std::string name, const Node* of, bool gives_up) {
    if (of != nullptr && of->find("leaves") != nullptr) names.ways_out.push_back(name);
    names.counted.push_back(std::move(name));
    names.transition.push_back(transition);
    names.gives_up.push_back(gives_up);
  };
  for (std::size_t t = 0; t < transitions->entries.size(); ++t) {
    const Entry& entry = transitions->entries[t];
    const Node* outcomes = entry.value.find("outcomes");
    if (outcomes == nullptr || outcomes->entries.empty()) {
      add(t, entry.key, nullptr, false);
    } else {
      for (const Entry& one : outcomes->entries)
        add(t, name_of_outcome(entry.key, one.key), &one.value, false);
    }
    const Node* given_up = entry.value.find(given_up_key);
    if (given_up != nullptr) add(t, name_of_outcome(entry.key, given_up_key), given_up, true);
  }
  return names;
}

std::string name_of_outcome(const std::string& transition, const std::string& outcome) {
  return transition + '/' + outcome;
}

}  // namespace sojourn
