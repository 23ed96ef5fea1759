#pragma once
// A floor in memory with the masters, stock and orders of the demo, and made time. Devices are told by hand.
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "adaptors/sqlite/database.hpp"
#include "core/base/limits.hpp"
#include "core/protocol/messages.hpp"
#include "places.hpp"
#include "server/app/floor.hpp"

namespace kenpin::app {

inline std::string demo_file(const std::string& name) {
    std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/assets/demo/" + name, std::ios::binary);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

inline const IntakeRules& demo_rules() {
    static const auto rules = load_intake_rules(std::string(KENPIN_SOURCE_ROOT) + "/assets");
    REQUIRE(rules);
    return rules.value();
}

struct DemoFloor {
    Instant now = *parse_instant("2026-11-24T08:00:00+09:00");
    std::unique_ptr<Floor> floor = open();
    std::map<DeviceId, std::vector<Publish>> mail;
    std::vector<ReportToSend> reports;
    std::map<DeviceId, Seq> seqs;

    std::unique_ptr<Floor> open(const std::string& url = "sqlite::memory:") {
        SiteSettings site;
        site.site = SiteId{"TOKYO1"};
        site.lease = limits::lease;
        site.slots_per_cart = limits::slots_per_cart;
        auto database = sqlite::Database::open(url, {});
        REQUIRE(database);
        auto opened = Floor::open(std::move(database).value(),
                                  {site, crypto::Key::random(), [this] { return now; }, &demo_rules()});
        REQUIRE(opened);
        return std::move(opened).value();
    }

    web::ImportAnswer import(web::Table table, const std::string& body,
                             std::optional<ShopId> shop = std::nullopt) {
        const auto answer =
            floor->import_file({.table = table, .shop = std::move(shop), .body = body, .file_name = ""});
        INFO(web::name(table));
        if (!answer) FAIL(answer.error().detail);
        collect();
        return answer.value();
    }
    void import_masters() {
        using enum web::Table;
        for (const auto table :
             {items, barcodes, locations, workers, totes, stations, printers, carriers, shops, stock})
            CHECK(import(table, demo_file(std::string(web::name(table)) + ".csv")).refused.empty());
    }
    web::OrderAnswer order(const std::string& json, const char* shop = "HONTEN") {
        const auto answer = floor->take_order(ShopId{shop}, json);
        if (!answer) FAIL(answer.error().detail);
        collect();
        return answer.value();
    }
    web::StartAnswer start() {
        const auto answer = floor->start_work({});
        if (!answer) FAIL(answer.error().detail);
        collect();
        return answer.value();
    }

    /// Runs `look(tx)` on the floor's database.
    template <class T, class Look>
    T read(const Look& look) {
        auto answer = floor->database().read([&](sqlite::Tx& tx) -> Result<T> { return look(tx); });
        if (!answer) FAIL(answer.error().detail);
        return std::move(answer).value();
    }

    void collect() {
        auto effects = floor->take_effects();
        for (auto& message : effects.publish) mail[message.device].push_back(std::move(message));
        for (auto& report : effects.reports) reports.push_back(std::move(report));
    }
    void hear(sync::Inbound message) {
        floor->hear({std::move(message)});
        collect();
    }
    protocol::Snapshot hello(const DeviceId& device, const std::string& role) {
        hear(sync::HelloCame{device,
                             {.lives = {{Epoch{7}, Seq{1}, seqs[device], seqs[device]}},
                              .device_time = now,
                              .role = role,
                              .program = "test",
                              .lists = {},
                              .packs = {}}});
        const auto answer = last(device, protocol::Topic::snapshot);
        const auto snapshot = protocol::snapshot_from_json(answer);
        REQUIRE(snapshot);
        return snapshot.value();
    }
    /// The newest message to a device on a topic; empty: none.
    std::string last(const DeviceId& device, protocol::Topic topic) {
        std::string found;
        for (const auto& message : mail[device])
            if (message.topic == topic) found = message.payload;
        return found;
    }
    sync::Inbound next_event(const DeviceId& device, protocol::Body body) {
        now += Millis{1'000};
        auto& seq = seqs[device];
        seq = Seq{seq.value + 1};
        return sync::BatchCame{
            device, {Epoch{7}, {{device, Epoch{7}, seq, now, WorkerId{"1001"}, "", std::move(body)}}}};
    }
    protocol::Ack tell(const DeviceId& device, protocol::Body body) {
        hear(next_event(device, std::move(body)));
        const auto ack = protocol::ack_from_json(last(device, protocol::Topic::ack));
        REQUIRE(ack);
        return ack.value();
    }

    /// The picker walks the whole list as its document says.
    void pick(const DeviceId& picker, const protocol::PickListDoc& doc) {
        tell(picker, protocol::ListOpened{doc.task.list});
        int box = 1;
        for (const auto& slot : doc.task.slots)
            tell(picker, protocol::ToteBound{doc.task.list, slot.no, slot.shipment,
                                             ToteCode{"T" + doc.task.list.value + std::to_string(box++)}});
        for (const auto& line : doc.task.lines) {
            tell(picker, protocol::LocationConfirmed{doc.task.list, line.no, line.location});
            tell(picker, protocol::ItemPicked{doc.task.list, line.no, line.shipment, line.sku, line.location,
                                              line.wanted, ""});
            tell(picker,
                 protocol::SlotConfirmed{doc.task.list, line.no, line.shipment, line.slot, line.wanted});
        }
        tell(picker, protocol::ListFinished{doc.task.list});
    }
    /// The bench verifies all goods and scans the waybill.
    void pack(const DeviceId& bench, const protocol::PackDoc& doc) {
        tell(bench, protocol::PackOpened{doc.task.shipment, "x"});
        for (const auto& line : doc.task.lines)
            tell(bench, protocol::GoodsVerified{doc.task.shipment, line.no, line.sku, line.wanted, ""});
        for (const auto& piece : doc.task.pieces)
            tell(bench,
                 protocol::PieceClosed{doc.task.shipment, piece.no, piece.live.value_or(TrackingNo{})});
    }
};

/// One order of the second shop: invented buyer, one line.
inline std::string small_order(const std::string& number, const std::string& sku = "G-22081", int qty = 2) {
    const auto total = std::to_string(310 * qty);
    return R"({"v":1,"order_no":")" + number +
           R"(","ordered_at":"2026-11-23T10:06:00+09:00","buyer":{"name":"試験 花子","postcode":"1000001","prefecture":"東京都",)"
           R"("city":"千代田区","street":"千代田1-1","building":"","phone":"090-0000-1234"},"lines":[{"line_no":1,"sku":")" +
           sku + R"(","name":"リボン","qty":)" + std::to_string(qty) +
           R"(,"unit_price_yen":310,"tax_rate_percent":10}],"payment":"card","totals":{"goods_yen":)" +
           total + R"(,"shipping_yen":0,"fee_yen":0,"discount_yen":0,"total_yen":)" + total + "}}";
}

}  // namespace kenpin::app
