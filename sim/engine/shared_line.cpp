#include "sim/engine/shared_line.hpp"

#include <numeric>
#include <set>

namespace sojourn {

namespace {

class Sharing {
 public:
  Sharing(std::vector<SharedLine>& lines, LimitLedger& ledger, RandomNumbers& random)
      : lines_(lines), ledger_(ledger), random_(random), ended_(lines.size()), waiting_(lines.size()) {}

  void share_out() {
    std::set<LineUp> places;
    for (const SharedLine& line : lines_) {
      for (const auto& [place, agents] : line.places) places.insert(place);
    }
    for (const LineUp& place : places) {
      for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto found = lines_[i].places.find(place);
        waiting_[i] = ended_[i] || found == lines_[i].places.end() ? 0 : found->second;
      }
      if (!serve_all()) serve_one_by_one();
    }
  }

 private:
  /// Serves all who stand there, if every limit has room for all of them: then it does not matter who comes
  /// first.
  bool serve_all() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (waiting_[i] == 0) continue;
      const std::int64_t admitted =
          ledger_.admit_many(lines_[i].one, waiting_[i], LimitLedger::Refusal::of_a_trial);
      if (admitted == waiting_[i]) continue;
      ledger_.give_back(lines_[i].one, admitted);
      for (std::size_t k = 0; k < i; ++k) ledger_.give_back(lines_[k].one, waiting_[k]);
      return false;
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) lines_[i].served += waiting_[i];
    return true;
  }

  void serve_one_by_one() {
    std::int64_t left = std::accumulate(waiting_.begin(), waiting_.end(), std::int64_t{0});
    while (left > 0) {
      auto number = static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(left)));
      std::size_t line = 0;
      while (number >= waiting_[line]) number -= waiting_[line++];
      const bool is_last_line = waiting_[line] == left;
      const std::int64_t tried = is_last_line ? left : 1;
      const std::int64_t served = ledger_.admit_many(lines_[line].one, tried);
      lines_[line].served += served;
      ended_[line] = ended_[line] || served < tried;
      const std::int64_t gone = served < tried ? waiting_[line] : served;
      waiting_[line] -= gone;
      left -= gone;
    }
  }

  std::vector<SharedLine>& lines_;
  LimitLedger& ledger_;
  RandomNumbers& random_;
  std::vector<bool> ended_;
  /// By line: who stand at the present place and were not asked yet.
  std::vector<std::int64_t> waiting_;
};

}  // namespace

void share_out(std::vector<SharedLine>& lines, LimitLedger& ledger, RandomNumbers& random) {
  Sharing(lines, ledger, random).share_out();
}

}  // namespace sojourn
