// Whose a list is: renewed in contact, taken back by a supervisor, taken over by badge; what comes late is
// kept as an exception and the device is told.
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "server/app/exceptions.hpp"
#include "server/app/views.hpp"
#include "server/store/floor.hpp"
#include "tests/server/app/one_shipment.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

struct Leases : OneShipment {
    Instant leased_until() {
        const auto lists =
            read<std::vector<web::ListView>>([](sqlite::Tx& tx) { return list_views(tx, site); });
        return lists.front().leased_until.value_or(Instant{});
    }
    std::string state() {
        return read<std::vector<web::ListView>>([](sqlite::Tx& tx) { return list_views(tx, site); })
            .front()
            .state;
    }
    std::vector<web::ExceptionView> exceptions() {
        return read<std::vector<web::ExceptionView>>(
            [](sqlite::Tx& tx) { return exception_views(tx, site, {}); });
    }
    protocol::Body pick_of(const protocol::PickListDoc& doc) {
        const auto& line = doc.task.lines.front();
        return protocol::ItemPicked{list, line.no, line.shipment, line.sku, line.location, line.wanted, ""};
    }
    int picked() { return shipment().lines.front().picked.value; }
};

}  // namespace

TEST_CASE("a device in contact keeps its list: the lease is renewed before it is half over, not sooner") {
    Leases demo;
    demo.tell(picker, protocol::ListOpened{demo.list});
    const auto first = demo.leased_until();
    demo.now += limits::lease / 3;
    demo.hello(picker, "picker");
    CHECK(demo.leased_until() == first);
    demo.now += limits::lease / 3;
    const auto answer = demo.hello(picker, "picker");
    CHECK(demo.leased_until() == demo.now + limits::lease);
    REQUIRE(answer.lists.size() == 1);
    CHECK(answer.lists.front().lease == limits::lease);
}

TEST_CASE("nobody renews the lease of a list that another device took meanwhile") {
    Leases demo;
    demo.tell(picker, protocol::ListOpened{demo.list});
    demo.now += limits::lease + limits::lease_grace + std::chrono::seconds{1};
    demo.tell(other_picker, protocol::ListOpened{demo.list});
    const auto until = demo.leased_until();
    CHECK(demo.hello(picker, "picker").lists.empty());
    CHECK(demo.leased_until() == until);
}

TEST_CASE("a supervisor takes a list back: its device is told, the others are offered it") {
    Leases demo;
    demo.tell(picker, protocol::ListOpened{demo.list});
    demo.mail.clear();
    const auto answer = demo.floor->revoke_list(demo.list, "K0001");
    REQUIRE(answer);
    demo.collect();
    CHECK_FALSE(answer.value().leased_to);
    CHECK(demo.state() == "revoked");
    const auto command = protocol::command_from_json(demo.last(picker, protocol::Topic::cmd));
    REQUIRE(command);
    CHECK(command.value().what == "revoke");
    CHECK(command.value().id == demo.list.value);
    CHECK(command.value().expires == demo.now + limits::command_expiry);
    const auto gone = protocol::doc_from_json(demo.last(picker, protocol::Topic::doc));
    REQUIRE(gone);
    CHECK(gone.value().gone == std::vector<std::string>{demo.list.value});
    CHECK(demo.list_doc(other_picker).task.list == demo.list);
    CHECK_FALSE(demo.floor->revoke_list(ListId{"P999999"}, "K0001"));
}

TEST_CASE("scans after a list was taken back are kept as exceptions, and the device is told with its ack") {
    Leases demo;
    const auto doc = demo.list_doc(picker);
    demo.tell(picker, protocol::ListOpened{demo.list});
    REQUIRE(demo.floor->revoke_list(demo.list, "K0001"));
    const auto ack = demo.tell(picker, demo.pick_of(doc));
    CHECK(ack.upto == Seq{2});
    REQUIRE(ack.notes);
    REQUIRE(ack.notes->size() == 1);
    CHECK(ack.notes->front().seq == Seq{2});
    CHECK(ack.notes->front().reason == "list_revoked");
    CHECK_FALSE(ack.notes->front().done);
    CHECK(demo.picked() == 0);
    const auto kept = demo.exceptions();
    REQUIRE(kept.size() == 1);
    CHECK(kept.front().what == "item_picked");
    CHECK(kept.front().device == picker);
    CHECK(kept.front().worker == WorkerId{"1001"});
    CHECK(kept.front().list == demo.list);
}

TEST_CASE("a list that was finished after it was taken back is brought anew to whoever finished it") {
    Leases demo;
    demo.tell(picker, protocol::ListOpened{demo.list});
    REQUIRE(demo.floor->revoke_list(demo.list, "K0001"));
    const auto version = [&] {
        return demo
            .read<std::vector<store::ListRow>>(
                [](sqlite::Tx& tx) { return store::unfinished_lists(tx, site); })
            .front()
            .version;
    };
    const auto before = version();
    demo.tell(picker, protocol::ListFinished{demo.list});
    CHECK(demo.exceptions().front().what == "list_finished");
    CHECK(version() > before);  // so its next hello brings the document, with what was counted
}

