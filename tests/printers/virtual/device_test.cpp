#include "printers/virtual/device.hpp"

#include <doctest/doctest.h>

#include "printers/encode/status.hpp"

using namespace kenpin;
using namespace kenpin::virtual_printer;

namespace {

encode::ZplLabel label() {
    return {Bitmap(16, 8), 1, {}};
}

encode::PrinterStatus parsed(const std::string& answer) {
    const auto all = encode::ZplStatusParser().feed(answer);
    REQUIRE(all.size() == 1);
    return all.front();
}

}  // namespace

TEST_CASE("a roll that ends keeps the next label until there is media again") {
    Device device;
    device.set_faults({.media_out_after = 1});
    device.receive(label());
    device.receive(label());
    CHECK(device.print().size() == 1);
    CHECK(device.waiting() == 1);
    CHECK_FALSE(device.host_status(1200, false).has_value());
    CHECK(parsed(device.error_status()).has(encode::Condition::media_out));
    device.set_faults({});
    CHECK(device.print().size() == 1);
    CHECK(parsed(*device.host_status(1200, false)).is_drained());
}

TEST_CASE("an open head prints nothing and is named; a silent printer only does not answer") {
    Device device;
    device.set_faults({.head_open = true});
    device.receive(label());
    CHECK(device.print().empty());
    CHECK(parsed(device.error_status()).has(encode::Condition::head_open));
    device.set_faults({.silent_hs = true});
    CHECK(device.print().size() == 1);
    CHECK_FALSE(device.host_status(1200, false).has_value());
    CHECK(parsed(device.error_status()).can_print());
}

TEST_CASE("a label of three copies is three labels, and a half-received one is said to be partial") {
    Device device;
    auto three = label();
    three.quantity = 3;
    device.receive(three);
    CHECK(device.print().size() == 3);
    CHECK(parsed(*device.host_status(1200, true)).is_partial_format);
}

TEST_CASE("stall and reset come at the very byte") {
    Device device;
    device.set_faults({.stall_after = 100, .reset_after_bytes = 150});
    CHECK(device.takes(1'000) == 100);
    CHECK_FALSE(device.has_taken(100));
    CHECK(device.takes(1) == 0);
    device.set_faults({.reset_after_bytes = 50});
    CHECK(device.takes(1'000) == 50);
    CHECK(device.has_taken(50));
    CHECK(device.takes(1'000) == 1'000);  // once
}
