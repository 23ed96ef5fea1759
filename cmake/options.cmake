# What every target of ours is compiled with.
option(KENPIN_SANITIZE "address and undefined-behaviour sanitizers" OFF)

add_library(kenpin_options INTERFACE)
target_include_directories(kenpin_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(kenpin_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
  -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wimplicit-fallthrough -Wswitch-enum -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wno-error=maybe-uninitialized>) # false inside std::variant moves at -O2 (g++ 12)
if(KENPIN_SANITIZE)
  target_compile_options(kenpin_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(kenpin_options INTERFACE -fsanitize=address,undefined)
endif()

find_program(KENPIN_CCACHE ccache)
if(KENPIN_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${KENPIN_CCACHE})
endif()
find_program(KENPIN_MOLD mold)
if(KENPIN_MOLD)
  target_link_options(kenpin_options INTERFACE -fuse-ld=mold)
endif()
