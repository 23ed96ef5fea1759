# The outside libraries, each as one imported target `ext::NAME`. Nothing is downloaded; all are Debian packages
# (deploy/packages.txt). Which layer may see which is the table in tests/tidy_test.cpp.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# ext_pkg(NAME MODULE...): a library that ships a .pc file.
function(ext_pkg name)
  pkg_check_modules(EXT_${name} REQUIRED IMPORTED_TARGET ${ARGN})
  add_library(ext_${name} INTERFACE)
  target_link_libraries(ext_${name} INTERFACE PkgConfig::EXT_${name})
  add_library(ext::${name} ALIAS ext_${name})
endfunction()

# ext_lib(NAME LIBRARY...): a library without .pc or CMake files, by the names given to the linker.
function(ext_lib name)
  add_library(ext_${name} INTERFACE)
  target_link_libraries(ext_${name} INTERFACE ${ARGN})
  add_library(ext::${name} ALIAS ext_${name})
endfunction()

ext_pkg(pango pangocairo cairo pango)
ext_pkg(fontconfig fontconfig)
ext_pkg(zxing zxing)
ext_pkg(png libpng)
ext_pkg(jpeg libjpeg)
ext_pkg(webp libwebp)
ext_pkg(zbar zbar) # the anchor of ./dev bench decode, never in a product
ext_pkg(icu icu-uc icu-i18n)
ext_pkg(sodium libsodium)
ext_pkg(zlib zlib)
ext_pkg(deflate libdeflate)
ext_pkg(http cpp-httplib)
ext_pkg(sdl2 sdl2)
ext_pkg(usb libusb-1.0)
ext_pkg(umockdev umockdev-1.0 gio-2.0) # tests only
ext_pkg(fmt fmt)
ext_pkg(spdlog spdlog)
ext_pkg(mosquitto libmosquitto)
ext_pkg(yaml yaml-cpp) # tests only: docs/api/openapi.yaml
ext_pkg(imgui imgui freetype2 sdl2 gl) # imgui.pc forgets SDL2, GL, freetype2 and dl
target_link_libraries(ext_imgui INTERFACE dl)

ext_lib(zint zint)
ext_lib(cups cups)
ext_lib(soci soci_core soci_sqlite3 soci_postgresql)
target_include_directories(ext_soci SYSTEM INTERFACE /usr/include/postgresql)
ext_lib(sqlite sqlite3)
ext_lib(paho paho-mqttpp3 paho-mqtt3as dl)
ext_lib(json)   # nlohmann-json3-dev: headers only
ext_lib(toml)   # libtomlplusplus-dev: headers only
ext_lib(cli11)  # libcli11-dev: headers only
ext_lib(doctest)
ext_lib(rapidcheck rapidcheck)
