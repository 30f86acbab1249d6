#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sojourn {

/// A text for people: one whose language is not said, one in each of several languages, both, or nothing. It
/// is kept byte for byte.
class Texts {
 public:
  /// `language` is a code such as `az`, or "" where it is not said.
  struct InLanguage {
    std::string language;
    std::string text;
  };

  Texts() = default;
  /// In a language that is not said; an empty text is nothing.
  explicit Texts(std::string text) { add("", std::move(text)); }

  /// An empty text, or a second one in a language, is not added.
  void add(std::string language, std::string text);

  /// In the order in which they were added.
  [[nodiscard]] const std::vector<InLanguage>& all() const { return all_; }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  /// Null where there is none in this language.
  [[nodiscard]] const std::string* find(std::string_view language) const;
  /// What is shown where no language is asked for: the text whose language is not said, else the English one,
  /// else the first. "" where there is nothing.
  [[nodiscard]] const std::string& plain() const;
  /// The text in a language, or what is shown without one, or, where there is nothing, the name itself.
  [[nodiscard]] const std::string& in(std::string_view language, const std::string& name) const;

 private:
  std::vector<InLanguage> all_;
};

}  // namespace sojourn
