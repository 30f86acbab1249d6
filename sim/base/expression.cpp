#include "sim/base/expression.hpp"

#include <fmt/format.h>
#include <muParser.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

#include "sim/base/expression_fault.hpp"
#include "sim/base/math.hpp"

namespace sojourn {

namespace {

double truth(bool condition) { return condition ? 1.0 : 0.0; }

using Of1 = double (*)(double);
using Of2 = double (*)(double, double);
using OfMany = double (*)(const double*, int);

/// An operation whose result, where it is not finite, is the number that `why` gives, and which passes on any
/// such number that it gets.
template <Of1 operation, Of1 why>
double telling(double x) {
  if (std::isnan(x)) return x;
  const double result = operation(x);
  return std::isfinite(result) ? result : why(x);
}

template <Of2 operation, Of2 why>
double telling(double a, double b) {
  if (std::isnan(a)) return a;
  if (std::isnan(b)) return b;
  const double result = operation(a, b);
  return std::isfinite(result) ? result : why(a, b);
}

template <OfMany operation, ExpressionFault fault>
double telling(const double* values, int count) {
  const double* none = std::find_if(values, values + count, [](double value) { return std::isnan(value); });
  if (none != values + count) return *none;
  const double result = operation(values, count);
  return std::isfinite(result) ? result : fault_as_number(fault, 0);
}

double why_quotient(double a, double b) {
  return b == 0 ? fault_as_number(ExpressionFault::quotient_by_zero, a)
                : fault_as_number(ExpressionFault::quotient, b);
}

double why_power(double a, double b) {
  if (a == 0) return fault_as_number(ExpressionFault::power_of_zero, b);
  const bool has_none = a < 0 && std::floor(b) != b;
  return fault_as_number(has_none ? ExpressionFault::power_of_negative : ExpressionFault::power, b);
}

template <ExpressionFault fault>
double why(double x) {
  return fault_as_number(fault, x);
}

template <ExpressionFault fault>
double why(double /*a*/, double /*b*/) {
  return fault_as_number(fault, 0);
}

double add(double a, double b) { return a + b; }
double subtract(double a, double b) { return a - b; }
double multiply(double a, double b) { return a * b; }
double divide(double a, double b) { return a / b; }
double square_root(double x) { return std::sqrt(x); }

/// Everything that the parser would take from the C library, from `math` instead: `^` too, which is why all
/// operators are given here.
void define_operators(mu::Parser& parser, bool tells) {
  parser.EnableBuiltInOprt(false);
  const auto define = [&](const char* name, Of2 function, unsigned priority,
                          mu::EOprtAssociativity side = mu::oaLEFT) {
    parser.DefineOprt(name, function, priority, side);
  };
  define(
      "||", [](double a, double b) { return truth(a != 0 || b != 0); }, mu::prLOR);
  define(
      "&&", [](double a, double b) { return truth(a != 0 && b != 0); }, mu::prLAND);
  define(
      "<=", [](double a, double b) { return truth(a <= b); }, mu::prCMP);
  define(
      ">=", [](double a, double b) { return truth(a >= b); }, mu::prCMP);
  define(
      "!=", [](double a, double b) { return truth(a != b); }, mu::prCMP);
  define(
      "==", [](double a, double b) { return truth(a == b); }, mu::prCMP);
  define(
      "<", [](double a, double b) { return truth(a < b); }, mu::prCMP);
  define(
      ">", [](double a, double b) { return truth(a > b); }, mu::prCMP);
  define("+", tells ? Of2(telling<add, why<ExpressionFault::sum>>) : add, mu::prADD_SUB);
  define("-", tells ? Of2(telling<subtract, why<ExpressionFault::difference>>) : subtract, mu::prADD_SUB);
  define("*", tells ? Of2(telling<multiply, why<ExpressionFault::product>>) : multiply, mu::prMUL_DIV);
  define("/", tells ? Of2(telling<divide, why_quotient>) : divide, mu::prMUL_DIV);
  define("^", tells ? Of2(telling<math::pow, why_power>) : math::pow, mu::prPOW, mu::oaRIGHT);
}

/// The best of some numbers; none if one of them is no number, which must not be hidden.
template <class Better>
double best(const double* values, int count, Better better) {
  double result = values[0];
  for (int i = 0; i < count; ++i) {
    if (std::isnan(values[i])) return values[i];
    if (better(values[i], result)) result = values[i];
  }
  return result;
}

double sum(const double* values, int count) {
  double result = 0;
  for (int i = 0; i < count; ++i) result += values[i];
  return result;
}

double average(const double* values, int count) { return sum(values, count) / count; }

void define_functions(mu::Parser& parser, bool tells) {
  parser.ClearFun();
  parser.ClearConst();
  const auto define = [&](const char* name, Of1 function, Of1 telling) {
    parser.DefineFun(name, tells ? telling : function, true);
  };
  define("exp", math::exp, telling<math::exp, why<ExpressionFault::exponential>>);
  define("log", math::log, telling<math::log, why<ExpressionFault::logarithm>>);
  define("log1p", math::log1p, telling<math::log1p, why<ExpressionFault::log1p>>);
  define("sqrt", square_root, telling<square_root, why<ExpressionFault::square_root>>);
  parser.DefineFun("abs", Of1([](double x) { return std::abs(x); }), true);
  const auto of_many = [&](const char* name, OfMany function) { parser.DefineFun(name, function, true); };
  of_many("min", [](const double* values, int count) { return best(values, count, std::less<>()); });
  of_many("max", [](const double* values, int count) { return best(values, count, std::greater<>()); });
  of_many("sum", tells ? OfMany(telling<sum, ExpressionFault::sum>) : sum);
  of_many("avg", tells ? OfMany(telling<average, ExpressionFault::sum>) : average);
}

/// `tells`: what has no finite value becomes a number that remembers why (`fault_in_number`).
void prepare(mu::Parser& parser, const std::string& text, bool tells = false) {
  define_operators(parser, tells);
  define_functions(parser, tells);
  parser.SetExpr(text);
}

/// Places are bytes from 0; -1 where there is none.
[[noreturn]] void say(const mu::Parser::exception_type& error) {
  const int position = error.GetPos();
  throw ExpressionError(error.GetMsg(), position < 0 ? 0 : static_cast<std::size_t>(position) + 1);
}

}  // namespace

struct Expression::Compiled {
  mu::Parser parser;
  std::string text;
  std::vector<std::string> names;
  std::vector<double> variables;
};

std::vector<std::string> names_in_expression(const std::string& text) {
  try {
    mu::Parser parser;
    prepare(parser, text);
    std::vector<std::string> names;
    for (const auto& [name, value] : parser.GetUsedVar()) names.push_back(name);
    return names;
  } catch (const mu::Parser::exception_type& error) {
    say(error);
  }
}

Expression::Expression(const std::string& text, const std::vector<std::string>& variables)
    : compiled_(std::make_unique<Compiled>()) {
  compiled_->text = text;
  compiled_->names = variables;
  try {
    prepare(compiled_->parser, text);
    compiled_->variables.resize(variables.size());
    for (std::size_t i = 0; i < variables.size(); ++i) {
      compiled_->parser.DefineVar(variables[i], &compiled_->variables[i]);
    }
    // It is parsed at its first use: any mistake shall show now.
    if (compiled_->parser.GetNumResults() == 0) (void)compiled_->parser.Eval();
    int results = 0;
    (void)compiled_->parser.Eval(results);
    if (results != 1) throw ExpressionError("there is a comma outside of a function", 0);
  } catch (const mu::Parser::exception_type& error) {
    say(error);
  }
}

Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

double Expression::value(std::span<const double> variables) {
  std::copy(variables.begin(), variables.end(), compiled_->variables.begin());
  return compiled_->parser.Eval();
}

std::string Expression::fault(std::span<const double> variables) const {
  std::vector<double> values(variables.begin(), variables.end());
  mu::Parser parser;
  prepare(parser, compiled_->text, true);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) return fmt::format("'{}' is no finite number", compiled_->names[i]);
    parser.DefineVar(compiled_->names[i], &values[i]);
  }
  return fault_in_number(parser.Eval());
}

bool is_variable_name(const std::string& name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

}  // namespace sojourn
