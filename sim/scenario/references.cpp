#include "sim/scenario/references.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "sim/base/text.hpp"
#include "sim/scenario/outcomes.hpp"

namespace sojourn {

namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

/// Goes through all that names something else by its number.
class References {
 public:
  explicit References(const Scenario& scenario) : scenario_(scenario) {}

  std::vector<Mistake> all() && {
    check_start();
    for (const Stream& stream : scenario_.streams) check_stream(stream);
    check_other_events();
    check_queues();
    check_limits();
    for (const Factor& factor : scenario_.factors) check_factor(factor);
    check_parameters();
    check_policies();
    check_output();
    return std::move(mistakes_);
  }

 private:
  void wrong(const Position& where, std::string what, std::string expected) {
    Position place = where;
    if (place.file.empty()) place.file = scenario_.path;
    mistakes_.push_back({std::move(place), std::move(what), std::move(expected), ""});
  }
  void must_be_below(const Position& where, const std::string& what, std::size_t number, std::size_t count) {
    if (number < count) return;
    wrong(where, fmt::format("{}: there is no number {}", what, number),
          count == 0 ? "none, as the scenario has none" : fmt::format("a number from 0 to {}", count - 1));
  }
  void must_have_size(const Position& where, const std::string& what, std::size_t size, std::size_t needed) {
    if (size != needed) wrong(where, fmt::format("{} has {} values", what, size), fmt::format("{}", needed));
  }
  void region(const Position& where, const std::string& of, Region region) {
    must_be_below(where, of + ", a region", region.index(), scenario_.region_count());
  }
  void citizenship(const Position& where, const std::string& of, Region of_region) {
    must_be_below(where, of + ", a citizenship", of_region.index(),
                  stateless(scenario_.region_count()).index() + 1);
  }
  void factor(const Position& where, const std::string& of, FactorId factor) {
    must_be_below(where, of + ", a factor", factor.index(), scenario_.factors.size());
  }
  void parameter(const Position& where, const std::string& of, ParameterId parameter) {
    must_be_below(where, of + ", a parameter", parameter.index(), scenario_.parameters.size());
  }

  void check_start() {
    const Position here;
    if (scenario_.variants.empty()) wrong(here, "there are no variants", "at least 'baseline'");
    if (!(scenario_.persons_per_agent > 0) || !std::isfinite(scenario_.persons_per_agent)) {
      wrong(here, fmt::format("{} persons for each agent", scenario_.persons_per_agent), "a number above 0");
    }
    for (const Attribute& attribute : scenario_.groups.attributes()) {
      if (attribute.value_labels.empty()) continue;
      must_have_size(here, "the labels of " + in_quotes(attribute.name), attribute.value_labels.size(),
                     attribute.values.size());
    }
    const auto is_count = [](double persons) { return std::isfinite(persons) && persons >= 0; };
    for (const double persons : scenario_.population.stayers) {
      if (is_count(persons)) continue;
      wrong(here, fmt::format("{} persons live somewhere at the start", persons), "0 or more");
      break;
    }
    for (const MoverRow& row : scenario_.population.movers) {
      check_movers(row);
      if (!is_count(row.persons)) wrong(here, fmt::format("{} movers", row.persons), "0 or more");
    }
    for (const Link& link : scenario_.links) {
      region(here, "a link", link.from);
      region(here, "a link", link.to);
    }
  }

  void check_movers(const MoverRow& row) {
    const Position here;
    region(here, "movers of the start", row.residence);
    must_be_below(here, "movers of the start, a region of birth", row.birth.index(), scenario_.birth_count());
    if (row.previous) region(here, "movers of the start", *row.previous);
    if (row.citizenship) citizenship(here, "movers of the start", *row.citizenship);
    if (row.cohort_from >= row.cohort_to || row.cohort_to.index() > scenario_.population.ages) {
      wrong(here,
            fmt::format("movers of the start have the cohorts {} to {}", row.cohort_from.index(),
                        row.cohort_to.index()),
            fmt::format("a first and a later one, up to {}", scenario_.population.ages));
    }
  }

  void check_term(const Position& where, const std::string& of, const FactorTerm& term) {
    factor(where, of, term.factor);
    if (term.measure == Measure::ratio_to_factor) factor(where, of, term.reference);
    parameter(where, of, term.coefficient);
  }

  void check_hazard(const Position& where, const std::string& of, const Hazard& hazard) {
    parameter(where, of, hazard.rate);
    if (hazard.rate_factor) factor(where, of, *hazard.rate_factor);
    if (hazard.attraction) parameter(where, of, *hazard.attraction);
    for (const FactorTerm& term : hazard.push) check_term(where, of, term);
  }

