#include "sim/scenario/texts.hpp"

#include <doctest/doctest.h>

namespace texts_test {

using sojourn::Texts;

TEST_CASE("without a language: the text whose language is not said, else English, else the first") {
  Texts texts;
  CHECK(texts.empty());
  CHECK(texts.plain().empty());
  texts.add("az", "Şimal");
  texts.add("ru", "Север");
  CHECK(texts.plain() == "Şimal");
  texts.add("en", "North");
  CHECK(texts.plain() == "North");
  texts.add("", "N");
  CHECK(texts.plain() == "N");
  CHECK(texts.all().size() == 4);
  CHECK(*texts.find("ru") == "Север");
  CHECK(texts.find("tr") == nullptr);
}

TEST_CASE("in a language, or as without one, or by the name itself") {
  CHECK(Texts().in("az", "north") == "north");
  CHECK(Texts("North").in("az", "north") == "North");
  Texts texts("North");
  texts.add("az", "Şimal");
  CHECK(texts.in("az", "north") == "Şimal");
}

TEST_CASE("an empty text, or a second one in a language, is none") {
  CHECK(Texts("").empty());
  Texts texts("North");
  texts.add("", "South");
  texts.add("az", "");
  CHECK(texts.plain() == "North");
  CHECK(texts.all().size() == 1);
}

}  // namespace texts_test
