#include "printers/virtual/panel.hpp"

#include <doctest/doctest.h>

using namespace kenpin::virtual_printer;

TEST_CASE("faults change by name, null takes one back, the others stay") {
    Faults faults;
    faults = changed(faults, R"({"media_out_after":2,"head_open":true})").value();
    faults = changed(faults, R"({"head_open":false,"slow_bytes_per_s":500})").value();
    CHECK(faults == Faults{.media_out_after = 2, .slow_bytes_per_s = 500});
    faults = changed(faults, R"({"media_out_after":null})").value();
    CHECK(faults == Faults{.slow_bytes_per_s = 500});
    CHECK(changed({}, to_json(faults)).value() == faults);
}

TEST_CASE("what is no fault is refused whole") {
    for (const auto* wish :
         {"", "[]", "7", R"({"media":1})", R"({"head_open":"yes"})", R"({"stall_after":"x"})"}) {
        INFO(wish);
        CHECK_FALSE(changed({}, wish));
    }
}
