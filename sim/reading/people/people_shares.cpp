#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/forms/age_sanity.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/reading/forms/table_account.hpp"
#include "sim/reading/forms/table_labels.hpp"
#include "sim/reading/people/people.hpp"

namespace sojourn {

namespace {

constexpr Key share_table_key{
    .name = "table",
    .form = Form::file,
    .need = Need::required,
    .doc =
        "The CSV file. Columns of it that the rows of people already give select the rows (ages by "
        "what they have in common); over the others each row of people is split. Missing shares "
        "for a row with people are an error."};
constexpr Key share_key{
    .name = "share",
    .form = Form::column,
    .need = Need::required,
    .doc = "The column of shares, which are normalised over what is new: their unit does not matter."};
constexpr Key share_age_key{
    .name = "age",
    .form = Form::column,
    .doc = "The column of ages: `0-4`, `100+`, or first years `0`, `5`, ...: each then reaches to the next."};
constexpr Key share_attribute_key{.name = "ATTRIBUTE",
                                  .form = Form::column,
                                  .doc = "An attribute's name: the column of that attribute's values."};

constexpr std::array stayers_share_keys{
    share_table_key,
    share_key,
    share_age_key,
    Key{.name = "region", .form = Form::column, .doc = "Of stayers: the column of regions."},
    share_attribute_key,
};

constexpr std::array movers_share_keys{
    share_table_key,
    share_key,
    share_age_key,
    Key{.name = "residence",
        .form = Form::column,
        .doc = "Of movers: the column of the regions they live in."},
    Key{.name = "birth",
        .form = Form::column,
        .doc = "Of movers: the column of the regions they were born in."},
    share_attribute_key,
};

/// What selects shares: residence, birth, and a group in which attributes that do not select have their first
/// value.
using ShareKey = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

/// One row of a table of shares.
struct ShareRow {
  /// A group in which only the attributes that are new differ from their first value.
  std::uint32_t new_group = 0;
  AgeRange age;
  double weight = 0;
};

/// Reads one table of shares and applies it.
class ShareTable {
 public:
  ShareTable(Reader& reader, const Node& node, PeopleKind kind, const Setting& setting, PeopleSource& source)
      : reader_(reader),
        groups_(*setting.groups),
        regions_(setting.geography->names),
        source_(source),
        fields_(reader, node, "the table of shares", keys(kind), attribute_names(groups_).all()),
        selects_(groups_.attributes().size(), false),
        is_new_(groups_.attributes().size(), false) {
    if (kind == PeopleKind::stayers) place_keys_ = {"region"};
    if (kind == PeopleKind::movers) place_keys_ = {"residence", "birth"};
  }

  [[nodiscard]] bool apply() {
    const std::size_t mistakes_before = reader_.mistakes().count();
    const Node* path = fields_["table"];
    table_ = path != nullptr ? reader_.table(*path) : nullptr;
    if (table_ == nullptr) return false;
    read_columns();
    if (reader_.mistakes().count() > mistakes_before) return false;
    read_rows();
    if (reader_.mistakes().count() > mistakes_before) return false;
    split_rows();
    if (age_ && !source_.has_age) source_.has_age = true;
    for (std::size_t a = 0; a < is_new_.size(); ++a) source_.given[a] = source_.given[a] || is_new_[a];
    return reader_.mistakes().count() == mistakes_before;
  }

 private:
  [[nodiscard]] static KeyMap keys(PeopleKind kind) {
    if (kind == PeopleKind::stayers) return {"stayers_shares", stayers_share_keys};
    return {"movers_shares", movers_share_keys};
  }

  std::optional<Column> column_of(std::string_view key) {
    const Node* node = fields_.optional(key);
    return reader_.column(*table_, node);
  }

