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
  target_compile_definitions(${name} PRIVATE KENPIN_SOURCE_ROOT="${PROJECT_SOURCE_DIR}"
    KENPIN_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  add_dependencies(tests_${ARG_LABEL} ${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 900
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()
