#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/digits.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/check_people.hpp"
#include "sim/scenario/effective.hpp"
#include "sim/scenario/text.hpp"

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
  StreamCheck(const Scenario& scenario, const Stream& stream, const StreamPlaces& places, Mistakes& mistakes)
      : scenario_(scenario), stream_(stream), places_(places), mistakes_(mistakes) {}

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
          places_.choose,
          fmt::format("stream {} never has a destination: {}", in_quotes(stream_.name), reason(set)),
          "a region other than that of residence");
    } else if (stream_.hazard.attraction) {
      mistakes_.add(places_.hazard.attraction,
                    fmt::format("the attraction has no meaning in {}, from where there is no destination",
                                in_words(without)),
                    "no attraction, or a destination from every region of 'who'");
    } else {
      warn_of_dead_ends(has);
    }
  }

  /// Under the policies of every variant.
  void nests() {
    const std::vector<Nest>& nests = stream_.destination.nests;
    if (!nests.empty() && is_single(stream_.destination.choice_set)) {
      mistakes_.add(places_.nests[0], "there are nests where each agent has one destination only",
                    "no 'nests'");
      return;
    }
    for (std::size_t n = 0; n < nests.size(); ++n) {
      for (const Variant& variant : scenario_.variants) {
        const std::string fault = fault_of(nests[n], variant);
        if (fault.empty()) continue;
        mistakes_.add(places_.nests[n], fault, "a number above 0 and up to 1");
        break;
      }
    }
  }

  void attraction() {
    if (!stream_.hazard.attraction) return;
    if (is_single(stream_.destination.choice_set)) {
      mistakes_.add(places_.hazard.attraction,
                    "there is an attraction where each agent has one destination only",
                    "no attraction with 'choose: birth' or 'choose: previous'");
    }
    for (const PullTerm& term : stream_.destination.pull) {
      if (!std::holds_alternative<HomeTerm>(term)) continue;
      mistakes_.add(places_.hazard.attraction, "there is an attraction beside the pull term 'home'",
                    "one or the other: the attraction is the same for all who live in a region");
    }
  }

  /// Who was born outside is a citizen of no region of the scenario.
  void citizenship() {
    if (scenario_.birth_count() == scenario_.region_count()) return;
    for (std::size_t t = 0; t < stream_.destination.pull.size(); ++t) {
      const auto* term = std::get_if<FactorTerm>(&stream_.destination.pull[t]);
      if (term == nullptr || term->comparison != Comparison::citizenship || term->outside) continue;
      mistakes_.add(places_.pull[t], "the term does not say what holds for those who were born outside",
                    "'outside: NUMBER', the factor for citizens of no region of the scenario");
    }
  }

  void birth() {
    const Who& who = stream_.who;
    if (who.foreign_born.has_value() && !*who.foreign_born) {
      if (std::holds_alternative<BirthRegion>(stream_.destination.choice_set)) {
        mistakes_.add(places_.choose, "who lives in the region of birth cannot move to it",
                      "'foreign_born: true', or another choice");
      }
      for (std::size_t t = 0; t < stream_.destination.pull.size(); ++t) {
        if (!std::holds_alternative<HomeTerm>(stream_.destination.pull[t])) continue;
        mistakes_.add(places_.pull[t],
                      "no destination is home for those who live at home ('foreign_born: false')",
                      "no term 'home'");
      }
    }
    const bool needs_movers = is_single(stream_.destination.choice_set) || who.foreign_born.value_or(false);
    if (needs_movers && !are_movers(scenario_)) {
      mistakes_.add(places_.stream,
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
         .where = places_.choose,
         .what = fmt::format("stream {} has no destination from {}, where people live at the start",
                             in_quotes(stream_.name), in_words(lived_in, most_named)),
         .may_mean = "a link or a region is missing",
         .how_meant = "leave such regions out of 'who: {residence: ...}'"});
  }

  [[nodiscard]] std::string fault_of(const Nest& nest, const Variant& variant) const {
    Effective mu(scenario_, nest.dissimilarity, variant);
    for (std::size_t s = 0; s < scenario_.time.steps(); ++s) {
      const Date from = scenario_.time.boundary(s);
      if (!mu.update(from, scenario_.time.boundary(s + 1))) continue;
      for (const double value : mu.values()) {
        if (value > 0 && value <= 1) continue;
        return fmt::format(
            "the dissimilarity of nest {} is {}{}", in_quotes(nest.name), digits_apart(value, 1, 6),
            mu.is_changed()
                ? fmt::format(" in the step from {} in variant {}", to_string(from), in_quotes(variant.name))
                : "");
      }
    }
    return "";
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
  const StreamPlaces& places_;
  Mistakes& mistakes_;
};

}  // namespace

void check_streams(const Scenario& scenario, const std::vector<StreamPlaces>& places, Mistakes& mistakes) {
  const std::vector<bool> reached = reachable_groups(scenario);
  for (std::size_t s = 0; s < scenario.streams.size(); ++s) {
    StreamCheck check(scenario, scenario.streams[s], places[s], mistakes);
    const std::string of = "stream " + in_quotes(scenario.streams[s].name);
    check_who(scenario, of, scenario.streams[s].who, reached, places[s].who, mistakes);
    check.destinations();
    check.nests();
    check.attraction();
    check.birth();
    check.citizenship();
  }
}

}  // namespace sojourn
