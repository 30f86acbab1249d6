#include "sim/base/expression.hpp"

#include <muParser.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

#include "sim/base/math.hpp"

namespace sojourn {

namespace {

double truth(bool condition) { return condition ? 1.0 : 0.0; }

/// Everything that the parser would take from the C library, from `math` instead: `^` too, which is why all
/// operators are given here.
void define_operators(mu::Parser& parser) {
  parser.EnableBuiltInOprt(false);
  const auto define = [&](const char* name, double (*function)(double, double), unsigned priority,
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
  define(
      "+", [](double a, double b) { return a + b; }, mu::prADD_SUB);
  define(
      "-", [](double a, double b) { return a - b; }, mu::prADD_SUB);
  define(
      "*", [](double a, double b) { return a * b; }, mu::prMUL_DIV);
  define(
      "/", [](double a, double b) { return a / b; }, mu::prMUL_DIV);
  define(
      "^", [](double a, double b) { return math::pow(a, b); }, mu::prPOW, mu::oaRIGHT);
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

void define_functions(mu::Parser& parser) {
  parser.ClearFun();
  parser.ClearConst();
  const auto define = [&](const char* name, double (*function)(double)) {
    parser.DefineFun(name, function, true);
  };
  define("exp", [](double x) { return math::exp(x); });
  define("log", [](double x) { return math::log(x); });
  define("log1p", [](double x) { return math::log1p(x); });
  define("sqrt", [](double x) { return std::sqrt(x); });
  define("abs", [](double x) { return std::abs(x); });
  const auto of_many = [&](const char* name, double (*function)(const double*, int)) {
    parser.DefineFun(name, function, true);
  };
  of_many("min", [](const double* values, int count) { return best(values, count, std::less<>()); });
  of_many("max", [](const double* values, int count) { return best(values, count, std::greater<>()); });
  of_many("sum", sum);
  of_many("avg", [](const double* values, int count) { return sum(values, count) / count; });
}

void prepare(mu::Parser& parser, const std::string& text) {
  define_operators(parser);
  define_functions(parser);
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

bool is_variable_name(const std::string& name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

}  // namespace sojourn
