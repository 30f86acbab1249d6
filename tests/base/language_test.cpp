#include "sim/base/language.hpp"

#include <doctest/doctest.h>

#include <regex>
#include <string>

namespace language_test {

using sojourn::is_language_code;
using sojourn::likely_language_code;

TEST_CASE("codes of languages, with script and region, in their usual case") {
  const std::regex pattern{std::string(sojourn::language_pattern)};
  for (const char* code : {"az", "en", "ru", "no", "uk", "ckb", "az-Latn", "pt-BR", "es-419", "zh-Hant-TW"}) {
    CAPTURE(code);
    CHECK(is_language_code(code));
    CHECK(likely_language_code(code) == code);
    CHECK(std::regex_match(code, pattern));
  }
  for (const char* code : {"", "a", "AZ", "Az", "azer", "az-", "az_Latn", "az-latn", "pt-br", "az-AZ-Latn",
                           "az-Latn-", "-az", "az--AZ", "a2", "az az", "əz", "az-Latn-AZ-x"}) {
    CAPTURE(code);
    CHECK_FALSE(is_language_code(code));
    CHECK_FALSE(std::regex_match(code, pattern));
  }
}

TEST_CASE("a language has one code: that of two letters, if there is one") {
  for (const char* code : {"aze", "eng", "rus", "tur", "geo-GE"}) {
    CAPTURE(code);
    CHECK_FALSE(is_language_code(code));
  }
}

TEST_CASE("the code that was meant") {
  CHECK(likely_language_code("EN") == "en");
  CHECK(likely_language_code("aze") == "az");
  CHECK(likely_language_code("Azerbaijani") == "az");
  CHECK(likely_language_code("az_latn") == "az-Latn");
  CHECK(likely_language_code("pt_br") == "pt-BR");
  CHECK(likely_language_code("RUS-ru") == "ru-RU");
  CHECK(likely_language_code("Klingon").empty());
  CHECK(likely_language_code("").empty());
  CHECK(likely_language_code("--").empty());
}

}  // namespace language_test
