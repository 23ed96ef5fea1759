#include "station/flow/update.hpp"

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "tests/support/floor.hpp"

using namespace kenpin;
using namespace kenpin::flow;
using domain::OwnKind;
using test::Desk;
using test::own;

namespace {

Commit last_commit(const Desk& desk) {
    return desk.all<Commit>().back();
}

Desk picker_at(Ask ask) {
    Desk desk(Role::picker);
    desk.sign_in();
    desk.follow_prompts_until(ask);
    return desk;
}

}  // namespace

TEST_CASE("a right scan is neither counted, shown nor sounded before its record is durable") {
    Desk desk = picker_at(Ask::item);
    desk.effects.clear();
    desk.stores_at_once = false;
    desk.scan(test::black);
    CHECK(open_list(desk.state)->task.lines[0].in_hand == Qty{0});
    CHECK(desk.all<Tone>().empty());
    CHECK(desk.all<LogShown>().empty());

    desk.answer(last_commit(desk));
    CHECK(open_list(desk.state)->task.lines[0].in_hand == Qty{1});
    REQUIRE(desk.all<Tone>().size() == 1);
    CHECK(desk.all<Tone>()[0].kind == ToneKind::ok);
    CHECK(desk.all<LogShown>()[0].what == LogShown::What::green);
    CHECK(desk.all<LogShown>()[0].events.size() == 1);
}

TEST_CASE("a refused scan shows its NG only when the error caught is durable") {
    Desk desk = picker_at(Ask::item);
    desk.stores_at_once = false;
    desk.scan(test::white);
    CHECK_FALSE(desk.state.alarm);
    desk.answer(last_commit(desk));
    CHECK(desk.state.alarm);
}

TEST_CASE("a record that could not be stored counts nothing and says so, and the worker scans again") {
    Desk desk = picker_at(Ask::item);
    desk.can_store = false;
    desk.scan(test::black);
    CHECK(open_list(desk.state)->task.lines[0].in_hand == Qty{0});
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->message.key == "ng.not_stored");
    CHECK(desk.all<Tone>().back().kind == ToneKind::ng);
    desk.can_store = true;
    desk.scan(test::black);
    CHECK(open_list(desk.state)->task.lines[0].in_hand == Qty{1});
    CHECK_FALSE(desk.state.alarm);
}

TEST_CASE("scans made while storing are judged in turn, each against the state the one before left") {
    Desk desk = picker_at(Ask::item);
    desk.stores_at_once = false;
    desk.scan(test::case_of_black);
    for (int i = 0; i < 3; ++i) desk.scan(test::black);
    for (int i = 0; i < 4; ++i) desk.answer(last_commit(desk));
    CHECK(open_list(desk.state)->task.lines[0].in_hand == Qty{8});
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->refusal == domain::Refusal::too_many);
}

TEST_CASE("the 65th scan that waits is dropped with an error tone, and the bridge need not send it again") {
    Desk desk(Role::picker);
    desk.stores_at_once = false;
    for (std::uint64_t i = 0; i < limits::waiting_scans + 2; ++i)
        desk.take(Scanned{.code = {"x", {}}, .scanner = "", .at = {}, .mono = {}, .bridge_no = i + 1});
    CHECK(desk.state.waiting.size() == limits::waiting_scans);
    REQUIRE(desk.all<Tone>().size() == 1);
    CHECK(desk.all<Tone>()[0].kind == ToneKind::ng);
    CHECK(desk.all<AckBridgeScan>().back().bridge_no == limits::waiting_scans + 2);
}

TEST_CASE(
    "a scan of the bridge is acknowledged only when its record is durable, and its number stored with it") {
    Desk desk(Role::picker);
    desk.stores_at_once = false;
    desk.take(Scanned{
        .code = {own(OwnKind::worker, "W07"), {}}, .scanner = "b", .at = {}, .mono = {}, .bridge_no = 7});
    CHECK(last_commit(desk).bridge_no == 7);
    CHECK(desk.all<AckBridgeScan>().empty());
    desk.answer(last_commit(desk));
    CHECK(desk.all<AckBridgeScan>().size() == 1);
}

