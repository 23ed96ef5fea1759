// The transactions of the server's database: what comes in, what stations tell, what supervisors decide.
#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/check.hpp"
#include "server/app/exceptions.hpp"
#include "server/store/migrations.hpp"
#include "server/store/projection.hpp"
#include "server/store/shipments.hpp"
#include "tests/sim/crash_points.hpp"
#include "tests/sim/crash_points_day.hpp"

namespace kenpin::sim {
namespace {

using namespace day;
using support::FaultDisk;
using namespace std::chrono_literals;

using Act = std::function<Outcome(app::Floor&)>;

Transaction of_server(std::string name, const FaultDisk::Image& before, const Act& act,
                      Millis later = Millis{0}) {
    return {.name = std::move(name),
            .file = file,
            .hidden = {"epoch", "hash", "prev_hash", "last_hash"},  // of this opening, drawn anew each time
            .before = [before](FaultDisk& disk) { disk.put_back(before); },
            .run =
                [act, later](FaultDisk& disk, Attempt& attempt) {
                    auto floor = open(disk, later);
                    KENPIN_CHECK(static_cast<bool>(floor));
                    (void)attempt.run([&] { return act(*floor.value()); });  // the attempt keeps the answer
                },
            .start =
                [later](FaultDisk& disk, const std::function<void()>& then) {
                    const auto floor = open(disk, later);
                    then();
                    return static_cast<bool>(floor);
                }};
}

Transaction random(Transaction transaction) {
    transaction.is_random = true;
    return transaction;
}

Transaction of_open(std::string name, std::function<void(FaultDisk&)> before) {
    auto transaction = of_server(std::move(name), {}, {});
    transaction.before = std::move(before);
    transaction.is_in_steps = transaction.is_random = true;
    transaction.run = [](FaultDisk& disk, Attempt& attempt) {
        (void)attempt.run([&] { return done_or_error(open(disk)); });  // the attempt keeps the answer
    };
    return transaction;
}

void make_with_schema(FaultDisk& disk, std::size_t number) {
    auto opened = open_database(disk);
    KENPIN_CHECK(static_cast<bool>(opened));
    auto database = std::move(opened).value();
    KENPIN_CHECK(static_cast<bool>(sqlite::migrate(database, store::migrations().first(number))));
}

// Each kind of event once, in the state in which the day brings it; then the rest of the day as one batch.
void add_batches(std::vector<Transaction>& all, const Recorded& day) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < day.told.size(); ++i) {
        const auto& told = day.told[i];
        const std::string kind(protocol::kind_of(told.body));
        if (!seen.insert(kind).second) continue;
        all.push_back(of_server("a batch with " + kind + " is taken", day.before[i],
                                [told](app::Floor& floor) { return tell(floor, {told}); }));
    }
    std::vector<Told> walked;
    for (const auto& told : day.told)
        if (told.device == picker) walked.push_back(told);
    all.push_back(of_server("a whole list is taken as one batch", day.started,
                            [walked](app::Floor& floor) { return tell(floor, walked); }));
}

Outcome cancel(app::Floor& floor, const ShipmentId& shipment, const std::string& wanted) {
    const auto answer = floor.cancel_shipment({}, shipment, somebody);
    if (!answer) return answer.error();
    KENPIN_CHECK(answer.value().answer == wanted);
    return Done{};
}

Outcome tell_shop(app::Floor& floor, const ShipmentId& shipment) {
    floor.report_answered(
        {.shipment = shipment, .shop = prints_itself, .url = {}, .body = {}, .key = {}, .attempts = 1}, 200);
    return floor.database().read([&](sqlite::Tx& tx) -> Outcome {
        const auto row = store::shipment_row(tx, site, shipment);
        return done_if(row && row->report == "accepted");
    });
}

Outcome renew(app::Floor& floor, const ListId& list) {
    const auto snapshot = greet(floor, picker);
    if (!snapshot) return done_if(false);
    for (const auto& doc : snapshot->lists)
        if (doc.task.list == list) return done_if(doc.lease > Millis{40min});
    return done_if(false);
}

