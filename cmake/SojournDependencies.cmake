# Everything that the libraries need, from the system's packages; nothing is downloaded. The installed package reads
# this file too, because static libraries hand their own needs on.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(TBB REQUIRED)
find_package(Eigen3 REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(libcsv REQUIRED)
find_package(Random123 REQUIRED)

# yaml-cpp has a namespace since 0.8.
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

# By pkg-config, because CMake's own module asks the compiler wrapper h5cc, which hands on the distribution's flags.
# The serial build has a name of its own where MPI builds may lie beside it.
if(NOT TARGET PkgConfig::HDF5)
  pkg_search_module(HDF5 REQUIRED IMPORTED_TARGET hdf5-serial hdf5)
endif()