TEST_CASE("a late answer to an old ticket changes nothing") {
    Desk desk(Role::picker);
    desk.stores_at_once = false;
    desk.sign_in();
    desk.take(Committed{99, {}});
    CHECK(desk.state.pending);
    CHECK_FALSE(desk.state.worker);
    desk.take(CommitFailed{99, Error::Kind::full});
    CHECK_FALSE(desk.state.outbox_full);
}

TEST_CASE("an unknown badge is refused and recorded as an error caught at signing in") {
    Desk desk(Role::packer);
    desk.scan(own(OwnKind::worker, "W99"));
    CHECK_FALSE(desk.state.worker);
    const auto* refused = std::get_if<protocol::ScanRefused>(&desk.stored.back().body);
    REQUIRE(refused);
    CHECK(refused->refusal == domain::Refusal::unknown_worker);
    CHECK(refused->place == "sign_in");
    desk.sign_in();
    CHECK(worker_name(desk.state) == "山田 花子");
    CHECK(desk.stored.back().worker == WorkerId{"W07"});
    CHECK_FALSE(desk.state.alarm);
}

TEST_CASE("before the first settings came, a badge is told to wait for the server, not that it is unknown") {
    Desk desk(Role::picker);
    desk.state.settings = {};
    desk.scan(own(OwnKind::worker, "W07"));
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->message.key == "ng.no_settings_yet");
}

TEST_CASE("each change of what is asked leaves one prompt in the screen's log") {
    Desk desk(Role::picker);
    desk.sign_in();
    const auto shown = desk.all<LogShown>();
    REQUIRE(shown.size() == 2);
    CHECK(shown[0].what == LogShown::What::green);
    CHECK(shown[1].what == LogShown::What::prompt);
    CHECK(shown[1].prompt.ask == Ask::list);
    desk.take(Tick{Millis{1'500}});
    CHECK(desk.all<LogShown>().size() == 2);
}

TEST_CASE("a printer that changes its state is recorded once, without a sound") {
    Desk desk(Role::packer);
    desk.sign_in();
    desk.effects.clear();
    for (int i = 0; i < 2; ++i) desk.take(PrinterReported{PrinterId{"ZT-1"}, "media_out", {}});
    CHECK(desk.count<protocol::PrinterChanged>() == 1);
    CHECK(desk.all<Tone>().empty());
    REQUIRE(printer_trouble(desk.state));
    CHECK(printer_trouble(desk.state)->second == "media_out");
    desk.take(PrinterReported{PrinterId{"ZT-1"}, "ready", {}});
    CHECK_FALSE(printer_trouble(desk.state));
}

TEST_CASE("a printer that does not print is shown before one whose paper only runs low") {
    Desk desk(Role::packer);
    desk.sign_in();
    desk.take(PrinterReported{PrinterId{"A-1"}, "media_low", {}});
    CHECK(printer_trouble(desk.state)->second == "media_low");
    desk.take(PrinterReported{PrinterId{"B-2"}, "jam", {}});
    CHECK(printer_trouble(desk.state)->second == "jam");
    desk.take(PrinterReported{PrinterId{"B-2"}, "ready", {}});
    CHECK(printer_trouble(desk.state)->second == "media_low");
}

TEST_CASE("an outbox without room refuses work visibly until it has room again") {
    Desk desk(Role::picker);
    desk.stores_at_once = false;
    desk.sign_in();
    desk.take(CommitFailed{last_commit(desk).ticket, Error::Kind::full});
    CHECK(desk.state.outbox_full);
    CHECK(desk.state.alarm->message.key == "ng.outbox_full");
    desk.take(OutboxCounted{10});
    CHECK_FALSE(desk.state.outbox_full);
}

TEST_CASE("signing out keeps the list in hand for the next worker") {
    Desk desk = picker_at(Ask::item);
    desk.take(SignedOut{});
    CHECK(desk.ask() == Ask::badge);
    desk.scan(own(OwnKind::worker, "W08"));
    CHECK(desk.ask() == Ask::item);
    CHECK(worker_name(desk.state) == "髙橋 実");
}
