#include "sim/reading/people/read_population.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/people/people.hpp"

namespace sojourn {

namespace {

constexpr std::array population_keys{
    Key{.name = "stayers",
        .form = Form::nothing,
        .doc = "Those who have never moved between regions: counts of a table, or inline as in `{values: "
               "{north: 1000, south: 500}, age: 20-39}`; or a list of tables, which add up. Every region "
               "needs a row (0 where nobody lives).",
        .map = stayers_map,
        .is_list = true},
    Key{.name = "movers",
        .form = Form::nothing,
        .doc = "Those who live outside their region of birth, or lived elsewhere before: a table, or a "
               "list of tables, which add up.",
        .map = movers_map,
        .is_list = true},
};

/// Everybody is put here if nothing looks at ages and the scenario does not give them.
constexpr AgeRange any_age{0, 100};

/// Memory for the counts of stayers: 1 GiB.
constexpr std::size_t most_counts = std::size_t{1} << 27;

/// Reads and puts together the sources of the population; `read` is the list of the steps.
class PopulationReader {
 public:
  PopulationReader(Reader& reader, const Setting& setting, const PopulationUses& uses)
      : reader_(reader), setting_(setting), uses_(uses) {}

  [[nodiscard]] StartPopulation read(const Node& section) {
    StartPopulation start;
    const Fields fields(reader_, section, "'population'", population_map());
    if (!fields.is_map()) return start;
    const std::size_t mistakes_before = reader_.mistakes().count();
    const Node* stayers_node = fields["stayers"];
    const Node* movers_node = fields["movers"];
    if (stayers_node == nullptr && movers_node == nullptr) {
      reader_.mistakes().add(reader_.at_key(section), "nobody lives anywhere", "the key 'stayers'");
      return start;
    }
    if (stayers_node != nullptr) stayers_ = read_sources(*stayers_node, PeopleKind::stayers);
    if (movers_node != nullptr) movers_ = read_sources(*movers_node, PeopleKind::movers);
    if (reader_.mistakes().count() > mistakes_before) return start;
    for (PeopleSource& source : stayers_) check_source(source, PeopleKind::stayers, movers_node != nullptr);
    for (PeopleSource& source : movers_) check_source(source, PeopleKind::movers, true);
    check_arrivals(start);
    if (stayers_node != nullptr) check_every_region(*stayers_node);
    if (reader_.mistakes().count() > mistakes_before) return start;
    put_together(section, start);
    return start;
  }

 private:
  std::vector<PeopleSource> read_sources(const Node& node, PeopleKind kind) {
    std::vector<PeopleSource> sources;
    const auto add = [&](const Node& one) {
      if (auto source = read_people(reader_, one, kind, setting_)) sources.push_back(std::move(*source));
    };
    if (node.is_list()) {
      for (const Node& item : node.items) add(item);
      if (node.items.empty()) reader_.wrong(node, "the list of tables is empty", "at least one table");
    } else {
      add(node);
    }
    return sources;
  }

  /// That a source gives everything that the scenario asks of it.
  void check_source(PeopleSource& source, PeopleKind kind, bool are_movers) {
    const std::string of = kind == PeopleKind::stayers ? "'stayers'" : "'movers'";
    for (std::size_t a = 0; a < source.given.size(); ++a) {
      if (source.given[a]) continue;
      const Attribute& attribute = setting_.groups->attributes()[a];
      reader_.mistakes().add(
          source.where, fmt::format("{} does not say {} of people", of, in_quotes(attribute.name)),
          fmt::format("'{}: ...' with a column, one of its values, shares such as {{{}: 1}}, or a "
                      "table of shares",
                      attribute.name, attribute.values.front()));
    }
    if (!source.has_age && uses_.ages) {
      reader_.mistakes().add(
          source.where,
          fmt::format("{} does not say the ages of people, and a stream or output looks at them", of),
          "'age: ...' with a column or a range such as 0-99");
    }
    if (!source.has_age) {
      for (PeopleRow& row : source.rows) {
        row.age_from = any_age.from;
        row.age_to = static_cast<std::int16_t>(*any_age.to);
      }
    }
    if (kind == PeopleKind::stayers) {
      if (are_movers && !source.includes_movers) {
        reader_.mistakes().add(source.where,
                               "'stayers' does not say whether its counts include those of 'movers'",
                               "'includes_movers: true' or 'includes_movers: false'");
      }
      return;
    }
    if (uses_.stay && !source.has_arrival) {
      reader_.mistakes().add(
          source.where,
          "'movers' does not say when people arrived, and a stream looks at the duration of stay",
          "'arrived: ...' with a law or a column");
    }
    if (uses_.previous && !source.has_previous) {
      reader_.mistakes().add(source.where,
                             "'movers' does not say where people lived before, and a stream looks at it",
                             "'previous: ...' with a column or {same_as: birth}");
    }
  }

