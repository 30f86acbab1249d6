#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "sim/scenario/check.hpp"
#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {

bool any(const std::vector<bool>& flags) {
  return std::any_of(flags.begin(), flags.end(), [](bool flag) { return flag; });
}

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

/// The groups in which somebody is at the start, or comes by a stream, or is born.
std::vector<bool> reachable_groups(const Scenario& scenario) {
  const StartPopulation& start = scenario.population;
  const std::size_t groups = scenario.groups.count();
  std::vector<bool> reached(groups, false);
  for (std::size_t i = 0; i < start.stayers.size(); ++i) {
    if (start.stayers[i] > 0) reached[i / start.ages % groups] = true;
  }
  for (const MoverRow& row : start.movers) reached[row.group.index()] = true;
  bool more = true;
  const auto reach = [&](std::size_t from, const Who& who, Group next) {
    if (!reached[from] || !who.groups[from] || reached[next.index()]) return;
    reached[next.index()] = true;
    more = true;
  };
  while (more) {
    more = false;
    for (std::size_t g = 0; g < groups; ++g) {
      for (const Stream& stream : scenario.streams) reach(g, stream.who, stream.becomes[g]);
      if (!scenario.demography.births) continue;
      const Births& births = *scenario.demography.births;
      for (const NewbornGroup& child : births.newborn[g]) reach(g, births.who, child.group);
    }
  }
  return reached;
}

/// Whether anybody is, or can become, a mover: streams of movers alone need some to begin with.
bool are_movers(const Scenario& scenario) {
  if (!scenario.population.movers.empty()) return true;
  return std::any_of(scenario.streams.begin(), scenario.streams.end(), [](const Stream& stream) {
    return !is_single(stream.destination.choice_set) && !stream.who.foreign_born.value_or(false);
  });
}

/// Checks one stream.
class StreamCheck {
 public:
  StreamCheck(const Scenario& scenario, const Stream& stream, const StreamPlaces& places, Mistakes& mistakes)
      : scenario_(scenario), stream_(stream), places_(places), mistakes_(mistakes) {}

  void who(const std::vector<bool>& reached) {
    const Who& who = stream_.who;
    if (!any(who.groups) || !any(who.residences)) {
      mistakes_.add(places_.who, "'who' names nobody",
                    "at least one region, and one value of each attribute it names");
      return;
    }
    const double oldest_at_end =
        static_cast<double>(scenario_.population.ages) + scenario_.time.elapsed(scenario_.time.steps());
    if (who.age_from >= oldest_at_end) {
      mistakes_.add(places_.who,
                    fmt::format("nobody is ever as old as stream {} says ({:.0f} years)",
                                in_quotes(stream_.name), who.age_from),
                    fmt::format("an age below {:.0f}: the oldest at the end of the run", oldest_at_end));
    }
    bool somebody = false;
    for (std::size_t g = 0; g < reached.size(); ++g) somebody = somebody || (reached[g] && who.groups[g]);
    if (somebody) return;
    mistakes_.add(places_.who,
                  fmt::format("nobody is ever in the groups that stream {} names", in_quotes(stream_.name)),
                  "groups with people at the start, or that another stream leads to by 'becomes'");
  }

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

  /// A schedule that is 0 for all whose mean it shall be made 1 of.
  void schedule() {
    const auto* table = std::get_if<AgeTable>(&stream_.hazard.schedule);
    if (table == nullptr || stream_.hazard.schedule_mean == ScheduleMean::as_given) return;
    const bool everybody = stream_.hazard.schedule_mean == ScheduleMean::everybody;
    const StartPopulation& start = scenario_.population;
    const std::size_t groups = scenario_.groups.count();
    const Who& who = stream_.who;
    double persons = 0;
    double weighted = 0;
    const auto add = [&](std::size_t region, std::size_t group, bool foreign, std::size_t cohort,
                         double count) {
      const auto age = static_cast<double>(start.ages - 1 - cohort);
      const bool named = who.residences[region] && who.groups[group] &&
                         who.foreign_born.value_or(foreign) == foreign && age >= who.age_from &&
                         age < who.age_to;
      if (!named && !everybody) return;
      const auto above = std::upper_bound(table->from_age.begin(), table->from_age.end(), age);
      persons += count;
      weighted += count * table->value[static_cast<std::size_t>(above - table->from_age.begin()) - 1];
    };
    for (std::size_t i = 0; i < start.stayers.size(); ++i) {
      const std::size_t cell = i / start.ages;
      add(cell / groups, cell % groups, false, i % start.ages, start.stayers[i]);
    }
    for (const MoverRow& row : start.movers) {
      for (std::size_t c = row.cohort_from.index(); c < row.cohort_to.index(); ++c) {
        add(row.residence.index(), row.group.index(), row.birth != row.residence, c, row.persons);
      }
    }
    if (persons == 0 || weighted > 0) return;
    mistakes_.add(places_.hazard.schedule,
                  "the schedule is 0 at all ages of the people whose mean it shall have",
                  "a value above 0 for some of them, or 'over: as_given'");
  }

 private:
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
    check.who(reached);
    check.destinations();
    check.attraction();
    check.birth();
    check.schedule();
  }
}

}  // namespace sojourn
