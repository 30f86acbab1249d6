#include "sim/reading/read_regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/forms/table_account.hpp"

namespace sojourn {

namespace {

/// The square of it, in bits or numbers, must still fit into memory.
constexpr std::size_t most_regions = 20'000;
constexpr double pole = 90;
/// Some count longitudes from -180 to 180, some from 0 to 360.
constexpr double whole_circle = 360;

bool is_latitude(double degrees) { return std::abs(degrees) <= pole; }
bool is_longitude(double degrees) { return std::abs(degrees) <= whole_circle; }

constexpr std::string_view latitude_range = "degrees from -90 to 90";
constexpr std::string_view longitude_range = "degrees from -180 to 180";

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
    add(geography, {*code, *code});
  }
  return geography;
}

/// A coordinate of a region that is given inline.
double coordinate(Reader& reader, const Node* node, std::string_view what, bool (*fits)(double),
                  std::string_view range) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (node == nullptr) return none;
  const auto value = reader.number(*node, what);
  if (!value) return none;
  if (fits(*value)) return *value;
  reader.wrong_value(*node, what, std::string(range));
  return none;
}

Geography from_map(Reader& reader, const Node& map) {
  Geography geography;
  for (const Entry& entry : map.entries) {
    if (!accepts(reader, geography, entry.key, reader.at_key(entry.value))) continue;
    RegionInfo region{entry.key, entry.key};
    if (entry.value.kind != Node::Kind::empty) {
      const Fields fields(reader, entry.value, fmt::format("region {}", in_quotes(entry.key)),
                          {"name", "latitude", "longitude"});
      if (const Node* name = fields.optional("name")) {
        region.name = reader.text(*name, "the name").value_or(region.name);
      }
      region.latitude =
          coordinate(reader, fields.optional("latitude"), "the latitude", is_latitude, latitude_range);
      region.longitude =
          coordinate(reader, fields.optional("longitude"), "the longitude", is_longitude, longitude_range);
      if ((fields.optional("latitude") == nullptr) != (fields.optional("longitude") == nullptr)) {
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
  std::optional<Column> name;
  std::optional<Column> latitude;
  std::optional<Column> longitude;
};

double coordinate(Reader& reader, const Table& table, std::size_t row, std::optional<Column> column,
                  std::string_view what, bool (*fits)(double), std::string_view range) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (!column) return none;
  const auto value = parse_number(table.cell(row, *column));
  if (value && fits(*value)) return *value;
  reader.wrong_cell(table, row, *column, what, std::string(range));
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
    RegionInfo region{code, code};
    if (columns.name) region.name = std::string(table.cell(row, *columns.name));
    if (region.name.empty()) reader.wrong_cell(table, row, *columns.name, "the name", "a name");
    region.latitude =
        coordinate(reader, table, row, columns.latitude, "the latitude", is_latitude, latitude_range);
    region.longitude =
        coordinate(reader, table, row, columns.longitude, "the longitude", is_longitude, longitude_range);
    add(geography, std::move(region));
    row_of.push_back(row);
  }
  return geography;
}

std::optional<Column> optional_column(Reader& reader, const Table& table, const Node* node) {
  return reader.column(table, node);
}

Geography from_table(Reader& reader, const Node& section) {
  const Fields fields(reader, section, "the table of regions",
                      {"table", "id", "name", "latitude", "longitude"});
  const Node* path = fields.required("table");
  const Node* id_node = fields.required("id");
  const Node* latitude = fields.optional("latitude");
  const Node* longitude = fields.optional("longitude");
  if ((latitude == nullptr) != (longitude == nullptr)) {
    reader.wrong(latitude != nullptr ? *latitude : *longitude, "there is only one coordinate",
                 "columns of latitude and longitude");
  }
  const Table* table = path != nullptr ? reader.table(*path) : nullptr;
  if (table == nullptr || id_node == nullptr) return {};
  const auto id = reader.column(*table, *id_node);
  const auto name = optional_column(reader, *table, fields.optional("name"));
  const auto latitude_column = optional_column(reader, *table, latitude);
  const auto longitude_column = optional_column(reader, *table, longitude);
  if (!id) return {};
  note_whole_table(reader, *table, "regions");
  return rows_of(reader, *table, {*id, name, latitude_column, longitude_column});
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
    const Fields fields(reader, item, "the link", {"from", "to", "length"});
    const Node* from_node = fields.required("from");
    const Node* to_node = fields.required("to");
    const Node* length_node = fields.required("length");
    const auto from = reader.reference(from_node, "region", regions);
    const auto to = reader.reference(to_node, "region", regions);
    const auto length = reader.length_km(length_node, "the length");
    if (length && !(*length > 0)) reader.wrong_value(*length_node, "the length", "more than 0 km");
    if (from && to && length) links.add(*from, *to, *length, reader.at(item));
  }
  return std::move(links).take();
}

std::vector<Link> links_from_table(Reader& reader, const Node& section, const Names& regions) {
  const Fields fields(reader, section, "the table of links", {"table", "from", "to", "length", "others"});
  const Node* path = fields.required("table");
  const Node* others = fields.optional("others");
  if (others != nullptr) static_cast<void>(reader.word(*others, "'others'", {"skip"}));
  const std::array<const Node*, 3> nodes = {fields.required("from"), fields.required("to"),
                                            fields.required("length")};
  const Table* table = path != nullptr ? reader.table(*path) : nullptr;
  if (table == nullptr) return {};
  std::array<Column, 3> columns{};
  bool complete = true;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto column = optional_column(reader, *table, nodes[i]);
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
    if (length && *length > 0) {
      links.add(*from, *to, *length, table->where(row, columns[0]));
    } else {
      reader.wrong_cell(*table, row, columns[2], "the length", "more than 0 km");
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
