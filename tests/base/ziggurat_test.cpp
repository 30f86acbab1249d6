#include "sim/base/ziggurat.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace ziggurat_test {

using namespace sojourn;

namespace {

/// The right edge of a layer.
long double edge(std::size_t layer) {
  return layer == ziggurat::layers ? 0 : static_cast<long double>(ziggurat::table[layer].interval) * 0x1p52L;
}

const long double area = (ziggurat::tail + 1.0L) * std::exp(-static_cast<long double>(ziggurat::tail));

}  // namespace

TEST_CASE("all layers have the same area") {
  // Layer 0: the rectangle of its area, and what it stands for.
  CHECK(static_cast<double>(edge(0) * ziggurat::heights[1] / area) == doctest::Approx(1).epsilon(1e-15));
  CHECK(static_cast<double>(edge(1)) == ziggurat::tail);
  for (std::size_t i = 1; i < ziggurat::layers; ++i) {
    CAPTURE(i);
    const long double height = std::exp(-edge(i + 1)) - std::exp(-edge(i));
    // Heights of almost 1 differ by as much as the roundings of an edge make of it.
    CHECK(static_cast<double>(edge(i) * height / area) == doctest::Approx(1).epsilon(1e-13));
    const double stored = ziggurat::heights[i + 1] - ziggurat::heights[i];
    CHECK(static_cast<double>(edge(i) * stored / area) == doctest::Approx(1).epsilon(1e-13));
  }
}

TEST_CASE("the layers together cover little more than the area below the curve") {
  // The rest is drawn and thrown away: the corners beyond the curve.
  const auto share = static_cast<double>(1 / (ziggurat::layers * area));
  CHECK(share > 0.98);
  CHECK(share < 1);
}

TEST_CASE("heights are those of the edges, and rise to 1") {
  for (std::size_t i = 1; i < ziggurat::layers; ++i) {
    CAPTURE(i);
    const auto exact = static_cast<double>(std::exp(-edge(i)));
    CHECK(ziggurat::heights[i] == doctest::Approx(exact).epsilon(1e-14));
    CHECK(ziggurat::heights[i] < ziggurat::heights[i + 1]);
  }
  CHECK(ziggurat::heights[ziggurat::layers] == 1);
}

TEST_CASE("positions that count as inside end where the layer above ends, and none is beyond") {
  double inside = 0;
  for (std::size_t i = 0; i < ziggurat::layers; ++i) {
    CAPTURE(i);
    const ziggurat::Layer& layer = ziggurat::table[i];
    CHECK(layer.inside < std::uint64_t{1} << 52);
    const long double end = static_cast<long double>(layer.inside) * layer.interval;
    // Both edges are rounded, each by half an interval at most.
    CHECK(end <= edge(i + 1) + layer.interval);
    CHECK(end > edge(i + 1) - 2 * layer.interval);
    inside += static_cast<double>(layer.inside) * 0x1p-52 / ziggurat::layers;
  }
  CHECK(inside == doctest::Approx(1 - 1.0 / 45).epsilon(1e-3));
}

TEST_CASE("the least number is positive") {
  for (const ziggurat::Layer& layer : ziggurat::table) CHECK(0.5 * layer.interval > 1e-18);
}

}  // namespace ziggurat_test
