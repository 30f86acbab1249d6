#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "tests/support/source_folder.hpp"

std::string sojourn::test::source_folder() { return SOJOURN_SOURCE_DIR; }
