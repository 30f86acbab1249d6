#include "sim/scenario/references.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/queues.hpp"
#include "tests/support/small_scenario.hpp"

namespace references_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

/// One of everything that names something else by number.
Scenario one_of_everything() {
  Scenario s = test::small_scenario(2, "2011-01-01", "1 month", {{"sex", {"f", "m"}}}, 3, {"permit"});
  const FactorId wage = test::add_factor(s, "wage", FactorPlaces::region, {1, 2});
  Stream& work = test::add_stream(s, "work", 0.1, Listed{{Region{0}, Region{1}}});
  work.hazard.rate_factor = wage;
  work.hazard.attraction = ParameterId{0};
  work.hazard.push.push_back({.name = "wage", .factor = wage, .coefficient = ParameterId{0}});
  work.destination.pull.emplace_back(FactorTerm{.name = "wage",
                                                .factor = wage,
                                                .measure = Measure::ratio_to_factor,
                                                .reference = wage,
                                                .coefficient = ParameterId{0}});
  work.destination.pull.emplace_back(HomeTerm{"home", ParameterId{0}});
  work.destination.nests.push_back({"both", {Region{0}, Region{1}}, ParameterId{0}});
  test::add_transition(s, "permit", 0.1, 0, 1);
  test::add_queue(s, 0, 5);
  test::add_inflow(s, "new", 10).birth = Region{0};
  test::add_outflow(s, "out", 0.1);
  test::add_movers(s, 0, 1, 10, 1);
  s.links.push_back({Region{0}, Region{1}, 1});
  s.policies.push_back({.name = "p", .from = s.time.start(), .until = {}, .changes = {{.target = wage}}});
  s.variants.push_back({"v", {PolicyId{0}}});
  s.output.factors = {wage};
  s.output.stock_attributes = {AttributeId{0}};
  Factor derived;
  derived.name = "moved";
  derived.places = FactorPlaces::region;
  derived.derivation = Derivation{"w", {}, {{"w", FactorInput{wage, {}}}, {"a", FlowInput{.named = {true}}}}};
  s.factors.push_back(derived);
  test::add_limit(s, "quota", 5);
  test::add_limit(s, "pairs", 5, Limit::ForEach::pair).unused = LimitId{0};
  test::draw_on(s, 0, 0);
  s.streams[0].otherwise = {Otherwise::Kind::stream, StreamId{0}, ParameterId{0}};
  s.inflows[0].draws = {{LimitId{0}, ParameterId{0}}};
  s.queues[0].draws = {{LimitId{0}, ParameterId{0}}};
  join_queues(s);
  return s;
}

}  // namespace

