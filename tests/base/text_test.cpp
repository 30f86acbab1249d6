#include "sim/base/text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace text_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

TEST_CASE("texts in messages are short and harmless") {
  CHECK(in_quotes("wage") == "'wage'");
  CHECK(in_quotes("a\nb\x1b[31m") == "'a\\nb\\x1b[31m'");
  CHECK(in_quotes(std::string(1000, 'x')) == "'" + std::string(60, 'x') + "...'");
  // Never cut within a character.
  CHECK(in_quotes(std::string(59, 'x') + "\xC3\xA9" + "yz") == "'" + std::string(59, 'x') + "...'");
}

TEST_CASE("lists in words") {
  const std::vector<std::string> three = {"a", "b", "c"};
  CHECK(in_words(three) == "a, b and c");
  CHECK(in_words(three, 2) == "a, b and 1 more");
  CHECK(in_words(std::vector<std::string>{"a"}) == "a");
  CHECK(in_words(std::vector<std::string>{}).empty());
  CHECK(one_of(three) == "a, b or c");
  CHECK(counted(1, "row") == "1 row");
  CHECK(counted(2, "row") == "2 rows");
  CHECK(counted(2, "value of sex") == "2 values of sex");
  CHECK(with_article("factor") == "a factor");
  CHECK(with_article("attribute") == "an attribute");
}

TEST_CASE("names can be called by dotted names, labels are whole texts") {
  for (const char* name : {"wage", "_x", "gdp-2", "Bev\xC3\xB6lkerung", "a1"}) CHECK(is_name(name));
  for (const char* name : {"", "2nd", "a.b", "a b", "-a", "a\n"}) CHECK_FALSE(is_name(name));
  CHECK_FALSE(is_name(std::string(101, 'a')));
  for (const char* label : {"AZE", "2nd", "a.b", "c\xC3\xB4te d'Ivoire"}) CHECK(is_label(label));
  for (const char* label : {"", " a", "a ", "a\tb"}) CHECK_FALSE(is_label(label));
}

TEST_CASE("UTF-8 is checked also where a character is cut in two") {
  const auto wrong_at = [](const std::string& text) {
    // In one piece, and in pieces of one byte.
    Utf8Checker whole;
    auto found = whole.feed(text);
    Utf8Checker bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (bytes.feed(std::string_view(text).substr(i, 1))) {
        CHECK(found == i);
        return static_cast<int>(i);
      }
    }
    CHECK_FALSE(found.has_value());
    return whole.complete() ? -1 : -2;
  };
  CHECK(wrong_at("abc") == -1);
  CHECK(wrong_at("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80") == -1);
  CHECK(wrong_at("\xF4\x8F\xBF\xBF") == -1);
  CHECK(wrong_at("a\xE2\x82") == -2);
  CHECK(wrong_at("a\xE9zz") == 2);                // Latin-1
  CHECK(wrong_at("a\x80") == 1);                  // a continuation alone
  CHECK(wrong_at("\xC0\xAF") == 0);               // overlong
  CHECK(wrong_at("\xE0\x9F\xBF") == 1);           // overlong
  CHECK(wrong_at("\xED\xA0\x80") == 1);           // a surrogate
  CHECK(wrong_at("\xF4\x90\x80\x80") == 1);       // beyond U+10FFFF
  CHECK(wrong_at(std::string("ab\0c", 4)) == 2);  // a zero byte
}

}  // namespace text_test
