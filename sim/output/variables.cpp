#include "sim/output/variables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/base/units.hpp"

namespace sojourn {

namespace {

const std::string calendar = "proleptic_gregorian";
const std::string days_since = "days since 1970-01-01";

/// Attributes by which programs that know CF (Climate and Forecast conventions, 1.10) know an axis of time.
FileAttributes time_axis(const std::string& long_name, const std::string& bounds) {
  return {{"long_name", long_name},   {"standard_name", std::string("time")},
          {"axis", std::string("T")}, {"units", days_since},
          {"calendar", calendar},     {"bounds", bounds}};
}

/// Makes the dimensions and variables of one output.
class Definition {
 public:
  Definition(DataFile& file, const Scenario& scenario, const OutputLayout& layout)
      : file_(file), scenario_(scenario), layout_(layout), request_(scenario.output) {}

  OutputVariables make() {
    make_dimensions();
    OutputVariables variables;
    variables.time = file_.coordinate(time_);
    variables.interval = {file_.coordinate(interval_), interval_bounds_};
    variables.stock = add_stock();
    if (layout_.dense_flows) {
      variables.flow = add_flow();
    } else {
      variables.flow_columns = add_flow_columns();
    }
    if (scenario_.demography.births) variables.births = add_births();
    if (scenario_.demography.deaths) variables.deaths = add_deaths();
    add_changes(variables);
    if (request_.relocations_every) add_relocations(variables);
    if (request_.usual_every) add_usual(variables);
    if (request_.diaspora_every) add_diaspora(variables);
    if (request_.citizens_every) add_citizens(variables);
    for (const FactorId id : request_.factors)
      variables.factors.push_back(add_factor(scenario_.factors[id.index()]));
    return variables;
  }

 private:
  void make_dimensions() {
    time_ = file_.add_instants("time", time_axis("instant of the stocks", ""));
    std::tie(interval_, interval_bounds_) = add_intervals("interval", "start of the interval of the flows");
    region_ = add_regions("region", "code of the region");
    add_region_properties();
    origin_ = add_regions("origin", "region that movers leave");
    destination_ = add_regions("destination", "region that movers enter");
    stream_ = file_.add_labels("stream", names(scenario_.streams),
                               {{"long_name", std::string("kind of movement")}});
    if (request_.stock_by_age || request_.flow_by_age) add_ages();
    for (const Attribute& attribute : scenario_.groups.attributes()) {
      attributes_.push_back(
          file_.add_labels(attribute.name, attribute.values, {{"long_name", "attribute " + attribute.name}}));
    }
    add_scalars();
  }

  template <class Named>
  static std::vector<std::string> names(const std::vector<Named>& things) {
    std::vector<std::string> result;
    result.reserve(things.size());
    for (const Named& thing : things) result.push_back(thing.name);
    return result;
  }

  [[nodiscard]] std::vector<std::string> region_codes() const {
    std::vector<std::string> codes;
    codes.reserve(scenario_.regions.size());
    for (const RegionInfo& region : scenario_.regions) codes.push_back(region.code);
    return codes;
  }

  DimensionId add_regions(const std::string& name, const std::string& long_name) {
    return file_.add_labels(name, region_codes(), {{"long_name", long_name}});
  }

  void add_region_properties() {
    const std::vector<std::string> region_names = names(scenario_.regions);
    std::vector<double> latitudes;
    std::vector<double> longitudes;
    for (const RegionInfo& region : scenario_.regions) {
      latitudes.push_back(region.latitude);
      longitudes.push_back(region.longitude);
    }
    const std::array over{region_};
    file_.write(file_.add_variable("region_name", ValueType::text, over,
                                   {{"long_name", std::string("name of the region")}}),
                region_names);
    const auto add_degrees = [&](const std::string& name, const std::string& units,
                                 const std::vector<double>& values) {
      const FileAttributes attributes{
          {"long_name", name + " of the region"}, {"standard_name", name}, {"units", units}};
      file_.write(file_.add_variable(name, ValueType::float64, over, attributes), values);
    };
    add_degrees("latitude", "degrees_north", latitudes);
    add_degrees("longitude", "degrees_east", longitudes);
  }

  void add_ages() {
    age_ = file_.add_labels("age", age_labels(request_.age_from),
                            {{"long_name", std::string("age group, in years completed")}});
    const std::array over{age_};
    const FileAttributes attributes{{"long_name", std::string("lower bound of the age group")},
                                    {"units", std::string("years")}};
    file_.write(file_.add_variable("age_from", ValueType::float64, over, attributes), request_.age_from);
  }

