#include "tests/sim/crash_points_day.hpp"

#include <functional>
#include <utility>

#include "core/base/check.hpp"

namespace kenpin::sim::day {

using support::FaultDisk;
using namespace std::chrono_literals;

namespace {

constexpr int totes_there = 5;

crypto::Key key() {
    return crypto::Key::from_bytes(std::string(crypto::key_bytes, 'k')).value();
}

Epoch epoch_of(const DeviceId& device) {
    return Epoch{device.value.front() + device.value.back()};
}

protocol::Event event(const Told& told) {
    return {told.device, epoch_of(told.device), told.seq, morning, WorkerId{badge_of(told.device)}, "wedge",
            told.body};
}

sync::Inbound batch(const std::vector<Told>& told) {
    protocol::EventBatch batch{epoch_of(told.front().device), {}};
    for (const auto& each : told) batch.events.push_back(event(each));
    return sync::BatchCame{told.front().device, std::move(batch)};
}

std::vector<protocol::Body> walk(const protocol::PickListDoc& doc) {
    const auto& task = doc.task;
    std::vector<protocol::Body> bodies{protocol::WorkerSignedIn{WorkerId{badge_of(picker)}},
                                       protocol::ListOpened{task.list}};
    int totes = 0;
    for (const auto& slot : task.slots)
        bodies.emplace_back(protocol::ToteBound{task.list, slot.no, slot.shipment, tote(++totes)});
    for (const auto& line : task.lines) {
        bodies.emplace_back(protocol::LocationConfirmed{task.list, line.no, line.location});
        bodies.emplace_back(protocol::ItemPicked{task.list, line.no, line.shipment, line.sku, line.location,
                                                 line.wanted, line.codes.front().code});
        bodies.emplace_back(
            protocol::SlotConfirmed{task.list, line.no, line.shipment, line.slot, line.wanted});
    }
    bodies.emplace_back(protocol::ListFinished{task.list});
    return bodies;
}

std::vector<protocol::Body> pack(const protocol::PackDoc& doc) {
    const auto& task = doc.task;
    std::vector<protocol::Body> bodies{protocol::PackOpened{task.shipment, "box"}};
    for (const auto& line : task.lines)
        bodies.emplace_back(
            protocol::GoodsVerified{task.shipment, line.no, line.sku, line.wanted, line.codes.front().code});
    const auto& piece = task.pieces.front();
    bodies.emplace_back(protocol::PaperPrinted{
        task.shipment, piece.no, "waybill", 1, PrinterId{"LP1"}, "printed", piece.live, {}});
    bodies.emplace_back(protocol::ScanRefused{.place = "pack",
                                              .refusal = domain::Refusal::wrong_item,
                                              .read = "4900000000000",
                                              .wanted = "waybill",
                                              .list = {},
                                              .shipment = task.shipment,
                                              .sku = {}});
    bodies.emplace_back(protocol::PrinterChanged{PrinterId{"LP1"}, "media_out"});
    bodies.emplace_back(protocol::PieceClosed{task.shipment, piece.no, *piece.live});
    return bodies;
}

class Recorder {
public:
    explicit Recorder(const Goods& goods) : goods_(goods) {}

    Recorded record() {
        day_.opened = with([](app::Floor&) {});
        for (const auto* table :
             {"shops", "carriers", "items", "barcodes", "locations", "workers", "totes", "stations"})
            day_.without_stock = import(table);
        day_.with_masters = import("stock");
        for (std::size_t i = 0; i < orders_taken; ++i)
            day_.with_orders = with([&](app::Floor& floor) {
                KENPIN_CHECK(
                    static_cast<bool>(floor.take_order(goods_.orders[i].shop, goods_.orders[i].json)));
            });
        day_.with_return_file = with([&](app::Floor& floor) {
            KENPIN_CHECK(static_cast<bool>(floor.import_file({.table = web::Table::waybills,
                                                              .shop = gets_them_before,
                                                              .body = goods_.return_file(orders_taken),
                                                              .file_name = "return"})));
        });
        std::optional<protocol::PickListDoc> list;
        day_.started = with([&](app::Floor& floor) {
            KENPIN_CHECK(static_cast<bool>(floor.start_work({.until = whenever, .most_shipments = 0})));
            const auto snapshot = greet(floor, picker);
            KENPIN_CHECK(snapshot && !snapshot->lists.empty());
            list = snapshot->lists.front();
        });
        day_.list = list->task.list;
        tell_all(picker, walk(*list));
        std::optional<protocol::PackDoc> box;
        (void)with([&](app::Floor& floor) {  // only looked at
            const auto snapshot = greet(floor, bench);
            KENPIN_CHECK(snapshot && !snapshot->packs.empty());
            box = snapshot->packs.front();
        });
        day_.shipment = box->task.shipment;
        tell_all(bench, pack(*box));
        day_.shipped = disk_.image();
        return std::move(day_);
    }

private:
    FaultDisk::Image with(const std::function<void(app::Floor&)>& act) {
        {
            auto floor = open(disk_);
            KENPIN_CHECK(static_cast<bool>(floor));
            act(*floor.value());
        }
        return disk_.image();
    }

