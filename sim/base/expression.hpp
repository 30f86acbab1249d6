#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace sojourn {

/// An expression cannot be read; `what` says why. `column` is the place in the text, from 1; 0 if unknown.
class ExpressionError : public std::invalid_argument {
 public:
  ExpressionError(const std::string& what, std::size_t column)
      : std::invalid_argument(what), column_(column) {}
  [[nodiscard]] std::size_t column() const { return column_; }

 private:
  std::size_t column_;
};

/// The names of variables in an expression, in alphabetical order. Throws `ExpressionError`.
[[nodiscard]] std::vector<std::string> names_in_expression(const std::string& text);

/// An arithmetic expression such as `100 * (people / homes) ^ 0.5`: numbers, names, + - * / ^, comparisons
/// (1 or 0), && ||, `condition ? a : b`, and the functions exp, log (natural), log1p, sqrt, abs, min, max,
/// sum, avg. Its functions are those of `math`, so it gives the same bits on every machine.
class Expression {
 public:
  /// Throws `ExpressionError` if the text is no expression of these variables.
  Expression(const std::string& text, const std::vector<std::string>& variables);
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  Expression(const Expression&) = delete;
  Expression& operator=(const Expression&) = delete;
  ~Expression();

  /// The value where the variables have these, in the order of the constructor. By one thread at a time.
  [[nodiscard]] double value(std::span<const double> variables);
  /// What inside it has no finite value where the variables have these, and so neither has the whole: `a
  /// negative number to the power 0.6`; "" if that cannot be said.
  [[nodiscard]] std::string fault(std::span<const double> variables) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

/// What is told of a text that may be used as the name of a variable, such as `gdp_per_capita`.
[[nodiscard]] bool is_variable_name(const std::string& name);

}  // namespace sojourn
