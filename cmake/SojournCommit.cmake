# Run at every build: writes OUTPUT, the source that knows version and commit, and leaves the file alone where nothing
# changed, so that nothing is compiled or linked anew. "+dirty" means that what the program is built from differs from
# the commit; a changed README does not make a run irreproducible. Without git, or outside a repository: "unknown".
set(SOJOURN_COMMIT "unknown")
find_program(git git)
if(git)
  # Builds often run as another user than the owner of the checkout, and must not take the lock of the index.
  set(ask "${git}" -c safe.directory=* --no-optional-locks -C "${SOURCE_DIR}")
  execute_process(COMMAND ${ask} rev-parse --show-cdup --short=12 HEAD
    RESULT_VARIABLE failed OUTPUT_VARIABLE answer ERROR_QUIET)
  # --show-cdup is an empty line at the top of a repository; in a folder of somebody else's it is not, and the commit
  # would be theirs.
  if(NOT failed AND answer MATCHES "^\n([0-9a-f]+)\n$")
    set(SOJOURN_COMMIT "${CMAKE_MATCH_1}")
    execute_process(COMMAND ${ask} status --porcelain -- sim cmake CMakeLists.txt CMakePresets.json
      RESULT_VARIABLE failed OUTPUT_VARIABLE changes ERROR_QUIET)
    if(failed OR changes)
      string(APPEND SOJOURN_COMMIT "+dirty")
    endif()
  endif()
endif()
configure_file("${SOURCE_DIR}/sim/base/version.cpp.in" "${OUTPUT}" @ONLY)
