#include "sim/base/printable.hpp"

#include <doctest/doctest.h>

#include <string>

namespace printable_test {

using sojourn::printable;
using sojourn::printable_lines;
using sojourn::visible;

TEST_CASE("what would act on a terminal is written out") {
  CHECK(printable("plain, ä, 北, 👪") == "plain, ä, 北, 👪");
  CHECK(printable("\x1b]0;owned\a\x1b[31mred") == "\\x1b]0;owned\\x07\\x1b[31mred");
  CHECK(printable("a\nb\rc\td") == "a\\nb\\rc\\td");
  CHECK(printable("\xC2\x9B"
                  "31m") == "\\u009b31m");  // C1: a CSI in one character
  CHECK(printable("\xE2\x80\xAE"
                  "fdp") == "\\u202efdp");  // right-to-left override
  CHECK(printable("\xE2\x81\xA6") == "\\u2066");
  CHECK(printable("\xF3\xA0\x81\x81") == "\\U000e0041");  // a tag
  CHECK(printable(std::string("\0\x7F", 2)) == "\\x00\\x7f");
}

TEST_CASE("bytes that are no UTF-8 are written out one by one") {
  CHECK(printable("\x9B"
                  "31m") == "\\x9b31m");
  CHECK(printable("\xC3") == "\\xc3");
  CHECK(printable("\xC0\x8A") == "\\xc0\\x8a");           // longer than need be
  CHECK(printable("\xED\xA0\x80") == "\\xed\\xa0\\x80");  // half of a pair
  CHECK(printable("\xF5\x80\x80\x80") == "\\xf5\\x80\\x80\\x80");
}

TEST_CASE("no character of all that there are passes that acts, and every other does") {
  for (unsigned letter = 0; letter <= 0xFFFF; ++letter) {
    if (letter >= 0xD800 && letter <= 0xDFFF) continue;
    std::string text;
    if (letter < 0x80) {
      text = static_cast<char>(letter);
    } else if (letter < 0x800) {
      text = {static_cast<char>(0xC0U | letter >> 6U), static_cast<char>(0x80U | (letter & 0x3FU))};
    } else {
      text = {static_cast<char>(0xE0U | letter >> 12U), static_cast<char>(0x80U | (letter >> 6U & 0x3FU)),
              static_cast<char>(0x80U | (letter & 0x3FU))};
    }
    const bool is_control = letter < 0x20 || (letter >= 0x7F && letter < 0xA0);
    const bool is_direction = letter == 0x061C || letter == 0x200E || letter == 0x200F ||
                              (letter >= 0x202A && letter <= 0x202E) ||
                              (letter >= 0x2066 && letter <= 0x2069);
    const std::string shown = printable(text);
    if (is_control || is_direction) CHECK_MESSAGE(shown[0] == '\\', letter);
    if (!is_control && letter < 0x0600) CHECK_MESSAGE(shown == text, letter);
    CHECK(printable(shown) == shown);
  }
}

TEST_CASE("the line breaks of composed text stay") {
  CHECK(printable_lines("a\n\x1b[2Jb\n") == "a\n\\x1b[2Jb\n");
}

TEST_CASE("labels that look alike can be told apart") {
  CHECK(visible("IR\xC2\xA0") == "IR\\u00a0");
  CHECK(visible("I\xE2\x80\x8BR") == "I\\u200bR");
  CHECK(visible("I R") == "I R");
  CHECK(visible("\xC3\xA9") == "\xC3\xA9");
}

}  // namespace printable_test