  void add_scalars() {
    const std::vector<std::string> variant{layout_.variant};
    file_.write(file_.add_variable("variant", ValueType::text, {},
                                   {{"long_name", std::string("variant of the scenario")}}),
                variant);
    const std::vector<std::int64_t> replicate{layout_.key.replicate};
    file_.write(file_.add_variable("replicate", ValueType::int32, {},
                                   {{"long_name", std::string("replicate: which of the runs with one seed")},
                                    {"units", std::string("1")}}),
                replicate);
  }

  /// A dimension of intervals and the variable of their bounds.
  std::pair<DimensionId, VariableId> add_intervals(const std::string& name, const std::string& long_name) {
    const DimensionId intervals = file_.add_instants(name, time_axis(long_name, name + "_bnds"));
    if (!bounds_) bounds_ = file_.add_dimension("bnds", 2);
    const std::array over{intervals, *bounds_};
    const FileAttributes attributes{
        {"long_name", "start and end of each " + name}, {"units", days_since}, {"calendar", calendar}};
    return {intervals, file_.add_variable(name + "_bnds", ValueType::int32, over, attributes)};
  }

  /// Attributes of a variable that counts people.
  FileAttributes of_counts(const std::string& long_name, const std::string& cell_methods,
                           const std::string& coordinates) const {
    const double persons = scenario_.persons_per_agent;
    return {{"long_name", long_name},       {"units", std::string("1")},    {"unit", std::string("persons")},
            {"persons_per_agent", persons}, {"cell_methods", cell_methods}, {"coordinates", coordinates}};
  }

  std::vector<DimensionId> with_details(std::vector<DimensionId> dimensions, bool by_age,
                                        const std::vector<AttributeId>& attributes) const {
    if (by_age) dimensions.push_back(age_);
    for (const AttributeId id : attributes) dimensions.push_back(attributes_[id.index()]);
    return dimensions;
  }

  VariableId add_stock() {
    std::string coordinates = "region_name latitude longitude variant replicate";
    if (request_.stock_by_age) coordinates += " age_from";
    return file_.add_variable(
        "stock", layout_.counts.stock,
        with_details({time_, region_}, request_.stock_by_age, request_.stock_attributes),
        of_counts("people that live in the region", "time: point", coordinates));
  }

  VariableId add_births() {
    return file_.add_variable("births", layout_.counts.stock,
                              with_details({interval_, region_}, false, request_.stock_attributes),
                              of_counts("people born in the region", "interval: sum",
                                        "region_name latitude longitude variant replicate"));
  }

  VariableId add_deaths() {
    std::string coordinates = "region_name latitude longitude variant replicate";
    if (request_.stock_by_age) coordinates += " age_from";
    return file_.add_variable(
        "deaths", layout_.counts.stock,
        with_details({interval_, region_}, request_.stock_by_age, request_.stock_attributes),
        of_counts("people that died while they lived in the region", "interval: sum", coordinates));
  }

  /// Counts by interval, region and one more dimension, whose labels are names of the scenario.
  template <class Named>
  VariableId add_by_name(const std::string& name, const std::string& long_name, const std::string& dimension,
                         const std::string& of_labels, const std::vector<Named>& things) {
    const DimensionId labels = file_.add_labels(dimension, names(things), {{"long_name", of_labels}});
    return file_.add_variable(
        name, layout_.counts.flow,
        with_details({interval_, region_, labels}, false, request_.stock_attributes),
        of_counts(long_name, "interval: sum", "region_name latitude longitude variant replicate"));
  }

  void add_changes(OutputVariables& variables) {
    if (!scenario_.transitions.empty()) {
      variables.transitions =
          add_by_name("transitions",
                      "changes of an attribute of people that live in the region, by their attributes before",
                      "transition", "kind of change of an attribute", scenario_.transitions);
    }
    if (!scenario_.queues.empty()) variables.queues = add_queues();
    if (!scenario_.inflows.empty()) {
      variables.inflow = add_by_name("inflow", "people that entered the region from outside all regions",
                                     "entry", "kind of inflow", scenario_.inflows);
    }
    if (!scenario_.outflows.empty()) {
      variables.outflow = add_by_name("outflow", "people that left the region for outside all regions",
                                      "exit", "kind of outflow", scenario_.outflows);
    }
  }

