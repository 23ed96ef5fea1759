#include "server/store/events.hpp"

#include <algorithm>

#include "server/store/chain.hpp"
#include "server/store/exceptions.hpp"
#include "server/store/planning.hpp"
#include "tests/server/store/floor_story.hpp"

using namespace kenpin;
using namespace kenpin::store;

namespace {

const protocol::Body signed_in = protocol::WorkerSignedIn{WorkerId{"1001"}};

}  // namespace

TEST_CASE_FIXTURE(FloorStory, "the same event twice changes nothing") {
    until_started();
    const auto event_of_picker = event(
        picker, Seq{1},
        protocol::ItemPicked{list, LineNo{1}, shipment, Sku{"TEA"}, LocationCode{"A-01"}, Qty{1}, "49"});
    CHECK(std::holds_alternative<New>(append_event(event_of_picker)));
    const auto before = tables();
    CHECK(std::holds_alternative<AlreadyThere>(append_event(event_of_picker)));
    CHECK(tables() == before);
    CHECK(number("count(*)", "event WHERE device = 'H1'") == 1);
}

TEST_CASE_FIXTURE(FloorStory, "a gap is answered with the expected seq, and nothing is stored") {
    CHECK(std::holds_alternative<New>(append_event(event(picker, Seq{1}, signed_in))));
    const auto appended = append_event(event(picker, Seq{3}, signed_in));
    REQUIRE(std::holds_alternative<Gap>(appended));
    CHECK(std::get<Gap>(appended).expected == Seq{2});
    CHECK(number("count(*)", "event") == 1);
}

TEST_CASE_FIXTURE(FloorStory, "a device that was set up anew begins at one again") {
    CHECK(std::holds_alternative<New>(append_event(event(picker, Seq{1}, signed_in))));
    auto anew = event(picker, Seq{1}, signed_in);
    anew.epoch = Epoch{8};
    CHECK(std::holds_alternative<New>(append_event(anew)));
    anew.epoch = Epoch{9};
    anew.seq = Seq{2};
    CHECK(std::get<Gap>(append_event(anew)).expected == Seq{1});
}

TEST_CASE_FIXTURE(FloorStory, "another fact under a known identity is noticed and not stored") {
    append_event(event(picker, Seq{1}, signed_in));
    const auto other = event(picker, Seq{1}, protocol::WorkerSignedIn{WorkerId{"1002"}});
    CHECK(std::holds_alternative<DifferentThere>(append_event(other)));
    CHECK(text("worker", "device_worker") == "1001");
}

TEST_CASE_FIXTURE(FloorStory,
                  "an unknown kind is stored and acknowledged, and waits for a program that knows it") {
    CHECK(std::holds_alternative<New>(
        append_event(event(picker, Seq{1}, protocol::UnknownKind{"drone_landed", "{}"}))));
    CHECK(number("projected", "event") == 0);
    CHECK(std::holds_alternative<New>(append_event(event(picker, Seq{2}, signed_in))));
    CHECK(number("max(projected)", "event") == 1);
}

TEST_CASE_FIXTURE(
    FloorStory, "an event of a known kind that cannot be read is kept as evidence, and the next one counts") {
    const auto broken = event(picker, Seq{1}, protocol::UnknownKind{"worker_signed_in", R"({"worker":7})"});
    const auto nameless = event(picker, Seq{2}, protocol::UnknownKind{"", R"({"seq":2})"});
    const auto take = [&](const protocol::Event& one) {
        return read([&](sqlite::Tx& tx) { return take_event(tx, site, Author{server, Epoch{7}}, one, now); });
    };
    CHECK(std::get<New>(take(broken)).no_effect_because == "unreadable");
    CHECK(std::get<New>(take(nameless)).no_effect_because == "unreadable");
    CHECK(number("count(*)", "event WHERE device = 'H1' AND projected = 0") == 2);
    CHECK(number("count(*)", "evidence WHERE reason = 'unreadable'") == 2);
    CHECK(std::holds_alternative<AlreadyThere>(take(broken)));
    CHECK(std::get<New>(take(event(picker, Seq{3}, signed_in))).no_effect_because.empty());
    const auto before = tables();
    REQUIRE(rebuild(database, site));
    CHECK(tables() == before);
    CHECK(read([&](sqlite::Tx& tx) { return verify_chain(tx, site); }).is_whole());
}

TEST_CASE_FIXTURE(FloorStory, "events come back as they were told, with who, which device and both clocks") {
    auto told = event(picker, Seq{1}, signed_in);
    told.scanner = "usb-1";
    told.device_time = now - std::chrono::hours{1};
    append_event(told);
    const auto stored = read([&](sqlite::Tx& tx) { return events_after(tx, site, 0, 10); });
    REQUIRE(stored.size() == 1);
    CHECK(stored[0].position == 1);
    CHECK(stored[0].server_time == now);
    CHECK(stored[0].event.device == picker);
    CHECK(stored[0].event.device_time == told.device_time);
    CHECK(stored[0].event.worker == WorkerId{"1001"});
    CHECK(stored[0].event.scanner == "usb-1");
    CHECK(std::get<protocol::WorkerSignedIn>(stored[0].event.body).worker == WorkerId{"1001"});
}

TEST_CASE_FIXTURE(FloorStory, "the server is a device too, with an epoch for each opening of its database") {
    const Author first{server, Epoch{11}}, again{server, Epoch{12}};
    read([&](sqlite::Tx& tx) {
        decide(tx, site, first, now, protocol::MasterImported{"item", 3, "h"});
        decide(tx, site, first, now, protocol::MasterImported{"item", 4, "h"});
        return decide(tx, site, again, now, protocol::MasterImported{"item", 5, "h"});
    });
    CHECK(read([&](sqlite::Tx& tx) { return stored_upto(tx, site, server, first.epoch); }) == Seq{2});
    CHECK(read([&](sqlite::Tx& tx) { return stored_upto(tx, site, server, again.epoch); }) == Seq{1});
    CHECK(read([&](sqlite::Tx& tx) { return verify_chain(tx, site); }).is_whole());
}