TEST_CASE("what another did meanwhile is told with his name and time, also when the answer was lost") {
    Leases demo;
    const auto doc = demo.list_doc(picker);
    demo.tell(picker, protocol::ListOpened{demo.list});
    REQUIRE(demo.floor->revoke_list(demo.list, "K0001"));
    demo.pick(other_picker, doc);
    const auto done_by = demo.picked();
    const auto late = demo.next_event(picker, demo.pick_of(doc));
    demo.hear(late);
    for (int again = 0; again < 2; ++again) {
        const auto ack = protocol::ack_from_json(demo.last(picker, protocol::Topic::ack));
        REQUIRE(ack);
        REQUIRE(ack.value().notes);
        REQUIRE(ack.value().notes->size() == 1);
        const auto& note = ack.value().notes->front();
        CHECK(note.reason == "too_many");
        REQUIRE(note.done);
        CHECK(note.done->device == other_picker);
        CHECK(note.done->worker == WorkerId{"1001"});
        CHECK(note.done->at < demo.now);
        demo.hear(late);  // sent again
    }
    CHECK(demo.picked() == done_by);
    CHECK(demo.exceptions().size() == 1);
}

TEST_CASE("a supervisor settles an exception once, with a note; then it is no longer shown") {
    Leases demo;
    const auto doc = demo.list_doc(picker);
    demo.tell(picker, protocol::ListOpened{demo.list});
    REQUIRE(demo.floor->revoke_list(demo.list, "K0001"));
    demo.tell(picker, demo.pick_of(doc));
    const auto number = demo.exceptions().front().number;
    const auto settled = demo.floor->settle_exception(number, {"put back", "K0002"});
    REQUIRE(settled);
    CHECK(settled.value().is_settled);
    CHECK(settled.value().note == "put back");
    CHECK(demo.floor->settle_exception(number, {"twice", "K0003"}).value().note == "put back");
    CHECK(demo.exceptions().empty());
    CHECK_FALSE(demo.floor->settle_exception(number + 1, {"x", "K0002"}));
}

TEST_CASE("a list is taken over by badge in the middle: the new device goes on at the same piece") {
    Leases demo;
    const auto doc = demo.list_doc(picker);
    const auto& line = doc.task.lines.front();
    demo.tell(picker, protocol::ListOpened{demo.list});
    demo.tell(picker, protocol::ToteBound{demo.list, line.slot, line.shipment, ToteCode{"0001"}});
    demo.tell(picker, protocol::LocationConfirmed{demo.list, line.no, line.location});
    demo.tell(picker,
              protocol::ItemPicked{demo.list, line.no, line.shipment, line.sku, line.location, Qty{1}, ""});
    demo.mail.clear();
    CHECK_FALSE(demo.tell(other_picker, protocol::TakeOverAsked{demo.list}).notes);
    const auto taken = demo.list_doc(other_picker);
    CHECK(taken.task.lines.front().in_hand == Qty{1});
    CHECK(taken.task.lines.front().location_confirmed);
    CHECK(taken.lease == limits::lease);
    CHECK(protocol::doc_from_json(demo.last(picker, protocol::Topic::doc)).value().gone ==
          std::vector<std::string>{demo.list.value});
    CHECK(protocol::command_from_json(demo.last(picker, protocol::Topic::cmd)).value().what == "revoke");
    // What the old device still had in its outbox, and what the new one did in its place.
    const protocol::Body second =
        protocol::ItemPicked{demo.list, line.no, line.shipment, line.sku, line.location, Qty{1}, ""};
    CHECK_FALSE(demo.tell(other_picker, second).notes);
    const auto late = demo.tell(picker, second);
    REQUIRE(late.notes);
    CHECK(late.notes->front().done->device == other_picker);
    CHECK(demo.picked() == 2);
}

TEST_CASE("a list that is finished or that nobody knows cannot be taken over") {
    Leases demo;
    demo.pick(picker, demo.list_doc(picker));
    const auto finished = demo.tell(other_picker, protocol::TakeOverAsked{demo.list});
    REQUIRE(finished.notes);
    CHECK(finished.notes->front().reason == "list_finished");
    const auto unknown = demo.tell(other_picker, protocol::TakeOverAsked{ListId{"P999999"}});
    REQUIRE(unknown.notes);
    CHECK(unknown.notes->front().reason == "unknown_list");
}

TEST_CASE("leases, exceptions and take-overs made anew from the events are the same") {
    Leases demo;
    const auto doc = demo.list_doc(picker);
    demo.tell(picker, protocol::ListOpened{demo.list});
    REQUIRE(demo.floor->revoke_list(demo.list, "K0001"));
    demo.tell(picker, demo.pick_of(doc));
    demo.tell(other_picker, protocol::TakeOverAsked{demo.list});
    demo.tell(picker, demo.pick_of(doc));
    REQUIRE(demo.floor->settle_exception(demo.exceptions().front().number, {"seen", "K0001"}));
    demo.check_rebuilt();
}
