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
find_package(ZLIB REQUIRED)
find_package(Random123 REQUIRED)
find_package(muparser REQUIRED)
find_package(nlohmann_json REQUIRED)

# yaml-cpp has a namespace since 0.8.
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

# By pkg-config, because CMake's own module asks the compiler wrapper h5cc, which hands on the distribution's flags.
# The serial build has a name of its own where MPI builds may lie beside it.
if(NOT TARGET PkgConfig::HDF5)
  pkg_search_module(HDF5 REQUIRED IMPORTED_TARGET hdf5-serial hdf5)
  # Dimension scales are in the high-level library, which pkg-config does not name.
  find_library(HDF5_HL_LIBRARY NAMES hdf5_serial_hl hdf5_hl HINTS ${HDF5_LIBRARY_DIRS} REQUIRED)
  mark_as_advanced(HDF5_HL_LIBRARY)
  set_property(TARGET PkgConfig::HDF5 APPEND PROPERTY INTERFACE_LINK_LIBRARIES "${HDF5_HL_LIBRARY}")
endif()
