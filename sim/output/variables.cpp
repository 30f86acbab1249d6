#include "sim/output/variables.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/output/recorded_labels.hpp"

namespace sojourn {

namespace {

/// Makes the dimensions and variables of one output.
class Definition {
 public:
  Definition(DataFile& file, const Scenario& scenario, const OutputLayout& layout)
      : file_(file), scenario_(scenario), layout_(layout) {}

  OutputVariables make() {
    variables_.of.resize(recorded_quantities().size());
    for (const Dimension& row : recorded_dimensions()) {
      if (row.comes_first != nullptr && row.comes_first(scenario_)) make(row.axis);
    }
    for (const Quantity& row : recorded_quantities()) {
      if (!row.is_recorded(scenario_, layout_) || is_made_with_axis(row)) continue;
      if (row.stands_for_several()) {
        add_each(row);
      } else {
        add(row);
      }
    }
    return std::move(variables_);
  }

 private:
  /// A label of one dimension.
  static bool is_made_with_axis(const Quantity& row) {
    return row.is_coordinate && row.over.front() != Axis::none;
  }

  // --- dimensions ---

  [[nodiscard]] bool has(Axis axis) const {
    return variables_.labels[static_cast<std::size_t>(axis)].has_value();
  }

  /// A dimension, if it is not there, and what else labels it.
  void make(Axis axis) {
    if (has(axis)) return;
    if (axis == Axis::attribute) {
      add_attributes();
      return;
    }
    const DimensionId id = add_dimension(recorded_dimension(axis));
    axes_[static_cast<std::size_t>(axis)] = id;
    variables_.labels[static_cast<std::size_t>(axis)] = file_.coordinate(id);
    for (const Quantity& row : recorded_quantities()) {
      if (is_made_with_axis(row) && row.over.front() == axis) add(row);
    }
    add_labels({id}, labels_along(axis, scenario_));
  }

  DimensionId add_dimension(const Dimension& row) {
    const std::string name(row.name);
    const FileAttributes attributes = of_labels(row);
    switch (row.along) {
      case Along::texts:
        return file_.add_labels(name, row.labels(scenario_), attributes);
      case Along::numbers:
        return file_.add_numbers(name, row.numbers, attributes);
      case Along::places:
        return file_.add_dimension(name, row.places);
      case Along::instants:
      case Along::intervals:
        return file_.add_instants(name, attributes);
      case Along::rows:
        return file_.add_rows(name);
    }
    throw std::logic_error("dimension " + name + " is of no kind");
  }

  void add_attributes() {
    if (!attributes_.empty()) return;
    for (const Attribute& attribute : scenario_.groups.attributes()) {
      FileAttributes notes{{"long_name", "attribute " + attribute.name}};
      for (FileAttribute& label : in_languages("label", attribute.label)) notes.push_back(std::move(label));
      attributes_.push_back(file_.add_labels(attribute.name, attribute.values, notes));
      add_labels({attributes_.back()}, labels_of_values(attribute));
    }
    for (const AttributeId id : {scenario_.groups.birth(), scenario_.groups.citizenship()}) {
      attributes_.push_back(is_recorded(id) ? add_classes(id) : DimensionId{});
    }
  }

  [[nodiscard]] bool is_recorded(AttributeId id) const {
    const OutputRequest& request = scenario_.output;
    const auto among = [&](const std::vector<AttributeId>& all) {
      return std::find(all.begin(), all.end(), id) != all.end();
    };
    return among(request.stock_attributes) || among(request.flow_attributes);
  }

  DimensionId add_classes(AttributeId id) {
    const Attribute& classes = scenario_.groups.attribute(id);
    return file_.add_labels(dimension_name(scenario_.groups, id), classes.values,
                            {{"long_name", "classes of " + classes.name + " that the scenario tells apart"}});
  }

  /// Texts for people along a dimension, or, over none, of the output as a whole.
  void add_labels(const std::vector<DimensionId>& over, const std::vector<LabelVariable>& labels) {
    for (const LabelVariable& label : labels) {
      const VariableId id =
          file_.add_variable(label.name, ValueType::text, over, {{"long_name", label.long_name}});
      file_.write(id, label.texts);
      labels_.push_back({over, label.name});
    }
  }