  QueueVariables add_queues() {
    const DimensionId queue = file_.add_labels(
        "queue", names(scenario_.queues),
        {{"long_name", std::string("queue of a transition whose office serves so many in a period")}});
    const DimensionId quantile =
        file_.add_numbers("quantile", waiting_quantiles,
                          {{"long_name", std::string("share of those served who waited no longer")},
                           {"units", std::string("1")}});
    const std::string coordinates = "region_name latitude longitude variant replicate";
    const auto count = [&](const std::string& name, const std::string& long_name) {
      const std::array over{interval_, region_, queue};
      return file_.add_variable(name, layout_.counts.flow, over,
                                of_counts(long_name, "interval: sum", coordinates));
    };
    const auto days = [&](const std::string& name, const std::string& long_name,
                          const std::vector<DimensionId>& over) {
      return file_.add_variable(
          name, ValueType::float64, over,
          {{"long_name", long_name}, {"units", std::string("day")}, {"coordinates", coordinates}});
    };
    const std::array over{time_, region_, queue};
    QueueVariables variables;
    variables.length =
        file_.add_variable("queue_length", layout_.counts.stock, over,
                           of_counts("people of the region who wait", "time: point", coordinates));
    variables.requests = count("queue_requests", "people of the region who joined the queue");
    variables.given_up = count("queue_given_up", "people of the region who waited and gave up");
    variables.left = count("queue_left",
                           "people of the region who left the queue because they died, moved or changed "
                           "otherwise");
    variables.waiting_mean = days("waiting_time_mean", "mean waiting time of those served in the interval",
                                  {interval_, region_, queue});
    variables.waiting_quantiles =
        days("waiting_time", "waiting time that a share of those served in the interval did not exceed",
             {interval_, region_, queue, quantile});
    return variables;
  }

  /// What a flow counts: every move, or those whose residence differs at the ends of an interval.
  FileAttributes of_flows(const std::string& counting, const std::string& long_name,
                          const std::string& cell_methods, const std::string& coordinates) const {
    FileAttributes attributes = of_counts(long_name, cell_methods, coordinates);
    attributes.push_back({"counting", counting});
    return attributes;
  }

  VariableId add_flow() {
    const std::string coordinates = request_.flow_by_age ? "variant replicate age_from" : "variant replicate";
    return file_.add_variable(
        "flow", layout_.counts.flow,
        with_details({interval_, origin_, destination_, stream_}, request_.flow_by_age,
                     request_.flow_attributes),
        of_flows("moves", "moves from origin to destination", "interval: sum", coordinates));
  }

  FlowColumns add_flow_columns() {
    rows_ = file_.add_rows("flow_row");
    FlowColumns columns;
    columns.interval = add_index("interval");
    columns.origin = add_index("origin");
    columns.destination = add_index("destination");
    columns.stream = add_index("stream");
    if (request_.flow_by_age) {
      columns.details.push_back(add_index("age"));
      columns.detail_sizes.push_back(request_.age_from.size());
    }
    for (const AttributeId id : request_.flow_attributes) {
      const Attribute& attribute = scenario_.groups.attributes()[id.index()];
      columns.details.push_back(add_index(attribute.name));
      columns.detail_sizes.push_back(attribute.values.size());
    }
    const std::array over{rows_};
    columns.count = file_.add_variable(
        "flow_count", layout_.counts.flow, over,
        of_flows("moves", "moves from origin to destination; corridors without a row had none", "",
                 "variant replicate"));
    return columns;
  }

  VariableId add_index(const std::string& dimension) {
    const std::array over{rows_};
    return file_.add_variable("flow_" + dimension, ValueType::int32, over,
                              {{"long_name", "place along dimension " + dimension + ", from 0"},
                               {"units", std::string("1")},
                               {"index_of", dimension}});
  }

  void add_relocations(OutputVariables& variables) {
    const auto [intervals, bounds] =
        add_intervals("interval_relocations", "start of the interval of the relocations");
    variables.relocation_interval = {file_.coordinate(intervals), bounds};
    const std::array over{intervals, origin_, destination_};
    variables.relocations = file_.add_variable(
        "relocations", layout_.counts.relocations, over,
        of_flows("relocations",
                 "people that lived in origin at the start of the interval and in destination at its end", "",
                 "variant replicate"));
  }