  void read_columns() {
    bool anything_new = false;
    if (const Node* node = fields_["share"]) {
      if (const auto column = reader_.column(*table_, *node)) share_ = *column;
    }
    for (const std::string_view key : place_keys_) {
      places_.emplace_back();
      if (const auto column = column_of(key)) places_.back().emplace(*table_, *column, regions_);
    }
    age_ = column_of("age");
    anything_new = age_ && !source_.has_age;
    for (std::size_t a = 0; a < groups_.attributes().size(); ++a) {
      const auto column = column_of(groups_.attributes()[a].name);
      if (!column) continue;
      attributes_.emplace_back(reader_, *table_, *column, groups_, AttributeId(a));
      (source_.given[a] ? selects_ : is_new_)[a] = true;
      anything_new = anything_new || !source_.given[a];
    }
    if (!anything_new) {
      reader_.wrong(fields_.node(), "the shares split nothing: the rows give all this already",
                    "the column of an attribute, or of ages, that the rows do not give");
    }
  }

  void read_rows() {
    std::vector<std::size_t> used;
    std::vector<std::pair<ShareKey, ShareRow>> read;
    TableAccount account(reader_, *table_, regions_,
                         place_keys_.size() == 1 ? "shares of stayers" : "shares of movers");
    for (std::size_t row = 0; row < table_->rows(); ++row) {
      ShareKey key{no_region, no_region, 0};
      ShareRow share;
      if (const auto unknown = find_places(row, key)) {
        account.leave_out(row, *unknown);
        continue;
      }
      account.use();
      const bool attributes_right = find_groups(row, key, share);
      const auto weight = parse_number(table_->cell(row, share_));
      if (!weight || *weight < 0) reader_.wrong_cell(*table_, row, share_, "the share", "a number from 0");
      if (!attributes_right || !weight) continue;
      share.weight = *weight;
      read.emplace_back(key, share);
      used.push_back(row);
    }
    static_cast<void>(std::move(account).close());
    if (read.empty() && regions_.is_complete()) {
      reader_.wrong(*fields_["table"],
                    fmt::format("no row of {} is about a region of the scenario", table_->file()),
                    "codes as in 'regions'");
    }
    if (age_) {
      const auto ages = ages_of_rows(reader_, *table_, *age_, used);
      if (!ages) return;
      warn_of_ages(reader_, *table_, *age_, used, *ages);
      for (std::size_t i = 0; i < read.size(); ++i) read[i].second.age = (*ages)[i];
    }
    std::map<std::tuple<ShareKey, std::uint32_t, int>, std::size_t> first_row;
    for (std::size_t i = 0; i < read.size(); ++i) {
      const auto& [key, share] = read[i];
      const auto [first, is_new] =
          first_row.emplace(std::tuple(key, share.new_group, share.age.from), used[i]);
      if (is_new) {
        shares_[key].push_back(share);
      } else {
        const std::array but = {share_};
        reader_.mistakes().add(
            table_->where(used[i], share_),
            fmt::format("the share is for the same people as line {}; the rows {}",
                        table_->line(first->second), table_->difference(used[i], first->second, but)),
            "one row for each (of several years or variants, the rows of one)");
      }
    }
  }

  /// The column whose label no region has; nothing where the places are known.
  std::optional<Column> find_places(std::size_t row, ShareKey& key) {
    for (std::size_t p = 0; p < places_.size(); ++p) {
      if (!places_[p]) continue;
      const auto region = places_[p]->find(row);
      if (!region) return places_[p]->column();
      (p == 0 ? std::get<0>(key) : std::get<1>(key)) = static_cast<std::uint32_t>(*region);
    }
    return std::nullopt;
  }

  bool find_groups(std::size_t row, ShareKey& key, ShareRow& share) {
    Group selecting(0);
    Group added(0);
    bool right = true;
    for (AttributeColumn& column : attributes_) {
      const auto value = column.find(row);
      right = right && value;
      if (!value) continue;
      if (selects_[column.attribute().index()]) {
        selecting = groups_.with(selecting, column.attribute(), *value);
      } else {
        added = groups_.with(added, column.attribute(), *value);
      }
    }
    std::get<2>(key) = selecting.value;
    share.new_group = added.value;
    return right;
  }

