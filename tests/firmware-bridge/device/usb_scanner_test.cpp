// HID-POS scanners on the software bus, seen by UsbBus.
#include <cerrno>
#include <thread>

#include <doctest/doctest.h>

#include "tests/firmware-bridge/device/usb_floor.hpp"
#include "tests/support/usb_devices.hpp"

using namespace kenpin::support;

namespace {

struct OneScanner {
    PosScanner scanner;
    UsbFloor floor;
    std::string handle;

    OneScanner() {
        floor.usb.plug(scanner, "1");
        floor.start();
        handle = handle_in(floor.next("came"));
    }
    void with(const std::function<void()>& change) { floor.usb.with(scanner, change); }
    bool wait_until(const std::function<bool()>& is_so) { return floor.usb.wait_until(scanner, is_so); }
    void check_still_reads(const std::string& code) {
        with([&] { scanner.scan("]E0", code); });
        CHECK(floor.next("scan ").ends_with("]E0 " + code));
    }
};

/// Its firmware hangs: control requests of this type get no answer.
struct HangingScanner : PosScanner {
    explicit HangingScanner(std::uint8_t request_type) : PosScanner("HANG"), type(request_type) {}
    Reply on_control(const Setup& setup, std::string_view data) override {
        return setup.type == type ? Reply{.status = Reply::never} : PosScanner::on_control(setup, data);
    }
    std::uint8_t type;
};

}  // namespace

TEST_CASE("a scanner is known by serial and port, and what it reads comes with its bars") {
    PosScanner scanner;
    UsbFloor floor;
    floor.usb.plug(scanner, "1");
    floor.start();
    const auto came = floor.next("came");
    CHECK(came.find(
              "scanner 05f9:2216 serial=SCN0001 port=0000:00:14.0/1 product=Emulated Scanner beep trigger") !=
          std::string::npos);
    floor.usb.with(scanner, [&] { scanner.scan("]E0", "4901234567894"); });
    CHECK(floor.next("scan ").ends_with("]E0 4901234567894"));
    CHECK(floor.stop() == Exit{.code = 0});
    CHECK(scanner.given_back == 1);  // the kernel's driver has it again
}

TEST_CASE("a code that is longer than a report comes whole, its group separators too") {
    OneScanner bench;
    const auto code = std::string(100, 'A') + "\x1d" + std::string(30, 'B');
    bench.with([&] { bench.scanner.scan("]C1", code); });
    CHECK(bench.floor.next("scan ").ends_with("]C1 " + std::string(100, 'A') + "^]" + std::string(30, 'B')));
}

TEST_CASE("half of a long code is dropped after a moment of silence, and the next code is whole") {
    OneScanner bench;
    bench.with([&] { bench.scanner.send(PosScanner::reports("]C0", std::string(70, 'A')).at(0)); });
    CHECK(bench.floor.next("faulty").ends_with("half_scan"));
    bench.check_still_reads("4901234567894");
}

TEST_CASE("a report without bytes is nothing") {
    OneScanner bench;
    bench.with([&] {
        bench.scanner.send({});
        bench.scanner.scan("]E0", "1");
        bench.scanner.send({});
    });
    CHECK(bench.floor.next("scan ").ends_with("]E0 1"));
    bench.check_still_reads("2");
    CHECK_FALSE(bench.floor.said("faulty"));
}

TEST_CASE("a stalled scanner is read again, without half of a code before the stall") {
    OneScanner bench;
    bench.with([&] {
        bench.scanner.send(PosScanner::reports("]C0", std::string(70, 'A')).at(0));
        bench.scanner.send({}, -EPIPE);
    });
    CHECK(bench.floor.next("faulty").ends_with("half_scan"));
    CHECK(bench.wait_until([&] { return bench.scanner.cleared_halts == 1; }));
    bench.with([&] { bench.scanner.send(PosScanner::reports("]C0", std::string(70, 'A')).at(1)); });
    bench.check_still_reads("4901234567894");  // what came after the stall was the rest of the dropped code
    CHECK_FALSE(bench.floor.said("went"));
}

