#include "sim/reading/forms/group_weights.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace group_weights_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Text;

namespace {

std::vector<GroupShare> shares_of(Text& text, const Groups& groups) {
  const Fields fields(text.reader, text.node, "it", {"sex", "status"});
  return GroupWeights(text.reader, groups).read(fields);
}

}  // namespace

TEST_CASE("weights of several attributes multiply, and sum to 1") {
  const Groups groups({{"sex", {"f", "m"}}, {"status", {"a", "b", "c"}}});
  Text text("{sex: {f: 1, m: 3}, status: {a: 2, c: 2}}");
  const auto shares = shares_of(text, groups);
  CHECK(text.mistakes().empty());
  REQUIRE(shares.size() == 4);
  CHECK(shares[0].group == Group{0});
  CHECK(shares[0].probability == doctest::Approx(0.125));
  CHECK(shares[3].group == Group{5});
  CHECK(shares[3].probability == doctest::Approx(0.375));
  Text one("{sex: m, status: b}");
  REQUIRE(shares_of(one, groups).size() == 1);
  CHECK(shares_of(one, groups)[0].group == Group{4});
}

TEST_CASE("weights that nothing can be drawn by are told") {
  const Groups groups({{"sex", {"f", "m"}}, {"status", {"a", "b", "c"}}});
  const auto told = [&](const std::string& yaml) {
    Text text(yaml);
    CHECK(shares_of(text, groups).empty());
    return text.mistakes();
  };
  CHECK(told("{sex: f}").find("needs 'status'") != std::string::npos);
  CHECK(told("{sex: x, status: a}").find("no value of sex 'x'") != std::string::npos);
  CHECK(told("{sex: {f: 0}, status: a}").find("sum to 0") != std::string::npos);
  CHECK(told("{sex: {f: -1, m: 2}, status: a}").find("0 or more") != std::string::npos);
}

TEST_CASE("without attributes there is one group") {
  const Groups none;
  Text text("{}");
  const Fields fields(text.reader, text.node, "it", std::vector<std::string>{});
  const auto shares = GroupWeights(text.reader, none).read(fields);
  REQUIRE(shares.size() == 1);
  CHECK(shares[0].probability == 1);
}

}  // namespace group_weights_test
