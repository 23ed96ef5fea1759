#include <tuple>

#include <doctest/doctest.h>

#include "core/protocol/messages.hpp"
#include "core/protocol/print_document.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::protocol;

namespace {

Event picked(std::int64_t seq) {
    return {.device = DeviceId{"H1"},
            .epoch = Epoch{77},
            .seq = Seq{seq},
            .device_time = from_ms(1'795'474'800'000),
            .worker = WorkerId{"W1"},
            .scanner = "serial-1",
            .body = ItemPicked{.list = ListId{"P1"},
                               .line = LineNo{3},
                               .shipment = ShipmentId{"S1"},
                               .sku = Sku{"G-1"},
                               .location = LocationCode{"A-01-01-1"},
                               .units = Qty{2},
                               .code = "4901234567894"}};
}

}  // namespace

TEST_CASE("a batch of events arrives as it was sent, under the device of its topic") {
    const EventBatch sent{Epoch{77}, {picked(1), picked(2)}};
    const auto got = batch_from_json(to_json(sent), DeviceId{"H1"});
    REQUIRE(got);
    REQUIRE(got.value().events.size() == 2);
    const auto& event = got.value().events[1];
    CHECK(event.seq == Seq{2});
    CHECK(event.device == DeviceId{"H1"});
    CHECK(event.worker == WorkerId{"W1"});
    CHECK(std::get<ItemPicked>(event.body).location == LocationCode{"A-01-01-1"});
    CHECK(to_json(got.value()) == to_json(sent));
}

TEST_CASE("an event of a kind from the future is kept as it came") {
    const auto body = body_from_json("drone_landed", R"({"bay":7})");
    REQUIRE(body);
    CHECK(kind_of(body.value()) == "drone_landed");
    CHECK(body_to_json(body.value()) == R"({"bay":7})");
}

TEST_CASE("a known event with a missing or wrong field is refused, and the field is named") {
    const auto missing = body_from_json("list_opened", "{}");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().detail.find("'list'") != std::string::npos);
    const auto wrong =
        body_from_json("tote_bound", R"({"list":"P1","slot":"3","shipment":"S1","tote":"T1"})");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().detail.find("'slot'") != std::string::npos);
    const auto too_big =
        body_from_json("tote_bound", R"({"list":"P1","slot":99999999999,"shipment":"S1","tote":"T1"})");
    CHECK_FALSE(too_big);
}

TEST_CASE("an order event carries the id of its sealed text and nothing of the buyer") {
    OrderReceived received{};
    received.order.id = OrderId{"HONTEN:1001"};
    received.order.buyer_text = BuyerTextId{"b-1"};
    received.order.wished_day = parse_day("2026-11-30");
    received.order.lines = {
        {.no = LineNo{1}, .sku = Sku{"G-1"}, .qty = Qty{2}, .unit_price = Yen{550}, .name = "髙級𠮷"}};
    const auto text = body_to_json(received);
    const auto back = body_from_json("order_received", text);
    REQUIRE(back);
    CHECK(std::get<OrderReceived>(back.value()).order == received.order);
    CHECK(text.find("\"name\":\"髙級𠮷\"") != std::string::npos);
}

TEST_CASE("an event that cannot be read comes through as it is and does not stop the ones after it") {
    const auto got =
        batch_from_json(R"({"v":1,"epoch":1,"events":[)"
                        R"({"seq":1,"kind":"list_opened","at":5,"worker":"W1","body":{"list":7}},)"
                        R"({"seq":2,"kind":"list_opened","at":"noon","body":{"list":"P1"}},)"
                        R"({"seq":3,"kind":"list_opened","at":5,"body":{"list":"P1"}}]})",
                        DeviceId{"H1"});
    REQUIRE(got);
    REQUIRE(got.value().events.size() == 3);
    const auto& [wrong_field, wrong_envelope, right] =
        std::tie(got.value().events[0], got.value().events[1], got.value().events[2]);
    CHECK(kind_of(wrong_field.body) == "list_opened");
    CHECK(body_to_json(wrong_field.body) == R"({"list":7})");
    CHECK(wrong_field.worker == WorkerId{"W1"});
    CHECK(kind_of(wrong_envelope.body).empty());
    CHECK(body_to_json(wrong_envelope.body).find("noon") != std::string::npos);
    CHECK(std::holds_alternative<ListOpened>(right.body));
}

TEST_CASE("a batch with an event that has no number is refused whole") {
    CHECK_FALSE(batch_from_json(R"({"v":1,"epoch":1,"events":[{"kind":"list_opened","at":5,"body":{}}]})",
                                DeviceId{"H1"}));
}

TEST_CASE("the documents of a station survive the way there") {
    PackDoc doc{};
    doc.tote = ToteCode{"T7"};
    doc.task.shipment = ShipmentId{"S1"};
    doc.task.way = domain::WaybillWay::preissued;
    doc.task.lines = {{LineNo{1}, Sku{"A"}, Qty{2}, Qty{1}, {{"49", Qty{1}}}}};
    doc.task.pieces = {{.no = PieceNo{1}, .live = TrackingNo{"000010000034"}, .voided = {}}};
    Snapshot sent{};
    sent.settings.workers = {{WorkerId{"W1"}, "山田"}};
    sent.packs = {doc};
    const auto got = snapshot_from_json(to_json(sent));
    REQUIRE(got);
    CHECK(to_json(got.value()) == to_json(sent));
    CHECK(got.value().packs[0].task.pieces[0].live == TrackingNo{"000010000034"});
}