Outcome settle(app::Floor& floor) {
    const auto open = floor.database().read(
        [](sqlite::Tx& tx) { return app::exception_views(tx, site, {.limit = 10, .after = {}}); });
    if (!open) return open.error();
    if (open.value().empty()) return Done{};  // settled by the try before
    return done_or_error(
        floor.settle_exception(open.value().front().number, {.note = "asked", .by = somebody}));
}

/// The image after the list was taken back and its holder's next scan came all the same.
FaultDisk::Image with_exception(const Recorded& day, const Told& late) {
    FaultDisk disk(1);
    disk.put_back(day.half_picked);
    {
        auto floor = open(disk);
        KENPIN_CHECK(floor && floor.value()->revoke_list(day.list, somebody));
        KENPIN_CHECK(static_cast<bool>(tell(*floor.value(), {late})));
    }
    return disk.image();
}

FaultDisk::Image with_list_revoked(const Recorded& day) {
    FaultDisk disk(1);
    disk.put_back(day.half_picked);
    {
        auto floor = open(disk);
        KENPIN_CHECK(floor && floor.value()->revoke_list(day.list, somebody));
    }
    return disk.image();
}

void add_decisions(std::vector<Transaction>& all, const Recorded& day) {
    // The scan that comes after half_picked.
    const auto next =
        static_cast<std::size_t>(std::find_if(day.before.rbegin(), day.before.rend(),
                                              [&](const auto& image) { return image == day.half_picked; })
                                     .base() -
                                 day.before.begin() - 1);
    const auto late = day.told[next];
    all.push_back(of_server("a scan comes after its list was taken back", with_list_revoked(day),
                            [late](app::Floor& floor) { return tell(floor, {late}); }));
    all.push_back(of_server("an exception is settled", with_exception(day, late), settle));
    all.push_back(of_server("a list is taken back", day.half_picked, [day](app::Floor& floor) {
        return done_or_error(floor.revoke_list(day.list, somebody));
    }));
    all.push_back(of_server("a list is taken over", day.half_picked, [day](app::Floor& floor) {
        return tell(floor, {{other_picker, Seq{1}, protocol::TakeOverAsked{day.list}}});
    }));
    all.push_back(of_server(
        "a lease is renewed", day.half_picked, [day](app::Floor& floor) { return renew(floor, day.list); },
        30min));
    all.push_back(of_server("a shipment is cancelled before its work starts", day.with_return_file,
                            [day](app::Floor& floor) { return cancel(floor, day.shipment, "cancelled"); }));
    all.push_back(of_server("a shipment is stopped in work", day.half_picked,
                            [day](app::Floor& floor) { return cancel(floor, day.shipment, "stopped"); }));
    all.push_back(of_server("a shipment's cancelling comes too late", day.shipped,
                            [day](app::Floor& floor) { return cancel(floor, day.shipment, "too_late"); }));
    all.push_back(of_server("a shop hears what left", day.shipped,
                            [day](app::Floor& floor) { return tell_shop(floor, day.shipment); }));
    all.push_back(random(of_server("an API key is made", day.opened, [](app::Floor& floor) {
        return done_or_error(floor.make_api_key(
            {.name = "desk", .shop = {}, .scopes = {web::KeyScope::supervisor}}, somebody));
    })));
}

// One piece more of its first line.
std::string changed(const std::string& order) {
    auto json = nlohmann::json::parse(order);
    auto& qty = json.at("lines").at(0).at("qty");
    qty = qty.get<int>() + 1;
    for (const char* sum : {"goods_yen", "total_yen"}) {
        auto& yen = json.at("totals").at(sum);
        yen = yen.get<int>() + 100;
    }
    return json.dump();
}

Outcome change_in_work(app::Floor& floor, const OrderToCome& order) {
    const auto answer = floor.change_order(
        {}, {OrderId{order.shop.value + ":" + order.number}, changed(order.json), somebody});
    if (!answer) return answer.error();
    const auto* view = std::get_if<web::ChangeView>(&answer.value());
    KENPIN_CHECK(view &&
                 (view->answer == "stopped" || view->answer == "unchanged"));  // the try before did it
    return Done{};
}

// Of the first pick: nothing lies there.
Told nothing_there(const Recorded& day, std::size_t at) {
    const auto& pick = std::get<protocol::ItemPicked>(day.told[at].body);
    return {
        picker, day.told[at].seq,
        protocol::ShortageFound{pick.list, pick.line, pick.shipment, pick.sku, pick.location, pick.units}};
}