  void check_stream(const Stream& stream) {
    const std::string of = "stream " + in_quotes(stream.name);
    check_hazard(stream.where, of, stream.hazard);
    for (const PullTerm& pull : stream.destination.pull) {
      std::visit(Overloaded{[&](const FactorTerm& term) { check_term(stream.where, of, term); },
                            [&](const DiasporaTerm& term) {
                              if (term.ratio_to) factor(stream.where, of, *term.ratio_to);
                              parameter(stream.where, of, term.coefficient);
                            },
                            [&](const HomeTerm& term) { parameter(stream.where, of, term.coefficient); }},
                 pull);
    }
    if (const auto* listed = std::get_if<Listed>(&stream.destination.choice_set)) {
      for (const Region one : listed->regions) region(stream.where, of, one);
    }
    check_draws(stream.where, of, stream.draws);
    if (stream.otherwise.kind == Otherwise::Kind::stream) {
      must_be_below(stream.where, of + ", another stream", stream.otherwise.stream.index(),
                    scenario_.streams.size());
      parameter(stream.where, of, stream.otherwise.share);
    }
    for (const Nest& nest : stream.destination.nests) {
      parameter(stream.where, of, nest.dissimilarity);
      for (const Region one : nest.regions) region(stream.where, of, one);
    }
  }

  void check_other_events() {
    for (const Transition& transition : scenario_.transitions) {
      const std::string of = "transition " + in_quotes(transition.name);
      check_hazard(transition.where, of, transition.hazard);
      for (const Outcome& outcome : transition.outcomes) check_hazard(outcome.where, of, outcome.weight);
      if (transition.queue) {
        must_be_below(transition.where, of + ", its queue", transition.queue->index(),
                      scenario_.queues.size());
      }
    }
    for (const Inflow& inflow : scenario_.inflows) {
      const std::string of = "inflow " + in_quotes(inflow.name);
      check_hazard(inflow.where, of, inflow.number);
      if (inflow.birth) region(inflow.where, of, *inflow.birth);
      check_draws(inflow.where, of, inflow.draws);
      for (const Draw& draw : inflow.draws) {
        const bool exists = draw.limit.index() < scenario_.limits.size();
        if (exists && scenario_.limits[draw.limit.index()].for_each == Limit::ForEach::pair)
          wrong(inflow.where, of + " draws on a limit for pairs, and has no origin", "another limit");
      }
      if (inflow.citizenship) citizenship(inflow.where, of, *inflow.citizenship);
      if (inflow.groups.empty() || inflow.ages.empty())
        wrong(inflow.where, of + " has no groups or no ages", "at least one of each");
    }
    for (const Outflow& outflow : scenario_.outflows) {
      check_hazard(outflow.where, "outflow " + in_quotes(outflow.name), outflow.hazard);
    }
    if (const auto& births = scenario_.demography.births) {
      check_hazard(births->where, "births", births->hazard);
    }
    if (const auto& deaths = scenario_.demography.deaths) {
      check_hazard(deaths->who.where, "deaths", deaths->hazard);
    }
  }

  void check_queues() {
    if (scenario_.queues.size() > scenario_.groups.queues().size())
      wrong({}, fmt::format("{} queues", scenario_.queues.size()), "a name for each in the groups");
    for (const Queue& queue : scenario_.queues) {
      const std::string of = "the queue of " + in_quotes(queue.name);
      must_be_below(queue.who.where, of + ", its transition", queue.transition.index(),
                    scenario_.transitions.size());
      const std::vector<double>& from_age = queue.priority_from_age;
      if (from_age.empty() || from_age.front() != 0 || !std::is_sorted(from_age.begin(), from_age.end()))
        wrong(queue.who.where, of + " has priorities by ages that do not rise from 0", "ages from 0 on");
      if (queue.draws.empty()) check_hazard(queue.who.where, of, queue.limit);
      check_draws(queue.who.where, of, queue.draws);
      check_hazard(queue.who.where, of, queue.giving_up);
    }
  }

  void check_limits() {
    for (const Limit& limit : scenario_.limits) {
      const std::string of = "limit " + in_quotes(limit.name);
      if (limit.amount) check_hazard(limit.where, of, *limit.amount);
      if (limit.occupants && !limit.amount) wrong(limit.where, of + " has no places", "an amount");
      if (limit.unused)
        must_be_below(limit.where, of + ", another limit", limit.unused->index(), scenario_.limits.size());
    }
  }

  void check_draws(const Position& where, const std::string& of, const std::vector<Draw>& draws) {
    for (const Draw& draw : draws) {
      must_be_below(where, of + ", a limit", draw.limit.index(), scenario_.limits.size());
      parameter(where, of, draw.amount);
    }
  }

