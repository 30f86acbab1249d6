#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/forms/ages.hpp"

namespace sojourn {

/// The different ages of people that a column or the keys of a map name, as they were understood, to warn of
/// what was perhaps meant otherwise. (Rates by ages that are numbers alone are right to be read as classes.)
class AgesGiven {
 public:
  /// `where`: a function that tells where the text stands, called for ages that are new.
  template <class Where>
  void add(const AgeRange& ages, std::string_view text, Where where) {
    const auto [place, is_new] = by_first_.try_emplace(ages.from);
    if (is_new) place->second = {ages, std::string(text), where()};
  }

  /// Where a number alone reaches to the next one: warns of numbers with gaps, and of an open last age after
  /// single years.
  void warn_of_classes(Reader& reader) const;
  /// Where a number alone is that one year: warns of the first that would be more of them if it reached to
  /// the next one, or were as wide as the one before it.
  void warn_of_years(Reader& reader) const;

 private:
  struct Given {
    AgeRange ages;
    std::string text;
    Position where;
  };
  [[nodiscard]] std::vector<AgeRange> ranges() const;
  [[nodiscard]] bool are_bare() const;
  /// `'18-19', '20-26' and '27-39'`.
  [[nodiscard]] std::string understood() const;

  /// By first year.
  std::map<int, Given> by_first_;
};

/// Warns of the ages of people in a column, as `ages_of_rows` understood them.
void warn_of_ages(Reader& reader, const Table& table, Column column, const std::vector<std::size_t>& rows,
                  const std::vector<AgeRange>& ages);

}  // namespace sojourn
