#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/checks/check.hpp"
#include "sim/reading/checks/check_people.hpp"

namespace sojourn {

namespace {

bool is_single(const ChoiceSet& set) {
  return std::holds_alternative<BirthRegion>(set) || std::holds_alternative<PreviousRegion>(set);
}

/// Which regions have a destination that is not themselves.
std::vector<bool> with_destination(const Scenario& scenario, const ChoiceSet& set) {
  const std::size_t n = scenario.region_count();
  std::vector<bool> has(n, n > 1);
  if (std::holds_alternative<Neighbours>(set)) {
    has.assign(n, false);
    for (const Link& link : scenario.links) {
      has[link.from.index()] = true;
      has[link.to.index()] = true;
    }
  }
  if (const auto* listed = std::get_if<Listed>(&set)) {
    for (std::size_t r = 0; r < n; ++r) {
      has[r] = std::any_of(listed->regions.begin(), listed->regions.end(),
                           [r](Region region) { return region.index() != r; });
    }
  }
  return has;
}

bool has_people(const Scenario& scenario, Region region) {
  const std::size_t size = scenario.groups.count() * scenario.population.ages;
  const auto first = scenario.population.stayers.begin() + static_cast<std::ptrdiff_t>(region.index() * size);
  return std::any_of(first, first + static_cast<std::ptrdiff_t>(size),
                     [](double persons) { return persons > 0; }) ||
         std::any_of(scenario.population.movers.begin(), scenario.population.movers.end(),
                     [&](const MoverRow& row) { return row.residence == region && row.persons > 0; });
}

/// Checks one stream.
class StreamCheck {
 public:
  StreamCheck(const Scenario& scenario, const Stream& stream, Mistakes& mistakes)
      : scenario_(scenario), stream_(stream), mistakes_(mistakes) {}

  void destinations() {
    const ChoiceSet& set = stream_.destination.choice_set;
    const std::vector<bool> has = with_destination(scenario_, set);
    std::vector<std::string> without;
    bool some = false;
    for (std::size_t r = 0; r < has.size(); ++r) {
      if (!stream_.who.residences[r]) continue;
      some = some || has[r];
      if (!has[r]) without.push_back(scenario_.regions[r].code);
    }
    if (without.empty()) return;
    if (!some) {
      mistakes_.add(
          stream_.destination.where,
          fmt::format("stream {} never has a destination: {}", in_quotes(stream_.name), reason(set)),
          "a region other than that of residence");
    } else if (stream_.hazard.attraction) {
      mistakes_.add(scenario_.where(*stream_.hazard.attraction),
                    fmt::format("the attraction has no meaning in {}, from where there is no destination",
                                in_words(without)),
                    "no attraction, or a destination from every region of 'who'");
    } else {
      warn_of_dead_ends(has);
    }
  }

  void nests() {
    const std::vector<Nest>& nests = stream_.destination.nests;
    if (!nests.empty() && is_single(stream_.destination.choice_set)) {
      mistakes_.add(scenario_.where(nests[0].dissimilarity),
                    "there are nests where each agent has one destination only", "no 'nests'");
    }
  }

  void attraction() {
    if (!stream_.hazard.attraction) return;
    if (is_single(stream_.destination.choice_set)) {
      mistakes_.add(scenario_.where(*stream_.hazard.attraction),
                    "there is an attraction where each agent has one destination only",
                    "no attraction with 'choose: birth' or 'choose: previous'");
    }
    for (const PullTerm& term : stream_.destination.pull) {
      if (!std::holds_alternative<HomeTerm>(term)) continue;
      mistakes_.add(scenario_.where(*stream_.hazard.attraction),
                    "there is an attraction beside the pull term 'home'",
                    "one or the other: the attraction is the same for all who live in a region");
    }
  }

  /// Who was born outside, or has no citizenship, is a citizen of no region of the scenario.
  void citizenship() {
    if (scenario_.citizenship_count() == scenario_.region_count()) return;
    for (const PullTerm& pull : stream_.destination.pull) {
      const auto* term = std::get_if<FactorTerm>(&pull);
      if (term == nullptr || term->comparison != Comparison::citizenship || term->outside) continue;
      mistakes_.add(scenario_.where(term->coefficient),
                    "the term does not say what holds for those who were born outside",
                    "'outside: NUMBER', the factor for citizens of no region of the scenario");
    }
  }

  void birth() {
    const Who& who = stream_.who;
    if (who.foreign_born.has_value() && !*who.foreign_born) {
      if (std::holds_alternative<BirthRegion>(stream_.destination.choice_set)) {
        mistakes_.add(stream_.destination.where, "who lives in the region of birth cannot move to it",
                      "'foreign_born: true', or another choice");
      }
      for (const PullTerm& pull : stream_.destination.pull) {
        const auto* home = std::get_if<HomeTerm>(&pull);
        if (home == nullptr) continue;
        mistakes_.add(scenario_.where(home->coefficient),
                      "no destination is home for those who live at home ('foreign_born: false')",
                      "no term 'home'");
      }
    }
    const bool needs_movers = is_single(stream_.destination.choice_set) || who.foreign_born.value_or(false);
    if (needs_movers && !are_movers(scenario_)) {
      mistakes_.add(stream_.where,
                    fmt::format("stream {} is of people who have moved before, and nobody ever has",
                                in_quotes(stream_.name)),
                    "'movers' in 'population', or another stream that people start with");
    }
  }

 private:
  /// Of regions that have people at the start and no destination for them.
  void warn_of_dead_ends(const std::vector<bool>& has) {
    std::vector<std::string> lived_in;
    for (std::size_t r = 0; r < has.size(); ++r) {
      const bool concerned = stream_.who.residences[r] && !has[r];
      if (concerned && has_people(scenario_, Region{r})) lived_in.push_back(scenario_.regions[r].code);
    }
    if (lived_in.empty()) return;
    constexpr std::size_t most_named = 8;
    mistakes_.warn(
        {.id = "nobody-can-go",
         .where = stream_.destination.where,
         .what = fmt::format("stream {} has no destination from {}, where people live at the start",
                             in_quotes(stream_.name), in_words(lived_in, most_named)),
         .may_mean = "a link or a region is missing",
         .how_meant = "leave such regions out of 'who: {residence: ...}'"});
  }

  [[nodiscard]] std::string reason(const ChoiceSet& set) const {
    if (scenario_.region_count() == 1) return "there is only one region";
    if (std::holds_alternative<Neighbours>(set)) {
      return scenario_.links.empty() ? "there are no links" : "no link begins where its people live";
    }
    return "only their own region is listed";
  }

  const Scenario& scenario_;
  const Stream& stream_;
  Mistakes& mistakes_;
};

}  // namespace

void check_streams(const Scenario& scenario, Mistakes& mistakes) {
  const std::vector<bool> reached = reachable_groups(scenario);
  for (std::size_t s = 0; s < scenario.streams.size(); ++s) {
    StreamCheck check(scenario, scenario.streams[s], mistakes);
    const std::string of = "stream " + in_quotes(scenario.streams[s].name);
    check_who(scenario, of, scenario.streams[s].who, reached, scenario.streams[s].who.where, mistakes);
    check.destinations();
    check.nests();
    check.attraction();
    check.birth();
    check.citizenship();
  }
}

}  // namespace sojourn
