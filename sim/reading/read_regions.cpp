#include "sim/reading/read_regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/forms/name_columns.hpp"
#include "sim/reading/forms/table_account.hpp"
#include "sim/reading/forms/texts.hpp"

namespace sojourn {

namespace {

/// The square of it, in bits or numbers, must still fit into memory.
constexpr std::size_t most_regions = 20'000;
constexpr Range latitudes{.least = -90, .most = 90};
/// Some count longitudes from -180 to 180, some from 0 to 360.
constexpr Range longitudes{.least = -360, .most = 360};
constexpr Range link_lengths{.least = 0, .above_least = true};

/// Of one region of a map.
constexpr std::array region_keys{
    Key{.name = "name",
        .form = Form::texts,
        .doc = "What people call it: a text, or texts by language.",
        .otherwise = "its code"},
    Key{.name = "latitude",
        .form = Form::number,
        .doc = "North of the equator; with `longitude`.",
        .unit = "degrees",
        .range = latitudes},
    Key{.name = "longitude",
        .form = Form::number,
        .doc = "East of Greenwich, from -180 to 180 or from 0 to 360; with `latitude`.",
        .unit = "degrees",
        .range = longitudes},
};

/// Of the table of regions.
constexpr std::array region_table_keys{
    Key{.name = "table",
        .form = Form::file,
        .need = Need::required,
        .doc = "The CSV file, a row for each region. (A region of a map may not be called `table`.)"},
    Key{.name = "id", .need = Need::required, .doc = "With `table`: the column of the codes."},
    Key{.name = "name",
        .doc = "With `table`: the column of the names. Columns that are called as it with a language of two "
               "letters behind (`name_az`, `name_ru`) are the names in that language. Or the columns by "
               "language: `{en: name, az: name_az}`.",
        .otherwise = "the codes"},
    Key{.name = "latitude", .doc = "With `table`: the column of latitudes, in degrees; with `longitude`."},
    Key{.name = "longitude", .doc = "With `table`: the column of longitudes, in degrees; with `latitude`."},
};

/// Regions by their codes. In a schema these may also be `id` and `name`, which is why the columns of the
/// table have no form there.
constexpr std::array region_by_code_keys{
    Key{.name = "REGION",
        .doc = "Without `table`: what is known of the region of that code, or nothing.",
        .map = region_map},
};

constexpr std::array link_keys{
    Key{.name = "from", .form = Form::name, .need = Need::required, .doc = "One end.", .kind = "region"},
    Key{.name = "to", .form = Form::name, .need = Need::required, .doc = "The other end.", .kind = "region"},
    Key{.name = "length",
        .form = Form::length,
        .need = Need::required,
        .doc = "The length of the road.",
        .unit = "km",
        .range = link_lengths},
};

constexpr std::array<std::string_view, 1> what_with_others{"skip"};

constexpr std::array link_table_keys{
    Key{.name = "table",
        .form = Form::file,
        .need = Need::required,
        .doc = "The CSV file, a row for each link."},
    Key{.name = "from",
        .form = Form::column,
        .need = Need::required,
        .doc = "The region where the link ends on one side; with `table`, the column of it."},
    Key{.name = "to",
        .form = Form::column,
        .need = Need::required,
        .doc = "The region where it ends on the other side; with `table`, the column of it. Links are "
               "passable both ways."},
    Key{.name = "length",
        .form = Form::column,
        .need = Need::required,
        .doc = "The length, such as `120 km`; with `table`, the column of lengths in km.",
        .range = link_lengths},
    Key{.name = "others",
        .form = Form::nothing,
        .doc = "`skip`: rows of the table that are about another place are left out.",
        .otherwise = "such a row is an error",
        .words = what_with_others},
};

/// `-90 to 90 degrees`, of a cell.
std::string in_degrees(const Range& range) { return to_string(range) + " degrees"; }

/// Whether the region may be added under its code; `where` is for the mistake if not.
bool accepts(Reader& reader, const Geography& geography, const std::string& code, const Position& where) {
  if (!is_label(code)) {
    reader.mistakes().add(where, fmt::format("{} cannot be the code of a region", in_quotes(code)),
                          "text of at most 100 bytes without control characters");
    return false;
  }
  if (geography.names.size() == most_regions) {
    reader.mistakes().add(where, fmt::format("there are more than {} regions", most_regions), "fewer");
    return false;
  }
  if (geography.names.find(code)) {
    reader.mistakes().add(where, fmt::format("region {} is there twice", in_quotes(code)),
                          "each region once");
    return false;
  }
  return true;
}

void add(Geography& geography, RegionInfo region) {
  geography.names.add(region.code);
  geography.regions.push_back(std::move(region));
}

Geography from_list(Reader& reader, const Node& list) {
  Geography geography;
  for (const Node& item : list.items) {
    const auto code = reader.text(item, "the region");
    if (!code || !accepts(reader, geography, *code, reader.at(item))) continue;
    add(geography, {*code});
  }
  return geography;
}

/// A coordinate of a region that is given inline.
double coordinate(Reader& reader, const Fields& fields, std::string_view key) {
  const auto value = reader.number(fields[key], fmt::format("the {}", key));
  const bool right = value && reader.is_within(*fields[key], fmt::format("the {}", key), *value,
                                               fields.key(key).range, fields.key(key).unit);
  return right ? *value : std::numeric_limits<double>::quiet_NaN();
}

Geography from_map(Reader& reader, const Node& map) {
  Geography geography;
  for (const Entry& entry : map.entries) {
    if (!accepts(reader, geography, entry.key, reader.at_key(entry.value))) continue;
    RegionInfo region{entry.key};
    if (entry.value.kind != Node::Kind::empty) {
      const Fields fields(reader, entry.value, fmt::format("region {}", in_quotes(entry.key)), region_map());
      if (const Node* name = fields["name"]) {
        region.name = read_texts(reader, *name, fmt::format("the name of region {}", in_quotes(entry.key)));
      }
      region.latitude = coordinate(reader, fields, "latitude");
      region.longitude = coordinate(reader, fields, "longitude");
      if ((fields["latitude"] == nullptr) != (fields["longitude"] == nullptr)) {
        reader.wrong(entry.value, fmt::format("region {} has only one coordinate", in_quotes(entry.key)),
                     "latitude and longitude");
      }
    }
    add(geography, std::move(region));
  }
  return geography;
}

/// Columns of a table of regions.
struct RegionColumns {
  Column id;
  std::vector<NameColumn> names;
  std::optional<Column> latitude;
  std::optional<Column> longitude;
};

double coordinate(Reader& reader, const Table& table, std::size_t row, std::optional<Column> column,
                  std::string_view what, const Range& range) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (!column) return none;
  const auto value = parse_number(table.cell(row, *column));
  if (value && range.contains(*value)) return *value;
  reader.wrong_cell(table, row, *column, what, in_degrees(range));
  return none;
}

Geography rows_of(Reader& reader, const Table& table, const RegionColumns& columns) {
  Geography geography;
  std::vector<std::size_t> row_of;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string code(table.cell(row, columns.id));
    const Position where = table.where(row, columns.id);
    if (const auto first = geography.names.find(code)) {
      reader.mistakes().add(
          where,
          fmt::format("region {} is there for the second time; the first is in line {}, and "
                      "the rows {}",
                      in_quotes(code), table.line(row_of[*first]), table.difference(row, row_of[*first])),
          "each region once");
      continue;
    }
    if (!accepts(reader, geography, code, where)) continue;
    RegionInfo region{code};
    region.name = name_in_row(reader, table, row, columns.names);
    region.latitude = coordinate(reader, table, row, columns.latitude, "the latitude", latitudes);
    region.longitude = coordinate(reader, table, row, columns.longitude, "the longitude", longitudes);
    add(geography, std::move(region));
    row_of.push_back(row);
  }
  return geography;
}

