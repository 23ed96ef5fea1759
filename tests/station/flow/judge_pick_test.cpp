#include <doctest/doctest.h>

#include "station/flow/judge.hpp"
#include "tests/support/floor.hpp"

using namespace kenpin;
using namespace kenpin::flow;
using domain::OwnKind;
using domain::Refusal;
using test::Desk;
using test::own;

namespace {

Desk at(Ask ask) {
    Desk desk(Role::picker);
    desk.sign_in();
    desk.follow_prompts_until(ask);
    return desk;
}

void check_refused(Desk desk, const std::string& code, Refusal why) {
    const auto before = prompt(desk.state);
    INFO(domain::name(why));
    desk.scan(code);
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->refusal == why);
    const auto* record = std::get_if<protocol::ScanRefused>(&desk.stored.back().body);
    REQUIRE(record);
    CHECK(record->refusal == why);
    CHECK(prompt(desk.state) == before);
    CHECK(desk.all<Tone>().back().kind == ToneKind::ng);
    desk.scan(before.wanted);
    CHECK_FALSE(desk.state.alarm);  // the right scan clears it
    CHECK(prompt(desk.state) != before);
}

}  // namespace

TEST_CASE("a list is picked by doing what the screen asks, one thing at a time, to its end") {
    Desk desk(Role::picker);
    desk.sign_in();
    CHECK(desk.ask() == Ask::list);
    desk.follow_prompts_until(Ask::no_list);
    CHECK(desk.count<protocol::ToteBound>() == 2);
    CHECK(desk.count<protocol::LocationConfirmed>() == 3);
    CHECK(desk.count<protocol::SlotConfirmed>() == 3);
    CHECK(desk.count<protocol::ListFinished>() == 1);
    CHECK(desk.count<protocol::ScanRefused>() == 0);
    CHECK(desk.state.last_finished == ListId{"P0147"});
}

TEST_CASE("what is put into a slot is recorded with its box") {
    Desk desk = at(Ask::slot);
    const auto box = prompt(desk.state).wanted;
    desk.scan(box);
    REQUIRE(desk.count<protocol::SlotConfirmed>() == 1);
    for (const auto& event : desk.stored)
        if (const auto* put = std::get_if<protocol::SlotConfirmed>(&event.body))
            CHECK((put->tote && own(OwnKind::tote, put->tote->value) == box));
}

TEST_CASE("the last slot of a list sounds the end, each line before it only its own") {
    Desk desk = at(Ask::slot);
    desk.scan(prompt(desk.state).wanted);
    CHECK(desk.all<Tone>().back().kind == ToneKind::line_done);
    desk.follow_prompts_until(Ask::no_list);
    CHECK(desk.all<Tone>().back().kind == ToneKind::shipment_done);
}

TEST_CASE("the button of an offered list takes it in hand; of a list that is gone does nothing") {
    Desk desk(Role::picker);
    desk.sign_in();
    desk.take(ListChosen{ListId{"P9999"}, {}});
    CHECK(desk.ask() == Ask::list);
    desk.take(ListChosen{ListId{"P0147"}, {}});
    CHECK(desk.ask() == Ask::tote);
}

TEST_CASE("every wrong scan at picking is refused by its name, recorded, and cleared by the right one") {
    check_refused(at(Ask::location), own(OwnKind::location, "A-03-02-2"), Refusal::wrong_location);
    check_refused(at(Ask::location), "A-03-02-2", Refusal::wrong_location);
    check_refused(at(Ask::location), test::black, Refusal::wrong_kind);
    check_refused(at(Ask::item), test::white, Refusal::wrong_item);
    check_refused(at(Ask::item), own(OwnKind::tote, "T-101"), Refusal::wrong_kind);
    check_refused(at(Ask::slot), own(OwnKind::tote, "T-102"), Refusal::wrong_slot);
    check_refused(at(Ask::slot), test::black, Refusal::too_many);
}

TEST_CASE("a code that is cut off or damaged is unreadable, never a partial match") {
    std::string damaged = test::black;
    damaged.back() = damaged.back() == '9' ? '8' : static_cast<char>(damaged.back() + 1);
    check_refused(at(Ask::item), damaged, Refusal::unreadable);
}

TEST_CASE("a box that stands in one slot cannot be bound to another") {
    Desk desk = at(Ask::tote);
    desk.scan(own(OwnKind::tote, "T-101"));
    desk.scan(own(OwnKind::tote, "T-101"));
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->refusal == Refusal::tote_in_use);
    desk.scan(own(OwnKind::tote, "T-102"));
    CHECK(desk.ask() == Ask::location);
}

TEST_CASE("a case counts for its pieces, and one case too many is refused") {
    Desk desk = at(Ask::item);
    desk.scan(test::case_of_black);
    CHECK(prompt(desk.state).remaining == Qty{2});
    desk.scan(test::case_of_black);
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->refusal == Refusal::too_many);
}

TEST_CASE("an NG says what was read and what was wanted, with the goods behind both codes") {
    Desk desk = at(Ask::item);
    desk.scan(test::white);
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->read == test::white);
    CHECK(desk.state.alarm->read_goods.find("白") != std::string::npos);
    CHECK(desk.state.alarm->wanted == test::black);
    CHECK(desk.state.alarm->wanted_goods.find("黒") != std::string::npos);
}

