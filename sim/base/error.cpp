#include "sim/base/error.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sim/base/printable.hpp"

namespace sojourn {

namespace {

std::string join(const std::vector<Mistake>& mistakes) {
  std::string text;
  for (const Mistake& mistake : mistakes) {
    if (!text.empty()) text += '\n';
    text += to_string(mistake);
  }
  return text;
}

/// Levenshtein distance (1966), one row at a time.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string to_string(const Position& position) {
  if (position.line == 0) return position.file;
  return position.file + ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
}

std::string further_places(const std::vector<Position>& places, std::size_t more) {
  if (more == 0) return "";
  const std::size_t unnamed = more - std::min(more, places.size());
  std::string text = places.size() == 1 ? " (also in line " : " (also in lines ";
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i > 0) text += i + 1 == places.size() ? " and " : ", ";
    text += std::to_string(places[i].line);
  }
  if (unnamed > 0)
    text += " and in " + std::to_string(unnamed) + (unnamed == 1 ? " more place" : " more places");
  return text + ')';
}

std::string to_string(const Mistake& mistake) {
  std::string text = to_string(mistake.where) + ": " + mistake.what;
  if (!mistake.expected.empty()) text += "; expected " + mistake.expected;
  if (!mistake.suggestion.empty()) text += "; did you mean " + mistake.suggestion + "?";
  return printable(text + further_places(mistake.also, mistake.more));
}

InputError::InputError(std::vector<Mistake> mistakes, std::vector<std::string> warnings)
    : std::runtime_error(join(mistakes)), mistakes_(std::move(mistakes)), warnings_(std::move(warnings)) {}

std::string closest_name(const std::string& given, const std::vector<std::string>& known) {
  // Long names are not compared: the cost grows with the square of the length, and nobody mistypes them.
  constexpr std::size_t longest = 64;
  if (given.empty() || given.size() > longest) return "";
  std::string best;
  std::size_t best_distance = 1 + given.size() / 3;
  for (const std::string& name : known) {
    if (name.size() > longest) continue;
    const std::size_t distance = edit_distance(given, name);
    // Where every letter differs nothing is meant: `x` is not a slip for `o`.
    if (distance >= std::max(given.size(), name.size())) continue;
    if (distance <= best_distance && (best.empty() || distance < best_distance)) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace sojourn
