#include "sim/base/label_form.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace label_form_test {

using sojourn::first_look_alike;
using sojourn::label_form;
using sojourn::look_of;
using sojourn::without_notes;

TEST_CASE("labels that differ in what nobody sees have the same form") {
  for (const char* label : {"TUR", "Tur", "tur", " TUR ", "T UR", "TUR\xC2\xA0", "\xE2\x80\x8BTUR",
                            "\xEF\xBB\xBFTUR", "\xEF\xBC\xB4\xEF\xBC\xB5\xEF\xBC\xB2"}) {
    CHECK_MESSAGE(label_form(label) == U"tur", label);
  }
}

TEST_CASE("marks of notes at the end can be left out") {
  for (const char* label :
       {"TUR*", "TUR.", "TUR (1)", "TUR[12]", "TUR (a)", "TUR\xC2\xB9", "TUR **", "TUR (1)*"}) {
    CHECK_MESSAGE(without_notes(label_form(label)) == U"tur", label);
    CHECK(label_form(label) != U"tur");
  }
  CHECK(without_notes(U"congo(kinshasa)") == U"congo(kinshasa)");
  CHECK(without_notes(U"a(1000)") == U"a(1000)");
  CHECK(without_notes(U"*") == U"*");
  CHECK(without_notes(U"(1)") == U"(1)");
  CHECK(without_notes(U"").empty());
}

TEST_CASE("accents count, however they are encoded") {
  CHECK(label_form("C\xC3\xB4te d\xE2\x80\x99Ivoire") == label_form("Co\xCC\x82te d'Ivoire"));
  CHECK(label_form("\xC3\x85land") == label_form("a\xCC\x8Aland"));
  CHECK(label_form("\xE1\xBB\x87") == label_form("e\xCC\xA3\xCC\x82"));
  CHECK(label_form("e\xCC\x82\xCC\xA3") == label_form("e\xCC\xA3\xCC\x82"));
  CHECK(label_form("\xD0\x99\xD0\x9E") == label_form("\xD0\xB8\xCC\x86\xD0\xBE"));  // ЙО, йо
  CHECK(label_form("C\xC3\xB4te") != label_form("Cote"));
  CHECK(label_form("\xC3\x98") == label_form("\xC3\xB8"));
}

TEST_CASE("labels that differ in what is meant have different forms") {
  const std::vector<std::string> labels{
      "A1", "A2", "A", "B", "A(10000)", "Congo (Kinshasa)", "Congo", "C+", "C-", "1.5", "15", "(1)", "*"};
  for (std::size_t i = 0; i < labels.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) CHECK(label_form(labels[i]) != label_form(labels[j]));
  }
  CHECK_FALSE(label_form("*").empty());
  CHECK(label_form("").empty());
  CHECK(label_form("\xC2\xA0").empty());
}

TEST_CASE("letters of other alphabets and marks within may look the same, but no point between digits") {
  for (const char* label :
       {"ABC", "\u0410BC", "\u0391BC", "A-BC", "AB_C", "a.b.c", "A\u2013BC", "\u0430\u0432\u0441"})
    CHECK_MESSAGE(look_of(label_form(label)) == U"abc", label);
  for (const char* label : {"1.5", "C+", "C-", "-C", "2010-11", "\u0416\u042f"})
    CHECK_MESSAGE(look_of(label_form(label)) == label_form(label), label);
  CHECK(look_of(U"a-1") == U"a1");
  CHECK(look_of(U"").empty());
  CHECK(first_look_alike(label_form("A\u0412C")) == U'\u0432');
  CHECK(first_look_alike(label_form("A-BC")) == 0);
}

}  // namespace label_form_test