TEST_CASE("transfers that fail or overflow are tried again, and no code is lost after them") {
    for (const int status : {-EPROTO, -EOVERFLOW, -EILSEQ}) {
        OneScanner bench;
        bench.with([&] {
            for (int i = 0; i < 3; ++i) bench.scanner.send({}, status);
            bench.scanner.scan("]E0", "4901234567894");
        });
        CHECK(bench.floor.next("scan ").ends_with("]E0 4901234567894"));
        CHECK(bench.scanner.claims == 1);
    }
}

TEST_CASE("a scanner that fails on and on is opened anew, and works again") {
    OneScanner bench;
    bench.with([&] {
        for (int i = 0; i < 4; ++i) bench.scanner.send({}, -EPROTO);
    });
    CHECK(bench.wait_until([&] { return bench.scanner.claims == 2 && bench.scanner.waiting_reads == 1; }));
    bench.check_still_reads("4901234567894");
    CHECK(bench.scanner.given_back == 0);
}

TEST_CASE("a scanner that does not come to its senses is reported once, and the others go on") {
    PosScanner other("SCN0002");
    OneScanner bench;
    bench.floor.usb.plug(other, "2");
    bench.floor.next("came");
    bench.with([&] {
        for (int i = 0; i < 8; ++i) bench.scanner.send({}, -EPROTO);
    });
    CHECK(bench.floor.next("faulty") == "faulty " + bench.handle + " device_fault");
    bench.floor.usb.with(other, [&] { other.scan("]E0", "4901234567894"); });
    CHECK(bench.floor.next("scan ").ends_with("]E0 4901234567894"));
}

TEST_CASE("an error tone, a trigger and a block reach the scanner's hand") {
    OneScanner bench;
    const auto told = [&](const std::string& command, const std::string& report) {
        bench.floor.command(command);
        return bench.wait_until([&] { return !bench.scanner.reports_set.empty(); }) &&
               bench.scanner.reports_set.back() == report;
    };
    const auto forget = [&] { bench.with([&] { bench.scanner.reports_set.clear(); }); };
    CHECK(told("beep " + bench.handle + " bad", "\x02\x04\x04\x20"));
    forget();
    CHECK(told("beep " + bench.handle + " good", "\x02\x04\x04\x40"));
    forget();
    CHECK(told("trigger " + bench.handle + " on", "\x02\x04\x04\x04"));
    forget();
    CHECK(told("block " + bench.handle + " on", "\x02\x04\x04\x02"));
}

TEST_CASE("a scanner is not read while nobody takes its scans, and not one is lost") {
    OneScanner bench;
    bench.floor.command("room 0");
    bench.with([&] {
        for (int i = 1; i <= 3; ++i) bench.scanner.scan("]E0", std::to_string(i));
    });
    bench.floor.command("room 5");
    for (int i = 1; i <= 3; ++i) CHECK(bench.floor.next("scan ").ends_with("]E0 " + std::to_string(i)));
}

TEST_CASE("the rest of a long code that has to wait for room still belongs to its beginning") {
    constexpr int tries = 10;  // on a busy machine the test itself may take too long between the two reports
    OneScanner bench;
    bool was_whole = false;
    for (int i = 0; i < tries && !was_whole; ++i) {
        const std::string code(70, static_cast<char>('A' + i));
        const auto reports = PosScanner::reports("]C0", code);
        bench.with([&] { bench.scanner.send(reports.at(0)); });
        CHECK(bench.wait_until(
            [&] { return bench.scanner.to_host[in_1].empty() && bench.scanner.waiting_reads == 1; }));
        bench.floor.command("room 0");
        CHECK_FALSE(bench.floor.next("room 0").empty());
        bench.with([&] { bench.scanner.send(reports.at(1)); });
        std::this_thread::sleep_for(std::chrono::milliseconds{200});  // longer than any silence within a code
        bench.floor.command("room 5");
        bench.with([&] { bench.scanner.scan("]E0", "END"); });
        CHECK_FALSE(bench.floor.next("END").empty());
        was_whole = bench.floor.output().find("]C0 " + code + "\n") != std::string::npos;
    }
    CHECK(was_whole);
}