TEST_CASE_FIXTURE(FloorStory, "a transaction that fails leaves neither event nor effect") {
    const auto before = tables();
    const auto outcome = database.transact([&](sqlite::Tx& tx) -> Outcome {
        append(tx, site, event(picker, Seq{1}, signed_in), now);
        return Error{Error::Kind::full, "the disk is full"};
    });
    CHECK_FALSE(outcome);
    CHECK(number("count(*)", "event") == 0);
    CHECK(tables() == before);
    CHECK(std::holds_alternative<New>(append_event(event(picker, Seq{1}, signed_in))));
}

TEST_CASE_FIXTURE(FloorStory, "the history of a shipment begins with its order and ends with its report") {
    until_shipped();
    decided(protocol::ReportAccepted{shipment, shop, 1});
    const auto events = read([&](sqlite::Tx& tx) { return history(tx, site, shipment); });
    REQUIRE(events.size() > 10);
    CHECK(protocol::kind_of(events.front().event.body) == "order_received");
    CHECK(protocol::kind_of(events.back().event.body) == "report_accepted");
    const auto has = [&](std::string_view kind) {
        return std::any_of(events.begin(), events.end(),
                           [&](const auto& stored) { return protocol::kind_of(stored.event.body) == kind; });
    };
    CHECK(has("list_leased"));
    CHECK(has("item_picked"));
    CHECK_FALSE(has("stock_received"));
}

TEST_CASE_FIXTURE(FloorStory, "a station cannot decide what is the server's to decide") {
    order_arrives();
    shipment_is_planned();
    const auto before = text("work", "shipment");
    CHECK(tell(packer, protocol::ShipmentShipped{shipment}) == "not_a_device_event");
    CHECK(tell(packer, protocol::StockReceived{owner, "opening", {}}) == "not_a_device_event");
    CHECK(text("work", "shipment") == before);
}

TEST_CASE_FIXTURE(FloorStory, "the last piece closed ships the shipment, in the same transaction, once") {
    until_verified();
    const auto author_of_server = Author{server, Epoch{7}};
    seqs[packer] = Seq{seqs[packer].value + 1};
    const auto closing =
        event(packer, seqs[packer], protocol::PieceClosed{shipment, PieceNo{1}, TrackingNo{"000010000034"}});
    const auto take = [&] {
        return read([&](sqlite::Tx& tx) { return take_event(tx, site, author_of_server, closing, now); });
    };
    CHECK(std::holds_alternative<New>(take()));
    CHECK(text("work", "shipment") == "shipped");
    CHECK(std::holds_alternative<AlreadyThere>(take()));
    CHECK(number("count(*)", "event WHERE kind = 'shipment_shipped'") == 1);
    CHECK(number("count(*)", "report") == 1);
}

TEST_CASE_FIXTURE(FloorStory, "what the rules do not allow any more is kept as evidence, not dropped") {
    until_started();
    list_is_leased(DeviceId{"H2"});
    const auto author_of_server = Author{server, Epoch{7}};
    const auto late = event(
        picker, Seq{1},
        protocol::ItemPicked{list, LineNo{1}, shipment, Sku{"TEA"}, LocationCode{"A-01"}, Qty{1}, "49"});
    read([&](sqlite::Tx& tx) { return take_event(tx, site, author_of_server, late, now); });
    CHECK(text("reason", "evidence") == "leased_elsewhere");
    CHECK(text("device", "evidence") == "H1");
    CHECK(number("count(*)", "event WHERE kind = 'item_picked'") == 1);
    CHECK(number("sum(in_hand)", "pick_line") == 0);
}

TEST_CASE_FIXTURE(FloorStory,
                  "what was lost with an older copy is written down, and the device goes on behind it") {
    const DeviceId handheld{"HT01"};
    const Epoch epoch{5};
    const auto by = Author{server, Epoch{7}};
    const auto send = [&](std::int64_t seq) {
        return read([&](sqlite::Tx& tx) {
            const protocol::Event event{
                handheld, epoch, Seq{seq}, now, std::nullopt, "", protocol::WorkerSignedIn{WorkerId{"1001"}}};
            return append(tx, site, event, now);
        });
    };
    CHECK(std::holds_alternative<New>(send(1)));
    CHECK(std::get<Gap>(send(5)).expected == Seq{2});
    for (int again = 0; again < 2; ++again)
        read([&](sqlite::Tx& tx) {
            skip_lost(tx, site, by, now, handheld, epoch, Seq{4});
            return true;
        });
    CHECK(std::holds_alternative<New>(send(5)));
    const auto open = read([&](sqlite::Tx& tx) { return open_exceptions(tx, site, 0, 10); });
    REQUIRE(open.size() == 1);
    CHECK(open[0].reason == "events_lost");
    CHECK(open[0].seq == Seq{2});
    CHECK(read([&](sqlite::Tx& tx) { return verify_chain(tx, site); }).is_whole());
}

TEST_CASE_FIXTURE(FloorStory, "a number that was skipped is never given, and skipping less changes nothing") {
    const auto by = Author{server, Epoch{7}};
    const auto skip = [&](std::int64_t upto) {
        read([&](sqlite::Tx& tx) {
            return decide(tx, site, by, now, protocol::NumbersSkipped{"list", upto});
        });
        return read([&](sqlite::Tx& tx) { return next_number(tx, site, Running::list); });
    };
    CHECK(skip(500) == 501);
    CHECK(skip(20) == 501);
}
