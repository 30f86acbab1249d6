#include "sim/base/label_form.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>
#include <vector>

#include "sim/base/printable.hpp"

namespace sojourn {

namespace {

/// Canonical decompositions of the Unicode Standard (UnicodeData.txt, version 14) for Latin, Greek and
/// Cyrillic letters: a letter, what it is made of, and a semicolon.
constexpr std::u16string_view decompositions =
    u"\u00c0A\u0300;\u00c1A\u0301;\u00c2A\u0302;\u00c3A\u0303;\u00c4A\u0308;\u00c5A\u030a;\u00c7C\u0327;"
    u"\u00c8E\u0300;\u00c9E\u0301;\u00caE\u0302;\u00cbE\u0308;\u00ccI\u0300;\u00cdI\u0301;\u00ceI\u0302;"
    u"\u00cfI\u0308;\u00d1N\u0303;\u00d2O\u0300;\u00d3O\u0301;\u00d4O\u0302;\u00d5O\u0303;\u00d6O\u0308;"
    u"\u00d9U\u0300;\u00daU\u0301;\u00dbU\u0302;\u00dcU\u0308;\u00ddY\u0301;\u00e0a\u0300;\u00e1a\u0301;"
    u"\u00e2a\u0302;\u00e3a\u0303;\u00e4a\u0308;\u00e5a\u030a;\u00e7c\u0327;\u00e8e\u0300;\u00e9e\u0301;"
    u"\u00eae\u0302;\u00ebe\u0308;\u00eci\u0300;\u00edi\u0301;\u00eei\u0302;\u00efi\u0308;\u00f1n\u0303;"
    u"\u00f2o\u0300;\u00f3o\u0301;\u00f4o\u0302;\u00f5o\u0303;\u00f6o\u0308;\u00f9u\u0300;\u00fau\u0301;"
    u"\u00fbu\u0302;\u00fcu\u0308;\u00fdy\u0301;\u00ffy\u0308;\u0100A\u0304;\u0101a\u0304;\u0102A\u0306;"
    u"\u0103a\u0306;\u0104A\u0328;\u0105a\u0328;\u0106C\u0301;\u0107c\u0301;\u0108C\u0302;\u0109c\u0302;"
    u"\u010aC\u0307;\u010bc\u0307;\u010cC\u030c;\u010dc\u030c;\u010eD\u030c;\u010fd\u030c;\u0112E\u0304;"
    u"\u0113e\u0304;\u0114E\u0306;\u0115e\u0306;\u0116E\u0307;\u0117e\u0307;\u0118E\u0328;\u0119e\u0328;"
    u"\u011aE\u030c;\u011be\u030c;\u011cG\u0302;\u011dg\u0302;\u011eG\u0306;\u011fg\u0306;\u0120G\u0307;"
    u"\u0121g\u0307;\u0122G\u0327;\u0123g\u0327;\u0124H\u0302;\u0125h\u0302;\u0128I\u0303;\u0129i\u0303;"
    u"\u012aI\u0304;\u012bi\u0304;\u012cI\u0306;\u012di\u0306;\u012eI\u0328;\u012fi\u0328;\u0130I\u0307;"
    u"\u0134J\u0302;\u0135j\u0302;\u0136K\u0327;\u0137k\u0327;\u0139L\u0301;\u013al\u0301;\u013bL\u0327;"
    u"\u013cl\u0327;\u013dL\u030c;\u013el\u030c;\u0143N\u0301;\u0144n\u0301;\u0145N\u0327;\u0146n\u0327;"
    u"\u0147N\u030c;\u0148n\u030c;\u014cO\u0304;\u014do\u0304;\u014eO\u0306;\u014fo\u0306;\u0150O\u030b;"
    u"\u0151o\u030b;\u0154R\u0301;\u0155r\u0301;\u0156R\u0327;\u0157r\u0327;\u0158R\u030c;\u0159r\u030c;"
    u"\u015aS\u0301;\u015bs\u0301;\u015cS\u0302;\u015ds\u0302;\u015eS\u0327;\u015fs\u0327;\u0160S\u030c;"
    u"\u0161s\u030c;\u0162T\u0327;\u0163t\u0327;\u0164T\u030c;\u0165t\u030c;\u0168U\u0303;\u0169u\u0303;"
    u"\u016aU\u0304;\u016bu\u0304;\u016cU\u0306;\u016du\u0306;\u016eU\u030a;\u016fu\u030a;\u0170U\u030b;"
    u"\u0171u\u030b;\u0172U\u0328;\u0173u\u0328;\u0174W\u0302;\u0175w\u0302;\u0176Y\u0302;\u0177y\u0302;"
    u"\u0178Y\u0308;\u0179Z\u0301;\u017az\u0301;\u017bZ\u0307;\u017cz\u0307;\u017dZ\u030c;\u017ez\u030c;"
    u"\u01a0O\u031b;\u01a1o\u031b;\u01afU\u031b;\u01b0u\u031b;\u01cdA\u030c;\u01cea\u030c;\u01cfI\u030c;"
    u"\u01d0i\u030c;\u01d1O\u030c;\u01d2o\u030c;\u01d3U\u030c;\u01d4u\u030c;\u01d5U\u0308\u0304;"
    u"\u01d6u\u0308\u0304;\u01d7U\u0308\u0301;\u01d8u\u0308\u0301;\u01d9U\u0308\u030c;\u01dau\u0308\u030c;"
    u"\u01dbU\u0308\u0300;\u01dcu\u0308\u0300;\u01deA\u0308\u0304;\u01dfa\u0308\u0304;\u01e0A\u0307\u0304;"
    u"\u01e1a\u0307\u0304;\u01e2\u00c6\u0304;\u01e3\u00e6\u0304;\u01e6G\u030c;\u01e7g\u030c;\u01e8K\u030c;"
    u"\u01e9k\u030c;\u01eaO\u0328;\u01ebo\u0328;\u01ecO\u0328\u0304;\u01edo\u0328\u0304;"
    u"\u01ee\u01b7\u030c;\u01ef\u0292\u030c;\u01f0j\u030c;\u01f4G\u0301;\u01f5g\u0301;\u01f8N\u0300;"
    u"\u01f9n\u0300;\u01faA\u030a\u0301;\u01fba\u030a\u0301;\u01fc\u00c6\u0301;\u01fd\u00e6\u0301;"
    u"\u01fe\u00d8\u0301;\u01ff\u00f8\u0301;\u0200A\u030f;\u0201a\u030f;\u0202A\u0311;\u0203a\u0311;"
    u"\u0204E\u030f;\u0205e\u030f;\u0206E\u0311;\u0207e\u0311;\u0208I\u030f;\u0209i\u030f;\u020aI\u0311;"
    u"\u020bi\u0311;\u020cO\u030f;\u020do\u030f;\u020eO\u0311;\u020fo\u0311;\u0210R\u030f;\u0211r\u030f;"
    u"\u0212R\u0311;\u0213r\u0311;\u0214U\u030f;\u0215u\u030f;\u0216U\u0311;\u0217u\u0311;\u0218S\u0326;"
    u"\u0219s\u0326;\u021aT\u0326;\u021bt\u0326;\u021eH\u030c;\u021fh\u030c;\u0226A\u0307;\u0227a\u0307;"
    u"\u0228E\u0327;\u0229e\u0327;\u022aO\u0308\u0304;\u022bo\u0308\u0304;\u022cO\u0303\u0304;"
    u"\u022do\u0303\u0304;\u022eO\u0307;\u022fo\u0307;\u0230O\u0307\u0304;\u0231o\u0307\u0304;"
    u"\u0232Y\u0304;\u0233y\u0304;\u0386\u0391\u0301;\u0387\u00b7;\u0388\u0395\u0301;\u0389\u0397\u0301;"
    u"\u038a\u0399\u0301;\u038c\u039f\u0301;\u038e\u03a5\u0301;\u038f\u03a9\u0301;"
    u"\u0390\u03b9\u0308\u0301;\u03aa\u0399\u0308;\u03ab\u03a5\u0308;\u03ac\u03b1\u0301;"
    u"\u03ad\u03b5\u0301;\u03ae\u03b7\u0301;\u03af\u03b9\u0301;\u03b0\u03c5\u0308\u0301;"
    u"\u03ca\u03b9\u0308;\u03cb\u03c5\u0308;\u03cc\u03bf\u0301;\u03cd\u03c5\u0301;\u03ce\u03c9\u0301;"
    u"\u0400\u0415\u0300;\u0401\u0415\u0308;\u0403\u0413\u0301;\u0407\u0406\u0308;\u040c\u041a\u0301;"
    u"\u040d\u0418\u0300;\u040e\u0423\u0306;\u0419\u0418\u0306;\u0439\u0438\u0306;\u0450\u0435\u0300;"
    u"\u0451\u0435\u0308;\u0453\u0433\u0301;\u0457\u0456\u0308;\u045c\u043a\u0301;\u045d\u0438\u0300;"
    u"\u045e\u0443\u0306;\u04c1\u0416\u0306;\u04c2\u0436\u0306;\u04d0\u0410\u0306;\u04d1\u0430\u0306;"
    u"\u04d2\u0410\u0308;\u04d3\u0430\u0308;\u04d6\u0415\u0306;\u04d7\u0435\u0306;\u04da\u04d8\u0308;"
    u"\u04db\u04d9\u0308;\u04dc\u0416\u0308;\u04dd\u0436\u0308;\u04de\u0417\u0308;\u04df\u0437\u0308;"
    u"\u04e2\u0418\u0304;\u04e3\u0438\u0304;\u04e4\u0418\u0308;\u04e5\u0438\u0308;\u04e6\u041e\u0308;"
    u"\u04e7\u043e\u0308;\u04ea\u04e8\u0308;\u04eb\u04e9\u0308;\u04ec\u042d\u0308;\u04ed\u044d\u0308;"
    u"\u04ee\u0423\u0304;\u04ef\u0443\u0304;\u04f0\u0423\u0308;\u04f1\u0443\u0308;\u04f2\u0423\u030b;"
    u"\u04f3\u0443\u030b;\u04f4\u0427\u0308;\u04f5\u0447\u0308;\u04f8\u042b\u0308;\u04f9\u044b\u0308;"
    u"\u1e00A\u0325;\u1e01a\u0325;\u1e02B\u0307;\u1e03b\u0307;\u1e04B\u0323;\u1e05b\u0323;\u1e06B\u0331;"
    u"\u1e07b\u0331;\u1e08C\u0327\u0301;\u1e09c\u0327\u0301;\u1e0aD\u0307;\u1e0bd\u0307;\u1e0cD\u0323;"
    u"\u1e0dd\u0323;\u1e0eD\u0331;\u1e0fd\u0331;\u1e10D\u0327;\u1e11d\u0327;\u1e12D\u032d;\u1e13d\u032d;"
    u"\u1e14E\u0304\u0300;\u1e15e\u0304\u0300;\u1e16E\u0304\u0301;\u1e17e\u0304\u0301;\u1e18E\u032d;"
    u"\u1e19e\u032d;\u1e1aE\u0330;\u1e1be\u0330;\u1e1cE\u0327\u0306;\u1e1de\u0327\u0306;\u1e1eF\u0307;"
    u"\u1e1ff\u0307;\u1e20G\u0304;\u1e21g\u0304;\u1e22H\u0307;\u1e23h\u0307;\u1e24H\u0323;\u1e25h\u0323;"
    u"\u1e26H\u0308;\u1e27h\u0308;\u1e28H\u0327;\u1e29h\u0327;\u1e2aH\u032e;\u1e2bh\u032e;\u1e2cI\u0330;"
    u"\u1e2di\u0330;\u1e2eI\u0308\u0301;\u1e2fi\u0308\u0301;\u1e30K\u0301;\u1e31k\u0301;\u1e32K\u0323;"
    u"\u1e33k\u0323;\u1e34K\u0331;\u1e35k\u0331;\u1e36L\u0323;\u1e37l\u0323;\u1e38L\u0323\u0304;"
    u"\u1e39l\u0323\u0304;\u1e3aL\u0331;\u1e3bl\u0331;\u1e3cL\u032d;\u1e3dl\u032d;\u1e3eM\u0301;"
    u"\u1e3fm\u0301;\u1e40M\u0307;\u1e41m\u0307;\u1e42M\u0323;\u1e43m\u0323;\u1e44N\u0307;\u1e45n\u0307;"
    u"\u1e46N\u0323;\u1e47n\u0323;\u1e48N\u0331;\u1e49n\u0331;\u1e4aN\u032d;\u1e4bn\u032d;"
    u"\u1e4cO\u0303\u0301;\u1e4do\u0303\u0301;\u1e4eO\u0303\u0308;\u1e4fo\u0303\u0308;\u1e50O\u0304\u0300;"
    u"\u1e51o\u0304\u0300;\u1e52O\u0304\u0301;\u1e53o\u0304\u0301;\u1e54P\u0301;\u1e55p\u0301;"
    u"\u1e56P\u0307;\u1e57p\u0307;\u1e58R\u0307;\u1e59r\u0307;\u1e5aR\u0323;\u1e5br\u0323;"
    u"\u1e5cR\u0323\u0304;\u1e5dr\u0323\u0304;\u1e5eR\u0331;\u1e5fr\u0331;\u1e60S\u0307;\u1e61s\u0307;"
    u"\u1e62S\u0323;\u1e63s\u0323;\u1e64S\u0301\u0307;\u1e65s\u0301\u0307;\u1e66S\u030c\u0307;"
    u"\u1e67s\u030c\u0307;\u1e68S\u0323\u0307;\u1e69s\u0323\u0307;\u1e6aT\u0307;\u1e6bt\u0307;"
    u"\u1e6cT\u0323;\u1e6dt\u0323;\u1e6eT\u0331;\u1e6ft\u0331;\u1e70T\u032d;\u1e71t\u032d;\u1e72U\u0324;"
    u"\u1e73u\u0324;\u1e74U\u0330;\u1e75u\u0330;\u1e76U\u032d;\u1e77u\u032d;\u1e78U\u0303\u0301;"
    u"\u1e79u\u0303\u0301;\u1e7aU\u0304\u0308;\u1e7bu\u0304\u0308;\u1e7cV\u0303;\u1e7dv\u0303;"
    u"\u1e7eV\u0323;\u1e7fv\u0323;\u1e80W\u0300;\u1e81w\u0300;\u1e82W\u0301;\u1e83w\u0301;\u1e84W\u0308;"
    u"\u1e85w\u0308;\u1e86W\u0307;\u1e87w\u0307;\u1e88W\u0323;\u1e89w\u0323;\u1e8aX\u0307;\u1e8bx\u0307;"
    u"\u1e8cX\u0308;\u1e8dx\u0308;\u1e8eY\u0307;\u1e8fy\u0307;\u1e90Z\u0302;\u1e91z\u0302;\u1e92Z\u0323;"
    u"\u1e93z\u0323;\u1e94Z\u0331;\u1e95z\u0331;\u1e96h\u0331;\u1e97t\u0308;\u1e98w\u030a;\u1e99y\u030a;"
    u"\u1e9b\u017f\u0307;\u1ea0A\u0323;\u1ea1a\u0323;\u1ea2A\u0309;\u1ea3a\u0309;\u1ea4A\u0302\u0301;"
    u"\u1ea5a\u0302\u0301;\u1ea6A\u0302\u0300;\u1ea7a\u0302\u0300;\u1ea8A\u0302\u0309;\u1ea9a\u0302\u0309;"
    u"\u1eaaA\u0302\u0303;\u1eaba\u0302\u0303;\u1eacA\u0323\u0302;\u1eada\u0323\u0302;\u1eaeA\u0306\u0301;"
    u"\u1eafa\u0306\u0301;\u1eb0A\u0306\u0300;\u1eb1a\u0306\u0300;\u1eb2A\u0306\u0309;\u1eb3a\u0306\u0309;"
    u"\u1eb4A\u0306\u0303;\u1eb5a\u0306\u0303;\u1eb6A\u0323\u0306;\u1eb7a\u0323\u0306;\u1eb8E\u0323;"
    u"\u1eb9e\u0323;\u1ebaE\u0309;\u1ebbe\u0309;\u1ebcE\u0303;\u1ebde\u0303;\u1ebeE\u0302\u0301;"
    u"\u1ebfe\u0302\u0301;\u1ec0E\u0302\u0300;\u1ec1e\u0302\u0300;\u1ec2E\u0302\u0309;\u1ec3e\u0302\u0309;"
    u"\u1ec4E\u0302\u0303;\u1ec5e\u0302\u0303;\u1ec6E\u0323\u0302;\u1ec7e\u0323\u0302;\u1ec8I\u0309;"
    u"\u1ec9i\u0309;\u1ecaI\u0323;\u1ecbi\u0323;\u1eccO\u0323;\u1ecdo\u0323;\u1eceO\u0309;\u1ecfo\u0309;"
    u"\u1ed0O\u0302\u0301;\u1ed1o\u0302\u0301;\u1ed2O\u0302\u0300;\u1ed3o\u0302\u0300;\u1ed4O\u0302\u0309;"
    u"\u1ed5o\u0302\u0309;\u1ed6O\u0302\u0303;\u1ed7o\u0302\u0303;\u1ed8O\u0323\u0302;\u1ed9o\u0323\u0302;"
    u"\u1edaO\u031b\u0301;\u1edbo\u031b\u0301;\u1edcO\u031b\u0300;\u1eddo\u031b\u0300;\u1edeO\u031b\u0309;"
    u"\u1edfo\u031b\u0309;\u1ee0O\u031b\u0303;\u1ee1o\u031b\u0303;\u1ee2O\u031b\u0323;\u1ee3o\u031b\u0323;"
    u"\u1ee4U\u0323;\u1ee5u\u0323;\u1ee6U\u0309;\u1ee7u\u0309;\u1ee8U\u031b\u0301;\u1ee9u\u031b\u0301;"
    u"\u1eeaU\u031b\u0300;\u1eebu\u031b\u0300;\u1eecU\u031b\u0309;\u1eedu\u031b\u0309;\u1eeeU\u031b\u0303;"
    u"\u1eefu\u031b\u0303;\u1ef0U\u031b\u0323;\u1ef1u\u031b\u0323;\u1ef2Y\u0300;\u1ef3y\u0300;"
    u"\u1ef4Y\u0323;\u1ef5y\u0323;\u1ef6Y\u0309;\u1ef7y\u0309;\u1ef8Y\u0303;\u1ef9y\u0303;";

constexpr std::size_t first_with_case = 0xC0;

bool is_combining(char32_t letter) {
  return (letter >= 0x0300 && letter <= 0x036F) || (letter >= 0x1AB0 && letter <= 0x1AFF) ||
         (letter >= 0x1DC0 && letter <= 0x1DFF) || (letter >= 0x20D0 && letter <= 0x20FF);
}

/// What a letter is made of, by the letter.
using Parts = std::unordered_map<char32_t, std::u32string>;

Parts parts_of_letters() {
  Parts parts;
  char32_t letter = 0;
  for (const char16_t c : decompositions) {
    if (c == u';') {
      letter = 0;
    } else if (letter == 0) {
      letter = c;
    } else {
      parts[letter] += static_cast<char32_t>(c);
    }
  }
  return parts;
}

/// Lower case of letters that have no marks: Latin, Greek, Cyrillic, Armenian.
char32_t lower_case(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (within(U'A', U'Z')) return c + 0x20;
  if (c < first_with_case) return c;
  if (within(0xC0, 0xDE) && c != 0xD7) return c + 0x20;
  if (c == 0x178) return 0xFF;
  if (within(0x139, 0x148) || within(0x179, 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (within(0x100, 0x137) || within(0x14A, 0x177) || within(0x1E00, 0x1EFF)) return c % 2 == 0 ? c + 1 : c;
  if (within(0x391, 0x3A9)) return c + 0x20;
  if (c == 0x3C2) return 0x3C3;
  if (within(0x410, 0x42F)) return c + 0x20;
  if (within(0x400, 0x40F)) return c + 0x50;
  if (within(0x531, 0x556)) return c + 0x30;
  return c;
}

/// Look-alikes for which programs exchange the plain character: wide letters, typographic quotes and hyphens.
char32_t plain(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x2032 || c == 0xB4) return U'\'';
  if (c >= 0x2010 && c <= 0x2015) return U'-';
  if (c == 0x2212) return U'-';
  return c;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// Marks by which tables point to a note: `*`, `.`, daggers, raised digits.
bool is_note_mark(char32_t c) {
  constexpr std::array<char32_t, 14> marks{U'*',   U'.', U',', U':', U';', U'\'', 0x2020,
                                           0x2021, 0xA7, 0xB9, 0xB2, 0xB3, 0xB6,  0x2217};
  return std::find(marks.begin(), marks.end(), c) != marks.end() || (c >= 0x2070 && c <= 0x2079);
}

/// The length without a footnote in brackets at the end, `(1)` or `[a]`; as it is if there is none.
std::size_t without_footnote(const std::u32string& text) {
  if (text.size() < 4 || (text.back() != U')' && text.back() != U']')) return text.size();
  const std::size_t open = text.find_last_of(U"([");
  if (open == std::u32string::npos || open == 0) return text.size();
  const std::size_t length = text.size() - open - 2;
  const bool digits =
      std::all_of(text.begin() + static_cast<std::ptrdiff_t>(open) + 1, text.end() - 1, is_digit);
  const bool one_letter = length == 1 && text[open + 1] >= U'a' && text[open + 1] <= U'z';
  return length > 0 && length <= 3 && (digits || one_letter) ? open : text.size();
}

/// Marks on one letter in the order of their numbers, whatever the order in which they were written.
void sort_marks(std::u32string& text) {
  for (auto first = text.begin(); first != text.end();) {
    const auto last = std::find_if_not(first, text.end(), is_combining);
    std::sort(first, last);
    first = last == text.end() ? last : last + 1;
  }
}

/// Letters of lower case that look like Latin ones, some in their upper case only, each behind its Latin one.
constexpr std::u32string_view look_alikes =
    U"a\u0430a\u03b1b\u0432b\u03b2c\u0441e\u0435e\u03b5h\u043dh\u03b7i\u0456i\u03b9i\u04cfj\u0458k\u043ak"
    U"\u03bam\u043c"
    U"m\u03bcn\u03bdo\u043eo\u03bfp\u0440p\u03c1q\u051bs\u0455t\u0442t\u03c4w\u051dx\u0445x\u03c7y\u0443y"
    U"\u04afy\u03c5z\u03b6";

/// The Latin letter that one looks like; itself if there is none.
char32_t latin_look(char32_t letter) {
  for (std::size_t i = 1; i < look_alikes.size(); i += 2) {
    if (look_alikes[i] == letter) return look_alikes[i - 1];
  }
  return letter;
}

/// Marks that some write between the parts of a code and others leave out.
bool is_mark_between(char32_t c) {
  constexpr std::u32string_view marks = U"-_.,;:/\\'\u00b7";
  return marks.find(c) != std::u32string_view::npos;
}

}  // namespace

std::u32string without_notes(std::u32string form) {
  for (std::size_t before = 0; before != form.size();) {
    before = form.size();
    form.resize(without_footnote(form));
    while (form.size() > 1 && is_note_mark(form.back())) form.pop_back();
  }
  return form;
}

std::u32string label_form(std::string_view label) {
  static const Parts parts = parts_of_letters();
  std::u32string form;
  while (!label.empty()) {
    const FirstLetter first = first_letter(label);
    label.remove_prefix(first.bytes);
    if (!first.valid || is_blank_or_invisible(first.letter)) continue;
    const char32_t letter = plain(first.letter);
    const auto made_of = parts.find(letter);
    for (const char32_t part : made_of == parts.end() ? std::u32string(1, letter) : made_of->second) {
      form += lower_case(part);
    }
  }
  sort_marks(form);
  return form;
}

std::u32string look_of(const std::u32string& form) {
  std::u32string look;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool between = i > 0 && i + 1 < form.size() && is_mark_between(form[i]);
    if (between && !(is_digit(form[i - 1]) && is_digit(form[i + 1]))) continue;
    look += latin_look(form[i]);
  }
  return look;
}

char32_t first_look_alike(const std::u32string& form) {
  const auto found =
      std::find_if(form.begin(), form.end(), [](char32_t letter) { return latin_look(letter) != letter; });
  return found == form.end() ? 0 : *found;
}

}  // namespace sojourn
