#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace sojourn {

/// A place in an input file. Lines and columns count from 1; 0 means "the file as a whole".
struct Position {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;

  friend bool operator==(const Position&, const Position&) = default;
};

/// `file:line:column`, or `file` for the file as a whole.
[[nodiscard]] std::string to_string(const Position& position);

/// Further places that are named, of what is told once for many.
inline constexpr std::size_t most_places_told = 4;

/// ` (also in lines 4, 5, 6 and 9 and in 12 more places)`, of which `places` are the first; "" for none.
[[nodiscard]] std::string further_places(const std::vector<Position>& places, std::size_t more);

/// One mistake in the input: what is wrong, what was expected, and (where one is close) what was perhaps
/// meant.
struct Mistake {
  Position where;
  std::string what;
  std::string expected;
  std::string suggestion;
  /// Further places of the same mistake in the file: the first of them, and how many there are in all.
  std::vector<Position> also = {};
  std::size_t more = 0;

  friend bool operator==(const Mistake&, const Mistake&) = default;
};

/// `file:line:column: what; expected ...; did you mean ...?`
[[nodiscard]] std::string to_string(const Mistake& mistake);

/// The input is wrong: carries every mistake that was found, in the order of files and lines.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Mistake> mistakes, std::vector<std::string> warnings = {});
  [[nodiscard]] const std::vector<Mistake>& mistakes() const { return mistakes_; }
  /// What was warned of besides, as text; no part of `what()`.
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  std::vector<Mistake> mistakes_;
  std::vector<std::string> warnings_;
};

/// Something outside the scenario failed: a file cannot be written, memory is short.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The name among `known` that is closest to `given` by edit distance, or "" if none is close enough.
[[nodiscard]] std::string closest_name(const std::string& given, const std::vector<std::string>& known);

}  // namespace sojourn
