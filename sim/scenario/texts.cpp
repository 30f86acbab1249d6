#include "sim/scenario/texts.hpp"

namespace sojourn {

void Texts::add(std::string language, std::string text) {
  if (text.empty() || find(language) != nullptr) return;
  all_.push_back({std::move(language), std::move(text)});
}

const std::string* Texts::find(std::string_view language) const {
  for (const InLanguage& one : all_) {
    if (one.language == language) return &one.text;
  }
  return nullptr;
}

const std::string& Texts::plain() const {
  static const std::string nothing;
  if (const std::string* text = find("")) return *text;
  if (const std::string* text = find("en")) return *text;
  return all_.empty() ? nothing : all_.front().text;
}

const std::string& Texts::in(std::string_view language, const std::string& name) const {
  if (const std::string* text = find(language)) return *text;
  return all_.empty() ? name : plain();
}

}  // namespace sojourn
