// A label printer on the software bus: every byte of a job, or the truth about what is not known.
#include <cerrno>
#include <fstream>

#include <doctest/doctest.h>

#include "tests/firmware-bridge/device/usb_floor.hpp"
#include "tests/support/usb_devices.hpp"

using namespace kenpin::support;

namespace {

std::string labels(std::size_t bytes) {
    std::string job;
    for (int n = 0; job.size() < bytes; ++n) job += "^XA^FO50,50^FD" + std::to_string(n) + "^FS^XZ\n";
    job.resize(bytes);
    return job;
}

struct OnePrinter {
    LabelPrinter printer;
    TempDir folder;
    UsbFloor floor;
    std::string handle;

    explicit OnePrinter(const std::function<void(LabelPrinter&)>& prepare = {}) {
        if (prepare) prepare(printer);
        floor.usb.plug(printer, "1");
        floor.start({"printers"});
        handle = handle_in(floor.next("came"));
    }
    void print(const std::string& name, const std::string& bytes) {
        const auto path = folder / name;
        std::ofstream(path, std::ios::binary) << bytes;
        floor.command("print " + handle + " " + name + " " + path.string());
    }
    void with(const std::function<void()>& change) { floor.usb.with(printer, change); }
};

}  // namespace

TEST_CASE("a printer is known by what it says of itself, and a job of 20 kB arrives byte for byte") {
    OnePrinter bench;
    bench.with([&] { CHECK(bench.printer.claims == 1); });
    const auto job = labels(20'020);
    bench.print("j1", job);
    CHECK(bench.floor.next("printed") == "printed " + bench.handle + " j1 sent 20020");
    bench.with([&] { CHECK(bench.printer.printed == job); });
}

TEST_CASE("jobs are printed one after the other, each answered once") {
    OnePrinter bench;
    for (const auto* name : {"a", "b", "c"}) bench.print(name, labels(9'000) + name);
    for (const auto* name : {"a", "b", "c"})
        CHECK(bench.floor.next("printed") == "printed " + bench.handle + " " + name + " sent 9001");
    bench.with([&] {
        CHECK(bench.printer.printed == labels(9'000) + "a" + labels(9'000) + "b" + labels(9'000) + "c");
    });
}

TEST_CASE("a printer that the user did not give us is left to CUPS") {
    LabelPrinter printer;
    PosScanner scanner;
    UsbFloor floor;
    floor.usb.plug(printer, "1");
    floor.usb.plug(scanner, "2");
    floor.start();
    CHECK(floor.next("came").find(" scanner ") != std::string::npos);
    CHECK(printer.claims == 0);
}

TEST_CASE("a device id of wrong length is read all the same, and one that has none prints too") {
    OnePrinter plain;
    CHECK(plain.floor.output().find(
              "printer 0a5f:0166 serial=PRN0001 port=0000:00:14.0/1 product=Emulated Label 203 "
              "print") != std::string::npos);
    OnePrinter short_counted([](LabelPrinter& printer) { printer.length_error = -2; });
    CHECK(short_counted.floor.output().find("product=Emulated Label 203") != std::string::npos);
    OnePrinter silent([](LabelPrinter& printer) { printer.device_id.clear(); });
    silent.print("j", "^XA^XZ");
    CHECK(silent.floor.next("printed").ends_with("j sent 6"));
}

TEST_CASE("that paper is out is told, and that it is back") {
    OnePrinter bench;
    CHECK(bench.floor.next("printer ").ends_with("0x18 "));
    bench.with([&] { bench.printer.status = 0x38; });
    CHECK(bench.floor.next("printer ").ends_with("0x38 "));
}

TEST_CASE("what the printer says in its own language comes back") {
    OnePrinter bench;
    bench.with([&] { bench.printer.to_host[in_2].push_back({.bytes = "030,0,0,0765"}); });
    CHECK(bench.floor.next("030,0").ends_with("030,0,0,0765"));
}

TEST_CASE("a printer is reset in the way it knows") {
    OnePrinter bench;
    bench.floor.command("reset " + bench.handle);
    CHECK(bench.floor.usb.wait_until(bench.printer, [&] { return bench.printer.resets_21 == 1; }));
    bench.with([&] { bench.printer.knows_reset_21 = false; });
    bench.floor.command("reset " + bench.handle);
    CHECK(bench.floor.usb.wait_until(bench.printer, [&] { return bench.printer.resets_23 == 1; }));
}

TEST_CASE("a job that stalls after some bytes is unknown, is not sent again, and the next one prints") {
    OnePrinter bench([](LabelPrinter& printer) {
        printer.takes_until = 10'000;
        printer.then = {.status = -EPIPE};
    });
    bench.print("cut", labels(20'020));
    CHECK(bench.floor.next("printed") == "printed " + bench.handle + " cut unknown 10000");
    bench.with([&] { bench.printer.takes_until = SIZE_MAX; });
    bench.print("next", "^XA^XZ");
    CHECK(bench.floor.next("printed").ends_with("next sent 6"));
    bench.with([&] {
        CHECK(bench.printer.printed == labels(10'000) + "^XA^XZ");
        CHECK(bench.printer.cleared_halts == 1);
    });
}

TEST_CASE("a job of which nothing reached the printer has failed") {
    OnePrinter bench([](LabelPrinter& printer) {
        printer.takes_until = 0;
        printer.then = {.status = -EPIPE};
    });
    bench.print("none", labels(100));
    CHECK(bench.floor.next("printed") == "printed " + bench.handle + " none failed 0");
}

TEST_CASE("a printer that is pulled out while it takes a job leaves it unknown, those behind it failed") {
    for (const auto order : {Unplugging::event_first, Unplugging::wire_first, Unplugging::errors_first}) {
        OnePrinter bench([](LabelPrinter& printer) {
            printer.takes_until = 12'000;
            printer.then = {.status = Reply::never};
        });
        bench.print("cut", labels(20'020));
        bench.print("behind", labels(50));
        CHECK(bench.floor.usb.wait_until(bench.printer,
                                         [&] { return bench.printer.printed.size() == 12'000; }));
        bench.floor.usb.unplug(bench.printer, order);
        CHECK(bench.floor.next("printed").find("cut unknown") != std::string::npos);
        CHECK(bench.floor.next("printed").find("behind failed 0") != std::string::npos);
        CHECK(bench.floor.next("went") == "went " + bench.handle);
    }
}

TEST_CASE("a job for a printer that is not there has failed") {
    UsbFloor floor;
    floor.start({"printers"});
    floor.command("print 77 j /dev/null");
    CHECK(floor.next("printed") == "printed 77 j failed 0");
}
