#include "sim/input/key.hpp"

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/reading/reading.hpp"

namespace key_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Text;

namespace {

constexpr std::array<std::string_view, 2> colours{"red", "green"};
constexpr std::array lamp_keys{
    Key{.name = "colour", .form = Form::nothing, .doc = "Of its light.", .words = colours},
    Key{.name = "power",
        .form = Form::number,
        .need = Need::required,
        .doc = "Of its light.",
        .unit = "W",
        .range = from_zero},
    Key{.name = "ROOM", .form = Form::boolean, .doc = "Whether it shines there."},
};
constexpr std::array torch_keys{
    Key{.name = "colour", .form = Form::nothing, .doc = "Of its flame.", .words = colours},
    Key{.name = "cell", .need = Need::required, .doc = "Its battery."},
};
KeyMap lamp_map() { return {"lamp", lamp_keys}; }

}  // namespace

TEST_CASE("a map knows its keys, and those for which a key in capitals stands") {
  Text text("{power: 5, hall: true, basement: true}");
  const Fields fields(text.reader, text.node, "the lamp", lamp_map(), {"hall", "attic"});
  CHECK(text.mistakes() ==
        "s.yaml:1:24: the lamp has no key 'basement'; expected colour, power, hall or attic\n");
  CHECK(fields["power"]->text == "5");
  CHECK(fields["colour"] == nullptr);
  CHECK_THROWS_AS(static_cast<void>(fields["length"]), std::logic_error);
}

TEST_CASE("a required key that is missing is a mistake, an optional one is not") {
  Text text("{colour: green}");
  const Fields fields(text.reader, text.node, "the lamp", lamp_map());
  CHECK(fields["power"] == nullptr);
  CHECK(text.mistakes() == "s.yaml:1:1: the lamp needs 'power'\n");
  CHECK(fields.word("colour") == 1U);
}

TEST_CASE("a word that is none of those described is a mistake") {
  Text text("{power: 1, colour: gren}");
  const Fields fields(text.reader, text.node, "the lamp", lamp_map());
  CHECK_FALSE(fields.word("colour"));
  CHECK(text.mistakes() == "s.yaml:1:20: 'colour' is 'gren'; expected red or green; did you mean green?\n");
}

TEST_CASE("what is beyond a range is told with what it may be") {
  Text text("{power: -1}");
  const Node& power = *text.node.find("power");
  CHECK(text.reader.is_within(power, "the power", 3, from_zero, "W"));
  CHECK_FALSE(text.reader.is_within(power, "the power", -1, from_zero, "W"));
  CHECK(text.mistakes() == "s.yaml:1:9: the power is negative; expected 0 or more W\n");
}

TEST_CASE("a value just beyond a range is told in the digits that are too many") {
  Text text("{power: 1000000001}");
  CHECK_FALSE(
      text.reader.is_within(*text.node.find("power"), "the power", 1000000001, {.least = 0, .most = 1e9}));
  CHECK(text.mistakes() == "s.yaml:1:9: the power is 1000000001; expected 0 to 1e+09\n");
}

TEST_CASE("maps that stand for one another have each key once, as the first describes it, and require none") {
  const std::vector<Key> all = united({lamp_map(), {"torch", torch_keys}});
  std::vector<std::string> names;
  for (const Key& key : all) {
    names.emplace_back(key.name);
    CHECK(key.need == Need::optional);
  }
  CHECK(names == std::vector<std::string>{"colour", "power", "ROOM", "cell"});
  CHECK(all[0].doc == "Of its light.");
  constexpr std::array of_both{Key{.name = "colour", .doc = "Of a light or a flame."}};
  CHECK(united({lamp_map(), {"torch", torch_keys}}, of_both)[0].doc == "Of a light or a flame.");
}

}  // namespace key_test