  /// Attributes by which also programs that know CF (Climate and Forecast conventions, 1.10) know an axis of
  /// time.
  static FileAttributes of_labels(const Dimension& row) {
    FileAttributes attributes{{"long_name", std::string(row.long_name)}};
    if (row.along == Along::numbers) attributes.push_back({"units", std::string("1")});
    if (row.along != Along::instants && row.along != Along::intervals) return attributes;
    const std::string bounds = row.along == Along::intervals ? std::string(row.name) + "_bnds" : "";
    attributes.insert(attributes.end(), {{"standard_name", std::string("time")},
                                         {"axis", std::string("T")},
                                         {"units", std::string(days_since)},
                                         {"calendar", std::string(calendar)},
                                         {"bounds", bounds}});
    return attributes;
  }

  // --- variables ---

  void add(const Quantity& row) {
    const VariableId id = add(row, std::string(row.name), std::string(row.long_name), dimensions_of(row));
    if (row.fixed != nullptr) {
      std::visit([&](const auto& values) { file_.write(id, values); }, row.fixed(scenario_, layout_));
    }
    variables_.of[static_cast<std::size_t>(&row - recorded_quantities().data())] = id;
    if (row.name == "variant") add_labels({}, labels_of_variant(variant()));
    if (row.name == "flow_age") note_flow_detail(id, scenario_.output.age_from.size());
  }

  VariableId add(const Quantity& row, const std::string& name, const std::string& long_name,
                 const std::vector<DimensionId>& over, const std::string& unit = "") {
    return file_.add_variable(name, type_of(row), over, attributes_of(row, name, long_name, over, unit));
  }

  [[nodiscard]] const Variant& variant() const {
    const auto found = std::find_if(scenario_.variants.begin(), scenario_.variants.end(),
                                    [&](const Variant& one) { return one.name == layout_.variant; });
    if (found == scenario_.variants.end()) throw std::logic_error("no variant is called " + layout_.variant);
    return *found;
  }

  /// Makes its dimensions in the order of all dimensions.
  std::vector<DimensionId> dimensions_of(const Quantity& row) {
    std::vector<Axis> needed;
    for (const Axis axis : row.over) {
      if (axis != Axis::none) needed.push_back(axis);
    }
    std::vector<Axis> in_order = needed;
    std::sort(in_order.begin(), in_order.end());
    for (const Axis axis : in_order) make(axis);
    std::vector<DimensionId> over;
    over.reserve(needed.size());
    for (const Axis axis : needed) over.push_back(axes_[static_cast<std::size_t>(axis)]);
    add_details(row, over);
    return over;
  }

  void add_details(const Quantity& row, std::vector<DimensionId>& over) {
    const OutputRequest& request = scenario_.output;
    const auto add_all = [&](bool by_age, const std::vector<AttributeId>& attributes) {
      if (by_age) over.push_back(axes_[static_cast<std::size_t>(Axis::age)]);
      for (const AttributeId id : attributes) over.push_back(attributes_[id.index()]);
    };
    if (row.by == By::stock_attributes) add_all(false, request.stock_attributes);
    if (row.by == By::stock_details) add_all(request.stock_by_age, request.stock_attributes);
    if (row.by == By::flow_details) add_all(request.flow_by_age, request.flow_attributes);
  }

  [[nodiscard]] ValueType type_of(const Quantity& row) const {
    switch (row.holds) {
      case Holds::stocks:
        return layout_.counts.stock;
      case Holds::flows:
        return layout_.counts.flow;
      case Holds::relocations:
        return layout_.counts.relocations;
      case Holds::reals:
        return ValueType::float64;
      case Holds::whole_numbers:
      case Holds::places:
        return ValueType::int32;
      case Holds::texts:
        return ValueType::text;
    }
    throw std::logic_error("variable " + std::string(row.name) + " is of no type");
  }

