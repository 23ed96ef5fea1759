#include "tests/bench/ingest/floor.hpp"

#include <algorithm>
#include <ctime>

#include "core/base/limits.hpp"
#include "core/domain/barcode.hpp"
#include "server/app/floor.hpp"
#include "server/store/document_rows.hpp"
#include "server/sync/inbound.hpp"
#include "tests/support/shop_order.hpp"

namespace kenpin::bench {
namespace {

constexpr int goods = 24;  // lines of each list
constexpr int pieces = 99;
constexpr std::int64_t first_epoch = 1'000;
const Instant before = *parse_instant("2026-11-01T08:00:00+09:00");
const ShopId shop{"HONTEN"};
const WorkerId worker{"1001"};

std::string jan(int n) {
    const auto text = std::to_string(n);
    const auto twelve = "29" + std::string(10 - text.size(), '0') + text;
    return twelve + domain::gtin_check_digit(twelve);
}

std::string place(int n) {
    return "A-" + std::to_string(n) + "-1";
}

std::vector<std::pair<std::string, std::string>> masters(int devices) {
    std::string items = "sku,name_ja,name_en,price_jpy,tax_rate\n", barcodes = "barcode,sku,units,kind\n",
                locations = "location,zone,aisle,bay,level,x_m,y_m,use\n", stock = "sku,location,qty\n",
                stations = "station,name,profile,role,label_printer,slip_printer\nB1,B1,bench-10,packer,,\n";
    for (int n = 1; n <= goods; ++n) {
        const auto sku = "G-" + std::to_string(n);
        items += sku + ",品,Thing,100,10\n";
        barcodes += jan(n) + "," + sku + ",1,JAN13\n";
        locations += place(n) + ",A," + std::to_string(n) + ",1,1,1.0,1.0,pick\n";
        stock += sku + "," + place(n) + ",1000000\n";
    }
    for (int n = 1; n <= devices; ++n) stations += ingest_device(n).value + ",H,handheld-4,picker,,\n";
    return {
        {"shops", "shop,owner,name,order_profile,waybill_way,carrier,webhook_url,sender_name\n" + shop.value +
                      ",OWN1,本店,api,own_label,yamato,,本店\n"},
        {"carriers",
         "carrier,name,service,number_digits,check,tracking_covers,symbol,start_stop,range_shop,range_first,"
         "range_last\nyamato,ヤマト運輸,宅急便,12,mod7,one_piece,nw7,a,HONTEN,00009100000,00009999999\n"},
        {"items", items},
        {"barcodes", barcodes},
        {"locations", locations},
        {"workers", "worker,name,role,language\n" + worker.value + ",青山,picker,ja\n"},
        {"totes", "tote,note\n0001,\n"},
        {"stations", stations},
        {"stock", stock}};
}

std::string order_json(int number) {
    std::vector<support::OrderedGoods> wanted;
    for (int n = 1; n <= goods; ++n) wanted.push_back({"G-" + std::to_string(n), pieces});
    return support::order_json("I-" + std::to_string(number), wanted);
}

Error failed(const std::string& what) {
    return {Error::Kind::refused, "bench floor: " + what};
}

Result<std::unique_ptr<app::Floor>> open_floor(const std::filesystem::path& file) {
    auto database = sqlite::Database::open("sqlite:" + file.string());
    if (!database) return database.error();
    app::SiteSettings settings;
    settings.site = ingest_site;
    settings.lease = std::chrono::hours{10};
    settings.slots_per_cart = 1;
    auto key = crypto::Key::from_bytes(std::string(crypto::key_bytes, 'k'));
    return app::Floor::open(std::move(database).value(),
                            {settings, std::move(key).value(), [] { return *parse_instant(ingest_now); }});
}

Outcome fill(app::Floor& floor, int devices) {
    for (const auto& [table, body] : masters(devices)) {
        const auto taken = floor.import_file(
            {.table = *web::table_from_name(table), .shop = {}, .body = body, .file_name = table});
        if (!taken) return taken.error();
        if (!taken.value().refused.empty()) return failed(table + " was refused");
    }
    for (int n = 1; n <= devices; ++n)
        if (const auto taken = floor.take_order(shop, order_json(n)); !taken) return taken.error();
    return Done{};
}

protocol::Event next(const DeviceScript& script, Seq last, protocol::Body body) {
    return {script.device, script.epoch, Seq{last.value + 1}, *parse_instant(ingest_now),
            worker,        "S1",         std::move(body)};
}

/// Takes the list and binds its box: heard by the floor at once.
std::vector<protocol::Event> beginning(const DeviceScript& script, const plan::ListRows& list, int number) {
    std::vector<protocol::Event> events{next(script, Seq{0}, protocol::ListOpened{list.list})};
    for (const auto& slot : list.slots)
        events.push_back(next(
            script, events.back().seq,
            protocol::ToteBound{list.list, slot.no, slot.shipment,
                                ToteCode{std::to_string(10'000 + number) + std::to_string(slot.no.value)}}));
    return events;
}

std::vector<protocol::Event> walk(const DeviceScript& script, const plan::ListRows& list, Seq last) {
    std::vector<protocol::Event> events;
    const auto add = [&](protocol::Body body) {
        events.push_back(next(script, last, std::move(body)));
        last = events.back().seq;
    };
    for (const auto& line : list.lines) {
        const auto& to_do = line.started;
        add(protocol::LocationConfirmed{list.list, to_do.no, to_do.location});
        for (int n = 0; n < to_do.qty.value; ++n)
            add(protocol::ItemPicked{list.list, to_do.no, to_do.shipment, to_do.sku, to_do.location, Qty{1},
                                     "4901234567894"});
        add(protocol::SlotConfirmed{list.list, to_do.no, to_do.shipment, to_do.slot, to_do.qty});
    }
    return events;
}

Result<plan::ListRows> rows_of(app::Floor& floor, const ListId& list) {
    return floor.database().read([&](sqlite::Tx& tx) -> Result<plan::ListRows> {
        auto rows = store::list_rows(tx, ingest_site, list);
        if (!rows) return failed("no list");
        return *rows;
    });
}

}  // namespace

DeviceId ingest_device(int number) {
    return DeviceId{"H" + std::to_string(number)};
}

Result<std::vector<DeviceScript>> make_floor(const std::filesystem::path& file, int devices) {
    auto opened = open_floor(file);
    if (!opened) return opened.error();
    auto& floor = *opened.value();
    if (auto filled = fill(floor, devices); !filled) return filled.error();
    const auto started =
        floor.start_work({.until = japan_day(*parse_instant(ingest_now)) + std::chrono::days{60}});
    if (!started) return started.error();
    if (started.value().lists.size() != static_cast<std::size_t>(devices)) return failed("too few lists");
    std::vector<DeviceScript> scripts;
    for (int n = 1; n <= devices; ++n) {
        DeviceScript script{ingest_device(n), Epoch{first_epoch + n}, {}};
        const auto rows = rows_of(floor, started.value().lists[static_cast<std::size_t>(n - 1)].list);
        if (!rows) return rows.error();
        const auto begun = beginning(script, rows.value(), n);
        floor.hear({sync::BatchCame{script.device, {script.epoch, begun}}});
        (void)floor.take_effects();  // nobody listens yet
        script.events = walk(script, rows.value(), begun.back().seq);
        scripts.push_back(std::move(script));
    }
    return scripts;
}

// Rows as events leave them, made by the database itself: folding a million would take the bench minutes.
// Their hashes are of the right length, and prove nothing.
Outcome add_history(const std::filesystem::path& file, int events) {
    auto opened = sqlite::Database::open("sqlite:" + file.string());
    if (!opened) return opened.error();
    auto database = std::move(opened).value();
    const auto first = database.read([](sqlite::Tx& tx) -> Result<std::int64_t> {
        return tx.value<std::int64_t>("SELECT max(position) FROM event").value_or(0);
    });
    if (!first) return first.error();
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) ";
    return database.transact([&](sqlite::Tx& tx) -> Outcome {
        tx.run(
            "INSERT INTO event (site, position, device, epoch, seq, kind, payload, worker, scanner, "
            "device_ms, "
            "server_ms, prev_hash, hash, projected) " +
                numbers +
                "SELECT ?, ? + i, 'OLD' || (i % 50), 7, (i + 49) / 50, 'item_picked', "
                "'{\"code\":\"4901234567894\","
                "\"line\":1,\"list\":\"P0\",\"location\":\"A-1-1\",\"shipment\":\"S0\",\"sku\":\"G-1\","
                "\"units\":1}',"
                " '1001', 'S1', ? + i, ? + i, hex(zeroblob(32)), hex(randomblob(32)), 1 FROM n",
            events, ingest_site, first.value(), before, before);
        tx.run("INSERT INTO event_subject (site, kind, id, position) " + numbers +
                   "SELECT ?, 'shipment', 'S' || (i / 20), ? + i FROM n",
               events, ingest_site, first.value());
        tx.run(
            "INSERT INTO stock_movement (site, owner, position, no, sku, lot, from_place, to_place, qty, "
            "reason) " +
                numbers +
                "SELECT ?, 'OWN1', ? + i, 1, 'G-1', '', 'shelf:A-1-1', 'shipment:S0', 1, 'pick' FROM n",
            events, ingest_site, first.value());
        tx.run(
            "INSERT INTO device_cursor (site, device, epoch, last_seq, last_hash, last_server_ms) SELECT "
            "site, "
            "device, epoch, max(seq), max(hash), max(server_ms) FROM event WHERE epoch = 7 GROUP BY site, "
            "device, "
            "epoch");
        return Done{};
    });
}

Result<double> hear_all(const std::filesystem::path& file, const std::vector<DeviceScript>& scripts) {
    auto opened = open_floor(file);
    if (!opened) return opened.error();
    auto& floor = *opened.value();
    std::size_t events = 0;
    std::clock_t spent = 0;
    for (const auto& script : scripts)
        for (auto from = script.events.begin(); from != script.events.end();) {
            const auto upto =
                from + std::min<std::ptrdiff_t>(script.events.end() - from, limits::batch_events);
            const auto text = to_json(protocol::EventBatch{script.epoch, {from, upto}});
            events += static_cast<std::size_t>(upto - from);
            from = upto;
            const auto start = std::clock();
            floor.hear({sync::read_inbound(
                ingest_site, protocol::topic(ingest_site, script.device, protocol::Topic::ev), text)});
            (void)floor.take_effects();  // nobody listens
            spent += std::clock() - start;
        }
    return static_cast<double>(spent) * 1e6 / CLOCKS_PER_SEC / static_cast<double>(events);
}

}  // namespace kenpin::bench
