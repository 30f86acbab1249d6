#include "sim/base/machine_memory.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

namespace machine_memory_test {

TEST_CASE("peak memory follows what was held, and stays") {
  const std::int64_t before = sojourn::peak_memory();
  CHECK(before > 1'000'000);
  {
    const std::vector<char> large(std::size_t{200} << 20U, 1);
    CHECK(large.back() == 1);
  }
  CHECK(sojourn::peak_memory() >= before);
  CHECK(sojourn::peak_memory() > std::int64_t{200} << 20U);
}

TEST_CASE("some memory is available") { CHECK(sojourn::available_memory() > 10'000'000); }

}  // namespace machine_memory_test