  [[nodiscard]] ShareKey key_of(const PeopleRow& row) const {
    Group selecting(0);
    for (std::size_t a = 0; a < selects_.size(); ++a) {
      if (selects_[a])
        selecting = groups_.with(selecting, AttributeId(a), groups_.value(Group(row.group), AttributeId(a)));
    }
    return {places_[0] ? row.residence : no_region, places_.size() > 1 && places_[1] ? row.birth : no_region,
            selecting.value};
  }

  /// How much of a share is for a row: all of it, or, where both have ages, the part of its ages that the row
  /// has.
  [[nodiscard]] double weight_for(const PeopleRow& row, const ShareRow& share) const {
    if (!age_ || !source_.has_age) return share.weight;
    const int from = std::max<int>(row.age_from, share.age.from);
    const int to = std::min<int>(row.age_to, *share.age.to);
    return to <= from ? 0 : share.weight * (to - from) / (*share.age.to - share.age.from);
  }

  void split_rows() {
    std::vector<PeopleRow> split;
    std::set<std::tuple<ShareKey, int>> reported;
    for (const PeopleRow& row : source_.rows) {
      const ShareKey key = key_of(row);
      const auto found = shares_.find(key);
      double sum = 0;
      if (found != shares_.end()) {
        for (const ShareRow& share : found->second) sum += weight_for(row, share);
      }
      if (sum == 0) {
        const bool matters = row.persons > 0 && reported.emplace(key, row.age_from).second;
        if (matters) say_no_share(row);
        continue;
      }
      for (const ShareRow& share : found->second) {
        const double weight = weight_for(row, share);
        if (weight > 0) split.push_back(part_of(row, share, weight / sum));
      }
      if (split.size() > most_people_rows) {
        reader_.wrong(fields_.node(), "the shares make too many different people",
                      "fewer attributes or rows");
        return;
      }
    }
    source_.rows = std::move(split);
  }

  [[nodiscard]] PeopleRow part_of(const PeopleRow& row, const ShareRow& share, double fraction) const {
    PeopleRow part = row;
    part.persons = row.persons * fraction;
    // Attributes that are new have their first value, number 0, in the row: groups add up.
    part.group = row.group + share.new_group;
    if (age_ && !source_.has_age) {
      part.age_from = static_cast<std::int16_t>(share.age.from);
      part.age_to = static_cast<std::int16_t>(*share.age.to);
    }
    return part;
  }

  void say_no_share(const PeopleRow& row) {
    std::string who;
    if (places_[0]) who += " living in " + regions_.all()[row.residence];
    if (places_.size() > 1 && places_[1]) who += " born in " + regions_.all()[row.birth];
    for (std::size_t a = 0; a < selects_.size(); ++a) {
      if (!selects_[a]) continue;
      const Attribute& attribute = groups_.attributes()[a];
      who +=
          " with " + attribute.name + ' ' + attribute.values[groups_.value(Group(row.group), AttributeId(a))];
    }
    if (age_ && source_.has_age) who += " of age " + to_string(AgeRange{row.age_from, row.age_to});
    reader_.mistakes().add(source_.where_row(row),
                           fmt::format("{} has no share for people{}", table_->file(), who),
                           "shares for everybody who is in this table");
  }

  Reader& reader_;
  const Groups& groups_;
  const Names& regions_;
  PeopleSource& source_;
  Fields fields_;
  const Table* table_ = nullptr;
  std::vector<std::string_view> place_keys_;
  std::vector<std::optional<LabelColumn>> places_;
  std::vector<AttributeColumn> attributes_;
  std::vector<bool> selects_;
  std::vector<bool> is_new_;
  Column share_;
  std::optional<Column> age_;
  std::map<ShareKey, std::vector<ShareRow>> shares_;
};

}  // namespace

KeyMap share_table_map() {
  static const std::vector<Key> keys =
      united({{"stayers_shares", stayers_share_keys}, {"movers_shares", movers_share_keys}});
  return {"share_table", keys};
}

bool apply_share_table(Reader& reader, const Node& node, PeopleKind kind, const Setting& setting,
                       PeopleSource& source) {
  return ShareTable(reader, node, kind, setting, source).apply();
}

}  // namespace sojourn
