#include "sim/model/effective.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace effective_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Scenario scenario() {
  const Folder folder;
  Parts parts;
  parts.before_population = "factors: {wage: {values: {north: 3, south: 2, east: 1}}}";
  parts.after_streams =
      "policies:\n  rise: {from: 2010-02-01, until: 2010-04-01, change: [{what: factors.wage, add: 10, "
      "regions: [south]}]}\n"
      "  fast: {from: 2010-03-17, change: [{what: streams.work.hazard.rate, scale: 3, regions: [east]}, "
      "{what: factors.wage, scale: 2}]}\n"
      "variants: {rise: [rise], both: [rise, fast]}";
  return read(folder, parts.yaml());
}

}  // namespace

TEST_CASE("values under no policy are those of the scenario") {
  const Scenario s = scenario();
  Effective wage(s, FactorId(0), s.variants[0]);
  CHECK_FALSE(wage.has_changes());
  CHECK(wage.update(s.time.boundary(0), s.time.boundary(1)));
  CHECK_FALSE(wage.update(s.time.boundary(1), s.time.boundary(2)));
  CHECK(wage.at(1, 0) == 2);
  CHECK_FALSE(wage.is_changed());
}

TEST_CASE("changes act in their places, for the days they cover, in the order of the variant") {
  const Scenario s = scenario();
  Effective wage(s, FactorId(0), s.variants[2]);
  CHECK(wage.has_changes());
  const auto at_step = [&](std::size_t step) {
    wage.update(s.time.boundary(step), s.time.boundary(step + 1));
    return wage.values();
  };
  CHECK(at_step(0) == std::vector<double>{3, 2, 1});
  CHECK(at_step(1) == std::vector<double>{3, 12, 1});
  CHECK(wage.is_changed());
  const auto march = at_step(2);
  const double share = 15.0 / 31;
  CHECK(march[0] == doctest::Approx(3 * (1 + share)));
  CHECK(march[1] == doctest::Approx(12 * (1 + share)));
  CHECK(at_step(3) == std::vector<double>{6, 4, 2});
}

TEST_CASE("a parameter has places where a change narrows it") {
  const Scenario s = scenario();
  const ParameterId rate = s.streams[0].hazard.rate;
  Effective narrowed(s, rate, s.variants[2]);
  CHECK(narrowed.places() == FactorPlaces::region);
  narrowed.update(s.time.boundary(5), s.time.boundary(6));
  CHECK(narrowed.at(0, 0) == 0.01);
  CHECK(narrowed.at(2, 0) == doctest::Approx(0.03));
  Effective plain(s, rate, s.variants[1]);
  CHECK(plain.places() == FactorPlaces::everywhere);
  plain.update(s.time.boundary(5), s.time.boundary(6));
  CHECK(plain.values() == std::vector<double>{0.01});
}

}  // namespace effective_test
