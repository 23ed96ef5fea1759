# kenpin_layer(NAME SOURCES a.cpp ... LINKS target ... PRIVATE_LINKS target ...): one folder, one static library.
function(kenpin_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC kenpin_options ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE kenpin_options ${ARG_LINKS})
  endif()
endfunction()

# One target per kind of test, so that ./dev test builds each kind in the preset that runs it and nothing else.
# Programs are run by end-to-end tests.
foreach(kind IN ITEMS unit e2e sim fuzz)
  add_custom_target(tests_${kind})
endforeach()

# kenpin_program(NAME SOURCES main.cpp ... LINKS target ...): a binary in build/<preset>/bin.
function(kenpin_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE kenpin_options ${ARG_LINKS} Threads::Threads)
  add_dependencies(tests_e2e ${name})
endfunction()

# kenpin_runs_preloaded(NAME): tests start it under a preloaded library (umockdev). ASan's run-time must then be part of
# the program, or it refuses to start.
function(kenpin_runs_preloaded name)
  if(KENPIN_SANITIZE)
    target_link_options(${name} PRIVATE -static-libasan)
  endif()
endfunction()

# places.hpp tells tests where the tree and the programs are: a header, not a definition on every command line, so that
# ccache knows a test again in another copy of the tree.
set(KENPIN_PLACES ${CMAKE_BINARY_DIR}/places)
file(CONFIGURE OUTPUT ${KENPIN_PLACES}/places.hpp CONTENT [[#pragma once
#define KENPIN_SOURCE_ROOT "@PROJECT_SOURCE_DIR@"
#define KENPIN_BIN_DIR "@CMAKE_RUNTIME_OUTPUT_DIRECTORY@"
]] @ONLY)

add_library(kenpin_test_main OBJECT ${PROJECT_SOURCE_DIR}/tests/main.cpp)
target_link_libraries(kenpin_test_main PRIVATE kenpin_options)

# kenpin_tests(NAME SOURCES x_test.cpp ... LINKS target ... [LABEL unit|e2e|sim|fuzz]): a doctest binary, run by ctest.
function(kenpin_tests name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LINKS" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  add_executable(${name} $<TARGET_OBJECTS:kenpin_test_main> ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE kenpin_options ${ARG_LINKS} Threads::Threads)
  target_include_directories(${name} PRIVATE ${KENPIN_PLACES})
  add_dependencies(tests_${ARG_LABEL} ${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 900
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()