  /// Those with an empty text are left out.
  [[nodiscard]] FileAttributes attributes_of(const Quantity& row, const std::string& name,
                                             const std::string& long_name,
                                             const std::vector<DimensionId>& over,
                                             const std::string& unit) const {
    FileAttributes attributes{{"long_name", long_name}, {"standard_name", std::string(row.standard_name)}};
    const auto add = [&](const char* attribute, std::string text) {
      attributes.push_back({attribute, std::move(text)});
    };
    add("units", std::string(row.counts_people() ? "1" : row.units));
    if (row.holds == Holds::places) {
      const std::string dimension = name.substr(std::string_view("flow_").size());
      attributes.front().value = "place along dimension " + dimension + ", from 0";
      add("units", "1");
      add("index_of", dimension);
    }
    if (row.units == days_since) add("calendar", std::string(calendar));
    add("unit", row.counts_people() ? "persons" : unit);
    if (row.counts_people()) attributes.push_back({"persons_per_agent", scenario_.persons_per_agent});
    if (!row.method.empty()) {
      add("cell_methods",
          std::string(recorded_dimension(row.over.front()).name) + ": " + std::string(row.method));
    }
    if (!row.is_coordinate && row.holds <= Holds::reals) add("coordinates", coordinates_of(row, over));
    add("counting", std::string(row.counting));
    return attributes;
  }

  /// What labels a variable besides its dimensions.
  [[nodiscard]] std::string coordinates_of(const Quantity& row, const std::vector<DimensionId>& over) const {
    const auto is_over = [&](Axis axis) {
      if (axis == Axis::age) {
        return (row.by == By::stock_details && scenario_.output.stock_by_age) ||
               (row.by == By::flow_details && scenario_.output.flow_by_age);
      }
      return axis == Axis::none || std::find(row.over.begin(), row.over.end(), axis) != row.over.end();
    };
    std::string names;
    for (const Quantity& other : recorded_quantities()) {
      if (!other.is_coordinate || other.over[1] != Axis::none || !is_over(other.over[0])) continue;
      names += (names.empty() ? "" : " ") + std::string(other.name);
    }
    const auto has_dimension = [&](DimensionId id) {
      return std::find(over.begin(), over.end(), id) != over.end();
    };
    for (const Label& label : labels_) {
      if (std::all_of(label.over.begin(), label.over.end(), has_dimension)) names += ' ' + label.name;
    }
    return names;
  }

  // --- rows that stand for several variables ---

  void add_each(const Quantity& row) {
    if (row.by == By::factor) {
      for (const FactorId id : scenario_.output.factors) add_factor(row, scenario_.factors[id.index()]);
      return;
    }
    for (const AttributeId id : scenario_.output.flow_attributes) {
      const Attribute& attribute = scenario_.groups.attribute(id);
      note_flow_detail(add(row, "flow_" + dimension_name(scenario_.groups, id), "", dimensions_of(row)),
                       attribute.values.size());
    }
  }

  void note_flow_detail(VariableId column, std::size_t size) {
    variables_.flow_details.columns.push_back(column);
    variables_.flow_details.sizes.push_back(size);
  }

  void add_factor(const Quantity& row, const Factor& factor) {
    std::vector<DimensionId> over = dimensions_of(row);
    if (factor.places == FactorPlaces::region) over.push_back(axes_[static_cast<std::size_t>(Axis::region)]);
    if (factor.by_group) {
      const auto named = static_cast<std::ptrdiff_t>(scenario_.groups.attributes().size());
      over.insert(over.end(), attributes_.begin(), attributes_.begin() + named);
    }
    const std::string name = "factor_" + factor.name;
    FileAttributes notes =
        attributes_of(row, name, "factor " + factor.name + " under the policies of the variant", over,
                      factor.unit.empty() ? "1" : factor.unit);
    for (FileAttribute& label : in_languages("label", factor.label)) notes.push_back(std::move(label));
    variables_.factors.push_back(file_.add_variable(name, type_of(row), over, notes));
  }

  static constexpr std::string_view calendar = "proleptic_gregorian";

  DataFile& file_;
  const Scenario& scenario_;
  const OutputLayout& layout_;
  OutputVariables variables_;
  std::array<DimensionId, axis_count> axes_;
  /// By attribute.
  std::vector<DimensionId> attributes_;
  /// A variable of texts for people that the file has, and over what it is.
  struct Label {
    std::vector<DimensionId> over;
    std::string name;
  };
  std::vector<Label> labels_;
};

}  // namespace

VariableId OutputVariables::at(std::string_view name) const {
  for (const Dimension& row : recorded_dimensions()) {
    if (row.name == name) return labels[static_cast<std::size_t>(row.axis)].value();
  }
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (recorded_quantities()[i].name == name) return of[i].value();
  }
  throw std::logic_error("an output has no variable " + std::string(name));
}

OutputVariables define_variables(DataFile& file, const Scenario& scenario, const OutputLayout& layout) {
  return Definition(file, scenario, layout).make();
}

}  // namespace sojourn
