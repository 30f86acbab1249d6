#include "sim/output/hdf5.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "sim/base/error.hpp"

namespace hdf5_test {

using namespace sojourn;

TEST_CASE("a handle closes what it owns, once") {
  hid_t id = H5I_INVALID_HID;
  {
    hdf5::Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    id = space.get();
    CHECK(space.is_open());
    const hdf5::Handle moved = std::move(space);
    CHECK(moved.get() == id);
    CHECK(H5Iis_valid(id) > 0);
  }
  CHECK(H5Iis_valid(id) == 0);
}

TEST_CASE("a handle can be closed early, and again") {
  hdf5::Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  CHECK(space.close());
  CHECK_FALSE(space.is_open());
  CHECK(space.close());
}

TEST_CASE("an abandoned handle closes nothing") {
  hdf5::Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  const hid_t id = space.get();
  space.abandon();
  CHECK(H5Iis_valid(id) > 0);
  H5Sclose(id);
}

TEST_CASE("an error says which file, what failed, and what the system says of it") {
  hdf5::silence();
  const std::string path = "/nowhere/at/all.h5";
  CHECK_THROWS_WITH_AS(hdf5::check(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), path, "open the file"),
                       "/nowhere/at/all.h5: cannot open the file: No such file or directory", RunError);
}

TEST_CASE("what is no error is returned") { CHECK(hdf5::check(3, "a.h5", "count") == 3); }

TEST_CASE("texts are UTF-8, of any length or a fixed one") {
  const hdf5::Handle any = hdf5::text_type();
  CHECK(H5Tis_variable_str(any.get()) > 0);
  CHECK(H5Tget_cset(any.get()) == H5T_CSET_UTF8);
  const hdf5::Handle fixed = hdf5::fixed_text_type(5);
  CHECK(H5Tis_variable_str(fixed.get()) == 0);
  CHECK(H5Tget_size(fixed.get()) == 5);
}

}  // namespace hdf5_test
