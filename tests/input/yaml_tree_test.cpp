#include "sim/input/yaml_tree.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace yaml_tree_test {

using sojourn::Mistakes;
using sojourn::Node;
using sojourn::parse_yaml;
using sojourn::Place;

namespace {

std::string mistakes_in(const std::string& text) {
  Mistakes mistakes("f");
  static_cast<void>(parse_yaml(text, "f", mistakes));
  std::string told;
  for (const auto& mistake : mistakes.in_order()) told += to_string(mistake) + '\n';
  return told;
}

std::string at(const Place& place) { return std::to_string(place.line) + ':' + std::to_string(place.column); }

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("a tree has kinds, texts and places") {
  const sojourn::test::Text text(
      "a: 1\n"
      "list:\n"
      "  - x\n"
      "  - {b: 'two', c: }\n"
      "\xC3\xA9t\xC3\xA9: {d: 3, e: \"4\"}\n");
  CHECK(text.mistakes().empty());
  const Node& root = text.node;
  REQUIRE(root.is_map());
  REQUIRE(root.entries.size() == 3);
  CHECK(root.find("a")->text == "1");
  CHECK_FALSE(root.find("a")->quoted);
  CHECK(at(root.find("a")->place) == "1:4");
  CHECK(at(root.find("a")->key_place) == "1:1");
  const Node& list = *root.find("list");
  REQUIRE(list.is_list());
  CHECK(at(list.items[1].place) == "4:5");
  CHECK(list.items[1].find("b")->quoted);
  CHECK(at(list.items[1].find("b")->place) == "4:9");
  CHECK(list.items[1].find("c")->kind == Node::Kind::empty);
  CHECK(at(list.items[1].find("c")->place) == "4:16");
  // Columns count characters, not bytes.
  CHECK(at(root.entries[2].value.find("d")->place) == "5:10");
  CHECK(root.find("none") == nullptr);
}

TEST_CASE("aliases stand for what they repeat, at their own place") {
  const sojourn::test::Text text("a: &x {b: 1}\nc: *x\nd: [*x, &y 2, *y]\n");
  CHECK(text.mistakes().empty());
  CHECK(text.node.find("c")->find("b")->text == "1");
  CHECK(at(text.node.find("c")->place) == "2:4");
  CHECK(text.node.find("d")->items[2].text == "2");
}

TEST_CASE("files of other systems: a byte order mark, CR LF") {
  const sojourn::test::Text text(
      "\xEF\xBB\xBF"
      "a: 1\r\nb: x\r\n");
  CHECK(text.mistakes().empty());
  CHECK(text.node.find("a")->text == "1");
  CHECK(text.node.find("b")->text == "x");
  CHECK(at(text.node.find("b")->place) == "2:4");
}

TEST_CASE("what is no tree is told with its place") {
  CHECK(mistakes_in("a: 1\na: 2\n") ==
        "f:2:1: the key 'a' is here for the second time; the first is in line 1; expected each key once\n");
  CHECK(mistakes_in("a: b: c\n").starts_with("f:1:5: this is not valid YAML: "));
  CHECK(mistakes_in("a: 'b\n").starts_with("f:1:4: "));
  CHECK(mistakes_in("a: \"b \\\" c\n") ==
        "f:1:4: the quote that begins here is never closed; expected a closing quote\n");
  CHECK(mistakes_in("a: 'it''s'\nb: \"\\\"\"\n").empty());
  CHECK(mistakes_in("a: 1\n---\nb: 2\n") ==
        "f:2:1: a second document starts here; expected one document in a file: remove the line '---'\n");
  CHECK(mistakes_in("---\na: 1\n...\n").empty());
  CHECK(mistakes_in(", a").starts_with("f:1:1: this is not valid YAML"));
  CHECK(mistakes_in("? [a]\n: 1\n") == "f:1:3: a key is a list or map; expected a name before the colon\n");
  CHECK(mistakes_in("a: !x 1\n") == "f:1:4: the YAML tag '!x' has no meaning here; expected no tag\n");
  CHECK(mistakes_in("a: &x [*x]\n").starts_with("f:1:8: this alias stands inside what it stands for"));
}

TEST_CASE("nothing is nested deeper than any scenario needs") {
  CHECK(mistakes_in(repeated("[", 60) + repeated("]", 60)).empty());
  const std::string deep = "lists and maps are nested more than 64 deep here";
  for (const std::string& text :
       {repeated("[", 100000), repeated("{", 100000), repeated("[\n", 100000), repeated("{a: ", 100000),
        repeated("- ", 100000), repeated("? ", 100000), repeated("[a, ", 100000), repeated("[? ", 100000),
        repeated(": ", 100000), "a: " + repeated("[", 70) + repeated("]", 70)}) {
    CAPTURE(text.substr(0, 8));
    CHECK(mistakes_in(text).find(deep) != std::string::npos);
  }
  // Deep by aliases.
  std::string aliases = "a0: &a0 [x]\n";
  for (int i = 1; i < 100; ++i) {
    aliases += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  CHECK(mistakes_in(aliases).find(deep) != std::string::npos);
}

TEST_CASE("ten lines cannot stand for a billion values") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 40; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" +
            repeated("*a" + std::to_string(i - 1) + ", ", 9) + "]\n";
  }
  CHECK(mistakes_in(bomb).find("more than 500000 values") != std::string::npos);
}

TEST_CASE("no text of YAML's characters, however wrong, does more than make mistakes") {
  const std::string characters = "[]{}:-?,&*!|>'\"%@`# \nab\t~<=";
  std::uint32_t state = 1;
  const auto next = [&state] {
    state = state * 1664525U + 1013904223U;  // Numerical Recipes; any generator does
    return state >> 16U;
  };
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (int length = 1 + i % 80; length > 0; --length) text += characters[next() % characters.size()];
    static_cast<void>(mistakes_in(text));
  }
}

}  // namespace yaml_tree_test