void add_requests(std::vector<Transaction>& all, const Recorded& day, const Goods& goods) {
    all.push_back(random(of_server("a message is given to all stations", day.started, [](app::Floor& floor) {
        return done_or_error(floor.give_command({.what = "message",
                                                 .to = {DeviceId{"all"}},
                                                 .text = "休憩です",
                                                 .shipment = {},
                                                 .lasts = 3min,
                                                 .by = somebody}));
    })));
    const auto order = goods.orders.front();
    all.push_back(random(of_server("an order is changed in work", day.half_picked,
                                   [order](app::Floor& floor) { return change_in_work(floor, order); })));
    const auto pick = static_cast<std::size_t>(
        std::find_if(
            day.told.begin(), day.told.end(),
            [](const auto& told) { return std::holds_alternative<protocol::ItemPicked>(told.body); }) -
        day.told.begin());
    const auto missing = nothing_there(day, pick);
    all.push_back(of_server("goods are not on their shelf", day.before[pick],
                            [missing](app::Floor& floor) { return tell(floor, {missing}); }));
}

/// The same file less its last row.
std::string shorter(const std::string& csv) {
    return csv.substr(0, csv.rfind('\n', csv.size() - 2) + 1);
}

void add_intake(std::vector<Transaction>& all, const Recorded& day, const Goods& goods) {
    for (const auto* table : {"items", "stock"}) {  // the others go the way of the items
        const web::ImportFile import{.table = *web::table_from_name(table),
                                     .shop = {},
                                     .body = shorter(goods.files.at(table)),
                                     .file_name = table};
        all.push_back(
            of_server(std::string("a file of ") + table + " is imported", day.without_stock,
                      [import](app::Floor& floor) { return done_or_error(floor.import_file(import)); }));
    }
    const auto order = goods.orders.front();
    all.push_back(random(of_server("an order is taken", day.with_masters, [order](app::Floor& floor) {
        return done_or_error(floor.take_order(order.shop, order.json));
    })));
    const web::ImportFile returned{.table = web::Table::waybills,
                                   .shop = gets_them_before,
                                   .body = goods.return_file(orders_taken),
                                   .file_name = "return"};
    all.push_back(
        of_server("a carrier's return file is taken", day.with_orders,
                  [returned](app::Floor& floor) { return done_or_error(floor.import_file(returned)); }));
    all.push_back(of_server("work is started", day.with_return_file, [](app::Floor& floor) {
        return done_or_error(floor.start_work({.until = whenever, .most_shipments = 0}));
    }));
}

void add_upkeep(std::vector<Transaction>& all, const Recorded& day) {
    auto rebuild = of_server("all projections are made anew", day.started,
                             [](app::Floor& floor) { return store::rebuild(floor.database(), site); });
    auto checkpoint = of_server("the log is moved into the file", day.shipped,
                                [](app::Floor& floor) { return floor.database().checkpoint(); });
    rebuild.changes_nothing = checkpoint.changes_nothing = true;
    all.push_back(std::move(rebuild));
    all.push_back(std::move(checkpoint));
    all.push_back(of_server(
        "the head of a day is kept", day.shipped,
        [](app::Floor& floor) {
            floor.tick();
            return floor.database().read([](sqlite::Tx& tx) -> Outcome {
                return done_if(tx.value<int>("SELECT count(*) FROM day_head").value_or(0) > 0);
            });
        },
        24h));
    const auto newest = store::migrations().size();
    auto first = of_open("a server starts for the first time", [](FaultDisk&) {});
    first.is_long = true;
    all.push_back(std::move(first));
    all.push_back(of_open("a server starts on the schema before the newest",
                          [newest](FaultDisk& disk) { make_with_schema(disk, newest - 1); }));
}

}  // namespace

std::vector<Transaction> transactions_of_server() {
    const auto goods = small_goods();
    const auto day = record(goods);
    std::vector<Transaction> all;
    add_upkeep(all, day);
    add_intake(all, day, goods);
    add_batches(all, day);
    add_decisions(all, day);
    add_requests(all, day, goods);
    return all;
}

}  // namespace kenpin::sim
