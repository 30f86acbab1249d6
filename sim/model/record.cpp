#include "sim/model/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <variant>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/model/ticket_clock.hpp"

namespace sojourn {

namespace {

void add_needs(const EventKind& kind, HistoryNeeds& needs) {
  needs.hazard_by_home = needs.hazard_by_home || kind.who().foreign_born.has_value();
  needs.hazard_by_citizenship = needs.hazard_by_citizenship || kind.who().foreign_citizen.has_value();
  needs.hazard_by_stay = needs.hazard_by_stay || !kind.hazard().stay.from_years.empty();
  needs.hazard_by_age = needs.hazard_by_age || kind.who().by_age() || kind.hazard().by_age();
  const Stream* const stream = kind.stream();
  if (stream == nullptr) return;
  const DestinationChoice& destination = stream->destination;
  needs.previous = needs.previous || std::holds_alternative<PreviousRegion>(destination.choice_set);
  needs.hazard_by_home = needs.hazard_by_home || std::holds_alternative<BirthRegion>(destination.choice_set);
  for (const PullTerm& pull : destination.pull) {
    const auto* factor = std::get_if<FactorTerm>(&pull);
    needs.birth = needs.birth || factor == nullptr;
    needs.citizenship =
        needs.citizenship || (factor != nullptr && factor->comparison == Comparison::citizenship);
  }
}

void add_needs(const Scenario& scenario, const std::vector<Draw>& draws, HistoryNeeds& needs) {
  for (const Draw& draw : draws) {
    const Limit& limit = scenario.limits[draw.limit.index()];
    needs.citizenship = needs.citizenship || limit.for_each == Limit::ForEach::citizenship;
  }
}

/// Whether a stream may make a mover of someone who has never moved.
bool concerns_stayers(const Stream& stream) {
  const ChoiceSet& set = stream.destination.choice_set;
  return !std::holds_alternative<BirthRegion>(set) && !std::holds_alternative<PreviousRegion>(set) &&
         !stream.who.foreign_born.value_or(false);
}

/// Movers there may be by the end of a run, if everybody moved at the streams' rates of the scenario: good
/// enough to choose how finely blocks are cut.
double movers_to_expect(const Scenario& scenario) {
  const Persons persons = scenario.population.persons();
  double rate = 0;
  for (const Stream& stream : scenario.streams) {
    if (concerns_stayers(stream)) rate += largest_rate(scenario, stream);
  }
  const double years = scenario.time.elapsed(scenario.time.steps());
  return (persons.movers - persons.stayers * math::expm1(-rate * years)) / scenario.persons_per_agent;
}

unsigned bits_for(std::size_t values) {
  return static_cast<unsigned>(std::bit_width(std::max<std::size_t>(values, 1) - 1));
}

}  // namespace

namespace {

/// What hazards, choices and derived factors look at, whatever is recorded.
HistoryNeeds needs_of_model(const Scenario& scenario) {
  HistoryNeeds needs;
  for (const EventKind& kind : event_kinds(scenario)) add_needs(kind, needs);
  if (const auto& deaths = scenario.demography.deaths) needs.steep_by_age = deaths->hazard.by_age();
  for (const Factor& factor : scenario.factors) {
    if (!factor.derivation) continue;
    for (const DerivedInput& input : factor.derivation->inputs) {
      needs.birth = needs.birth || std::holds_alternative<ForeignBornInput>(input.of);
    }
  }
  for (const Stream& stream : scenario.streams) add_needs(scenario, stream.draws, needs);
  for (const Inflow& inflow : scenario.inflows) add_needs(scenario, inflow.draws, needs);
  needs.birth = needs.birth || needs.hazard_by_home || scenario.groups.births().differ();
  needs.citizenship =
      needs.citizenship || needs.hazard_by_citizenship || scenario.groups.citizenships().differ();
  const auto& births = scenario.demography.births;
  needs.citizenship = needs.citizenship || (births && births->citizenship_is_inherited);
  needs.arrival = needs.hazard_by_stay;
  needs.queues = scenario.queues.size();
  return needs;
}

}  // namespace

HistoryNeeds history_needs(const Scenario& scenario) {
  HistoryNeeds needs = needs_of_model(scenario);
  const OutputRequest& output = scenario.output;
  needs.birth = needs.birth || output.diaspora_every.has_value();
  needs.census = output.relocations_every.has_value();
  needs.usual = output.usual_every.has_value();
  needs.citizenship = needs.citizenship || output.citizens_every.has_value();
  // Whether the residence at the last census, or the last usual one, still is the residence is told by the
  // time of arrival.
  needs.arrival = needs.arrival || needs.census || needs.usual;
  return needs;
}

std::vector<std::string> outputs_that_need_records(const Scenario& scenario) {
  if (needs_of_model(scenario).records()) return {};
  const OutputRequest& output = scenario.output;
  std::vector<std::string> names;
  if (output.relocations_every) names.emplace_back("relocations");
  if (output.usual_every) names.emplace_back("usual_residence");
  if (output.diaspora_every) names.emplace_back("diaspora");
  if (output.citizens_every) names.emplace_back("citizenship");
  return names;
}

RecordLayout::RecordLayout(const Scenario& scenario) : needs_(history_needs(scenario)) {
  double longest = 0;
  for (const EventKind& kind : event_kinds(scenario)) {
    const StayTable& stay = kind.hazard().stay;
    if (!stay.from_years.empty()) longest = std::max(longest, stay.from_years.back());
  }
  clock_ = ArrivalClock(scenario.time, longest);
  const std::size_t cohorts = scenario.cohort_count();
  if (needs_.hazard_by_citizenship) home_bits_ = 2;
  if (needs_.hazard_by_stay) years_ = static_cast<std::uint32_t>(clock_.years());
  // Bands by age tighten the bounds, but more blocks cost more looks, and the events of a step are spread
  // over more memory: narrow ones pay in very large blocks only.
  block_size_ = movers_to_expect(scenario) / static_cast<double>(scenario.cell_count() * 2 * years_);
  std::optional<Bands> bands;
  if (needs_.steep_by_age) bands = block_size_ >= medium.movers_per_block ? medium : wide;
  if (needs_.hazard_by_age && block_size_ >= narrow.movers_per_block) bands = narrow;
  if (bands) {
    band_width_ = bands->width;
    bands_ = static_cast<std::uint32_t>(cohorts / bands->width + 1);
    block_size_ /= bands_;
  }

  unsigned shift = 0;
  const auto reserve = [&shift](Slot& slot, bool needed, std::size_t values) {
    const unsigned bits = needed ? bits_for(values) : 0;
    // A field without bits must not be shifted beyond its word.
    slot = {bits > 0 ? shift : 0, static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1)};
    shift += bits;
  };
  const std::size_t regions = scenario.region_count();
  reserve(cohort_, true, bands_ > 1 ? band_width_ : cohorts);
  // One value more for what is not one of the regions: birth or residence outside, or no residence yet.
  const std::size_t or_outside = regions + (scenario.inflows.empty() ? 0 : 1);
  const std::size_t or_nowhere = scenario.demography.births ? regions + 1 : or_outside;
  reserve(birth_, needs_.birth, scenario.birth_count());
  reserve(previous_, needs_.previous, or_outside);
  reserve(arrival_, needs_.arrival, needs_.hazard_by_stay ? clock_.offsets() : scenario.time.steps() + 1);
  nowhere_ = Region{regions};
  outside_births_ = scenario.birth_count() > regions;
  reserve(census_, needs_.census, or_nowhere);
  reserve(usual_, needs_.usual, or_nowhere);
  reserve(citizenship_, needs_.citizenship, scenario.citizenship_count());
  for (std::size_t q = 0; q < needs_.queues; ++q)
    reserve(entries_[q], true, ticket_entries(scenario.time, scenario.queues[q]));
  bytes_ = shift <= 32 ? 4 : (shift <= 64 ? 8 : 16);
  constexpr unsigned most_bits = 128;
  if (shift > most_bits) {
    throw InputError(
        {{{scenario.path},
          fmt::format("what movers must remember takes {} bits each, more than {}", shift, most_bits),
          "fewer queues, fewer steps, or fewer of relocations, usual residence and citizenship",
          ""}});
  }
}

