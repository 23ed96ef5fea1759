#include "printers/virtual/device.hpp"

#include <doctest/doctest.h>

#include "printers/encode/zpl.hpp"
#include "printers/encode/zpl_status.hpp"

using namespace kenpin;
using namespace kenpin::virtual_printer;

namespace {

encode::ReceivedLabel label() {
    return {.bitmap = Bitmap(16, 8)};
}

const auto zebra = encode::zpl.printer({}, {});

std::string host_status(const Device& device) {
    return device.is_silent(0) ? std::string{} : zebra->answer(0, device.inside());
}
std::string error_status(const Device& device) {
    return zebra->answer(1, device.inside());
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
    CHECK(host_status(device).empty());
    CHECK(parsed(error_status(device)).has(encode::Condition::media_out));
    device.set_faults({});
    CHECK(device.print().size() == 1);
    CHECK(parsed(host_status(device)).is_drained());
}

TEST_CASE("an open head prints nothing and is named; a silent printer only does not answer") {
    Device device;
    device.set_faults({.head_open = true});
    device.receive(label());
    CHECK(device.print().empty());
    CHECK(parsed(error_status(device)).has(encode::Condition::head_open));
    device.set_faults({.silent_hs = true});
    CHECK(device.print().size() == 1);
    CHECK(host_status(device).empty());
    CHECK(parsed(error_status(device)).can_print());
}

TEST_CASE("a label of three copies is three labels, and a half-received one is said to be partial") {
    Device device;
    auto three = label();
    three.quantity = 3;
    device.receive(three);
    CHECK(device.print().size() == 3);
    auto inside = device.inside();
    inside.status.is_partial_format = true;
    CHECK(parsed(zebra->answer(0, inside)).is_partial_format);
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

TEST_CASE("a label takes its time, and the one in print is the printer's answer") {
    Device device({.label_time = Millis{400}});
    auto first = label();
    first.mark.number = 7;
    device.receive(first);
    device.receive(label());
    CHECK(device.print(Millis{1'000}).empty());
    CHECK(device.inside().printing.number == 7);
    CHECK(device.inside().status.has(encode::Condition::busy));
    CHECK(device.print(Millis{1'399}).empty());
    CHECK(device.print(Millis{1'400}).size() == 1);
    CHECK(device.inside().printing.number == -1);
}

TEST_CASE("a label on the peeler holds the next ones until it is taken off") {
    Device device;
    device.set_faults({.wait_peel = 0});
    device.receive(label());
    device.receive(label());
    CHECK(device.print().size() == 1);
    CHECK(device.inside().status.has(encode::Condition::label_waiting));
    device.set_faults({.wait_peel = 0});
    CHECK(device.print().size() == 1);
}

TEST_CASE("a power cycle forgets what waits, once; the roll of another size stops it and says so") {
    Device device;
    device.set_faults({.wrong_media = true});
    device.receive(label());
    CHECK(device.print().empty());
    CHECK(device.inside().status.has(encode::Condition::wrong_media));
    device.set_faults({.power_cycle = true});
    CHECK(device.has_lost_power());
    CHECK_FALSE(device.has_lost_power());
    CHECK(device.print().empty());
    CHECK(device.faults() == Faults{});
}

TEST_CASE("a printer that reprints after an error lets the last label out twice") {
    Device device;
    device.set_faults({.media_out_after = 1, .reprint_after_error = true});
    device.receive(label());
    device.receive(label());
    CHECK(device.print().size() == 1);
    device.set_faults({.reprint_after_error = true});
    CHECK(device.print().size() == 2);
}
