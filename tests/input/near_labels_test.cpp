#include "sim/input/near_labels.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace near_labels_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

TEST_CASE("a label that only looks otherwise than a name finds it") {
  const NearLabels near(Names({"TUR", "AZE", "C\xC3\xB4te d'Ivoire", "Congo (1)"}));
  CHECK(near.find("Tur") == "TUR");
  CHECK(near.find("AZ E") == "AZE");
  CHECK(near.find("AZE*") == "AZE");
  CHECK(near.find("AZE\xC2\xA0") == "AZE");
  CHECK(near.find("co\xCC\x82te d\xE2\x80\x99ivoire") == "C\xC3\xB4te d'Ivoire");
  CHECK(near.find("Congo") == "Congo (1)");
  CHECK(near.find("TRU").empty());
  CHECK(near.find("Cote d'Ivoire").empty());
  CHECK(near.find("").empty());
}

TEST_CASE("where names differ in their notes, the notes are part of the names") {
  const NearLabels near(Names({"Area (1)", "Area (2)", "x"}));
  CHECK(near.find("Area (3)").empty());
  CHECK(near.find("Area").empty());
  CHECK(near.find("area(2)") == "Area (2)");
}

TEST_CASE("look-alike letters and marks within find a name, unless several names look so") {
  const NearLabels near(Names({"ABC", "Congo (1)", "DE-BY", "1.5", "PX", "P-X"}));
  CHECK(near.find("\u0410BC") == "ABC");
  CHECK(near.find("A-BC") == "ABC");
  CHECK(near.find("A-BC*") == "ABC");
  CHECK(near.find("DEBY") == "DE-BY");
  CHECK(near.find("15").empty());
  CHECK(near.find("\u0420X") == "");  // PX or P-X
  CHECK(near.find("px") == "PX");
}

}  // namespace near_labels_test
