#pragma once
// The demo's floor with one small order started: one list, one shipment, at one bench.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "server/app/views.hpp"
#include "server/store/projection.hpp"
#include "tests/server/app/demo_floor.hpp"

namespace kenpin::app {

inline const DeviceId picker{"H1"}, other_picker{"H2"}, bench{"B1"}, other_bench{"B2"};
inline const SiteId site{"TOKYO1"};

/// A floor with one small order started: one list, one shipment, at one bench.
struct OneShipment : DemoFloor {
    OneShipment() {
        import_masters();
        hello(picker, "picker");
        hello(other_picker, "picker");
        hello(bench, "packer");
        hello(other_bench, "packer");
        CHECK(std::holds_alternative<web::OrderTaken>(order(small_order("H1"))));
        started = start();
        REQUIRE(started.lists.size() == 1);
        list = started.lists.front().list;
        at = started.lists.front().bench;
    }
    protocol::PickListDoc list_doc(const DeviceId& device) {
        const auto doc = protocol::doc_from_json(last(device, protocol::Topic::doc));
        REQUIRE(doc);
        REQUIRE(doc.value().lists.size() == 1);
        return doc.value().lists.front();
    }
    protocol::PackDoc pack_doc() {
        const auto doc = protocol::doc_from_json(last(at, protocol::Topic::doc));
        REQUIRE(doc);
        REQUIRE(doc.value().packs.size() == 1);
        return doc.value().packs.front();
    }
    web::ShipmentView shipment() {
        return read<web::ShipmentView>(
            [&](sqlite::Tx& tx) { return shipment_view(tx, site, {}, ShipmentId{"S0000001"}); });
    }
    /// The tables made anew from the events are the same, row by row.
    void check_rebuilt() {
        const auto tables = [this] {
            return read<std::string>(
                [](sqlite::Tx& tx) { return Result(store::projections_as_text(tx, site)); });
        };
        const auto before = tables();
        REQUIRE(store::rebuild(floor->database(), site));
        CHECK(tables() == before);
    }
    web::StartAnswer started;
    ListId list;
    DeviceId at;
};

}  // namespace kenpin::app
