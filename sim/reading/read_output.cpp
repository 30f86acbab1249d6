#include "sim/reading/read_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/forms/ages.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/reading/read_time.hpp"

namespace sojourn {

namespace {

/// By `FlowLayout`.
constexpr std::array<std::string_view, 3> flow_layouts{"automatic", "dense", "table"};
constexpr std::array<std::string_view, 1> all_factors{"all"};

constexpr std::array output_keys{
    Key{.name = "every",
        .form = Form::duration,
        .doc = "How often stocks and flows are recorded. The run ends at such a record.",
        .otherwise = "the step"},
    Key{.name = "stocks",
        .form = Form::name,
        .doc = "The dimensions of stocks: `region`, which is required; `age`, attributes, and `birth` and "
               "`citizenship` by the classes of them that the scenario tells apart, may follow. Births, "
               "deaths, transitions and who enters or leaves are recorded by the same.",
        .otherwise = "`[region]`",
        .kind = "dimension",
        .is_list = true},
    Key{.name = "flows",
        .form = Form::name,
        .doc = "The dimensions of flows: `origin`, `destination` and `stream`, which are required; `age`, "
               "attributes, `birth` and `citizenship` may follow, as in `stocks`.",
        .otherwise = "`[origin, destination, stream]`",
        .kind = "dimension",
        .is_list = true},
    Key{.name = "flow_layout",
        .form = Form::nothing,
        .doc = "`dense`: flows are an array; `table`: a list of those that are not 0; `automatic`: a "
               "table where an array would be large and nearly empty (the same for every "
               "`persons_per_agent`).",
        .otherwise = "`automatic`",
        .words = flow_layouts},
    Key{.name = "ages",
        .form = Form::any,
        .doc = "The lower bounds of the age groups, such as `[0, 15, 25, 65]`, or the width of all, such "
               "as `5 years` (to 100).",
        .otherwise = "`5 years`"},
    Key{.name = "relocations",
        .form = Form::duration,
        .doc = "How often are counted the agents alive at both ends of an interval whose residence "
               "differs, as a census does. With births, a whole number of calendar years."},
    Key{.name = "usual_residence",
        .form = Form::duration,
        .doc = "How often are recorded flows by the twelve-month rule: a move counts if the person stays "
               "twelve months."},
    Key{.name = "diaspora",
        .form = Form::duration,
        .doc = "How often is recorded who lives where by region of birth: residence x birth."},
    Key{.name = "citizenship",
        .form = Form::duration,
        .doc = "How often is recorded where foreign citizens live: residence x citizenship."},
    Key{.name = "factors",
        .form = Form::name,
        .doc = "Factors whose effective values are recorded; `all`: all but those over pairs of regions "
               "and those by age.",
        .otherwise = "none",
        .words = all_factors,
        .kind = "factor",
        .is_list = true},
};

constexpr int greatest_lower_bound = 100;

std::vector<double> bounds_every(int years) {
  std::vector<double> bounds;
  for (int age = 0; age <= greatest_lower_bound; age += years) bounds.push_back(age);
  return bounds;
}

/// Reads the parts of the section.
class OutputReader {
 public:
  OutputReader(Reader& reader, const Setting& setting, const FactorSet& factors, bool shortened)
      : reader_(reader), setting_(setting), factors_(factors), shortened_(shortened) {}

  [[nodiscard]] OutputRequest read(const Node& section) {
    OutputRequest request;
    request.age_from = bounds_every(5);
    const Fields fields(reader_, section, "'output'", output_map());
    if (const Node* node = fields["every"]) {
      if (const auto every = read_steps(reader_, *node, "'every'", setting_.time)) {
        request.every = *every;
        if (setting_.time && setting_.time->steps() % *every != 0) say_uneven(*node);
      }
    }
    dimensions(fields["stocks"], {"region"}, request.stock_by_age, request.stock_attributes);
    dimensions(fields["flows"], {"origin", "destination", "stream"}, request.flow_by_age,
               request.flow_attributes);
    if (const auto word = fields.word("flow_layout")) request.flow_layout = static_cast<FlowLayout>(*word);
    if (const Node* node = fields["ages"]) ages(*node, request.age_from);
    if (const Node* node = fields["relocations"])
      request.relocations_every = long_interval(*node, "'relocations'");
    if (const Node* node = fields["usual_residence"]) usual_residence(*node, request);
    if (const Node* node = fields["diaspora"]) request.diaspora_every = long_interval(*node, "'diaspora'");
    if (const Node* node = fields["citizenship"])
      request.citizens_every = long_interval(*node, "'citizenship'");
    if (const Node* node = fields["factors"]) request.factors = factors_to_record(*node);
    return request;
  }

 private:
  void say_uneven(const Node& node) {
    reader_.wrong(node,
                  fmt::format("the run from {} to {} is no whole number of {}",
                              to_string(setting_.time->start()), to_string(setting_.time->end()), node.text),
                  "an interval after which the run ends");
  }

  /// For what is recorded more rarely than stocks and flows.
  std::optional<std::size_t> long_interval(const Node& node, std::string_view what) {
    const auto steps = read_steps(reader_, node, what, setting_.time);
    if (steps && *steps > setting_.time->steps() && !shortened_) {
      reader_.wrong_value(node, what,
                          fmt::format("at most the time of the run, from {} to {}",
                                      to_string(setting_.time->start()), to_string(setting_.time->end())));
      return std::nullopt;
    }
    return steps;
  }

