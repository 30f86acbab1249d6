# How tests are registered in CTest. Fast tests have no label; those that run for long have the label `long`, and are
# given a lower cost so that CTest starts them after the fast ones.

set(SOJOURN_PYTHON "/usr/bin/python3" CACHE FILEPATH
  "The system's Python, whose packages the tests need; a python3 first in PATH is often another")

# sojourn_doctest(TARGET): every test case of a doctest program is a test of CTest of its own, under the name
# TARGET/case. Cases whose name or suite begins with "long:" get the label `long`, those of a suite that begins with
# "law:" the label `law`: they hold the engine to exact probabilities by doing the same again and again, from which the
# sanitizers would learn nothing that other cases do not tell them. They are listed after each build.
#
# Under a sanitizer a program takes longer to start than most cases to run, so all cases but the long ones and the laws
# are one test there, which names the case that fails.
function(sojourn_doctest target)
  if(SOJOURN_SANITIZE)
    add_test(NAME ${target}
      COMMAND ${target} "--test-case-exclude=long:*" "--test-suite-exclude=law:*,long:*" --duration=false
      WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
    set_tests_properties(${target} PROPERTIES COST 100 FAIL_REGULAR_EXPRESSION "test cases: +0 ")
    return()
  endif()
  set(list "${CMAKE_CURRENT_BINARY_DIR}/${target}_cases.cmake")
  add_custom_command(TARGET ${target} POST_BUILD
    BYPRODUCTS "${list}"
    COMMAND "${CMAKE_COMMAND}"
      -D "PREFIX=${target}"
      -D "PROGRAM=$<TARGET_FILE:${target}>"
      -D "DIRECTORY=${CMAKE_CURRENT_BINARY_DIR}"
      -D "OUTPUT=${list}"
      -P "${PROJECT_SOURCE_DIR}/cmake/SojournDiscover.cmake"
    VERBATIM)
  # A program that was not built must fail, not vanish.
  file(GENERATE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake" CONTENT
"if(EXISTS \"${list}\")
  include(\"${list}\")
else()
  add_test(${target}/not_built ${target}_was_not_built)
endif()
")
  set_property(DIRECTORY APPEND PROPERTY
    TEST_INCLUDE_FILES "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake")
endfunction()

# sojourn_pytest(FOLDER): all FOLDER/*_test.py below tests/ are one test of CTest, because importing xarray and matplotlib
# takes longer than most of them; *_long_test.py are one each, with the label `long`. SOJOURN is the path of the program,
# SOJOURN_BUILD of the build, SOJOURN_SOURCE of the repository.
function(sojourn_pytest folder)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*_test.py")
  set(long_files ${files})
  list(FILTER files EXCLUDE REGEX "_long_test\\.py$")
  list(FILTER long_files INCLUDE REGEX "_long_test\\.py$")
  if(files)
    # It takes longest, so it begins first.
    sojourn_pytest_process(${folder} "${files}" "COST;1000")
  endif()
  foreach(file IN LISTS long_files)
    cmake_path(GET file STEM stem)
    sojourn_pytest_process(${folder}/${stem} "${file}" "COST;1;LABELS;long")
  endforeach()
endfunction()

function(sojourn_pytest_process name files properties)
  add_test(NAME "${name}"
    COMMAND "${SOJOURN_PYTHON}" -m pytest -q -p no:cacheprovider --rootdir "${PROJECT_SOURCE_DIR}" ${files}
    WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
  set_tests_properties("${name}" PROPERTIES
    ENVIRONMENT "SOJOURN=$<TARGET_FILE:sojourn_app>;SOJOURN_BUILD=${PROJECT_BINARY_DIR};SOJOURN_SOURCE=${PROJECT_SOURCE_DIR};PYTHONPATH=${PROJECT_SOURCE_DIR}/analysis;PYTHONPYCACHEPREFIX=${PROJECT_BINARY_DIR}/pycache;MPLBACKEND=Agg"
    ${properties})
endfunction()
