#include "sim/model/measure.hpp"

#include "sim/base/math.hpp"

namespace sojourn {

double transformed(Transform transform, double x) {
  switch (transform) {
    case Transform::log:
      return math::log(x);
    case Transform::log1p:
      return math::log1p(x);
    case Transform::sqrt:
      return std::sqrt(x);
    case Transform::identity:
    case Transform::standardised:
      break;
  }
  return x;
}

Standard standard_of(std::span<const double> values) {
  double count = 0;
  double sum = 0;
  for (const double x : values) {
    sum += x;
    ++count;
  }
  Standard standard;
  standard.mean = sum / count;
  double squares = 0;
  for (const double x : values) squares += (x - standard.mean) * (x - standard.mean);
  standard.spread = std::sqrt(squares / count);
  return standard;
}

}  // namespace sojourn