  static bool same_law(const ArrivalLaw& a, const ArrivalLaw& b) {
    if (a.index() != b.index()) return false;
    if (const auto* uniform = std::get_if<UniformArrival>(&a))
      return uniform->years == std::get<UniformArrival>(b).years;
    if (const auto* exponential = std::get_if<ExponentialArrival>(&a)) {
      return exponential->mean_years == std::get<ExponentialArrival>(b).mean_years;
    }
    return true;
  }

  /// One law of arrival holds for all rows that do not give a time of their own.
  void check_arrivals(StartPopulation& start) {
    const PeopleSource* with_law = nullptr;
    const auto has_arrival = [](const PeopleSource& source) { return source.has_arrival; };
    const bool any = std::any_of(movers_.begin(), movers_.end(), has_arrival);
    for (const PeopleSource& source : movers_) {
      if (any && !source.has_arrival && !uses_.stay) {
        reader_.mistakes().add(source.where, "these movers have no times of arrival, and others have",
                               "'arrived' for all or none");
      }
      if (std::holds_alternative<NoArrival>(source.law)) continue;
      if (with_law != nullptr && !same_law(source.law, with_law->law)) {
        reader_.mistakes().add(
            source.where,
            fmt::format("the law of arrival differs from that in line {}", with_law->where.line),
            "one law for all tables, or columns of times");
      }
      with_law = &source;
    }
    if (with_law != nullptr) start.arrival = with_law->law;
  }

  void check_every_region(const Node& node) {
    if (!setting_.geography->names.is_complete()) return;
    std::vector<bool> seen(setting_.geography->regions.size());
    for (const PeopleSource& source : stayers_) {
      if (source.table != nullptr && !source.table->is_whole()) return;
      for (const PeopleRow& row : source.rows) seen[row.residence] = true;
    }
    std::vector<std::string> missing;
    for (std::size_t r = 0; r < seen.size(); ++r) {
      if (!seen[r]) missing.push_back(setting_.geography->regions[r].code);
    }
    if (missing.empty()) return;
    reader_.mistakes().add(reader_.at_key(node),
                           fmt::format("no row of 'stayers' is about {}", in_words(missing)),
                           "a row for every region, with 0 persons where nobody lives");
  }

  void put_together(const Node& section, StartPopulation& start) {
    int ages = 1;
    for (const auto* sources : {&stayers_, &movers_}) {
      for (const PeopleSource& source : *sources) {
        for (const PeopleRow& row : source.rows) ages = std::max<int>(ages, row.age_to);
      }
    }
    start.ages = static_cast<std::size_t>(ages);
    const std::size_t cells = setting_.geography->regions.size() * setting_.groups->count();
    if (cells * start.ages > most_counts) {
      reader_.mistakes().add(reader_.at_key(section), "there are too many regions, groups and ages",
                             fmt::format("at most {} combinations", most_counts));
      return;
    }
    const Position where_movers = movers_.empty() ? Position{} : movers_.front().where;
    std::vector<double> movers(cells * start.ages);
    give_movers(start, movers);
    start.stayers = stayers_without_movers(reader_, stayers_, movers, where_movers, start.ages, setting_);
    note_ties(start);
    double persons = 0;
    for (const double count : start.stayers) persons += count;
    for (const MoverRow& row : start.movers) persons += row.persons;
    if (persons == 0 && setting_.inflows.size() == 0 && setting_.geography->names.is_complete()) {
      reader_.mistakes().add(reader_.at_key(section), "nobody lives anywhere",
                             "people in at least one region");
    }
  }