TEST_CASE("the same piece read again faster than a hand can be is counted, with a warning") {
    Desk desk = at(Ask::item);
    const Millis moment{500'000};
    for (const int later : {0, 100, 2'000})
        desk.take(
            Scanned{.code = {test::black, {}}, .scanner = "", .at = {}, .mono = moment + Millis{later}});
    const auto tones = desk.all<Tone>();
    CHECK(prompt(desk.state).remaining == Qty{5});
    CHECK(tones[tones.size() - 3].kind == ToneKind::ok);
    CHECK(tones[tones.size() - 2].kind == ToneKind::twice);
    CHECK(tones[tones.size() - 1].kind == ToneKind::ok);
}

TEST_CASE("when the lease is over the open line is finished, no new one is begun, and the screen says why") {
    Desk desk = at(Ask::item);
    desk.take(Tick{Millis{60 * 60'000}});
    CHECK(desk.ask() == Ask::item);
    desk.follow_prompts_until(Ask::lease_over);
    CHECK(desk.count<protocol::SlotConfirmed>() == 1);
    desk.scan(own(OwnKind::location, "A-03-15-4"));
    CHECK(desk.state.alarm);
    CHECK(desk.count<protocol::LocationConfirmed>() == 1);
    CHECK(offered_lists(desk.state).empty());
}

TEST_CASE("a list that a supervisor took back is not gone on with") {
    Desk desk = at(Ask::location);
    desk.take(ListRevoked{ListId{"P0147"}});
    CHECK(desk.ask() == Ask::lease_over);
}

namespace {

const protocol::ShortageFound& shortage(const Desk& desk) {
    return std::get<protocol::ShortageFound>(desk.stored.back().body);
}

}  // namespace

TEST_CASE(
    "what is not on the shelf is recorded as short after one confirmation, and the next line is asked") {
    Desk desk = at(Ask::item);
    desk.take(ShortSaid{});
    CHECK(desk.ask() == Ask::short_pick);
    CHECK(prompt(desk.state).remaining == Qty{8});
    CHECK(desk.count<protocol::ShortageFound>() == 0);

    desk.take(Confirmed{});
    REQUIRE(desk.count<protocol::ShortageFound>() == 1);
    CHECK(shortage(desk).missing == Qty{8});
    CHECK(shortage(desk).location == LocationCode{"A-03-02-1"});
    CHECK(desk.state.band->kind == Band::Kind::caution);
    CHECK(prompt(desk.state).line == LineNo{2});
    desk.take(Confirmed{});
    CHECK(desk.count<protocol::ShortageFound>() == 1);
}

TEST_CASE("pieces that were scanned before a shortage stand, and are put into their box") {
    Desk desk = at(Ask::item);
    desk.scan(test::case_of_black);
    desk.take(ShortSaid{});
    desk.take(Confirmed{});
    CHECK(shortage(desk).missing == Qty{2});
    CHECK(desk.ask() == Ask::slot);
    desk.follow_prompts_until(Ask::no_list);
    CHECK(desk.count<protocol::ListFinished>() == 1);
    CHECK(std::get<protocol::ListFinished>(desk.stored.back().body).list == ListId{"P0147"});
}

TEST_CASE("a shortage is said and confirmed by command codes too, without touching the glass") {
    Desk desk = at(Ask::item);
    desk.scan(own(OwnKind::command, short_command));
    CHECK(desk.ask() == Ask::short_pick);
    desk.scan(prompt(desk.state).wanted);
    CHECK(desk.count<protocol::ShortageFound>() == 1);
    CHECK(desk.count<protocol::ScanRefused>() == 0);
}

TEST_CASE("goods that are found after all take the question back, and so does the button") {
    Desk desk = at(Ask::item);
    desk.take(ShortSaid{});
    desk.scan(test::black);
    CHECK(desk.ask() == Ask::item);
    CHECK(prompt(desk.state).remaining == Qty{7});
    desk.take(ShortSaid{});
    desk.take(ShortDropped{});
    desk.take(Confirmed{});
    CHECK(desk.ask() == Ask::item);
    CHECK(desk.count<protocol::ShortageFound>() == 0);
}

TEST_CASE("nothing is short where nobody looked: before the shelf was scanned, and with all in hand") {
    check_refused(at(Ask::location), own(OwnKind::command, short_command), Refusal::wrong_kind);
    check_refused(at(Ask::slot), own(OwnKind::command, short_command), Refusal::wrong_kind);
    Desk desk = at(Ask::location);
    desk.take(ShortSaid{});
    desk.take(Confirmed{});
    CHECK(desk.count<protocol::ShortageFound>() == 0);
}

TEST_CASE("the last line may be short: the list is finished with it, and so it is after a power cut") {
    Desk desk = at(Ask::item);
    for (int line = 1; line <= 3; ++line) {
        desk.follow_prompts_until(Ask::item);
        desk.take(ShortSaid{});
        desk.take(Confirmed{});
        const auto before = prompt(desk.state);
        desk.lose_power();
        CHECK(prompt(desk.state) == before);
    }
    CHECK(desk.count<protocol::ListFinished>() == 1);
    CHECK(desk.ask() == Ask::no_list);
}

TEST_CASE("a shortage that could not be stored is not counted, and is said again") {
    Desk desk = at(Ask::item);
    desk.can_store = false;
    desk.take(ShortSaid{});
    desk.take(Confirmed{});
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->not_stored);
    CHECK(prompt(desk.state).remaining == Qty{8});
}
