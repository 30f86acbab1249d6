# How everything of this project is compiled. The flags are set for the directory and not on the targets, so that who
# links the installed libraries inherits none of them.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

set(SOJOURN_X86_LEVEL "x86-64-v2" CACHE STRING "Level of the x86-64 instruction set; never native")
set(SOJOURN_SANITIZE "" CACHE STRING "Sanitizers, as given to -fsanitize=")
option(SOJOURN_THREADS_STD "Start threads by std::jthread and not by TBB" OFF)
option(SOJOURN_COVERAGE "Count which lines are reached (gcov)" OFF)

# Where files are compiled in batches (CMAKE_UNITY_BUILD: the sanitizers, lint, and all tests), headers are read once for
# so many of them. The library that people link is compiled file by file, which proves that each includes what it needs.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # A class of one .cpp file may have members from its anonymous namespace; GCC warns of it in every file but the first.
  add_compile_options(-Wno-subobject-linkage)
endif()

find_program(SOJOURN_CCACHE ccache)
mark_as_advanced(SOJOURN_CCACHE)
if(SOJOURN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${SOJOURN_CCACHE}")
endif()

add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Werror)

# The same bits on any machine: a fixed instruction set, no fused multiply-add where none is written, and never
# -ffast-math, which may reorder sums. That nobody asks for errno lets sqrt be one instruction and changes no value.
add_compile_options(-ffp-contract=off -fno-math-errno)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  add_compile_options(-march=${SOJOURN_X86_LEVEL})
endif()

# -g1 keeps line tables: profilers and stack traces name lines. It changes no instruction and makes the file larger only.
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g")
add_compile_definitions($<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

# Warnings of GCC that are wrong too often to stop a build: overlapping copies in `"text" + std::string` (GCC bug 105329),
# members of a moved aggregate that "may be used uninitialized" (./dev lint insists that each member and variable begins
# with a value), and GCC 13's references to temporaries that outlive the statement (GCC bug 107532).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13 AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
    add_compile_options(-Wno-dangling-reference)
  endif()
endif()

if(SOJOURN_SANITIZE)
  # At -O0 the instrumented program is too slow to run whole scenarios; lines are all that a finding names.
  add_compile_options(-O1 -g1 -fno-omit-frame-pointer -fsanitize=${SOJOURN_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SOJOURN_SANITIZE})
endif()

if(SOJOURN_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