  /// Puts everybody into the group of its birth and citizenship; until then only attributes were told.
  void note_ties(StartPopulation& start) const {
    const Groups& groups = *setting_.groups;
    for (MoverRow& row : start.movers) {
      row.group = groups.tied(row.group, {row.birth, row.citizenship.value_or(row.birth)});
    }
    if (!groups.births().differ() && !groups.citizenships().differ()) return;
    const std::vector<double> untied =
        std::exchange(start.stayers, std::vector<double>(start.stayers.size()));
    for (std::size_t i = 0; i < untied.size(); ++i) {
      const std::size_t cell = i / start.ages;
      const Region region{cell / groups.count()};
      const Group group = groups.tied(Group{cell % groups.count()}, {region, region});
      start.stayers[(region.index() * groups.count() + group.index()) * start.ages + i % start.ages] +=
          untied[i];
    }
  }

  /// The rows of movers, and how many of them live in each cell and cohort.
  void give_movers(StartPopulation& start, std::vector<double>& by_cohort) {
    std::size_t first_source = 0;
    for (const PeopleSource& source : movers_) {
      std::size_t rows = 0;
      for (const PeopleRow& row : source.rows) {
        rows = std::max<std::size_t>(rows, row.row + 1);
        if (row.persons == 0) continue;
        MoverRow mover;
        mover.residence = Region(row.residence);
        mover.birth = Region(row.birth);
        if (row.previous != no_region) mover.previous = Region(row.previous);
        if (row.citizenship != no_region) mover.citizenship = Region(row.citizenship);
        mover.group = Group(row.group);
        mover.cohort_from = Cohort(start.ages - static_cast<std::size_t>(row.age_to));
        mover.cohort_to = Cohort(start.ages - static_cast<std::size_t>(row.age_from));
        mover.persons = row.persons;
        mover.source = first_source + row.row;
        mover.years_since_arrival = row.years_since_arrival;
        start.movers.push_back(mover);
        const std::size_t cell = row.residence * setting_.groups->count() + row.group;
        const double each = row.persons / (row.age_to - row.age_from);
        for (std::size_t c = mover.cohort_from.index(); c < mover.cohort_to.index(); ++c) {
          by_cohort[cell * start.ages + c] += each;
        }
      }
      first_source += rows;
    }
  }

  Reader& reader_;
  const Setting& setting_;
  const PopulationUses& uses_;
  std::vector<PeopleSource> stayers_;
  std::vector<PeopleSource> movers_;
};

}  // namespace

KeyMap population_map() { return {"population", population_keys}; }

PopulationUses population_uses(const std::vector<Stream>& streams, const Demography& demography,
                               const std::vector<Transition>& transitions, const std::vector<Queue>& queues,
                               const std::vector<Outflow>& outflows, const OutputRequest& output) {
  PopulationUses uses;
  uses.ages = output.stock_by_age || output.flow_by_age ||
              (demography.deaths && demography.deaths->hazard.by_age()) ||
              (demography.births && (demography.births->who.by_age() || demography.births->hazard.by_age()));
  for (const Stream& stream : streams) {
    uses.ages = uses.ages || stream.who.by_age() || stream.hazard.by_age();
    uses.stay = uses.stay || !stream.hazard.stay.from_years.empty();
    uses.previous = uses.previous || std::holds_alternative<PreviousRegion>(stream.destination.choice_set);
  }
  for (const Transition& transition : transitions) {
    uses.ages = uses.ages || transition.who.by_age() || transition.hazard.by_age();
    uses.stay = uses.stay || !transition.hazard.stay.from_years.empty();
  }
  for (const Queue& queue : queues) uses.ages = uses.ages || queue.priority_by_age();
  for (const Outflow& outflow : outflows) {
    uses.ages = uses.ages || outflow.who.by_age() || outflow.hazard.by_age();
    uses.stay = uses.stay || !outflow.hazard.stay.from_years.empty();
  }
  return uses;
}

StartPopulation read_population(Reader& reader, const Node& section, const Setting& setting,
                                const PopulationUses& uses) {
  return PopulationReader(reader, setting, uses).read(section);
}

}  // namespace sojourn