Geography from_table(Reader& reader, const Node& section) {
  const Fields fields(reader, section, "the table of regions", {"region_table", region_table_keys});
  const Node* path = fields["table"];
  const Node* id_node = fields["id"];
  const Node* latitude = fields["latitude"];
  const Node* longitude = fields["longitude"];
  if ((latitude == nullptr) != (longitude == nullptr)) {
    reader.wrong(latitude != nullptr ? *latitude : *longitude, "there is only one coordinate",
                 "columns of latitude and longitude");
  }
  const Table* table = path != nullptr ? reader.table(*path) : nullptr;
  if (table == nullptr || id_node == nullptr) return {};
  const auto id = reader.column(*table, *id_node);
  std::vector<NameColumn> names;
  if (const Node* name = fields["name"]) names = name_columns(reader, *table, *name);
  const auto latitude_column = reader.column(*table, latitude);
  const auto longitude_column = reader.column(*table, longitude);
  if (!id) return {};
  note_whole_table(reader, *table, "regions");
  return rows_of(reader, *table, {*id, std::move(names), latitude_column, longitude_column});
}

/// Collects links, each pair of regions once.
class LinkList {
 public:
  LinkList(Reader& reader, const Names& regions) : reader_(reader), regions_(regions) {}

  void add(std::size_t from, std::size_t to, double length_km, const Position& where) {
    const std::string& a = regions_.all()[from];
    const std::string& b = regions_.all()[to];
    if (from == to) {
      reader_.mistakes().add(where, fmt::format("the link leads from {} to itself", in_quotes(a)),
                             "two regions");
      return;
    }
    const auto [first, is_new] = lines_.emplace(std::minmax(from, to), where.line);
    if (!is_new) {
      reader_.mistakes().add(
          where,
          fmt::format("the link between {} and {} is there for the second time; the first is in "
                      "line {}",
                      in_quotes(a), in_quotes(b), first->second),
          "each link once: it is passable both ways");
      return;
    }
    links_.push_back({Region(from), Region(to), length_km});
  }
  [[nodiscard]] std::vector<Link> take() && { return std::move(links_); }