TEST_CASE("a Symbol that sends only a length and the code is read") {
    SymbolScanner scanner;
    UsbFloor floor;
    floor.usb.plug(scanner, "1");
    floor.start();
    CHECK(floor.next("came").find(" scanner 05e0:0600") != std::string::npos);
    floor.usb.with(scanner, [&] { scanner.scan("4901234567894"); });
    CHECK(floor.next("scan ").ends_with("4901234567894"));
}

TEST_CASE("a Honeywell composite is told that HID-POS is wanted, and its keyboard is left to the desktop") {
    HoneywellScanner scanner;
    UsbFloor floor;
    floor.usb.plug(scanner, "1");
    floor.start();
    floor.next("came");
    CHECK(floor.usb.wait_until(scanner, [&] { return scanner.is_awake && scanner.waiting_reads == 1; }));
    floor.usb.with(scanner, [&] { scanner.scan('d', "4901234567894"); });
    CHECK(floor.next("scan ").ends_with(" 4901234567894"));
    CHECK(scanner.claims == 1);
}

TEST_CASE("a scanner whose descriptor the kernel does not know is asked for it itself") {
    PosScanner scanner;
    UsbFloor floor;
    scanner.interfaces[0].is_bound_to_kernel = false;
    floor.usb.plug(scanner, "1");
    floor.start();
    CHECK_FALSE(floor.next("came").empty());
    floor.usb.with(scanner, [&] { scanner.scan("]E0", "4901234567894"); });
    CHECK(floor.next("scan ").ends_with("]E0 4901234567894"));
}

TEST_CASE("a touch screen is left alone, whatever speaks only its maker's language is shown with a remedy") {
    TouchScreen screen;
    SnapiScanner snapi;
    UsbFloor floor;
    floor.usb.plug(screen, "1");
    floor.usb.plug(snapi, "2");
    floor.start();
    const auto came = floor.next("came");
    CHECK(came.find("unsupported 05e0:1900") != std::string::npos);
    CHECK(came.ends_with("remedy=scan_hid_pos_zebra"));
    floor.usb.unplug(snapi);
    CHECK_FALSE(floor.next("went").empty());
    CHECK(screen.claims == 0);
}

TEST_CASE("a device that never says what it is holds nobody up, neither at work nor at the end") {
    HangingScanner hanging(0x81);
    PosScanner scanner;
    hanging.interfaces[0].is_bound_to_kernel = false;
    UsbFloor floor;
    floor.usb.plug(hanging, "1");
    floor.usb.plug(scanner, "2");
    floor.start();
    CHECK(floor.next("came").find("serial=SCN0001") != std::string::npos);
    CHECK(floor.usb.wait_until(hanging, [&] { return hanging.claims == 1; }));
    for (int i = 0; i < 5; ++i) {
        floor.usb.with(scanner, [&] { scanner.scan("]E0", std::to_string(i)); });
        CHECK(floor.next("scan ").ends_with("]E0 " + std::to_string(i)));
    }
    CHECK(floor.stop() == Exit{.code = 0});
}

TEST_CASE("a stalled device that does not answer is not waited for, and read again once it does") {
    constexpr std::uint8_t to_endpoint = 0x02;
    HangingScanner scanner(to_endpoint);
    UsbFloor floor;
    floor.usb.plug(scanner, "1");
    floor.start();
    CHECK_FALSE(floor.next("came").empty());
    floor.usb.with(scanner, [&] {
        scanner.send({}, -EPIPE);
        scanner.scan("]E0", "4901234567894");
    });
    CHECK(floor.next("scan ").ends_with("]E0 4901234567894"));
    CHECK(scanner.cleared_halts == 0);
}

TEST_CASE("a scanner that another program holds is said to be in use") {
    PosScanner scanner;
    UsbFloor floor;
    scanner.interfaces[0].is_used_by_another = true;
    floor.usb.plug(scanner, "1");
    floor.start();
    CHECK_FALSE(floor.next("came").empty());
    CHECK(floor.next("faulty").ends_with("device_in_use"));
}