TEST_CASE("whatever names a thing that is not there is told, wherever it stands") {
  CHECK(wrong_references(one_of_everything()).empty());
  using Spoil = std::function<void(Scenario&)>;
  const FactorId no_factor{2};
  const ParameterId no_parameter{99};
  const Region nowhere{2};
  const std::vector<std::pair<std::string, Spoil>> faults = {
      {"the labels of ",
       [&](Scenario& s) {
         std::vector<Attribute> attributes = s.groups.attributes();
         attributes[0].value_labels = {Texts("women")};
         s.groups = Groups(std::move(attributes), s.groups.queues());
       }},
      {"stream 'work', a parameter", [&](Scenario& s) { s.streams[0].hazard.rate = no_parameter; }},
      {"stream 'work', a parameter", [&](Scenario& s) { s.streams[0].hazard.attraction = no_parameter; }},
      {"stream 'work', a factor", [&](Scenario& s) { s.streams[0].hazard.rate_factor = no_factor; }},
      {"stream 'work', a factor", [&](Scenario& s) { s.streams[0].hazard.push[0].factor = no_factor; }},
      {"stream 'work', a parameter",
       [&](Scenario& s) { s.streams[0].hazard.push[0].coefficient = no_parameter; }},
      {"stream 'work', a factor",
       [&](Scenario& s) { std::get<FactorTerm>(s.streams[0].destination.pull[0]).reference = no_factor; }},
      {"stream 'work', a parameter",
       [&](Scenario& s) { std::get<HomeTerm>(s.streams[0].destination.pull[1]).coefficient = no_parameter; }},
      {"stream 'work', a region",
       [&](Scenario& s) { s.streams[0].destination.choice_set = Listed{{nowhere}}; }},
      {"stream 'work', a region",
       [&](Scenario& s) { s.streams[0].destination.nests[0].regions = {nowhere}; }},
      {"stream 'work', a parameter",
       [&](Scenario& s) { s.streams[0].destination.nests[0].dissimilarity = no_parameter; }},
      {"transition 'permit', a parameter", [&](Scenario& s) { s.transitions[0].hazard.rate = no_parameter; }},
      {"transition 'permit', its queue", [&](Scenario& s) { s.transitions[0].queue = QueueId{1}; }},
      {"the queue of 'permit', its transition",
       [&](Scenario& s) { s.queues[0].transition = TransitionId{1}; }},
      {"the queue of 'permit', a parameter",
       [&](Scenario& s) {
         s.queues[0].draws.clear();
         s.queues[0].limit.rate = no_parameter;
       }},
      {"the queue of 'permit', a limit", [&](Scenario& s) { s.queues[0].draws[0].limit = LimitId{2}; }},
      {"stream 'work', a limit", [&](Scenario& s) { s.streams[0].draws[0].limit = LimitId{2}; }},
      {"stream 'work', a parameter", [&](Scenario& s) { s.streams[0].draws[0].amount = no_parameter; }},
      {"stream 'work', another stream", [&](Scenario& s) { s.streams[0].otherwise.stream = StreamId{1}; }},
      {"stream 'work', a parameter", [&](Scenario& s) { s.streams[0].otherwise.share = no_parameter; }},
      {"inflow 'new', a limit", [&](Scenario& s) { s.inflows[0].draws[0].limit = LimitId{2}; }},
      {"inflow 'new' draws on a limit for pairs",
       [&](Scenario& s) { s.inflows[0].draws[0].limit = LimitId{1}; }},
      {"limit 'quota', a parameter", [&](Scenario& s) { s.limits[0].amount->rate = no_parameter; }},
      {"limit 'quota' has no places",
       [&](Scenario& s) {
         s.limits[0].amount.reset();
         s.limits[0].occupants = s.streams[0].who;
       }},
      {"limit 'pairs', another limit", [&](Scenario& s) { s.limits[1].unused = LimitId{2}; }},
      {"the queue of 'permit', a parameter", [&](Scenario& s) { s.queues[0].giving_up.rate = no_parameter; }},
      {"stream 'work', a factor",
       [&](Scenario& s) {
         s.streams[0].destination.pull[1] = DiasporaTerm{"d", Transform::sqrt, ParameterId{0}, no_factor};
       }},
      {"factor 'moved', what counts",
       [&](Scenario& s) {
         s.factors[1].derivation->inputs[1].of = FlowInput{FlowInput::Kind::requests, {true, true}, 1, 0};
       }},
      {"the queue of 'permit' has priorities by ages",
       [&](Scenario& s) { s.queues[0].priority_from_age = {18}; }},
      {"2 queues", [&](Scenario& s) { s.queues.push_back(s.queues[0]); }},
      {"inflow 'new', a region", [&](Scenario& s) { s.inflows[0].birth = nowhere; }},
      {"inflow 'new', a parameter", [&](Scenario& s) { s.inflows[0].number.rate = no_parameter; }},
      {"inflow 'new' has no groups", [&](Scenario& s) { s.inflows[0].groups.clear(); }},
      {"outflow 'out', a parameter", [&](Scenario& s) { s.outflows[0].hazard.rate = no_parameter; }},
      {"movers of the start, a region", [&](Scenario& s) { s.population.movers[0].residence = nowhere; }},
      {"movers of the start, a region of birth",
       [&](Scenario& s) { s.population.movers[0].birth = Region{3}; }},
      {"movers of the start, a region", [&](Scenario& s) { s.population.movers[0].previous = nowhere; }},
      {"movers of the start, a citizenship",
       [&](Scenario& s) { s.population.movers[0].citizenship = Region{s.region_count() + 2}; }},
      {"movers of the start have the cohorts",
       [&](Scenario& s) { s.population.movers[0].cohort_to = Cohort{4}; }},
      {"-1 movers", [&](Scenario& s) { s.population.movers[0].persons = -1; }},
      {"-2 persons live", [&](Scenario& s) { s.population.stayers[3] = -2; }},
      {"nan persons live",
       [&](Scenario& s) { s.population.stayers[3] = std::numeric_limits<double>::quiet_NaN(); }},
      {"0 persons for each agent", [&](Scenario& s) { s.persons_per_agent = 0; }},
      {"a link, a region", [&](Scenario& s) { s.links[0].to = nowhere; }},
      {"policy 'p', a factor", [&](Scenario& s) { s.policies[0].changes[0].target = no_factor; }},
      {"policy 'p', a parameter", [&](Scenario& s) { s.policies[0].changes[0].target = no_parameter; }},
      {"parameter 'streams.work.hazard.rate', an attribute",
       [&](Scenario& s) { s.parameters[0].by = ByAttribute{.attribute = AttributeId{9}}; }},
      {"policy 'p', the groups of a change", [&](Scenario& s) { s.policies[0].changes[0].groups = {true}; }},
      {"variant 'v', a policy", [&](Scenario& s) { s.variants[1].policies = {PolicyId{1}}; }},
      {"there are no variants", [&](Scenario& s) { s.variants.clear(); }},
      {"the output, a factor", [&](Scenario& s) { s.output.factors = {no_factor}; }},
      {"the output, an attribute", [&](Scenario& s) { s.output.flow_attributes = {AttributeId{9}}; }},
      {"the output is of every 0", [&](Scenario& s) { s.output.every = 0; }},
      {"the age groups of the output", [&](Scenario& s) { s.output.age_from.clear(); }},
      {"factor 'wage' has no values", [&](Scenario& s) { s.factors[0].knots.clear(); }},
      {"factor 'moved', a factor",
       [&](Scenario& s) {
         s.factors[1].derivation->inputs[0].of = FactorInput{no_factor, {}};
       }},
      {"factor 'moved', what counts has 2", [&](Scenario& s) {
         s.factors[1].derivation->inputs[1].of = FlowInput{.named = {true, true}};
       }}};
  for (const auto& [name, spoil] : faults) {
    Scenario scenario = one_of_everything();
    spoil(scenario);
    CAPTURE(name);
    const std::vector<Mistake> wrong = wrong_references(scenario);
    const auto found = std::find_if(wrong.begin(), wrong.end(), [&](const Mistake& mistake) {
      return mistake.what.find(name) == 0 && !mistake.where.file.empty() && !mistake.expected.empty();
    });
    CHECK(found != wrong.end());
  }
}

}  // namespace references_test
