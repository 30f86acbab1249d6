#include "sim/input/describe.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace describe_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::array<std::string_view, 2> colours{"red", "green"};

KeyMap bulb_map();

constexpr std::array lamp_keys{
    Key{.name = "colour",
        .form = Form::nothing,
        .doc = "Red | green.",
        .otherwise = "`red`",
        .words = colours},
    Key{.name = "bulbs",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "What shines.",
        .map = bulb_map,
        .names = "BULB"},
    Key{.name = "spare", .form = Form::nothing, .doc = "Others.", .map = bulb_map, .is_list = true},
};
constexpr std::array bulb_keys{
    Key{.name = "power",
        .form = Form::number,
        .need = Need::required,
        .doc = "Of its light.",
        .unit = "W",
        .range = {.least = 0, .above_least = true},
        .by_attribute = true,
        .is_parameter = true},
    Key{.name = "hours",
        .form = Form::number,
        .doc = "So long it lasts.",
        .is_parameter = true,
        .called = "."},
    Key{.name = "ROOM", .form = Form::boolean, .doc = "Whether it shines there."},
};

KeyMap box_map();

constexpr std::array box_keys{
    Key{.name = "weight", .form = Form::number, .doc = "Of the box.", .is_parameter = true},
    Key{.name = "within", .form = Form::nothing, .doc = "A smaller one.", .map = box_map},
};

KeyMap box_map() { return {"box", box_keys}; }
KeyMap bulb_map() { return {"bulb", bulb_keys}; }
KeyMap lamp_map() { return {"lamp", lamp_keys}; }

}  // namespace

namespace {

std::string told(const KeyMap& root) {
  std::string text;
  for (const ParameterName& number : parameter_names(root))
    text += number.name + (number.by_attribute ? " by an attribute, " : ", ");
  return text;
}

}  // namespace

TEST_CASE("numbers that policies may change are called by the way to them") {
  CHECK(told(lamp_map()) ==
        "bulbs.BULB.power by an attribute, bulbs.BULB, spare.power by an attribute, spare, ");
}

TEST_CASE("a map may hold itself, and is looked at once") {
  CHECK(told(box_map()) == "weight, ");
  CHECK(all_maps(box_map()).size() == 1);
}

TEST_CASE("a reference has a row for each key, with unit, range, default and need") {
  CHECK(reference_table(lamp_map()) ==
        "| key | meaning |\n| --- | --- |\n"
        "| `colour` | Red \\| green. Default: `red`. |\n"
        "| `bulbs` | What shines. Required. |\n"
        "| `spare` | Others. |\n");
  CHECK(reference_table(bulb_map()) ==
        "| key | meaning |\n| --- | --- |\n"
        "| `power` | Of its light. Unit: W. A number above 0. Required. |\n"
        "| `hours` | So long it lasts. |\n"
        "| ROOM | Whether it shines there. |\n");
}

TEST_CASE("every map is found once, the root first") {
  std::vector<std::string_view> names;
  for (const KeyMap& map : all_maps(lamp_map())) names.push_back(map.name);
  CHECK(names == std::vector<std::string_view>{"lamp", "bulb"});
}

TEST_CASE("a schema defines each map once, and says what a value may be") {
  const std::string schema = json_schema(lamp_map(), "Lamps");
  const auto has = [&](std::string_view part) { return schema.find(part) != std::string::npos; };
  CHECK(has(R"("$schema": "https://json-schema.org/draft/2020-12/schema")"));
  CHECK(has(R"("enum": [
        "red",
        "green"
      ])"));
  CHECK(has(R"("$ref": "#/$defs/bulb")"));
  CHECK(has(R"("exclusiveMinimum": 0.0)"));
  CHECK(has(R"("required": [
    "bulbs"
  ])"));
  CHECK(has(R"("description": "Of its light. Unit: W. A number above 0.")"));
}

}  // namespace describe_test
