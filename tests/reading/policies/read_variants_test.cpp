#include "sim/reading/policies/read_variants.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_variants_test {

using sojourn::Names;
using sojourn::Variant;
using sojourn::test::contains;
using sojourn::test::Text;

namespace {

/// With the policies a, b, c and tight.
std::vector<Variant> variants_of(Text& text) {
  static const Names names({"a", "b", "c", "tight"});
  return read_variants(text.reader, text.node, nullptr, names);
}

/// `NAME: POLICIES; ` of each variant, policies by their letter or number; or what is wrong.
std::string read(const std::string& yaml) {
  Text text(yaml);
  std::string told;
  for (const Variant& variant : variants_of(text)) {
    told += variant.name + ':';
    for (const sojourn::PolicyId policy : variant.policies) told += std::string(" ") + "abct"[policy.index()];
    told += "; ";
  }
  return text.mistakes().empty() ? told : text.mistakes();
}

}  // namespace

TEST_CASE("a variant may name variants, whose policies stand in their place") {
  CHECK(read("{x: [b, a], y: [x, c], z: [c, y]}") == "x: b a; y: b a c; z: c b a; ");
  CHECK(read("{z: [y, c], y: [x], x: [a, b]}") == "z: a b c; y: a b; x: a b; ");
}

TEST_CASE("a policy that comes in several ways acts once, where it comes first") {
  CHECK(read("{x: [a, b], y: [b, c], both: [x, y], more: [c, x]}") ==
        "x: a b; y: b c; both: a b c; more: c a b; ");
  CHECK(contains(read("{x: [a, a]}"), "s.yaml:1:9: policy 'a' is in the list twice; expected each once"));
  CHECK(contains(read("{x: [a], y: [x, x]}"), "s.yaml:1:17: variant 'x' is in the list twice"));
}

TEST_CASE("the baseline may be named, whether or not it is written") {
  CHECK(read("{x: [baseline, a]}") == "x: a; ");
  CHECK(read("{baseline: [], x: [baseline, a]}") == "baseline:; x: a; ");
  CHECK(contains(read("{baseline: [a]}"), "s.yaml:1:12: the baseline is the variant without policies"));
}

TEST_CASE("variants that are parts of themselves are told with their way and lines") {
  CHECK(contains(read("x: [y]\ny: [a, z]\nz: [x]\n"),
                 "s.yaml:3:5: variant 'x' is part of itself: x (line 1), y (line 2), z (line 3), x; expected "
                 "variants that are lists of policies at last"));
  CHECK(contains(read("{x: [x]}"), "variant 'x' is part of itself: x (line 1), x"));
  CHECK(
      contains(read("w: [x]\nx: [y]\ny: [x]\n"), "s.yaml:3:5: variant 'x' is part of itself: x (line 2), y"));
}

TEST_CASE("a name of a policy and of a variant is one of both only if they are the same") {
  CHECK(read("{a: [a], y: [a, b]}") == "a: a; y: a b; ");
  CHECK(read("{a: [a, b], y: [c]}") == "a: a b; y: c; ");
  CHECK(contains(read("{a: [a, b], y: [c, a]}"),
                 "s.yaml:1:20: 'a' is a policy (line 0) and a variant of others "
                 "than it (line 1); expected another name for one of them"));
  CHECK(contains(read("{a: [b], b: [a]}"), "is a policy"));
}

TEST_CASE("what is neither is told, with what it may be") {
  CHECK(
      contains(read("{x: [a], y: [thigt]}"),
               "s.yaml:1:14: there is no policy or variant 'thigt'; expected a, b, c, tight, x or y; did you "
               "mean tight?"));
  CHECK(contains(read("{x: a}"), "variant 'x' is 'a'; expected a list of policies such as [reform]"));
  CHECK(contains(read("[a]"), "'variants' is a list; expected a map"));
}

TEST_CASE("a very long way through variants is no way") {
  std::string yaml = "v0: [a]\n";
  for (int v = 1; v < 3000; ++v)
    yaml.insert(0, 'v' + std::to_string(v) + ": [v" + std::to_string(v - 1) + "]\n");
  CHECK(contains(read(yaml), "more than 100 variants are said by one another; expected fewer"));
}

}  // namespace read_variants_test
