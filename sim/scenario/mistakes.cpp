#include "sim/scenario/mistakes.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {
constexpr std::size_t most_of_a_file = 100;
}  // namespace

Mistakes::Mistakes(std::string first_file) { files_.push_back({std::move(first_file), {}, 0}); }

void Mistakes::add(Position where, std::string what, std::string expected, std::string suggestion) {
  ++count_;
  auto found =
      std::find_if(files_.begin(), files_.end(), [&](const OfFile& f) { return f.file == where.file; });
  if (found == files_.end()) found = files_.insert(files_.end(), OfFile{where.file, {}, 0});
  Mistake mistake{std::move(where), std::move(what), std::move(expected), std::move(suggestion)};
  if (std::find(found->kept.begin(), found->kept.end(), mistake) != found->kept.end()) return;
  if (found->kept.size() < most_of_a_file) {
    found->kept.push_back(std::move(mistake));
  } else {
    ++found->dropped;
  }
}

bool Mistakes::is_full(const std::string& file) const {
  return std::any_of(files_.begin(), files_.end(),
                     [&](const OfFile& f) { return f.file == file && f.kept.size() >= most_of_a_file; });
}

std::vector<Mistake> Mistakes::in_order() const {
  std::vector<Mistake> all;
  for (const OfFile& file : files_) {
    std::vector<Mistake> sorted = file.kept;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Mistake& a, const Mistake& b) {
      return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
    });
    all.insert(all.end(), sorted.begin(), sorted.end());
    if (file.dropped > 0) {
      Mistake rest;
      rest.where.file = file.file;
      rest.what = "and " + counted(file.dropped, "more mistake") + " in this file";
      all.push_back(std::move(rest));
    }
  }
  return all;
}

}  // namespace sojourn
