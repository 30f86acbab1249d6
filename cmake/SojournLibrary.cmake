# sojourn_library(NAME [PUBLIC libraries...] [PRIVATE libraries...])
#
# The library of one folder of sim/: every .cpp in it and in its subfolders, as sojourn_NAME and Sojourn::NAME. PUBLIC is what its headers
# need: the folder below, and libraries that those headers include; PRIVATE is what only its .cpp files need.
function(sojourn_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "PUBLIC;PRIVATE")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  set(target sojourn_${name})
  add_library(${target} STATIC ${sources})
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} PUBLIC
    "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>"
    "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/sojourn>")
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  add_library(Sojourn::${name} ALIAS ${target})
  install(TARGETS ${target} EXPORT SojournTargets)
endfunction()
