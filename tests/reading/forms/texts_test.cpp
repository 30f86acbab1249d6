#include "sim/reading/forms/texts.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace forms_texts_test {

using sojourn::read_texts;
using sojourn::Texts;
using sojourn::test::contains;
using sojourn::test::Text;

namespace {

/// What is told of a value of this form.
std::string mistakes_of(const std::string& yaml) {
  Text text(yaml);
  static_cast<void>(read_texts(text.reader, text.node, "the title"));
  return text.mistakes();
}

}  // namespace

TEST_CASE("a text, or texts by language, byte for byte") {
  Text plain("\"Bakı\\nvə Gəncə\"");
  CHECK(read_texts(plain.reader, plain.node, "the title").plain() == "Bakı\nvə Gəncə");
  // The i with a dot as two characters, as a Mac writes it, stays two.
  Text text("{az: \"I\u0307şıq, ğ, ə\", no: Ja, zh-Hant: 北}");
  const Texts texts = read_texts(text.reader, text.node, "the title");
  CHECK(text.mistakes().empty());
  CHECK(*texts.find("az") == "I\u0307şıq, ğ, ə");
  CHECK(*texts.find("no") == "Ja");
  CHECK(*texts.find("zh-Hant") == "北");
  CHECK(texts.all().size() == 3);
}

TEST_CASE("what is no text is told with its place") {
  const std::string expected =
      "; expected text, or texts by language such as {en: North, az: Şimal, ru: Север}\n";
  CHECK(mistakes_of("[a]") == "s.yaml:1:1: the title is a list" + expected);
  CHECK(mistakes_of("{}") == "s.yaml:1:1: the title is an empty map" + expected);
  CHECK(mistakes_of("") == "s.yaml:1:1: the title is empty" + expected);
  CHECK(mistakes_of("{en: [a], az: , ru: ' '}") ==
        "s.yaml:1:6: the title in 'en' is a list; expected text\n"
        "s.yaml:1:11: the title in 'az' is empty; expected text\n"
        "s.yaml:1:21: the title in 'ru' is empty; expected text, or nothing about this language\n");
  CHECK(contains(mistakes_of("{en: a, en: b}"), "s.yaml:1:9: "));
  CHECK(mistakes_of("\"a\\0b\"") ==
        "s.yaml:1:1: the title has a zero byte in it; expected text without it\n");
}

TEST_CASE("what is no language is told with the one that was meant, and the others are kept") {
  const std::string told = mistakes_of("{AZ: a, en: b}");
  CHECK(contains(told,
                 "s.yaml:1:2: the title has 'AZ', which is no code of a language; expected two or three"));
  CHECK(contains(told, "did you mean az?"));
  Text text("{aze: a, en: b}");
  CHECK(read_texts(text.reader, text.node, "the title").plain() == "b");
  CHECK(contains(text.mistakes(), "did you mean az?"));
}

}  // namespace forms_texts_test
