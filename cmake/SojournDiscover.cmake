# Writes OUTPUT, the CTest file that names every test case of PROGRAM, as doctest lists them in XML. (doctest's own
# script starts the program once for each case to learn its suite, and knows suites as labels only.)
execute_process(
  COMMAND "${PROGRAM}" --list-test-cases --reporters=xml
  WORKING_DIRECTORY "${DIRECTORY}"
  OUTPUT_VARIABLE xml
  RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "${PROGRAM} does not list its test cases: ${failed}\n${xml}")
endif()

# Semicolons and brackets mean something in CMake's lists, so they are hidden until each name stands alone.
string(REPLACE ";" "<semicolon>" xml "${xml}")
string(REPLACE "[" "<left>" xml "${xml}")
string(REPLACE "]" "<right>" xml "${xml}")
string(REGEX MATCHALL "<TestCase [^\n]*/>" cases "${xml}")

set(script "")
foreach(case IN LISTS cases)
  string(REGEX MATCH " name=\"([^\"]*)\"" _ "${case}")
  set(name "${CMAKE_MATCH_1}")
  set(suite "")
  if(case MATCHES " testsuite=\"([^\"]*)\"")
    set(suite "${CMAKE_MATCH_1}")
  endif()
  foreach(pair "&lt<semicolon>=<" "&gt<semicolon>=>" "&quot<semicolon>=\"" "&amp<semicolon>=&" "<left>=[" "<right>=]")
    string(REGEX MATCH "^(.+)=(.+)$" _ "${pair}")
    string(REPLACE "${CMAKE_MATCH_1}" "${CMAKE_MATCH_2}" name "${name}")
  endforeach()
  string(REPLACE "<semicolon>" ";" name "${name}")
  # A comma separates filters of doctest.
  string(REPLACE "," "\\," filter "${name}")
  # doctest is content when a filter finds no case at all. Who never comes back is ended.
  set(properties "WORKING_DIRECTORY [==[${DIRECTORY}]==] FAIL_REGULAR_EXPRESSION [==[test cases: +0 ]==] TIMEOUT 900")
  if(name MATCHES "^long:" OR suite MATCHES "^long:")
    string(APPEND properties " COST 1 LABELS long")
  elseif(suite MATCHES "^law:")
    string(APPEND properties " COST 100 LABELS law")
  else()
    string(APPEND properties " COST 100")
  endif()
  set(title "[==[${PREFIX}/${name}]==]")
  string(APPEND script
    "add_test(${title} [==[${PROGRAM}]==] [==[--test-case=${filter}]==])\n"
    "set_tests_properties(${title} PROPERTIES ${properties})\n")
endforeach()
file(WRITE "${OUTPUT}" "${script}")