  void add_usual(OutputVariables& variables) {
    const auto [intervals, bounds] =
        add_intervals("interval_usual", "start of the interval of the flows by usual residence");
    variables.usual_interval = {file_.coordinate(intervals), bounds};
    const std::array over{intervals};
    variables.usual_is_final = file_.add_variable(
        "usual_final", ValueType::int32, over,
        {{"long_name", std::string("1 where flow_usual is final; 0 where it is preliminary, because the run "
                                   "ended within twelve months of the interval")},
         {"units", std::string("1")}});
    const std::array dimensions{intervals, origin_, destination_};
    variables.usual = file_.add_variable(
        "flow_usual", layout_.counts.flow, dimensions,
        of_flows(
            "usual_residence",
            "changes of usual residence from origin to destination: moves after which the person stayed for "
            "twelve months",
            "interval_usual: sum", "variant replicate usual_final"));
  }

  void add_diaspora(OutputVariables& variables) {
    const DimensionId instants =
        file_.add_instants("time_diaspora", time_axis("instant of the diaspora", ""));
    const DimensionId birth =
        file_.add_labels("birth", regions_or_outside(), {{"long_name", std::string("region of birth")}});
    variables.diaspora_time = file_.coordinate(instants);
    const std::array over{instants, residence(), birth};
    variables.diaspora =
        file_.add_variable("diaspora", layout_.counts.stock, over,
                           of_counts("people by residence and region of birth; 0 where both are the same",
                                     "time_diaspora: point", "variant replicate"));
  }

  void add_citizens(OutputVariables& variables) {
    const DimensionId instants =
        file_.add_instants("time_citizenship", time_axis("instant of the foreign citizens", ""));
    const DimensionId citizenship = file_.add_labels(
        "citizenship", regions_or_outside(), {{"long_name", std::string("region whose citizen one is")}});
    variables.citizens_time = file_.coordinate(instants);
    const std::array over{instants, residence(), citizenship};
    variables.citizens =
        file_.add_variable("foreign_citizens", layout_.counts.stock, over,
                           of_counts("people by residence and citizenship; 0 where both are the same",
                                     "time_citizenship: point", "variant replicate"));
  }

  DimensionId residence() {
    if (!residence_) residence_ = add_regions("residence", "region of residence");
    return *residence_;
  }

  [[nodiscard]] std::vector<std::string> regions_or_outside() const {
    std::vector<std::string> labels = region_codes();
    if (scenario_.birth_count() > labels.size()) labels.emplace_back("outside");
    return labels;
  }

  VariableId add_factor(const Factor& factor) {
    std::vector<DimensionId> over{interval_};
    if (factor.places == FactorPlaces::region) over.push_back(region_);
    if (factor.by_group) over.insert(over.end(), attributes_.begin(), attributes_.end());
    const FileAttributes attributes{
        {"long_name", "factor " + factor.name + " under the policies of the variant"},
        {"unit", factor.unit.empty() ? std::string("1") : factor.unit},
        {"cell_methods", std::string("interval: mean")},
        {"coordinates", std::string("variant replicate")}};
    return file_.add_variable("factor_" + factor.name, ValueType::float64, over, attributes);
  }

  DataFile& file_;
  const Scenario& scenario_;
  const OutputLayout& layout_;
  const OutputRequest& request_;
  DimensionId time_, interval_, region_, origin_, destination_, stream_, age_, rows_;
  std::optional<DimensionId> bounds_;
  std::optional<DimensionId> residence_;
  VariableId interval_bounds_;
  /// By attribute.
  std::vector<DimensionId> attributes_;
};

}  // namespace

OutputVariables define_variables(DataFile& file, const Scenario& scenario, const OutputLayout& layout) {
  return Definition(file, scenario, layout).make();
}

std::vector<std::string> age_labels(const std::vector<double>& age_from) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < age_from.size(); ++i) {
    const double from = age_from[i];
    if (i + 1 == age_from.size()) {
      labels.push_back(to_text(from) + "+");
      continue;
    }
    const double to = age_from[i + 1];
    const bool whole = std::floor(from) == from && std::floor(to) == to;
    // Ages of people are completed years: 0-4 means from 0 to before 5.
    if (!whole) {
      labels.push_back(to_text(from) + " to below " + to_text(to));
    } else {
      labels.push_back(to - from == 1 ? to_text(from) : to_text(from) + "-" + to_text(to - 1));
    }
  }
  return labels;
}

}  // namespace sojourn
