#include "tests/sim/server_in_sim.hpp"

#include <tuple>
#include <utility>

#include "core/base/check.hpp"
#include "core/protocol/messages.hpp"
#include "server/app/floor.hpp"
#include "server/store/events.hpp"
#include "server/store/floor.hpp"
#include "server/store/floor_tasks.hpp"
#include "server/store/shipments.hpp"
#include "server/sync/inbound.hpp"
#include "tests/support/fault_disk.hpp"

namespace kenpin::sim {
namespace {

constexpr Day whenever{std::chrono::days{30'000}};  // clocks jump here: what was due is due
constexpr int http_ok = 200, http_broken = 500;
constexpr int few_operations = 40;  // the power goes within so many operations of the disk
constexpr Millis off_at_latest{3'000};
constexpr Millis full_least{500}, full_most{20'000};
constexpr std::int64_t little_room = 200'000;  // bytes
constexpr Millis a_day{std::chrono::hours{24}};
const std::string somebody = "K0001";  // the key of who asks
constexpr int checkpoint_comes = 60;   // once in so many ticks

app::SiteSettings settings(Chance& chance) {
    app::SiteSettings settings;
    settings.site = site;
    const bool leases_run_out = chance.one_in(4);
    settings.lease =
        leases_run_out ? chance.between(Millis{15'000}, Millis{60'000}) : Millis{std::chrono::minutes{45}};
    settings.slots_per_cart = chance.between(1, 4);
    return settings;
}

crypto::Key key() {
    return crypto::Key::from_bytes(std::string(crypto::key_bytes, 'k')).value();
}

}  // namespace

struct ServerInSim::Parts {
    Parts(app::FloorParts floor_parts, std::uint64_t seed) : given(std::move(floor_parts)), disk(seed) {}

    app::FloorParts given;
    support::FaultDisk disk;
    std::unique_ptr<app::Floor> floor{};
    Millis clock_is_off{0};
    bool goes_off = false, is_power = false;
    Instant goes_off_by{}, disk_has_room_at{};
};

ServerInSim::ServerInSim(const Instant& now, Chance& chance, Misfortune& misfortune, Story& story)
    : now_(now), chance_(chance), misfortune_(misfortune), story_(story) {
    const auto site_settings = settings(chance);
    parts_ = std::make_unique<Parts>(
        app::FloorParts{site_settings, key(), [this] { return now_ + parts_->clock_is_off; }}, chance.next());
    open();
}

void ServerInSim::open() {
    const auto open = [this]() -> Result<std::unique_ptr<app::Floor>> {
        auto database =
            sqlite::Database::open("sqlite:" + parts_->disk.path("server.db"), {.checkpoint_pages = 0});
        if (!database) return database.error();
        return app::Floor::open(std::move(database).value(), parts_->given);
    };
    auto floor = open();
    if (!floor) floor = open();  // its disk failed once more: its program is started again
    KENPIN_CHECK(static_cast<bool>(floor));
    parts_->floor = std::move(floor).value();
}

ServerInSim::~ServerInSim() = default;

void ServerInSim::import(const Goods& goods) {
    for (const auto* table :
         {"shops", "carriers", "items", "barcodes", "locations", "workers", "totes", "stations", "stock"}) {
        const auto taken = parts_->floor->import_file({.table = *web::table_from_name(table),
                                                       .shop = {},
                                                       .body = goods.files.at(table),
                                                       .file_name = table});
        KENPIN_CHECK(taken && taken.value().refused.empty() && taken.value().taken > 0);
    }
    note_newest();
}

bool ServerInSim::take_order(const OrderToCome& order) {
    const auto answer = parts_->floor->take_order(order.shop, order.json);
    if (!answer || parts_->disk.is_stopped()) return false;
    note_newest();
    const bool is_taken = std::holds_alternative<web::OrderTaken>(answer.value());
    if (!is_taken && !std::holds_alternative<web::OrderUnchanged>(answer.value()))
        story_.broken("order " + order.number + " was not taken");
    story_.tell("server", "order " + order.number + (is_taken ? " taken" : " is known already"));
    return true;
}

bool ServerInSim::take_return_file(const std::string& csv) {
    const auto answer = parts_->floor->import_file(
        {.table = web::Table::waybills, .shop = gets_them_before, .body = csv, .file_name = "return"});
    if (answer)
        for (const auto& refused : answer.value().refused)
            if ((refused.reason != "closed" && refused.reason != "voided") || !is_any_cancelled_)
                story_.broken("a waybill of the return file was refused: " + refused.reason);
    return answer && !parts_->disk.is_stopped();
}

bool ServerInSim::start_work() {
    const auto answer = parts_->floor->start_work({.until = whenever, .most_shipments = 0});
    if (!answer || parts_->disk.is_stopped()) return false;
    note_newest();
    for (const auto& list : answer.value().lists)
        story_.tell("server", "list " + list.list.value + " started: " + std::to_string(list.shipments) +
                                  " shipments, " + std::to_string(list.lines) + " lines");
    return true;
}

void ServerInSim::hear(const std::vector<Letter>& letters) {
    std::vector<sync::Inbound> heard;
    for (const auto& letter : letters)
        heard.push_back(sync::read_inbound(site, letter.topic, letter.payload));
    if (!heard.empty()) parts_->floor->hear(heard);
}

void ServerInSim::tick() {
    parts_->floor->tick();
    if (chance_.one_in(checkpoint_comes)) (void)database().checkpoint();  // when not, then later
}

bool ServerInSim::revoke_a_leased_list(Chance& which) {
    const auto leased = database().read([&](sqlite::Tx& tx) -> Result<std::vector<ListId>> {
        std::vector<ListId> lists;
        for (const auto& list : store::unfinished_lists(tx, site))
            if (list.leased_to) lists.push_back(list.list);
        return lists;
    });
    if (!leased || leased.value().empty()) return false;
    const auto& list = which.any_of(leased.value());
    story_.tell("supervisor", "takes back ", list.value);
    return static_cast<bool>(parts_->floor->revoke_list(list, somebody));
}

void ServerInSim::cancel_an_order(Chance& which) {
    const auto found = database().read([&](sqlite::Tx& tx) -> Result<std::vector<ShipmentId>> {
        std::vector<ShipmentId> in_work, others;
        for (const auto& row : store::shipment_rows(tx, site, {.shop = {}, .after = {}, .limit = 1'000})) {
            const auto work = row.states.work;
            const bool is_in_work = work == domain::WorkState::in_work || work == domain::WorkState::picked ||
                                    work == domain::WorkState::verified;
            (is_in_work ? in_work : others).push_back(row.shipment);
        }
        return in_work.empty() || which.one_in(5) ? others : in_work;
    });
    if (!found || found.value().empty()) return;
    const auto& shipment = which.any_of(found.value());
    const auto answer = parts_->floor->cancel_shipment({}, shipment, somebody);
    is_any_cancelled_ = true;
    if (answer) story_.tell("shop", "cancels ", shipment.value, ": ", answer.value().answer);
}

std::optional<OrderId> ServerInSim::an_order_to_change(Chance& which) {
    const auto found = database().read([&](sqlite::Tx& tx) -> Result<std::vector<OrderId>> {
        std::vector<OrderId> in_work, waiting, left;
        for (const auto& row : store::shipment_rows(tx, site, {.shop = {}, .after = {}, .limit = 1'000})) {
            const auto work = row.states.work;
            if (domain::is_cancelled(row.states)) continue;
            auto& of_them = work == domain::WorkState::waiting   ? waiting
                            : work == domain::WorkState::shipped ? left
                                                                 : in_work;
            of_them.push_back(row.orders.front());
        }
        if (which.one_in(8)) return left;
        return in_work.empty() || which.one_in(3) ? waiting : in_work;
    });
    if (!found || found.value().empty()) return std::nullopt;
    return which.any_of(found.value());
}

std::optional<std::string> ServerInSim::change_order(const OrderToCome& wanted) {
    const auto answer = parts_->floor->change_order({}, {wanted.id(), wanted.json, somebody});
    if (!answer || parts_->disk.is_stopped()) return std::nullopt;
    note_newest();
    is_any_cancelled_ = true;
    const auto* view = std::get_if<web::ChangeView>(&answer.value());
    if (view == nullptr) {
        story_.broken("the change of order " + wanted.number + " was not acceptable");
        return std::nullopt;
    }
    story_.tell("shop", "changes ", wanted.id().value, ": ", view->answer);
    return view->answer;
}

bool ServerInSim::is_void(const TrackingNo& waybill) {
    const auto found =
        database().read([&](sqlite::Tx& tx) { return Result(store::find_waybill(tx, site, waybill)); });
    return found && found.value() && found.value()->state == "voided";
}

void ServerInSim::free_a_shelf(Chance& which) {
    const auto blocked =
        database().read([](sqlite::Tx& tx) { return Result(store::blocked_shelves(tx, site)); });
    if (blocked && !blocked.value().empty()) free_shelf(which.any_of(blocked.value()));
}

void ServerInSim::free_all_shelves() {
    const auto blocked =
        database().read([](sqlite::Tx& tx) { return Result(store::blocked_shelves(tx, site)); });
    if (!blocked) return;
    for (const auto& shelf : blocked.value()) free_shelf(shelf);
}

// Where it could not be stored, the shelf stays blocked.
void ServerInSim::free_shelf(const store::BlockedShelf& shelf) {
    story_.tell("supervisor", "frees ", shelf.location.value, " for ", shelf.sku.value);
    (void)parts_->floor->free_shelf({shelf.sku, shelf.location}, somebody);
}

// Whether it could be stored is the fault disk's to say: then nobody is told anything.
void ServerInSim::say_something() {
    using std::chrono::minutes;
    story_.tell("supervisor", "says something to everybody");
    (void)parts_->floor->give_command({.what = "message",
                                       .to = {DeviceId{"all"}},
                                       .text = "休憩です",
                                       .shipment = {},
                                       .lasts = minutes{3},
                                       .by = "K0001"});
    const auto packed = database().read([&](sqlite::Tx& tx) -> Result<std::vector<store::ShipmentRow>> {
        return store::shipment_rows(tx, site, {});
    });
    if (!packed) return;
    for (const auto& row : packed.value()) {
        if (row.bench.value.empty() || row.states.work != domain::WorkState::picked) continue;
        story_.tell("supervisor", "wants the papers of " + row.shipment.value + " at " + row.bench.value);
        (void)parts_->floor->give_command({.what = "print_now",
                                           .to = {row.bench},
                                           .text = {},
                                           .shipment = row.shipment,
                                           .lasts = minutes{1},
                                           .by = "K0001"});
        return;
    }
}

std::vector<Letter> ServerInSim::take_letters() {
    std::vector<Letter> letters;
    if (parts_->disk.is_stopped()) return letters;  // nobody lives to send them
    auto effects = parts_->floor->take_effects();
    if (!effects.publish.empty()) note_newest();
    for (auto& out : effects.publish)
        letters.push_back({out.device, protocol::topic(site, out.device, out.topic), std::move(out.payload)});
    for (const auto& report : effects.reports) {
        const bool is_deaf = misfortune_.strikes(Fault::shop_deaf);
        if (!is_deaf) ++heard_by_shops_[report.key];
        story_.tell("shop " + report.shop.value, std::string(is_deaf ? "does not hear" : "hears") + " that " +
                                                     report.shipment.value + " left");
        parts_->floor->report_answered(report, is_deaf ? http_broken : http_ok);
    }
    return letters;
}

// ---- what goes wrong

bool ServerInSim::let_things_go_wrong() {
    auto& bad = misfortune_;
    auto& parts = *parts_;
    if (bad.strikes(Fault::server_clock_jumps)) {
        parts.clock_is_off = bad.chance(Fault::server_clock_jumps).between(-a_day, a_day);
        story_.tell("server", "its clock jumps, it is off by ",
                    std::to_string(parts.clock_is_off.count() / 60'000), " min");
    }
    if (bad.strikes(Fault::server_disk_error))
        parts.disk.fail_at(parts.disk.operations() +
                           bad.chance(Fault::server_disk_error).between(1, few_operations));
    if (bad.strikes(Fault::server_disk_full)) {
        auto& chance = bad.chance(Fault::server_disk_full);
        story_.tell("server", "its disk is full");
        parts.disk.set_room(chance.below(little_room));
        parts.disk_has_room_at = now_ + chance.between(full_least, full_most);
    }
    if (parts.disk_has_room_at != Instant{} && now_ >= parts.disk_has_room_at) {
        parts.disk.set_room(std::nullopt);
        parts.disk_has_room_at = {};
    }
    for (const auto fault : {Fault::server_power_lost, Fault::server_program_died}) {
        if (!bad.strikes(fault) || parts.goes_off) continue;
        auto& chance = bad.chance(fault);
        parts.goes_off = true;
        parts.is_power = fault == Fault::server_power_lost;
        parts.goes_off_by = now_ + chance.between(Millis{0}, off_at_latest);
        parts.disk.stop_at(parts.disk.operations() + chance.between(1, few_operations));
    }
    if (!parts.goes_off || (!parts.disk.is_stopped() && now_ < parts.goes_off_by)) return false;
    parts.disk.stop();
    come_back(parts.is_power);
    return true;
}

void ServerInSim::come_back(bool is_power) {
    story_.tell("server", is_power ? "loses its power and has it again" : "its program dies and comes back");
    parts_->floor.reset();
    parts_->goes_off = false;
    if (is_power) {
        ++power_cuts_;
        parts_->disk.restart_power();
    } else {
        parts_->disk.restart_program();
    }
    open();
    const auto told = newest_;
    note_newest();
    if (newest_ < told) story_.broken("the server lost events that it had told of");
}

void ServerInSim::note_newest() {
    const auto read = database().read([&](sqlite::Tx& tx) -> Result<std::pair<std::int64_t, Cursors>> {
        Cursors cursors;
        for (const auto& [device, epoch, upto] : tx.rows<DeviceId, Epoch, Seq>(
                 "SELECT device, epoch, last_seq FROM device_cursor WHERE site = ?", site))
            cursors[{device, epoch}] = upto;
        return std::pair{
            tx.value<std::int64_t>("SELECT coalesce(max(position), 0) FROM event WHERE site = ?", site)
                .value_or(0),
            std::move(cursors)};
    });
    if (read) std::tie(newest_, cursors_) = read.value();
}

Seq ServerInSim::upto(const DeviceId& device, Epoch epoch) const {
    const auto cursor = cursors_.find({device, epoch});
    return cursor == cursors_.end() ? Seq{0} : cursor->second;
}

void ServerInSim::calm() {
    if (parts_->goes_off) {
        parts_->disk.stop();
        come_back(parts_->is_power);
    }
    // What was put off by a clock that ran ahead is due at last.
    if (parts_->clock_is_off != Millis{0}) parts_->clock_is_off = a_day;
    parts_->disk.fail_at(0);
    parts_->disk.set_room(std::nullopt);
    parts_->disk_has_room_at = {};
}

Result<std::string> ServerInSim::print_document(const DeviceId& device, const ShipmentId& shipment) {
    return database().read([&](sqlite::Tx& tx) {
        return app::sealed_print_document(tx, parts_->given.site, parts_->given.key, device, shipment);
    });
}

sqlite::Database& ServerInSim::database() {
    return parts_->floor->database();
}

}  // namespace kenpin::sim
