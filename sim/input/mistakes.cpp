#include "sim/input/mistakes.hpp"

#include <algorithm>
#include <tuple>

#include "sim/base/text.hpp"
#include "sim/input/warning_ids.hpp"

namespace sojourn {

namespace {

constexpr std::size_t most_of_a_file = 100;
constexpr std::size_t most_places = 10'000;
constexpr std::size_t most_suggestions = 1'000;
constexpr std::size_t most_warnings = 1'000;

/// A suggestion follows from the rest, and is not looked for every time.
bool says_the_same(const Mistake& a, const Mistake& b) {
  return a.what == b.what && a.expected == b.expected;
}

}  // namespace

Mistakes::Mistakes(std::string first_file) { files_.push_back({std::move(first_file), {}, 0, 0}); }

void Mistakes::add(Position where, std::string what, std::string expected, std::string suggestion) {
  ++count_;
  auto found =
      std::find_if(files_.begin(), files_.end(), [&](const OfFile& f) { return f.file == where.file; });
  if (found == files_.end()) found = files_.insert(files_.end(), OfFile{where.file, {}, 0, 0});
  ++found->count;
  const std::pair place(where.line, where.column);
  Mistake mistake{std::move(where), std::move(what), std::move(expected), std::move(suggestion)};
  const auto same = std::find_if(found->kept.begin(), found->kept.end(),
                                 [&](const Told& told) { return says_the_same(told.mistake, mistake); });
  if (same != found->kept.end()) {
    const bool is_new = same->places.size() >= most_places || same->places.insert(place).second;
    if (is_new) ++same->times;
  } else if (found->kept.size() < most_of_a_file) {
    found->kept.push_back({std::move(mistake), {place}, 1});
  } else {
    ++found->dropped;
  }
}

bool Mistakes::is_full(const std::string& file) const {
  return std::any_of(files_.begin(), files_.end(), [&](const OfFile& f) {
    return f.file == file && (f.kept.size() >= most_of_a_file || f.count >= most_suggestions);
  });
}

Mistake Mistakes::first_with_others(const Told& told) {
  Mistake mistake = told.mistake;
  auto place = told.places.begin();
  const auto position = [&] { return Position{mistake.where.file, place->first, place->second}; };
  mistake.where = position();
  for (++place; place != told.places.end() && mistake.also.size() < most_places_told; ++place) {
    mistake.also.push_back(position());
  }
  mistake.more = told.times - 1;
  return mistake;
}

std::vector<Mistake> Mistakes::in_order() const {
  std::vector<Mistake> all;
  for (const OfFile& file : files_) {
    std::vector<Mistake> sorted;
    sorted.reserve(file.kept.size());
    for (const Told& told : file.kept) sorted.push_back(first_with_others(told));
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

void Mistakes::warn(Warning warning) {
  warning.id = checked_warning_id(std::move(warning.id));
  warnings_.push_back(std::move(warning));
  if (warnings_.size() > most_warnings) {
    warnings_ = folded(warnings_);
    if (warnings_.size() > most_warnings) {
      warnings_.pop_back();
      ++warnings_dropped_;
    }
  }
}

std::vector<Warning> Mistakes::warnings() const {
  std::vector<Warning> all = folded(warnings_);
  if (warnings_dropped_ == 0) return all;
  Warning rest;
  rest.id = "more-warnings";
  rest.where.file = files_.front().file;
  rest.what = "there are " + counted(warnings_dropped_, "more warning");
  rest.may_mean = "a unit or a column is another than was thought";
  all.push_back(std::move(rest));
  return all;
}

}  // namespace sojourn