KeyedRecord RecordLayout::arrival(ArrivalCode code) const {
  KeyedRecord part;
  if (needs_.hazard_by_stay) {
    const ArrivalClock::Place place = clock_.place(code);
    part.key = (place.year * bands_) << home_bits_;
    part.word = RecordLayout::place<RecordWord>(arrival_, place.offset);
  } else if (needs_.arrival) {
    // Only how it lies to a census or a year ago matters: all arrivals before the start are one.
    part.word = RecordLayout::place<RecordWord>(arrival_, static_cast<std::uint32_t>(std::max(code, -1) + 1));
  }
  return part;
}

Ticket RecordLayout::ticket(RecordWord word) const {
  Ticket ticket;
  for (std::size_t q = 0; q < needs_.queues; ++q) ticket = ticket.with(q, get(word, entries_[q]));
  return ticket;
}

RecordWord RecordLayout::with_ticket(RecordWord word, Ticket ticket) const {
  for (std::size_t q = 0; q < needs_.queues; ++q) {
    word &= ~place<RecordWord>(entries_[q], entries_[q].mask);
    word |= place<RecordWord>(entries_[q], ticket.entry(q));
  }
  return word;
}

History RecordLayout::unpack(RecordWord word, BlockKey key) const {
  History history{cohort(word, key), birth(word), previous(word),    0,
                  census(word),      usual(word), citizenship(word), ticket(word)};
  if (needs_.arrival) history.arrival = arrival_code(word, key);
  return history;
}

}  // namespace sojourn
