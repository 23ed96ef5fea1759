#include "printers/transport/tcp.hpp"

#include <doctest/doctest.h>

#include "adaptors/codes/decoder.hpp"
#include "adaptors/text/png.hpp"
#include "printers/encode/zpl_reader.hpp"
#include "printers/transport/file.hpp"
#include "printers/transport/label_printer.hpp"
#include "tests/printers/e2e/labels.hpp"
#include "tests/printers/e2e/virtual_printer.hpp"

using namespace kenpin;
using namespace std::chrono_literals;
using support::tracking_of;

namespace {

transport::TcpLink connected(const support::VirtualPrinter& printer) {
    auto link = transport::TcpLink::open({"127.0.0.1", printer.port()}, 2s);
    REQUIRE(link);
    return std::move(link).value();
}

}  // namespace

TEST_CASE("a label sent over TCP comes out as the very picture we drew, and its number reads back") {
    const support::TempDir dir;
    const support::VirtualPrinter printer(dir.path());
    auto link = connected(printer);
    const auto zpl = support::zpl_of(7);
    REQUIRE(zpl);
    const auto sent = link.send(zpl.value(), 2s);
    CHECK(sent.is_whole());
    CHECK(sent.taken == zpl.value().size());
    REQUIRE(link.drain(2s));
    REQUIRE(printer.wait_for_labels(1));
    CHECK(printer.tracking_numbers().front() == tracking_of(7).value);

    const auto picture = text::gray_of_png(printer.png(1));
    REQUIRE(picture);
    const auto drawn =
        std::get<encode::ZplLabel>(encode::ZplReader(800, 1200).feed(zpl.value()).front()).bitmap;
    CHECK(picture.value().pixels == layout::crop(drawn, {0, 0, drawn.width_dots, drawn.height_dots}).pixels);
    codes::Decoder decoder;
    const auto read = decoder.read(picture.value(), codes::Format::nw7);
    REQUIRE(read);
    REQUIRE(read.value().has_value());
    CHECK(read.value()->bytes == "A" + tracking_of(7).value + "A");
}

TEST_CASE("a printer that resets in the middle is reported with the bytes that were on their way") {
    const support::TempDir dir;
    const support::VirtualPrinter printer(dir.path());
    auto link = connected(printer);
    REQUIRE(printer.set_faults(R"({"reset_after_bytes":4000})"));
    const auto zpl = support::zpl_of(1).value();
    auto sent = link.send(zpl, 2s);
    if (sent.is_whole())
        sent.error = link.drain(2s) ? std::nullopt : std::optional(Error{Error::Kind::unreachable, ""});
    // The kernel may have taken all before the reset arrived; then a question finds the line dead.
    const bool noticed = !sent.is_whole() || !link.receive(2s);
    CHECK(noticed);
    CHECK(printer.tracking_numbers().empty());
}

TEST_CASE("nobody listens: unreachable, and not a byte was taken") {
    const int port = support::free_port();
    CHECK(transport::TcpLink::open({"127.0.0.1", port}, 1s).error().kind == Error::Kind::unreachable);
    CHECK_FALSE(transport::TcpLink::open({"no-such-host.invalid", port}, 1s));
}

TEST_CASE("a printer with an open head does not answer ~HS, and still says what is wrong") {
    const support::TempDir dir;
    const support::VirtualPrinter printer(dir.path());
    transport::LabelPrinter device({}, {"127.0.0.1", printer.port()}, {.answer = 600ms});
    CHECK(device.ask().value()->is_drained());
    REQUIRE(printer.set_faults(R"({"head_open":true})"));
    const auto answer = device.ask();
    REQUIRE(answer);
    CHECK(answer.value()->has(encode::Condition::head_open));
    REQUIRE(printer.set_faults(R"({"head_open":false,"silent_hs":true})"));
    CHECK(device.ask().value()->is_only_errors);
}

TEST_CASE("an answer that comes late proves nothing; the printer is asked again") {
    const support::TempDir dir;
    const support::VirtualPrinter printer(dir.path());
    transport::LabelPrinter device({}, {"127.0.0.1", printer.port()}, {.answer = 300ms});
    REQUIRE(device.ask());
    REQUIRE(printer.set_faults(R"({"stall_after":0})"));
    CHECK(device.ask().error().kind == Error::Kind::busy);  // the question lies in its buffer
    REQUIRE(device.send(support::zpl_of(1).value(), {1}).is_whole());
    REQUIRE(printer.set_faults(R"({"stall_after":null,"media_out_after":0})"));
    // Now it answers the old questions, then takes the label, which stays inside: there is no media.
    for (int tries = 0; tries < 4; ++tries) {
        (void)device.ask();  // silent or not: no answer proves anything
        CHECK(device.take_proven().empty());
    }
    REQUIRE(printer.set_faults(R"({"media_out_after":null})"));
    REQUIRE(printer.wait_for_labels(1));
    bool is_proven = false;
    for (int tries = 0; tries < 10 && !is_proven; ++tries) {
        (void)device.ask();  // asked again if it is silent
        is_proven = device.take_proven() == std::vector<encode::JobMark>{{1}};
    }
    CHECK(is_proven);
}

TEST_CASE("a printer that was switched off and on is a broken line first, never a proof") {
    const support::TempDir dir;
    std::optional<support::VirtualPrinter> printer(std::in_place, dir.path());
    const int port = printer->port();
    transport::LabelPrinter device({}, {"127.0.0.1", port}, {.answer = 300ms});
    REQUIRE(device.send(support::zpl_of(1).value(), {1}).is_whole());
    printer.reset();
    printer.emplace(dir.path(), port);
    const auto sent = device.send(support::zpl_of(2).value(), {2});
    CHECK(sent.taken == 0);
    CHECK(sent.error.has_value());
    CHECK_FALSE(device.may_prove());
    CHECK(device.send(support::zpl_of(2).value(), {2}).is_whole());
}

TEST_CASE("a job written into a file is whole and for its owner's eyes only") {
    const support::TempDir dir;
    REQUIRE(transport::write_file(dir / "label.zpl", "^XA^XZ"));
    REQUIRE(transport::write_file(dir / "label.zpl", "^XA^XZ again"));
    CHECK(std::filesystem::file_size(dir / "label.zpl") == 12);
    CHECK((std::filesystem::status(dir / "label.zpl").permissions() & std::filesystem::perms::others_read) ==
          std::filesystem::perms::none);
    CHECK_FALSE(transport::write_file(dir / "nowhere" / "label.zpl", "x"));
}
