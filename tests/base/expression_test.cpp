#include "sim/base/expression.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "sim/base/math.hpp"

namespace expression_test {

using namespace sojourn;

namespace {

double value(const std::string& text, const std::vector<std::string>& names = {},
             const std::vector<double>& values = {}) {
  return Expression(text, names).value(values);
}

/// What is told of a text that is no expression; "" if it is one.
std::string told(const std::string& text, const std::vector<std::string>& names = {}) {
  try {
    (void)Expression(text, names);
  } catch (const ExpressionError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("operators bind as one writes them") {
  CHECK(value("1 + 2 * 3") == 7);
  CHECK(value("(1 + 2) * 3") == 9);
  CHECK(value("7 - 4 - 2") == 1);
  CHECK(value("8 / 4 / 2") == 1);
  CHECK(value("2 ^ 3 ^ 2") == 512);
  CHECK(value("-2 ^ 2") == -4);
  CHECK(value("(-2) ^ 3") == -8);
  CHECK(value("x ^ 2 == 9 && x ^ -1 < 0", {"x"}, {-3}) == 1);
  CHECK(value("2 * -3") == -6);
  CHECK(value("4 ^ -0.5") == doctest::Approx(0.5));
  CHECK(value("1e3 + 1.5e-1") == 1000.15);
  CHECK(value("1 < 2 && 3 >= 3") == 1);
  CHECK(value("1 > 2 || 2 != 2") == 0);
  CHECK(value("1 <= 0 ? 5 : 6") == 6);
  CHECK(value("2 == 2 ? 5 : 6") == 5);
  CHECK(value("x < 0 ? 0 : x", {"x"}, {4}) == 4);
}

TEST_CASE("functions are those of math, to the last bit") {
  CHECK(value("exp(x)", {"x"}, {1.7}) == math::exp(1.7));
  CHECK(value("log(x)", {"x"}, {1.7}) == math::log(1.7));
  CHECK(value("log1p(x)", {"x"}, {1.7}) == math::log1p(1.7));
  CHECK(value("x ^ y", {"x", "y"}, {1.7, 2.3}) == math::pow(1.7, 2.3));
  CHECK(value("x ^ 2", {"x"}, {1.7}) == math::pow(1.7, 2));
  CHECK(value("sqrt(abs(-9))") == 3);
  CHECK(value("min(3, 1, 2) + max(3, 1, 2) * 10") == 31);
  CHECK(value("sum(1, 2, 3) + avg(1, 2, 3)") == 8);
}

TEST_CASE("variables are read in their order, again and again") {
  Expression rent("500 * (people / homes) ^ 0.5", {"people", "homes"});
  CHECK(rent.value(std::vector<double>{400.0, 100.0}) == doctest::Approx(1000));
  CHECK(rent.value(std::vector<double>{100.0, 400.0}) == doctest::Approx(250));
  Expression moved = std::move(rent);
  CHECK(moved.value(std::vector<double>{900.0, 100.0}) == doctest::Approx(1500));
}

TEST_CASE("what has no value is no number, and not an error") {
  CHECK(std::isinf(value("1 / x", {"x"}, {0})));
  CHECK(std::isnan(value("0 / x", {"x"}, {0})));
  CHECK(std::isnan(value("sqrt(x)", {"x"}, {-1})));
  CHECK(std::isnan(value("max(0.01, sqrt(x))", {"x"}, {-1})));
  CHECK(std::isnan(value("min(sqrt(x), 3)", {"x"}, {-1})));
}

TEST_CASE("what inside has no value is told") {
  const auto fault = [](const std::string& text, double x = 0) {
    return Expression(text, {"x"}).fault(std::vector<double>{x});
  };
  CHECK(fault("1 + x / 2").empty());
  CHECK(fault("x ^ 0.6", -3) == "a negative number to the power 0.6");
  CHECK(fault("2 * (x - 1) ^ (1 / 3) + 4") == "a negative number to the power 0.333333");
  CHECK(fault("(0 - x) ^ 2.0000000001", 3) == "a negative number to the power 2.0000000001");
  CHECK(fault("x ^ -2") == "0 to the power -2");
  CHECK(fault("x ^ 400", 10) == "a number to the power 400, which is too large");
  CHECK(fault("0 / x") == "0 divided by 0");
  CHECK(fault("-x / x") == "0 divided by 0");
  CHECK(fault("5 / x - 7") == "5 divided by 0");
  CHECK(fault("1e300 / x", 1e-300) == "a number divided by 1e-300, which is too large");
  CHECK(fault("log(x)") == "the logarithm of 0");
  CHECK(fault("-log(x) * 2", -3) == "the logarithm of -3");
  CHECK(fault("log1p(x)", -1) == "log1p of -1");
  CHECK(fault("max(0.01, sqrt(x))", -4) == "the square root of -4");
  CHECK(fault("exp(x)", 1000) == "exp of 1000, which is too large");
  CHECK(fault("x * x", 1e200) == "a product that is too large");
  CHECK(fault("x + x", 1e308) == "a sum that is too large");
  CHECK(fault("-x - x", 1e308) == "a difference that is too large");
  CHECK(fault("sum(x, x, 1)", 1e308) == "a sum that is too large");
  CHECK(fault("avg(1, log(x), sqrt(x - 1))") == "the logarithm of 0");
  CHECK(fault("x > 1 ? 2 : sqrt(x)", -1) == "the square root of -1");
  CHECK(fault("x", std::nan("")) == "'x' is no finite number");
}

TEST_CASE("names are found") {
  CHECK(names_in_expression("people / homes + log(people) * 2") ==
        std::vector<std::string>{"homes", "people"});
  CHECK(names_in_expression("1 + 2").empty());
  CHECK_THROWS_AS((void)names_in_expression("people / / 2"), ExpressionError);
  CHECK(is_variable_name("gdp_2010"));
  CHECK(is_variable_name("_x"));
  CHECK_FALSE(is_variable_name("2x"));
  CHECK_FALSE(is_variable_name("gdp-per-head"));
  CHECK_FALSE(is_variable_name(""));
}

TEST_CASE("what is no expression is told, and where") {
  CHECK(told("1 + 2").empty());
  CHECK_FALSE(told("").empty());
  CHECK_FALSE(told("1 +").empty());
  CHECK_FALSE(told("(1 + 2").empty());
  CHECK_FALSE(told("1 2").empty());
  CHECK_FALSE(told("people").empty());
  CHECK_FALSE(told("sin(1)").empty());  // not among the functions
  CHECK_FALSE(told("1, 2").empty());
  CHECK_FALSE(told("x = 3", {"x"}).empty());  // nothing is assigned
  CHECK_FALSE(told("min()").empty());
  try {
    (void)Expression("1 + homes", {"people"});
    FAIL("an unknown name");
  } catch (const ExpressionError& error) {
    CHECK(std::string(error.what()).find("homes") != std::string::npos);
    CHECK(error.column() >= 5);
  }
}

}  // namespace expression_test
