#include "tests/sim/server_in_sim.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

#include <unistd.h>

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
const std::string somebody = "K0001";        // the key of who asks
constexpr int checkpoint_comes = 60;         // once in so many ticks
constexpr int site_makes_backups = 10;       // one in so many
constexpr int backup_comes = 50;             // once in so many ticks
constexpr int older_backup = 4;              // it is put back to, once in so many
constexpr const char* own_labels = "00009";  // how the numbers of our range begin

app::SiteSettings settings(Chance& chance) {
    app::SiteSettings settings;
    settings.site = site;
    const bool leases_run_out = chance.one_in(4);
    settings.lease =
        leases_run_out ? chance.between(Millis{15'000}, Millis{60'000}) : Millis{std::chrono::minutes{45}};
    settings.slots_per_cart = chance.between(1, 4);
    return settings;
}

// On a real disk: what the power takes of it is the durable file's own question. One for each run: the same
// seed may be run twice at once.
std::filesystem::path numbers_file(std::uint64_t name) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("kenpin-sim-numbers-" + std::to_string(getpid()) + "-" + std::to_string(name));
    std::error_code failed;
    std::filesystem::remove(file, failed);  // of a run that somebody ended
    return file;
}

crypto::Key key() {
    return crypto::Key::from_bytes(std::string(crypto::key_bytes, 'k')).value();
}

}  // namespace

struct ServerInSim::Parts {
    Parts(app::FloorParts floor_parts, std::uint64_t seed) : given(std::move(floor_parts)), disk(seed) {}
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts() {
        floor.reset();
        std::error_code gone;  // what is left of it is in the machine's folder for such things
        if (!given.numbers_file.empty()) std::filesystem::remove(given.numbers_file, gone);
    }

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
    auto& days = misfortune.chance(Fault::server_put_back);
    makes_backups_ = days.one_in(site_makes_backups);
    if (makes_backups_) parts_->given.numbers_file = numbers_file(days.next());
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
    if (makes_backups_) make_backup();  // last night's: a site without any keeps its events for a day
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
                story_.broken("the waybill of " + refused.record +
                              " in the return file was refused: " + refused.reason);
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
    if (makes_backups_ && misfortune_.chance(Fault::server_put_back).one_in(backup_comes)) make_backup();
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

bool ServerInSim::is_of_former_version(const OrderToCome& order) {
    const auto is_so = database().read([&](sqlite::Tx& tx) -> Result<bool> {
        const auto found = store::find_waybill(tx, site, order.lying_waybill);
        return found && found->shipment != store::shipments_of_order(tx, site, order.id()).back();
    });
    return is_so && is_so.value();
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
    if (makes_backups_ && !backups_.empty() && !parts.disk.is_stopped() &&
        bad.strikes(Fault::server_put_back)) {
        put_back();
        return true;
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

// ---- backups

// The operator's program names it when it is made; what devices may let go of is what it holds.
void ServerInSim::make_backup() {
    note_newest();
    backups_.push_back({parts_->disk.image(), newest_});
    for (const auto& [life, upto] : cursors_) kept_[life] = std::max(kept_[life], upto);
    if (parts_->floor->note_backup("backup " + std::to_string(backups_.size()), newest_))
        story_.tell("server", "backup ", std::to_string(backups_.size()), " is made");
    else
        backups_.pop_back();  // nobody knows of it; devices may, when the power went after it was noted
    note_newest();
}

std::set<std::string> ServerInSim::numbers_in_use() {
    std::set<std::string> numbers;
    const auto read = database().read([&](sqlite::Tx& tx) -> Outcome {
        numbers.clear();
        for (const auto* rows :
             {"SELECT shipment FROM shipment WHERE site = ?", "SELECT list FROM pick_list WHERE site = ?"})
            for (const auto& [number] : tx.rows<std::string>(rows, site)) numbers.insert(number);
        for (const auto& row : store::piece_rows(tx, site, {.shop = {}, .after = {}, .limit = 1'000'000}))
            if (row.tracking && row.tracking->value.starts_with(own_labels))
                numbers.insert(row.tracking->value);
        return Done{};
    });
    KENPIN_CHECK(static_cast<bool>(read));
    return numbers;
}

// Its disk died, a second after it last gave numbers at the earliest; whoever looks after it restores a
// backup and makes a new one at once.
void ServerInSim::put_back() {
    auto& which = misfortune_.chance(Fault::server_put_back);
    const auto nth = which.one_in(older_backup)
                         ? static_cast<std::size_t>(which.below(static_cast<int>(backups_.size())))
                         : backups_.size() - 1;
    story_.tell("server", "its database is put back to backup ", std::to_string(nth + 1), " of ",
                std::to_string(backups_.size()));
    parts_->disk.set_room(std::nullopt);
    parts_->disk_has_room_at = {};
    parts_->disk.fail_at(0);
    parts_->floor->tick();
    const auto before = numbers_in_use();
    parts_->floor.reset();
    parts_->goes_off = false;
    parts_->disk.put_back(backups_[nth].disk);
    open();
    const auto after = numbers_in_use();
    lost_numbers_.insert(before.begin(), before.end());
    for (const auto& number : after) lost_numbers_.erase(number);  // of a day that is back again
    put_back_to_ = std::min(put_back_to_.value_or(backups_[nth].upto), backups_[nth].upto);
    is_put_back_ = true;
    make_backup();
}

std::optional<ServerInSim::Standing> ServerInSim::take_again(const OrderToCome& order) {
    const auto is_there = database().read(
        [&](sqlite::Tx& tx) { return Result(store::order_row(tx, site, order.id()).has_value()); });
    if (!is_there) return std::nullopt;
    if (!(is_there.value() ? change_order(order).has_value() : take_order(order))) return std::nullopt;
    const auto standing = database().read([&](sqlite::Tx& tx) -> Result<Standing> {
        Standing found;
        for (const auto& shipment : store::shipments_of_order(tx, site, order.id()))
            if (const auto row = store::shipment_row(tx, site, shipment);
                row && !domain::is_cancelled(row->states))
                for (const auto& piece : store::pieces_of(tx, site, row->owner, shipment))
                    if (piece.live) found.waybill = *piece.live;
        return found;
    });
    if (!standing) return std::nullopt;
    return standing.value();
}

Seq ServerInSim::kept(const DeviceId& device, Epoch epoch) const {
    const auto cursor = kept_.find({device, epoch});
    return cursor == kept_.end() ? Seq{0} : cursor->second;
}

Epoch ServerInSim::epoch() const {
    return parts_->floor->epoch();
}

// ---- what it told

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
