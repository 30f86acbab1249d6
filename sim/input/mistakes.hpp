#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/warning.hpp"

namespace sojourn {

/// Collects the mistakes of a scenario, so that all of them are told at once, and its warnings. Equal ones of
/// a file are told once, with the first places. Of each file only the first hundred different mistakes are
/// kept, and how many more there were.
class Mistakes {
 public:
  /// `first_file` is the scenario's: its mistakes are told before those of tables.
  explicit Mistakes(std::string first_file);

  void add(Position where, std::string what, std::string expected = "", std::string suggestion = "");
  /// Whether a suggestion for further mistakes in this file need not be looked for any more.
  [[nodiscard]] bool is_full(const std::string& file) const;
  /// Every mistake counts, also one that was told before.
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] bool none() const { return count_ == 0; }
  /// By file, in the order in which files were first met, then by line and column; no mistake twice.
  [[nodiscard]] std::vector<Mistake> in_order() const;

  /// Its id is one of `warning_ids()`.
  void warn(Warning warning);
  /// In the order in which they were met; equal ones folded, and of very many the first.
  [[nodiscard]] std::vector<Warning> warnings() const;

 private:
  struct Told {
    Mistake mistake;
    /// Lines and columns: where this was said so far, unless very often.
    std::set<std::pair<std::size_t, std::size_t>> places;
    std::size_t times = 0;
  };
  struct OfFile {
    std::string file;
    std::vector<Told> kept;
    std::size_t dropped = 0;
    std::size_t count = 0;
  };
  static Mistake first_with_others(const Told& told);

  std::vector<OfFile> files_;
  std::size_t count_ = 0;
  std::vector<Warning> warnings_;
  std::size_t warnings_dropped_ = 0;
};

}  // namespace sojourn