  void check_factor(const Factor& of_factor) {
    if (!of_factor.derivation) {
      if (of_factor.knots.empty())
        wrong(of_factor.where, "factor " + in_quotes(of_factor.name) + " has no values", "at least one");
      return;
    }
    const std::string of = "factor " + in_quotes(of_factor.name);
    const Position& where = of_factor.derivation->where;
    for (const DerivedInput& input : of_factor.derivation->inputs) {
      std::visit(Overloaded{[&](const FactorInput& one) { factor(where, of, one.factor); },
                            [&](const PeopleInput& one) {
                              must_have_size(where, of + ", groups", one.who.groups.size(),
                                             scenario_.groups.count());
                              must_have_size(where, of + ", regions", one.who.residences.size(),
                                             scenario_.region_count());
                            },
                            [](const ForeignBornInput&) {},
                            [&](const FlowInput& one) {
                              must_have_size(where, of + ", what counts", one.named.size(), flows(one.kind));
                            }},
                 input.of);
    }
  }

  [[nodiscard]] std::size_t flows(FlowInput::Kind kind) const {
    switch (kind) {
      case FlowInput::Kind::arrivals:
      case FlowInput::Kind::departures:
        break;
      case FlowInput::Kind::inflow:
        return scenario_.inflows.size();
      case FlowInput::Kind::outflow:
        return exit_count(scenario_);
      case FlowInput::Kind::births:
      case FlowInput::Kind::deaths:
        return 1;
      case FlowInput::Kind::transitions:
        return outcome_count(scenario_);
      case FlowInput::Kind::requests:
        return scenario_.queues.size();
    }
    return scenario_.streams.size();
  }

  void check_parameters() {
    for (const Parameter& one : scenario_.parameters) {
      if (!one.by) continue;
      const std::string of = "parameter " + in_quotes(one.name);
      const std::size_t attributes = scenario_.groups.citizenship().index() + 1;
      must_be_below(one.where, of + ", an attribute", one.by->attribute.index(), attributes);
    }
  }

  void check_door(const Door& door, const std::string& of) {
    const auto size = [&](const std::string& what, const std::vector<bool>& flags, std::size_t needed) {
      if (!flags.empty()) must_have_size(door.where, of + ", " + what + " of a door", flags.size(), needed);
    };
    size("streams", door.streams, scenario_.streams.size());
    size("inflows", door.inflows, scenario_.inflows.size());
    size("outflows", door.outflows, scenario_.outflows.size());
    size("origins", door.origins, scenario_.region_count());
    size("destinations", door.destinations, scenario_.region_count());
    size("groups", door.groups, scenario_.groups.count());
    for (const Corridor& corridor : door.corridors) {
      region(door.where, of, corridor.origin);
      region(door.where, of, corridor.destination);
    }
    if (!std::is_sorted(door.corridors.begin(), door.corridors.end()))
      wrong(door.where, of + " has a door whose corridors are not in order", "ascending ones");
    const auto any = [](const std::vector<bool>& flags) {
      return std::find(flags.begin(), flags.end(), true) != flags.end();
    };
    if (any(door.outflows) && door.is_narrowed_by_destination())
      wrong(door.where, of + " has a door of outflows by destination", "a door of its own for them");
    if (any(door.inflows) && (!door.origins.empty() || !door.corridors.empty() || !door.groups.empty()))
      wrong(door.where, of + " has a door of inflows by origin or people", "a door of its own for them");
  }

  void check_policies() {
    for (const Door& door : scenario_.closed) check_door(door, "what is closed");
    for (const Policy& policy : scenario_.policies) {
      const std::string of = "policy " + in_quotes(policy.name);
      for (const Door& door : policy.doors) check_door(door, of);
      for (const Change& change : policy.changes) {
        std::visit(Overloaded{[&](FactorId id) { factor(change.where, of, id); },
                              [&](ParameterId id) { parameter(change.where, of, id); }},
                   change.target);
        if (change.groups.empty()) continue;
        must_have_size(change.where, of + ", the groups of a change", change.groups.size(),
                       scenario_.groups.count());
      }
    }
    for (const Variant& variant : scenario_.variants) {
      for (const PolicyId policy : variant.policies) {
        must_be_below({}, "variant " + in_quotes(variant.name) + ", a policy", policy.index(),
                      scenario_.policies.size());
      }
    }
  }

  void check_output() {
    const OutputRequest& output = scenario_.output;
    const Position here;
    if (output.every == 0) wrong(here, "the output is of every 0 steps", "1 or more");
    if (output.age_from.empty() || output.age_from.front() != 0)
      wrong(here, "the age groups of the output do not begin at 0", "lower bounds from 0 on");
    for (const auto* attributes : {&output.stock_attributes, &output.flow_attributes}) {
      for (const AttributeId attribute : *attributes) {
        must_be_below(here, "the output, an attribute", attribute.index(),
                      scenario_.groups.citizenship().index() + 1);
      }
    }
    for (const FactorId one : output.factors) factor(here, "the output", one);
  }

  const Scenario& scenario_;
  std::vector<Mistake> mistakes_;
};

}  // namespace

std::vector<Mistake> wrong_references(const Scenario& scenario) { return References(scenario).all(); }

}  // namespace sojourn