 private:
  Reader& reader_;
  const Names& regions_;
  std::vector<Link> links_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> lines_;
};

std::vector<Link> links_from_list(Reader& reader, const Node& section, const Names& regions) {
  LinkList links(reader, regions);
  for (const Node& item : section.items) {
    const Fields fields(reader, item, "the link", {"link", link_keys});
    const Node* from_node = fields["from"];
    const Node* to_node = fields["to"];
    const Node* length_node = fields["length"];
    const auto from = reader.reference(from_node, "region", regions);
    const auto to = reader.reference(to_node, "region", regions);
    const auto length = reader.length_km(length_node, "the length");
    if (length) {
      static_cast<void>(
          reader.is_within(*length_node, "the length", *length, fields.key("length").range, "km"));
    }
    if (from && to && length) links.add(*from, *to, *length, reader.at(item));
  }
  return std::move(links).take();
}

std::vector<Link> links_from_table(Reader& reader, const Node& section, const Names& regions) {
  const Fields fields(reader, section, "the table of links", {"link_table", link_table_keys});
  const Node* path = fields["table"];
  const Node* others = fields["others"];
  static_cast<void>(fields.word("others"));
  const std::array<const Node*, 3> nodes = {fields["from"], fields["to"], fields["length"]};
  const Table* table = path != nullptr ? reader.table(*path) : nullptr;
  if (table == nullptr) return {};
  std::array<Column, 3> columns{};
  bool complete = true;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto column = reader.column(*table, nodes[i]);
    complete = complete && column;
    columns[i] = column.value_or(Column{});
  }
  if (!complete) return {};
  LinkList links(reader, regions);
  TableAccount account(reader, *table, regions, "links");
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const auto from = regions.find(table->cell(row, columns[0]));
    const auto to = regions.find(table->cell(row, columns[1]));
    if (!from || !to) {
      account.leave_out(row, columns[from ? 1 : 0]);
      continue;
    }
    account.use();
    const auto length = parse_number(table->cell(row, columns[2]));
    if (length && link_lengths.contains(*length)) {
      links.add(*from, *to, *length, table->where(row, columns[0]));
    } else {
      reader.wrong_cell(*table, row, columns[2], "the length", to_string(link_lengths) + " km");
    }
  }
  const TableUse use = std::move(account).close();
  if (!regions.is_complete()) return std::move(links).take();
  if (use.rows_used == 0 && use.rows > 0) {
    reader.wrong(*path, fmt::format("no row of {} joins two regions of the scenario", table->file()),
                 "codes as in 'regions'");
  } else if (!use.left_out.empty() && others == nullptr) {
    reader.wrong(*path, to_string(use), "codes as in 'regions', or 'others: skip'");
  }
  return std::move(links).take();
}

}  // namespace

KeyMap region_map() { return {"region", region_keys}; }

KeyMap region_table_map() {
  static const std::vector<Key> keys =
      united({{"region_table", region_table_keys}, {"region_by_code", region_by_code_keys}});
  return {"region_table", keys};
}

KeyMap link_map() {
  static const std::vector<Key> keys = united({{"link_table", link_table_keys}, {"link", link_keys}});
  return {"link", keys};
}

Geography read_regions(Reader& reader, const Node& section) {
  const std::size_t mistakes_before = reader.mistakes().count();
  Geography geography;
  if (section.is_list()) {
    geography = from_list(reader, section);
  } else if (section.is_map()) {
    geography = section.find("table") != nullptr ? from_table(reader, section) : from_map(reader, section);
  } else {
    reader.wrong_value(section, "'regions'", "a list such as [north, south], a map or a table");
  }
  if (geography.regions.empty() && reader.mistakes().count() == mistakes_before) {
    reader.wrong(section, "there is no region", "at least one");
  }
  geography.names.set_complete(reader.mistakes().count() == mistakes_before);
  return geography;
}

std::vector<Link> read_links(Reader& reader, const Node& section, const Names& regions) {
  if (section.is_list()) return links_from_list(reader, section, regions);
  return links_from_table(reader, section, regions);
}

}  // namespace sojourn
