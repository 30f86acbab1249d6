#include "sim/reading/people/people_attributes.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"

namespace sojourn {

namespace {

constexpr std::array attribute_share_keys{
    Key{.name = "VALUE",
        .form = Form::number,
        .doc = "The share of people who have that value; the shares add up to 1.",
        .otherwise = "0",
        .range = from_zero},
};

}  // namespace

KeyMap attribute_shares_map() { return {"attribute_shares", attribute_share_keys}; }

PeopleAttributes::PeopleAttributes(Reader& reader, const Fields& fields, const Groups& groups,
                                   const Table* table)
    : reader_(reader),
      groups_(groups),
      table_(table),
      specs_(groups.attributes().size()),
      given_(groups.attributes().size(), false) {
  for (std::size_t a = 0; a < specs_.size(); ++a) {
    const Attribute& attribute = groups.attributes()[a];
    const Node* node = fields.optional(attribute.name);
    if (node == nullptr) continue;
    given_[a] = true;
    specs_[a] = node->is_map() ? shares_of(*node, attribute) : column_or_value(*node, AttributeId(a));
  }
}

PeopleAttributes::Spec PeopleAttributes::shares_of(const Node& node, const Attribute& attribute) {
  const Fields fields(reader_, node, in_quotes(attribute.name), attribute_shares_map(), attribute.values);
  const Range& range = fields.key("VALUE").range;
  std::vector<double> shares(attribute.values.size());
  bool right = true;
  for (std::size_t v = 0; v < shares.size(); ++v) {
    const Node* share = fields.optional(attribute.values[v]);
    if (share == nullptr) continue;
    const auto number = reader_.number(*share, "the share");
    right = right && number;
    shares[v] = number.value_or(0);
    static_cast<void>(reader_.is_within(*share, "the share", shares[v], range));
  }
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  constexpr double tolerance = 1e-6;
  if (right && std::abs(sum - 1) > tolerance) {
    reader_.wrong(node, fmt::format("the shares of {} add up to {}", in_quotes(attribute.name), to_text(sum)),
                  "1");
  }
  for (double& share : shares) share /= sum;
  return shares;
}

PeopleAttributes::Spec PeopleAttributes::column_or_value(const Node& node, AttributeId id) {
  const Attribute& attribute = groups_.attributes()[id.index()];
  const auto name = reader_.text(node, "the " + attribute.name);
  if (!name) return {};
  const auto value = attribute.find(*name);
  const bool is_column = table_ != nullptr && reader_.column(*table_, *name).has_value();
  if (value && is_column) {
    reader_.wrong(node,
                  fmt::format("{} is a value of {} and a column of {}", in_quotes(*name),
                              in_quotes(attribute.name), table_->file()),
                  "a column with another name");
    return {};
  }
  if (value) return *value;
  if (!is_column) {
    say_unknown(node, attribute);
    return {};
  }
  const auto column = reader_.column(*table_, node);
  if (!column) return {};
  return AttributeColumn(reader_, *table_, *column, groups_, id);
}

void PeopleAttributes::say_unknown(const Node& node, const Attribute& attribute) {
  std::vector<std::string> known = attribute.values;
  std::string what = fmt::format("{} is no value of {}", in_quotes(node.text), in_quotes(attribute.name));
  if (table_ != nullptr) {
    known.insert(known.end(), table_->header().begin(), table_->header().end());
    what = fmt::format("{} is neither a value of {} nor a column of {}", in_quotes(node.text),
                       in_quotes(attribute.name), table_->file());
  }
  constexpr std::size_t most_listed = 20;
  reader_.wrong(node, std::move(what), in_words(known, most_listed),
                reader_.closest(reader_.file(), node.text, known));
}

std::optional<Group> PeopleAttributes::find_group(std::size_t row) {
  Group group(0);
  bool right = true;
  for (std::size_t a = 0; a < specs_.size(); ++a) {
    std::optional<std::size_t> value = 0;
    if (auto* column = std::get_if<AttributeColumn>(&specs_[a])) value = column->find(row);
    if (const auto* fixed = std::get_if<std::size_t>(&specs_[a])) value = *fixed;
    right = right && value;
    if (value) group = groups_.with(group, AttributeId(a), *value);
  }
  return right ? std::optional(group) : std::nullopt;
}

void PeopleAttributes::split(PeopleSource& source) {
  for (std::size_t a = 0; a < specs_.size(); ++a) {
    const auto* shares = std::get_if<std::vector<double>>(&specs_[a]);
    if (shares == nullptr) continue;
    std::vector<PeopleRow> split;
    for (const PeopleRow& row : source.rows) {
      for (std::size_t v = 0; v < shares->size(); ++v) {
        if ((*shares)[v] == 0) continue;
        PeopleRow part = row;
        part.persons = row.persons * (*shares)[v];
        part.group = groups_.with(Group(row.group), AttributeId(a), v).value;
        split.push_back(part);
      }
      if (split.size() > most_people_rows) {
        reader_.mistakes().add(source.where, "the shares make too many different people",
                               "fewer attributes or rows");
        return;
      }
    }
    source.rows = std::move(split);
  }
}

}  // namespace sojourn
