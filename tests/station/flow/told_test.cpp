// What the server says without being asked: lists that go to other hands, boxes that are cancelled, work that
// did not count.
#include "station/flow/told.hpp"

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "station/flow/update.hpp"
#include "tests/support/floor.hpp"

using namespace kenpin;
using namespace kenpin::flow;
using domain::OwnKind;
using test::Desk;
using test::own;

namespace {

Desk picker_at(Ask ask) {
    Desk desk(Role::picker);
    desk.take(LinkChanged{Link::online});
    desk.sign_in();
    desk.follow_prompts_until(ask);
    desk.effects.clear();
    return desk;
}

DocumentsArrived documents(std::vector<protocol::PickListDoc> lists, std::vector<std::string> gone = {}) {
    return {.lists = std::move(lists),
            .packs = {},
            .gone = std::move(gone),
            .settings = {},
            .mono = Millis{2'000}};
}

protocol::PickListDoc with_stopped(std::size_t slot) {
    auto doc = test::cart_list();
    doc.version = 2;
    doc.task.slots[slot].stopped = true;
    return doc;
}

AnswersCame answer(std::int64_t seq, std::optional<protocol::DoneBefore> done = {}) {
    return {Desk::epoch, {{Seq{seq}, "too_many", std::move(done)}}};
}

}  // namespace

TEST_CASE("what another had done already is told with his name and the time, once") {
    Desk desk = picker_at(Ask::slot);
    const protocol::DoneBefore done{DeviceId{"H2"}, WorkerId{"W08"},
                                    *parse_instant("2026-11-24T10:42:30+09:00")};
    desk.take(answer(6, done));
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->message.key == "told.already_done");
    CHECK(desk.state.alarm->done_by == "髙橋 実 10:42");
    CHECK_FALSE(desk.state.alarm->read.empty());
    CHECK(desk.all<Tone>().size() == 1);
    desk.take(Confirmed{});
    desk.take(answer(6, done));  // the batch was sent again
    CHECK_FALSE(desk.state.alarm);
}

TEST_CASE("several that did not count are told as one number") {
    Desk desk = picker_at(Ask::slot);
    desk.take(AnswersCame{Desk::epoch, {{Seq{5}, "list_revoked", {}}, {Seq{6}, "list_revoked", {}}}});
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->message.key == "told.not_counted");
    CHECK(desk.state.alarm->message.slots == std::vector<std::string>{"2"});
}

TEST_CASE(
    "work on a list that was taken back unheard ends with its first answer, and begins with opening it") {
    Desk desk = picker_at(Ask::item);
    const auto list = *desk.state.open_list;
    const auto last = desk.state.log.back().seq;
    desk.take(AnswersCame{Desk::epoch, {{last, "list_revoked", {}}}});
    CHECK(prompt(desk.state).ask == Ask::list);
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->message.key == "told.not_counted");
    desk.take(Confirmed{});
    desk.scan(own(OwnKind::list, list.value));
    CHECK(desk.state.open_list == list);  // it is leased anew, and counts again
    desk.take(AnswersCame{Desk::epoch, {{Seq{last.value - 1}, "list_revoked", {}}}});
    CHECK(desk.state.open_list == list);  // of the time before
}

TEST_CASE("a box that is cancelled is told with its number, and the walk goes on with the others") {
    Desk desk = picker_at(Ask::item);
    CHECK(prompt(desk.state).slot == SlotNo{1});
    desk.take(documents({with_stopped(0)}));
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->message.key == "told.slot_stopped");
    CHECK(desk.state.alarm->message.slots == std::vector<std::string>{"1"});
    CHECK(prompt(desk.state).slot == SlotNo{2});
    desk.follow_prompts_until(Ask::no_list);
    CHECK(desk.count<protocol::ListFinished>() == 1);
    CHECK_FALSE(desk.state.open_list);
}

TEST_CASE("a list of which nothing is left finishes itself") {
    Desk desk = picker_at(Ask::location);
    auto doc = with_stopped(0);
    doc.task.slots[1].stopped = true;
    desk.take(documents({doc}));
    CHECK(desk.count<protocol::ListFinished>() == 1);
    CHECK_FALSE(desk.state.open_list);
}

TEST_CASE("a list that goes to other hands leaves this worker's, aloud") {
    Desk desk = picker_at(Ask::item);
    desk.take(documents({}, {"P0147"}));
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->message.key == "told.list_taken");
    CHECK(desk.state.alarm->read == "1便");
    CHECK_FALSE(desk.state.open_list);
    CHECK(desk.ask() == Ask::no_list);
}

TEST_CASE("a list is taken over by badge and list code, and begins where the other one stopped") {
    Desk desk = picker_at(Ask::list);
    desk.scan(own(OwnKind::list, "P0999"));
    CHECK(desk.count<protocol::TakeOverAsked>() == 1);
    CHECK(desk.state.band->message.key == "list.asked");
    auto doc = test::cart_list();
    doc.task.list = ListId{"P0999"};
    doc.task.slots[0].tote = ToteCode{"T-1"};
    doc.task.slots[1].tote = ToteCode{"T-2"};
    doc.task.lines[0].location_confirmed = true;
    doc.task.lines[0].in_hand = Qty{3};
    desk.take(documents({doc}));
    CHECK(desk.count<protocol::ListOpened>() == 1);
    CHECK(desk.state.open_list == ListId{"P0999"});
    CHECK(desk.ask() == Ask::item);
    CHECK(prompt(desk.state).remaining == Qty{5});
    desk.take(documents({doc}));
    CHECK(desk.count<protocol::ListOpened>() == 1);
}

TEST_CASE("who scans a list that somebody else began a moment ago does not take it from him") {
    Desk desk = picker_at(Ask::list);
    desk.take(documents({}, {"P0147"}));  // it stood on this screen until now
    desk.scan(own(OwnKind::list, "P0147"));
    CHECK(desk.count<protocol::TakeOverAsked>() == 0);
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->message.key == "ng.list_just_gone");
    desk.now += limits::just_gone;
    desk.scan(own(OwnKind::list, "P0147"));  // he means it
    CHECK(desk.count<protocol::TakeOverAsked>() == 1);
}

TEST_CASE("without the server nothing can be taken over, and the worker is told so") {
    Desk desk = picker_at(Ask::list);
    desk.take(LinkChanged{Link::offline});
    desk.scan(own(OwnKind::list, "P0999"));
    CHECK(desk.count<protocol::TakeOverAsked>() == 0);
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->message.key == "ng.needs_server");
}

TEST_CASE("papers of a shipment that is stopped are withdrawn") {
    Desk desk(Role::packer);
    desk.sign_in();
    auto pack = test::own_label_pack();
    pack.version = 2;
    pack.task.stopped = true;
    desk.take(
        DocumentsArrived{.lists = {}, .packs = {pack}, .gone = {}, .settings = {}, .mono = Millis{1'000}});
    REQUIRE(desk.all<WithdrawPapers>().size() == 1);
    CHECK(desk.all<WithdrawPapers>()[0].shipment == ShipmentId{"S001"});
}

TEST_CASE("the offline sign counts from the moment the line went") {
    Desk desk = picker_at(Ask::location);
    desk.take(Tick{Millis{600'000}});
    desk.take(LinkChanged{Link::offline});
    desk.take(Tick{Millis{600'000 + 12 * 60'000}});
    desk.take(LinkChanged{Link::offline});
    CHECK(desk.state.now - desk.state.link_since == std::chrono::minutes{12});
}