TEST_CASE("whatever text gets into an event, the event can be read again") {
    for (const auto& worker : {std::string("a\0b", 3), std::string("a\xff"), std::string("\xed\xa0\x80")}) {
        const auto text = body_to_json(WorkerSignedIn{WorkerId{worker}});
        const auto again = body_from_json(WorkerSignedIn::kind, text);
        REQUIRE(again);
        CHECK(body_to_json(again.value()) == text);
    }
    EventBatch batch{Epoch{1}, {}};
    batch.events.push_back({DeviceId{"H1"}, Epoch{1}, Seq{1}, from_ms(1), WorkerId{std::string("a\0b", 3)},
                            std::string("\0", 1), WorkerSignedIn{WorkerId{"a"}}});
    const auto heard = batch_from_json(to_json(batch), DeviceId{"H1"});
    REQUIRE(heard);
    CHECK(std::holds_alternative<WorkerSignedIn>(heard.value().events.at(0).body));
}

TEST_CASE("a document that an older program stored is read, with nothing in the fields it does not have") {
    PickListDoc doc{};
    doc.task.lines.emplace_back();
    doc.task.lines[0].missing = Qty{2};
    auto text = to_json(doc);
    CHECK(pick_list_from_json(text).value().task.lines[0].missing == Qty{2});
    const std::string field = "\"missing\":2,";
    text.erase(text.find(field), field.size());
    CHECK(pick_list_from_json(text).value().task.lines[0].missing == Qty{0});
}

TEST_CASE("an event with a NUL in a text is kept as it came, for no table holds one") {
    const auto batch = batch_from_json(
        R"({"v":1,"epoch":1,"events":[{"seq":1,"kind":"worker_signed_in","at":1,"body":{"worker":"a\u0000b"}},)"
        R"({"seq":2,"kind":"worker_signed_in","at":1,"scanner":"\u0000","body":{"worker":"a"}}]})",
        DeviceId{"H1"});
    REQUIRE(batch);
    for (const auto& event : batch.value().events) {
        const auto* kept = std::get_if<UnknownKind>(&event.body);
        REQUIRE(kept != nullptr);
        CHECK(kept->json.find('\0') == std::string::npos);
    }
}

TEST_CASE("a message of another version of the protocol is refused") {
    CHECK_FALSE(ack_from_json(R"({"v":2,"epoch":1,"server":1,"upto":1,"expect":0})"));
    CHECK(ack_from_json(R"({"v":1,"epoch":1,"server":1,"upto":1,"expect":0})"));
}

TEST_CASE("a batch that is too long is refused whole") {
    EventBatch batch{Epoch{1}, {}};
    for (int i = 1; i <= 51; ++i) batch.events.push_back(picked(i));
    CHECK_FALSE(batch_from_json(to_json(batch), DeviceId{"H1"}));
}

TEST_CASE("rubbish on a topic is an error, never a crash") {
    test::holds("any bytes", [](const std::string& bytes) {
        (void)batch_from_json(bytes, DeviceId{"H1"});
        (void)hello_from_json(bytes);
        (void)snapshot_from_json(bytes);
        (void)parse_topic(bytes);
    });
    test::holds("a cut or bent message", [] {
        auto text = to_json(EventBatch{Epoch{1}, {picked(1)}});
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        if (*rc::gen::arbitrary<bool>())
            text.resize(at);
        else
            text[at] = static_cast<char>(*rc::gen::inRange(0, 256));
        const auto read = batch_from_json(text, DeviceId{"H1"});
        if (read) (void)to_json(read.value());
    });
}

TEST_CASE("a topic tells site, device and kind, and nothing else passes for one") {
    const auto text = topic(SiteId{"TOKYO1"}, DeviceId{"H1"}, Topic::ev);
    CHECK(text == "kenpin/1/TOKYO1/H1/ev");
    const auto parsed = parse_topic(text);
    REQUIRE(parsed);
    CHECK(parsed.value().device == DeviceId{"H1"});
    CHECK(parsed.value().kind == Topic::ev);
    for (const auto* wrong : {"kenpin/2/TOKYO1/H1/ev", "kenpin/1/TOKYO1/H1", "kenpin/1/TOKYO1/H1/ev/x",
                              "kenpin/1/TOKYO1/+/ev", "kenpin/1//H1/ev", "kenpin/1/TOKYO1/H1/what", ""})
        CHECK_FALSE(parse_topic(wrong));
}

TEST_CASE("a print document carries the addressee whole, odd characters included") {
    PrintDocument sent{};
    sent.ship_to.name = Private<std::string>("𠮷田 髙子");
    sent.ship_day = *parse_day("2026-11-24");
    sent.waybills = {{PieceNo{1}, 1, TrackingNo{"000090000003"}}};
    const auto got = print_document_from_json(to_json(sent));
    REQUIRE(got);
    CHECK(got.value().ship_to.name.reveal() == "𠮷田 髙子");
    CHECK(got.value().waybills[0].tracking == TrackingNo{"000090000003"});
}
