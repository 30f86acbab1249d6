#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace sojourn {

/// Collects the mistakes of a scenario, so that all of them are told at once. Of each file only the first
/// hundred are kept, and how many more there were.
class Mistakes {
 public:
  /// `first_file` is the scenario's: its mistakes are told before those of tables.
  explicit Mistakes(std::string first_file);

  void add(Position where, std::string what, std::string expected = "", std::string suggestion = "");
  /// Whether further mistakes in this file are only counted: a suggestion need not be looked for any more.
  [[nodiscard]] bool is_full(const std::string& file) const;
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] bool none() const { return count_ == 0; }
  /// By file, in the order in which files were first met, then by line and column; no mistake twice.
  [[nodiscard]] std::vector<Mistake> in_order() const;

 private:
  struct OfFile {
    std::string file;
    std::vector<Mistake> kept;
    std::size_t dropped = 0;
  };
  std::vector<OfFile> files_;
  std::size_t count_ = 0;
};

}  // namespace sojourn
