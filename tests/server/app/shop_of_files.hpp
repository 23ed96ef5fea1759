#pragma once
// A shop whose orders come in files of the generic CSV, one order each, and what is seen of them afterwards.
#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "server/app/intake_desk.hpp"
#include "server/app/views.hpp"
#include "server/store/shipments.hpp"
#include "tests/server/app/demo_floor.hpp"

namespace kenpin::app {

using Kind = web::IntakeAction::Kind;
using Cells = std::map<std::string, std::string>;
inline const SiteId site{"TOKYO1"};

struct ShopOfFiles : DemoFloor {
    ShopOfFiles() {
        import_masters();
        hello(DeviceId{"H1"}, "picker");
        hello(DeviceId{"B1"}, "packer");
        auto shops = demo_file("shops.csv");
        shops +=
            "GEN,OWN1,ギフト店,generic,on_demand,yamato,,demo-key-of-gen,ギフト店,1000001,東京都,千代田区,"
            "千代田1-"
            "1,,03-0000-0000,T0000000000000\n";
        import(web::Table::shops, shops);
    }
    Cells cells(const std::string& number, const Cells& changed = {}) const {
        Cells all{{"order_no", number},
                  {"ordered_at", "2026-11-23 10:00"},
                  {"sku", "G-22081"},
                  {"qty", "1"},
                  {"unit_price", "160"},
                  {"name", "検品 試"},
                  {"postcode", "1000001"},
                  {"prefecture", "東京都"},
                  {"city", "千代田区"},
                  {"address", "千代田1-1"},
                  {"remark", ""},
                  {"paid", "1"},
                  {"cancelled", ""},
                  {"phone", "090-0000-1234"},
                  {"buyer_phone", "090-0000-1234"},
                  {"buyer_name", "検品 試"},
                  {"buyer_postcode", "1000001"},
                  {"buyer_prefecture", "東京都"},
                  {"buyer_address", "千代田区千代田1-1"}};
        for (const auto& [column, value] : changed) all[column] = value;
        return all;
    }
    web::ImportAnswer bring(const std::string& number, const Cells& changed = {}) {
        std::string header, row;
        for (const auto& [column, value] : cells(number, changed)) {
            header += (header.empty() ? "" : ",") + column;
            row += (row.empty() ? "" : ",") + value;
        }
        const auto answer = import(web::Table::orders, header + "\n" + row + "\n", ShopId{"GEN"});
        return answer;
    }
    void know(const std::string& sku) {
        const auto all = demo_file("items.csv");
        import(web::Table::items, all + sku + ",,新商品,New,雑貨,ambient,10,10,10,10,100,10,0,0,UCI,\n");
    }

    std::vector<web::IntakeView> records(const std::string& state) {
        return read<web::IntakePage>(
                   [&](sqlite::Tx& tx) { return intake_page(tx, site, &demo_rules(), {}, {.state = state}); })
            .records;
    }
    std::int64_t open_record(const std::string& code) {
        for (const auto& record : records("open"))
            for (const auto& reason : record.reasons)
                if (reason.code == code) return record.record;
        return 0;
    }
    std::string act(Kind kind, std::int64_t record, const std::string& reason = "asked_shop") {
        const auto done =
            floor->act_on_intake({}, {.kind = kind, .record = record, .reason = reason, .by = "K0007"});
        collect();
        return done ? done.value().outcome : "refused";
    }
    std::vector<web::ShipmentView> shipments(const std::string& number) {
        return read<std::vector<web::ShipmentView>>(
            [&](sqlite::Tx& tx) -> Result<std::vector<web::ShipmentView>> {
                std::vector<web::ShipmentView> all;
                for (const auto& id : store::shipments_of_order(tx, site, OrderId{"GEN:" + number}))
                    all.push_back(shipment_view(tx, site, {}, id).value());
                return all;
            });
    }
    std::set<domain::HoldReason> holds(const std::string& number) {
        const auto all = shipments(number);
        REQUIRE_FALSE_MESSAGE(all.empty(), number);
        return all.back().states.holds;
    }
    std::int64_t pieces(const std::string& number) {
        return read<std::int64_t>([&](sqlite::Tx& tx) {
            return tx
                .value<std::int64_t>("SELECT coalesce(sum(qty), 0) FROM order_line WHERE order_id = ?",
                                     "GEN:" + number)
                .value_or(0);
        });
    }
};

inline bool is_only(const std::set<domain::HoldReason>& holds, domain::HoldReason reason) {
    return holds == std::set{reason};
}

}  // namespace kenpin::app
