#pragma once

namespace sojourn::math {

/// Elementary functions whose results are the same bits on every x86-64 processor. The C library picks
/// another variant of exp, log or sin where the processor has FMA, and the variants differ in the last bit;
/// these use only +, -, *, / and sqrt, which IEEE 754 defines exactly, and are compiled without contraction.
/// Errors stay below 2 units in the last place unless said otherwise; those of exp, log and log1p below 0.55.

[[nodiscard]] double exp(double x);
/// exp(x) - 1 without cancellation, within 1.1 units in the last place.
[[nodiscard]] double expm1(double x);
/// log(x); -inf at 0 and NaN below.
[[nodiscard]] double log(double x);
/// log(1 + x) without cancellation.
[[nodiscard]] double log1p(double x);
/// x to the power y. Of any x where y is a whole number: exact where the result is a double, else within one
/// unit in the last place (for |y| below 2^40). For another y as exp(y log x): a relative error of up to
/// 3e-16 (1 + |y log x|), and NaN below 0.
[[nodiscard]] double pow(double x, double y);
[[nodiscard]] double sin_degrees(double degrees);
[[nodiscard]] double cos_degrees(double degrees);
/// The angle in [0, pi/2] whose tangent is y / x, for finite y, x >= 0 and not both 0; radians, within 4
/// units in the last place.
[[nodiscard]] double atan2_first_quadrant(double y, double x);

}  // namespace sojourn::math