  /// The rule is of twelve months, which must be a number of steps that is always the same.
  void usual_residence(const Node& node, OutputRequest& request) {
    request.usual_every = long_interval(node, "'usual_residence'");
    if (!request.usual_every) return;
    Node year = node;
    year.text = "1 year";
    const auto steps = read_steps(reader_, year, "the twelve months of usual residence", setting_.time);
    if (steps) request.year_steps = *steps;
  }

  void dimensions(const Node* node, const std::vector<std::string>& required, bool& by_age,
                  std::vector<AttributeId>& attributes) {
    if (node == nullptr) return;
    Names known(required);
    known.add("age");
    const Groups& groups = *setting_.groups;
    for (const Attribute& attribute : groups.attributes()) known.add(attribute.name);
    for (const AttributeId id : {groups.birth(), groups.citizenship()}) known.add(groups.attribute(id).name);
    if (!node->is_list()) {
      reader_.wrong_value(*node, "the dimensions", "a list of " + in_words(known.all(), 20));
      return;
    }
    std::vector<bool> given(known.size());
    for (const std::size_t dimension : reader_.references(*node, "dimension", known)) {
      given[dimension] = true;
      if (dimension <= required.size()) continue;
      const AttributeId id{dimension - required.size() - 1};
      if (are_told_apart(*node, id)) attributes.push_back(id);
    }
    by_age = given[required.size()];
    std::vector<std::string> missing;
    for (std::size_t d = 0; d < required.size(); ++d) {
      if (!given[d]) missing.push_back(required[d]);
    }
    if (!missing.empty()) {
      reader_.wrong(*node, fmt::format("the list lacks {}", in_words(missing)),
                    fmt::format("{} at least", in_words(required)));
    }
  }

  /// Births and citizenships are recorded by the classes of them that the scenario tells apart.
  bool are_told_apart(const Node& node, AttributeId id) {
    const Groups& groups = *setting_.groups;
    if (id < groups.birth() || groups.attribute(id).values.size() > 1) return true;
    const std::string& name = groups.attribute(id).name;
    reader_.wrong(
        node, fmt::format("nothing in the scenario tells people apart by {}", in_quotes(name)),
        fmt::format("a 'who' or a number by {0} that does, such as {{by: {0}, CODE: ..., else: ...}}", name));
    return false;
  }

  void ages(const Node& node, std::vector<double>& bounds) {
    if (!node.is_list()) {
      const auto width = node.is_scalar() ? parse_duration(node.text) : std::nullopt;
      if (width && width->unit == Duration::Unit::years && width->count <= greatest_lower_bound) {
        bounds = bounds_every(width->count);
      } else {
        reader_.wrong_value(node, "'ages'", "lower bounds such as [0, 15, 65], or a width such as 5 years");
      }
      return;
    }
    std::vector<double> given;
    for (const Node& item : node.items) {
      const auto bound = item.is_scalar() ? parse_whole_number(item.text) : std::nullopt;
      if (!bound || *bound > static_cast<std::uint64_t>(oldest)) {
        reader_.wrong_value(item, "the lower bound", "a whole number of years up to 150");
        return;
      }
      const auto age = static_cast<double>(*bound);
      if (given.empty() ? age != 0 : age <= given.back()) {
        reader_.wrong_value(item, given.empty() ? "the first lower bound" : "the lower bound",
                            given.empty() ? "0" : "more than the one before it");
        return;
      }
      given.push_back(age);
    }
    if (given.empty()) {
      reader_.wrong(node, "there is no age group", "lower bounds such as [0, 15, 65]");
      return;
    }
    bounds = std::move(given);
  }

  static bool can_be_recorded(const Factor& factor) {
    return factor.places != FactorPlaces::pair && !factor.by_age();
  }

  std::vector<FactorId> factors_to_record(const Node& node) {
    std::vector<FactorId> recorded;
    if (node.is_scalar() && node.text == "all") {
      for (std::size_t f = 0; f < factors_.factors.size(); ++f) {
        if (can_be_recorded(factors_.factors[f])) recorded.emplace_back(f);
      }
      return recorded;
    }
    if (!node.is_list()) {
      reader_.wrong_value(node, "'factors'", "a list of factors, or all");
      return recorded;
    }
    for (const std::size_t f : reader_.references(node, "factor", factors_.names)) {
      const Factor& factor = factors_.factors[f];
      if (!can_be_recorded(factor)) {
        reader_.wrong(node,
                      fmt::format("factor {} varies {}, and such factors are not recorded",
                                  in_quotes(factors_.names.all()[f]),
                                  factor.by_age() ? "by age" : "over pairs of regions"),
                      "factors over regions or everywhere");
      }
      recorded.emplace_back(f);
    }
    return recorded;
  }

  Reader& reader_;
  const Setting& setting_;
  const FactorSet& factors_;
  bool shortened_;
};

}  // namespace

KeyMap output_map() { return {"output", output_keys}; }

OutputRequest read_output(Reader& reader, const Node* section, const Setting& setting,
                          const FactorSet& factors, bool shortened) {
  if (section != nullptr) return OutputReader(reader, setting, factors, shortened).read(*section);
  OutputRequest request;
  request.age_from = bounds_every(5);
  return request;
}

}  // namespace sojourn
