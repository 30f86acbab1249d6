# `cmake --install`: the program, the libraries with their headers and a CMake package, the scenarios, the Python package.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(SOJOURN_PYTHON_DIR "lib/python3/dist-packages" CACHE STRING
  "Where the Python package goes, below the prefix (Debian's place; others use lib/python3.X/site-packages)")
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/Sojourn")

# What is promised is <sojourn/sojourn.hpp>; it needs the rest.
install(DIRECTORY sojourn DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/sojourn")
# Include paths name the folder sim/ (`#include "sim/base/ids.hpp"`), hence the folder around it.
install(DIRECTORY sim
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/sojourn"
  FILES_MATCHING PATTERN "*.hpp" PATTERN "app" EXCLUDE)

configure_package_config_file(cmake/SojournConfig.cmake.in "${PROJECT_BINARY_DIR}/SojournConfig.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/SojournConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/SojournConfig.cmake"
  "${PROJECT_BINARY_DIR}/SojournConfigVersion.cmake"
  cmake/SojournDependencies.cmake
  cmake/Findlibcsv.cmake
  cmake/FindRandom123.cmake
  DESTINATION "${package_dir}")
install(EXPORT SojournTargets NAMESPACE Sojourn:: DESTINATION "${package_dir}")

install(DIRECTORY scenarios
  DESTINATION "${CMAKE_INSTALL_DATADIR}/sojourn"
  PATTERN "*.h5" EXCLUDE PATTERN "__pycache__" EXCLUDE)
install(DIRECTORY analysis/sojourn
  DESTINATION "${SOJOURN_PYTHON_DIR}"
  PATTERN "__pycache__" EXCLUDE)
install(FILES LICENSE CITATION.cff CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
