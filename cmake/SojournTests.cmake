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

# sojourn_pytest(FOLDER): every FOLDER/*_test.py below tests/ is one test of CTest; *_long_test.py has the label `long`.
# SOJOURN is the path of the program, SOJOURN_BUILD of the build, SOJOURN_SOURCE of the repository.
function(sojourn_pytest folder)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}"
    "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*_test.py")
  foreach(file IN LISTS files)
    add_test(NAME "${file}"
      COMMAND "${SOJOURN_PYTHON}" -m pytest -q -p no:cacheprovider --rootdir "${PROJECT_SOURCE_DIR}"
        "${CMAKE_CURRENT_SOURCE_DIR}/${file}"
      WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
    set_tests_properties("${file}" PROPERTIES
      COST 100
      ENVIRONMENT "SOJOURN=$<TARGET_FILE:sojourn_app>;SOJOURN_BUILD=${PROJECT_BINARY_DIR};SOJOURN_SOURCE=${PROJECT_SOURCE_DIR};PYTHONPATH=${PROJECT_SOURCE_DIR}/analysis;PYTHONPYCACHEPREFIX=${PROJECT_BINARY_DIR}/pycache;MPLBACKEND=Agg")
    if(file MATCHES "_long_test\\.py$")
      set_tests_properties("${file}" PROPERTIES LABELS long COST 1)
    endif()
  endforeach()
endfunction()
