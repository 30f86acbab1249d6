#include "sim/reading/read_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "sim/base/anniversary.hpp"
#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/input/warning_ids.hpp"
#include "sim/reading/checks/check.hpp"
#include "sim/reading/events/named_people.hpp"
#include "sim/reading/events/read_demography.hpp"
#include "sim/reading/events/read_limits.hpp"
#include "sim/reading/events/read_outside.hpp"
#include "sim/reading/events/read_streams.hpp"
#include "sim/reading/events/read_transitions.hpp"
#include "sim/reading/events/read_who.hpp"
#include "sim/reading/forms/texts.hpp"
#include "sim/reading/people/read_population.hpp"
#include "sim/reading/policies/read_door.hpp"
#include "sim/reading/policies/read_policies.hpp"
#include "sim/reading/read_attributes.hpp"
#include "sim/reading/read_document.hpp"
#include "sim/reading/read_labels.hpp"
#include "sim/reading/read_output.hpp"
#include "sim/reading/read_time.hpp"
#include "sim/scenario/queues.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/shape.hpp"

namespace sojourn {

namespace {

constexpr std::array scenario_keys{
    Key{.name = "sojourn",
        .form = Form::whole_number,
        .need = Need::required,
        .doc = "The version of the format.",
        .range = {.least = 1, .most = 1}},
    Key{.name = "title",
        .form = Form::texts,
        .need = Need::required,
        .doc = "What the scenario is called in outputs and pictures: a text, or texts by language."},
    Key{.name = "description",
        .form = Form::texts,
        .doc = "What it is about, in as many lines as it needs: a text, or texts by language."},
    Key{.name = "accept",
        .form = Form::name,
        .doc = "Ids of warnings that are meant: what they warn of is so on purpose.",
        .kind = "warning",
        .is_list = true},
    Key{.name = "time",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "When the run starts and ends, and in what steps.",
        .map = time_map},
    Key{.name = "seed",
        .form = Form::whole_number,
        .doc = "Names the random numbers: the same seed gives the same numbers on every machine.",
        .otherwise = "1",
        .range = {.least = 0, .most = 4294967295.0}},
    Key{.name = "persons_per_agent",
        .form = Form::number,
        .doc = "Persons that one agent stands for: 1 for every person, 100 for a quick look.",
        .unit = "persons",
        .otherwise = "1",
        .range = {.least = 0, .above_least = true}},
    Key{.name = "regions",
        .form = Form::text,
        .need = Need::required,
        .doc = "Where people live: a list of codes, a map from codes to what is known of each, or a table.",
        .map = region_table_map,
        .is_list = true},
    Key{.name = "links",
        .form = Form::nothing,
        .doc = "Direct roads between regions, passable both ways: a list, or a table.",
        .map = link_map,
        .is_list = true},
    Key{.name = "attributes",
        .form = Form::text,
        .doc = "What tells people apart beside their region and age: for each attribute the list of its "
               "values, such as `sex: [female, male]`.",
        .names = "ATTRIBUTE",
        .is_list = true},
    Key{.name = "factors",
        .form = Form::nothing,
        .doc = "Numbers that vary over regions or pairs of regions, groups, ages and time, or follow from "
               "others.",
        .map = factor_definition_map,
        .names = "NAME"},
    Key{.name = "population",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "Who lives where at the start.",
        .map = population_map},
    Key{.name = "people",
        .form = Form::name,
        .doc = "Names for people by attributes, age, residence and place of birth, such as `{foreigners: "
               "{status: worker, foreign_born: true}}`. They stand wherever people are named: `who: "
               "foreigners`, or `who: {people: foreigners, age: 15-64}`.",
        .kind = "people",
        .map = people_map,
        .names = "NAME"},
    Key{.name = "limits",
        .form = Form::nothing,
        .doc = "What those who are admitted draw on: quotas, places, crossing points, fees.",
        .map = limit_map,
        .names = "NAME"},
    Key{.name = "streams",
        .form = Form::nothing,
        .doc = "Moves from region to region: who, how often, and where to.",
        .map = stream_map,
        .names = "NAME"},
    Key{.name = "demography", .form = Form::nothing, .doc = "Births and deaths.", .map = demography_map},
    Key{.name = "transitions",
        .form = Form::nothing,
        .doc = "Changes of one attribute where people live, at once or by an office.",
        .map = transition_map,
        .names = "NAME"},
    Key{.name = "inflow",
        .form = Form::nothing,
        .doc = "People who enter from outside all regions.",
        .map = inflow_map,
        .names = "NAME"},
    Key{.name = "outflow",
        .form = Form::nothing,
        .doc = "People who leave all regions for good.",
        .map = outflow_map,
        .names = "NAME"},
    Key{.name = "closed",
        .form = Form::nothing,
        .doc = "Ways that nobody can go unless a policy opens them, such as `[{destinations: [north]}]`.",
        .map = door_map,
        .is_list = true},
    Key{.name = "policies",
        .form = Form::nothing,
        .doc = "Sets of changes of numbers and doors, each in force from a date on.",
        .map = policy_map,
        .names = "NAME"},
    Key{.name = "variants",
        .form = Form::name,
        .doc = "Named lists of policies, to be run and compared; also of other variants, whose policies then "
               "stand "
               "in their place. `baseline` has none, and is there whether or not it is written.",
        .kind = "policy",
        .names = "NAME",
        .is_list = true},
    Key{.name = "labels",
        .form = Form::nothing,
        .doc = "What people call that which has a name: attributes and their values, factors, streams, "
               "transitions, limits, inflows, outflows, policies and variants.",
        .map = labels_map},
    Key{.name = "output",
        .form = Form::nothing,
        .doc = "What is recorded, and how often.",
        .map = output_map},
};

constexpr std::uint64_t largest_seed = 0xFFFFFFFF;

void check_version(Reader& reader, const Fields& fields) {
  const Node* version = fields["sojourn"];
  if (version == nullptr || (version->is_scalar() && version->text == "1")) return;
  reader.wrong_value(*version, "the version of the format", "1");
}

std::uint32_t read_seed(Reader& reader, const Node* node, const Overrides& overrides) {
  std::uint32_t seed = 1;
  if (node != nullptr) {
    const auto written = node->is_scalar() ? parse_whole_number(node->text) : std::nullopt;
    if (written && *written <= largest_seed) {
      seed = static_cast<std::uint32_t>(*written);
    } else {
      reader.wrong_value(*node, "the seed", "a whole number from 0 to 4294967295");
    }
  }
  return overrides.seed.value_or(seed);
}

double read_persons_per_agent(Reader& reader, const Node* node, const Overrides& overrides) {
  const auto fits = [](double persons) { return std::isfinite(persons) && persons > 0; };
  double persons = 1;
  if (node != nullptr) {
    const auto written = reader.number(*node, "'persons_per_agent'");
    if (written && !fits(*written)) reader.wrong_value(*node, "'persons_per_agent'", "a number above 0");
    persons = written.value_or(1);
  }
  if (!overrides.persons_per_agent) return persons;
  if (!fits(*overrides.persons_per_agent)) {
    reader.mistakes().add({"--persons-per-agent"},
                          fmt::format("the number is {}", *overrides.persons_per_agent), "a number above 0");
  }
  return *overrides.persons_per_agent;
}

Texts read_texts_field(Reader& reader, const Node* node, std::string_view what) {
  return node != nullptr ? read_texts(reader, *node, what) : Texts();
}

/// The ids of warnings of which the scenario says that they are meant.
std::vector<std::string> read_accepted(Reader& reader, const Node* node) {
  std::vector<std::string> accepted;
  if (node == nullptr) return accepted;
  const Names ids(warning_ids());
  for (const std::size_t id : reader.references(*node, "warning", ids)) accepted.push_back(ids.all()[id]);
  return accepted;
}

/// The keys of a section that is read later.
Names names_of_section(const Node& document, const char* section) {
  Names names;
  const Node* node = document.find(section);
  if (node == nullptr) return names;
  for (const Entry& entry : node->entries) (void)names.add(entry.key);
  return names;
}

/// Whoever was born since the last census relocates nowhere: cohorts tell them, which begin on anniversaries.
void check_census(Reader& reader, const Scenario& scenario, const Node& output) {
  if (!scenario.demography.births || !scenario.output.relocations_every) return;
  const TimeGrid& time = scenario.time;
  const std::size_t every = *scenario.output.relocations_every;
  for (std::size_t census = every; census <= time.steps(); census += every) {
    if (is_anniversary(time.start(), time.boundary(census))) continue;
    reader.wrong(
        *output.find("relocations"),
        fmt::format("with births, relocations are counted over whole years, and {} is no anniversary "
                    "of the start",
                    to_string(time.boundary(census))),
        "a whole number of years");
    return;
  }
}

/// What gives the number of persons for each agent: the command line, the scenario, or nothing, which is one.
Position place_of_persons_per_agent(const Reader& reader, const Fields& fields, const Overrides& overrides) {
  if (overrides.persons_per_agent) return {"--persons-per-agent"};
  const Node* given = fields["persons_per_agent"];
  return given != nullptr ? reader.at(*given) : reader.at_key(*fields["population"]);
}

/// An upper bound of what a run can count, and that there is anybody.
void check_agents(Reader& reader, const Scenario& scenario, const Node& population, const Position& given) {
  constexpr double most_agents = 1e12;
  /// A sum of shares of one person may be a little less than one.
  constexpr double one_agent = 1 - 1e-6;
  double persons = 0;
  for (const double count : scenario.population.stayers) persons += count;
  for (const MoverRow& row : scenario.population.movers) persons += row.persons;
  const double agents = persons / scenario.persons_per_agent;
  if (agents < one_agent && scenario.inflows.empty()) {
    reader.mistakes().add(given,
                          fmt::format("{:.4g} persons are nobody at {:.4g} persons for each agent", persons,
                                      scenario.persons_per_agent),
                          "at most as many persons for each agent as there are, or an 'inflow'");
  }
  if (agents <= most_agents) return;
  reader.mistakes().add(reader.at_key(population),
                        fmt::format("{:.4g} persons at {} for each agent are more than {:.0e} agents",
                                    persons, scenario.persons_per_agent, most_agents),
                        "fewer persons, or more of them for each agent");
}

/// The sections that say what happens to people, and whose numbers policies may change.
struct ModelSections {
  ParameterSet parameters;
  std::vector<Limit> limits;
  std::vector<Stream> streams;
  Demography demography;
  TransitionSet transitions;
  std::vector<Inflow> inflow;
  std::vector<Outflow> outflow;
};

/// One region has no streams, but people of it may be born, wait or change.
void check_something_happens(Reader& reader, const Fields& fields) {
  const std::vector<std::string> sections = {"streams", "demography", "transitions", "inflow", "outflow"};
  const bool any = std::any_of(sections.begin(), sections.end(), [&](const std::string& section) {
    const Node* node = fields.optional(section);
    return node != nullptr && (!node->is_map() || !node->entries.empty()) && node->kind != Node::Kind::empty;
  });
  if (any) return;
  const Node* streams = fields["streams"];
  reader.mistakes().add(streams != nullptr ? reader.at_key(*streams) : reader.at_key(fields.node()),
                        "nothing happens in the scenario: it has no streams",
                        "at least one of " + in_words(sections));
}

ModelSections read_model(Reader& reader, const Fields& fields, const Setting& setting,
                         const FactorSet& factors) {
  const std::size_t mistakes_before = reader.mistakes().count();
  ModelSections model;
  const auto read = [&](const Node* node, auto& section, auto read_section) {
    if (node != nullptr) section = read_section(reader, *node, setting, factors, model.parameters);
  };
  read(fields["limits"], model.limits, read_limits);
  read(fields["streams"], model.streams, read_streams);
  read(fields["demography"], model.demography, read_demography);
  read(fields["transitions"], model.transitions, read_transitions);
  read(fields["inflow"], model.inflow, read_inflow);
  read(fields["outflow"], model.outflow, read_outflow);
  if (fields.is_map()) check_something_happens(reader, fields);
  model.parameters.set_complete(reader.mistakes().count() == mistakes_before);
  return model;
}

}  // namespace

KeyMap scenario_map() { return {"scenario", scenario_keys}; }

Scenario read_scenario(const std::string& path, const Overrides& overrides) {
  Reader reader(path);
  const std::string text = read_text(reader);
  const Node document = read_document(reader, text);
  const Fields fields(reader, document, "the scenario", scenario_map());
  check_version(reader, fields);
  const Texts title = read_texts_field(reader, fields["title"], "the title");
  const Texts description = read_texts_field(reader, fields["description"], "the description");
  Labels labels;
  if (const Node* node = fields["labels"]) labels = read_labels(reader, *node, document);
  std::vector<std::string> accepted = read_accepted(reader, fields["accept"]);
  const std::uint32_t seed = read_seed(reader, fields["seed"], overrides);
  const double persons_per_agent = read_persons_per_agent(reader, fields["persons_per_agent"], overrides);

  std::optional<RunTime> time;
  if (const Node* node = fields["time"]) time = read_time(reader, *node, overrides.until);

  Geography geography;
  geography.names.set_complete(false);
  if (const Node* node = fields["regions"]) geography = read_regions(reader, *node);
  if (const Node* node = fields["links"]) geography.links = read_links(reader, *node, geography.names);

  Groups groups;
  std::vector<std::string> queues = queue_names(document.find("transitions"));
  if (queues.size() > most_queues) {
    reader.wrong(*document.find("transitions"), fmt::format("{} transitions have a capacity", queues.size()),
                 fmt::format("at most {}", most_queues));
    queues.resize(most_queues);
  }
  groups = read_attributes(reader, fields["attributes"], std::move(queues),
                           ties_told_apart(document, geography.names));

  Setting setting{time ? std::optional(time->grid) : std::nullopt, &geography, &groups};
  setting.streams = names_of_section(document, "streams");
  setting.inflows = names_of_section(document, "inflow");
  setting.outflows = names_of_section(document, "outflow");
  setting.transitions = names_of_section(document, "transitions");
  setting.outcomes = names_of_outcomes(document.find("transitions"));
  for (const std::string& way_out : setting.outcomes.ways_out) (void)setting.outflows.add(way_out);
  setting.limits = names_of_section(document, "limits");
  const Names vital = names_of_section(document, "demography");
  if (vital.find("births")) setting.births.add("births");
  if (vital.find("deaths")) setting.deaths.add("deaths");
  NamedPeople people;
  setting.people = &people;
  if (const Node* node = fields["people"]) people.read(reader, *node, setting);
  FactorSet factors;
  if (const Node* node = fields["factors"]) factors = read_factors(reader, *node, setting);

  ModelSections model = read_model(reader, fields, setting, factors);
  const PolicySetting policy_setting{geography,
                                     groups,
                                     factors,
                                     model.parameters,
                                     setting,
                                     model.streams,
                                     time ? std::optional(time->grid.start()) : std::nullopt,
                                     time ? std::optional(time->written_end) : std::nullopt};
  std::vector<Door> closed;
  if (const Node* node = fields["closed"]) closed = read_closed(reader, *node, policy_setting);
  PolicySet policies = read_policies(reader, fields["policies"], fields["variants"], policy_setting);

  OutputRequest output = read_output(reader, fields["output"], setting, factors, overrides.until.has_value());

  StartPopulation population;
  const Node* population_node = fields["population"];
  if (population_node != nullptr) {
    population =
        read_population(reader, *population_node, setting,
                        population_uses(model.streams, model.demography, model.transitions.transitions,
                                        model.transitions.queues, model.outflow, output));
  }
  if (!reader.mistakes().none() || !time) give_up(reader, accepted);
  people.warn_of_unused(reader);

  Scenario scenario{.title = title,
                    .description = description,
                    .text = text,
                    .path = path,
                    .tables = reader.tables_read(),
                    .table_uses = reader.table_uses(),
                    .warnings = {},
                    .accepted_warnings = std::move(accepted),
                    .time = time->grid,
                    .seed = seed,
                    .persons_per_agent = persons_per_agent,
                    .regions = std::move(geography.regions),
                    .links = std::move(geography.links),
                    .groups = groups,
                    .factors = std::move(factors.factors),
                    .parameters = std::move(model.parameters).take(),
                    .population = std::move(population),
                    .streams = std::move(model.streams),
                    .limits = std::move(model.limits),
                    .demography = std::move(model.demography),
                    .transitions = std::move(model.transitions.transitions),
                    .queues = std::move(model.transitions.queues),
                    .inflows = std::move(model.inflow),
                    .outflows = std::move(model.outflow),
                    .closed = std::move(closed),
                    .policies = std::move(policies.policies),
                    .variants = std::move(policies.variants),
                    .output = std::move(output)};
  check_agents(reader, scenario, *population_node, place_of_persons_per_agent(reader, fields, overrides));
  if (const Node* node = fields["output"]) check_census(reader, scenario, *node);
  set_labels(scenario, labels);
  if (const Node* node = fields["attributes"]) check_names_of_labels(reader, scenario, *node);
  check_model(scenario, reader.mistakes());
  if (!reader.mistakes().none()) give_up(reader, scenario.accepted_warnings);
  scenario.warnings = reader.mistakes().warnings();
  mark_accepted(scenario.warnings, scenario.accepted_warnings);
  join_queues(scenario);
  check_sizes(scenario);
  return scenario;
}

}  // namespace sojourn
