#include <iostream>

#include "sim/base/version.hpp"

int main() { std::cout << sojourn::version() << ' ' << sojourn::commit() << '\n'; }
