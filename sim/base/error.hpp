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

/// One mistake in the input: what is wrong, what was expected, and (where one is close) what was perhaps
/// meant.
struct Mistake {
  Position where;
  std::string what;
  std::string expected;
  std::string suggestion;

  friend bool operator==(const Mistake&, const Mistake&) = default;
};

/// `file:line:column: what; expected ...; did you mean ...?`
[[nodiscard]] std::string to_string(const Mistake& mistake);

/// The input is wrong: carries every mistake that was found, in the order of files and lines.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Mistake> mistakes);
  [[nodiscard]] const std::vector<Mistake>& mistakes() const { return mistakes_; }

 private:
  std::vector<Mistake> mistakes_;
};

/// Something outside the scenario failed: a file cannot be written, memory is short.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The name among `known` that is closest to `given` by edit distance, or "" if none is close enough.
[[nodiscard]] std::string closest_name(const std::string& given, const std::vector<std::string>& known);

}  // namespace sojourn