    FaultDisk::Image import(const char* table) {
        return with([&](app::Floor& floor) {
            KENPIN_CHECK(static_cast<bool>(floor.import_file({.table = *web::table_from_name(table),
                                                              .shop = {},
                                                              .body = goods_.files.at(table),
                                                              .file_name = table})));
        });
    }

    void tell_all(const DeviceId& device, const std::vector<protocol::Body>& bodies) {
        Seq seq;
        for (const auto& body : bodies) {
            ++seq.value;
            day_.before.push_back(disk_.image());
            day_.told.push_back({device, seq, body});
            if (std::holds_alternative<protocol::SlotConfirmed>(body)) day_.half_picked = disk_.image();
            (void)with(
                [&](app::Floor& floor) { KENPIN_CHECK(static_cast<bool>(tell(floor, {day_.told.back()}))); });
        }
    }

    const Goods& goods_;
    FaultDisk disk_{1};
    Recorded day_;
};

}  // namespace

Goods small_goods() {
    Chance chance(4);
    auto goods = Goods::made_up(chance);
    auto& totes = goods.files["totes"] = "tote,note\n";
    for (int n = 1; n <= totes_there; ++n) totes += tote(n).value + ",\n";
    return goods;
}

Result<sqlite::Database> open_database(FaultDisk& disk) {
    return sqlite::Database::open("sqlite:" + disk.path(file), {.checkpoint_pages = 0});
}

Result<std::unique_ptr<app::Floor>> open(FaultDisk& disk, Millis later) {
    auto database = open_database(disk);
    if (!database) return database.error();
    app::SiteSettings settings;
    settings.site = site;
    settings.lease = 45min;
    settings.slots_per_cart = 2;
    return app::Floor::open(std::move(database).value(), {settings, key(), [=] { return morning + later; }});
}

Outcome done_if(bool is_done) {
    if (!is_done) return Error{Error::Kind::busy, "not done"};
    return Done{};
}

Outcome tell(app::Floor& floor, const std::vector<Told>& told) {
    floor.hear({batch(told)});
    bool is_acknowledged = false;
    for (const auto& letter : floor.take_effects().publish) {
        if (letter.topic != protocol::Topic::ack || letter.device != told.front().device) continue;
        const auto ack = protocol::ack_from_json(letter.payload);
        is_acknowledged = is_acknowledged || (ack && ack.value().upto >= told.back().seq);
    }
    return done_if(is_acknowledged);
}

std::optional<protocol::Snapshot> greet(app::Floor& floor, const DeviceId& device) {
    floor.hear({sync::HelloCame{
        device,
        {.lives =
             {{.epoch = epoch_of(device), .first_seq = Seq{1}, .last_seq = Seq{0}, .acked_upto = Seq{0}}},
         .device_time = morning,
         .role = device == bench ? "packer" : "picker",
         .program = "sim",
         .lists = {},
         .packs = {}}}});
    for (const auto& letter : floor.take_effects().publish)
        if (letter.topic == protocol::Topic::snapshot)
            if (auto snapshot = protocol::snapshot_from_json(letter.payload))
                return std::move(snapshot).value();
    return std::nullopt;
}

Recorded record(const Goods& goods) {
    return Recorder(goods).record();
}

}  // namespace kenpin::sim::day
