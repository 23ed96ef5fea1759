#include "server/app/web_desk.hpp"

#include <algorithm>
#include <utility>

#include "adaptors/log/log.hpp"
#include "server/app/api_keys.hpp"
#include "server/app/commands.hpp"
#include "server/app/consolidations.hpp"
#include "server/app/documents.hpp"
#include "server/app/exceptions.hpp"
#include "server/app/floor_tasks.hpp"
#include "server/app/intake_desk.hpp"
#include "server/app/shop_codes.hpp"
#include "server/app/views.hpp"
#include "server/store/backups.hpp"
#include "server/store/masters.hpp"

namespace kenpin::app {
namespace {

constexpr std::chrono::seconds alive_within{10};

void add(std::string& text, const char* name, std::int64_t value) {
    text += std::string("kenpin_") + name + " " + std::to_string(value) + "\n";
}

std::vector<KnownKey> stored_keys(sqlite::Tx& tx, const SiteId& site) {
    std::vector<KnownKey> keys;
    for (const auto& shop : store::shops(tx, site))
        if (auto key = key_of(shop)) keys.push_back(std::move(*key));
    for (const auto& row : store::api_keys(tx, site))
        if (auto key = key_of(row)) keys.push_back(std::move(*key));
    return keys;
}

}  // namespace

template <class T, class Look>
Result<T> WebDesk::look(Look look) {
    return parts_.reader.ask<T>([look = std::move(look)](sqlite::Database& database) -> Result<T> {
        return database.read([&](sqlite::Tx& tx) -> Result<T> { return look(tx); });
    });
}

// The reader's thread reads the table and sets it, so that of two changes at once the older table is never
// set last: a revoked key would open again.
Outcome WebDesk::read_keys() {
    return parts_.reader.ask<Done>([site = parts_.site.site, fixed = parts_.fixed_keys, rate = parts_.rate,
                                    keys = keys_](sqlite::Database& database) -> Outcome {
        auto stored = database.read(
            [&](sqlite::Tx& tx) -> Result<std::vector<KnownKey>> { return stored_keys(tx, site); });
        if (!stored) return stored.error();
        auto known = std::move(stored).value();
        give_gates(known, keys->get().value.bearer, rate);
        auto all = fixed;
        all.bearer.insert(all.bearer.end(), known.begin(), known.end());
        keys->set(std::move(all));
        return Done{};
    });
}

// The new table is there when who changed it gets the answer.
template <class T>
Result<T> WebDesk::with_keys_read(Result<T> answer) {
    if (answer)
        if (const auto keys = read_keys(); !keys) return keys.error();
    return answer;
}

web::Caller WebDesk::identify(const web::Credentials& credentials) const {
    return app::identify(keys_->get().value, credentials);
}

// The key itself is not written: it may be a good one with a letter missing.
void WebDesk::note_wrong_key(const std::string& address) {
    if (wrong_keys_.note(address, web::RateClock::now()))
        log::warn(
            "http: a call from ", address, " with a key that is not known (", wrong_keys_.count(),
            " such calls since the start): correct the key of the program there (kenpinctl keys lists those "
            "that hold); if none of yours calls from there, close the port to that address");
}

// What the writer still runs after the handler gave up waiting must not refer to the handler's arguments.
Result<web::OrderAnswer> WebDesk::take_order(const ShopId& shop, std::string json) {
    return parts_.writer.ask<web::OrderAnswer>(
        [shop, json = std::move(json)](Floor& floor) { return floor.take_order(shop, json); });
}
Result<web::ImportAnswer> WebDesk::import_file(web::ImportFile file) {
    const auto table = file.table;
    auto answer = parts_.writer.ask<web::ImportAnswer>(
        [file = std::move(file)](Floor& floor) { return floor.import_file(file); });
    return table == web::Table::shops ? with_keys_read(std::move(answer)) : answer;
}
Result<web::CodeAnswer> WebDesk::answer_code(const web::CodeMeaning& meaning, const std::string& by) {
    return parts_.writer.ask<web::CodeAnswer>(
        [meaning, by](Floor& floor) { return floor.answer_code(meaning, by); });
}
Result<web::UnknownCodes> WebDesk::unknown_codes(const web::Scope& scope) {
    return look<web::UnknownCodes>(
        [scope, site = parts_.site.site, tools = ImportTools{parts_.key, parts_.rules}](sqlite::Tx& tx) {
            return Result(app::unknown_codes(tx, site, tools, scope));
        });
}
Result<std::vector<web::ConsolidationView>> WebDesk::consolidations(const web::Scope& scope) {
    return look<std::vector<web::ConsolidationView>>(
        [scope, site = parts_.site](sqlite::Tx& tx) { return Result(app::consolidations(tx, site, scope)); });
}
Result<web::MadeKey> WebDesk::make_key(const web::NewKey& key, const std::string& by) {
    return with_keys_read(
        parts_.writer.ask<web::MadeKey>([key, by](Floor& floor) { return floor.make_api_key(key, by); }));
}
Result<web::KeyView> WebDesk::revoke_key(const std::string& key, const std::string& by) {
    return with_keys_read(
        parts_.writer.ask<web::KeyView>([key, by](Floor& floor) { return floor.revoke_api_key(key, by); }));
}
Result<std::vector<web::KeyView>> WebDesk::keys() {
    return look<std::vector<web::KeyView>>([site = parts_.site.site](sqlite::Tx& tx) {
        std::vector<web::KeyView> views;
        for (const auto& row : store::api_keys(tx, site)) views.push_back(to_view(row));
        return Result(std::move(views));
    });
}
Result<web::StartAnswer> WebDesk::start_work(const web::StartWork& start) {
    return parts_.writer.ask<web::StartAnswer>([start](Floor& floor) { return floor.start_work(start); });
}

Result<web::ListView> WebDesk::revoke_list(const ListId& list, const std::string& by) {
    return parts_.writer.ask<web::ListView>([list, by](Floor& floor) { return floor.revoke_list(list, by); });
}
Result<web::ChangeAnswer> WebDesk::change_order(const web::Scope& scope, const web::ChangeOrder& wanted) {
    return parts_.writer.ask<web::ChangeAnswer>(
        [=](Floor& floor) { return floor.change_order(scope, wanted); });
}
Result<web::FloorTasks> WebDesk::floor_tasks() {
    return look<web::FloorTasks>(
        [site = parts_.site.site](sqlite::Tx& tx) { return Result(app::floor_tasks(tx, site)); });
}
Result<web::PullOutView> WebDesk::pull_out(const std::string& code, const std::string& by) {
    return parts_.writer.ask<web::PullOutView>([=](Floor& floor) { return floor.pull_out(code, by); });
}
Result<web::PutBackAnswer> WebDesk::put_back(const plan::PutBackScan& scan, const std::string& by) {
    return parts_.writer.ask<web::PutBackAnswer>([=](Floor& floor) { return floor.put_back(scan, by); });
}
Outcome WebDesk::free_shelf(const web::ShelfOfItem& shelf, const std::string& by) {
    return parts_.writer.ask<Done>([=](Floor& floor) { return floor.free_shelf(shelf, by); });
}
Result<web::CancelView> WebDesk::cancel_shipment(const web::Scope& scope, const ShipmentId& shipment,
                                                 const std::string& by) {
    return parts_.writer.ask<web::CancelView>(
        [=](Floor& floor) { return floor.cancel_shipment(scope, shipment, by); });
}
Result<std::vector<web::CancelView>> WebDesk::cancel_order(const web::Scope& scope, const OrderId& order,
                                                           const std::string& by) {
    return parts_.writer.ask<std::vector<web::CancelView>>(
        [=](Floor& floor) { return floor.cancel_order(scope, order, by); });
}
Result<web::BackupView> WebDesk::make_backup() {
    const auto made = parts_.backups.make_now();
    if (!made) return made.error();
    const auto name = made.value().file.filename().string();
    auto all = backups();
    if (!all) return all.error();
    for (auto& backup : all.value().backups)
        if (backup.name == name) return backup;
    return Error{Error::Kind::not_found, name};
}
Result<web::BackupView> WebDesk::note_backup(const std::string& name, std::int64_t upto) {
    auto all = backups();
    if (!all) return all.error();
    if (upto > all.value().newest) return Error{Error::Kind::refused, "no such event yet"};
    auto noted =
        parts_.writer.ask<Done>([name, upto](Floor& floor) { return floor.note_backup(name, upto); });
    if (!noted) return noted.error();
    all = backups();
    if (!all) return all.error();
    return all.value().backups.front();
}
Result<web::BackupsView> WebDesk::backups() {
    constexpr int most_shown = 100;
    return look<web::BackupsView>([site = parts_.site.site](sqlite::Tx& tx) {
        web::BackupsView view{{}, store::newest_position(tx, site)};
        for (const auto& row : store::backups(tx, site, most_shown))
            view.backups.push_back({row.name, row.upto, row.made_at});
        return Result(std::move(view));
    });
}
Result<web::CommandView> WebDesk::give_command(const web::CommandWish& wish) {
    return parts_.writer.ask<web::CommandView>([wish](Floor& floor) { return floor.give_command(wish); });
}
Result<web::CommandView> WebDesk::command(const std::string& command) {
    return parts_.writer.ask<web::CommandView>([command](Floor& floor) { return floor.command(command); });
}
Result<web::ExceptionView> WebDesk::settle_exception(std::int64_t number, const web::Settling& settling) {
    return parts_.writer.ask<web::ExceptionView>(
        [number, settling](Floor& floor) { return floor.settle_exception(number, settling); });
}
Result<std::vector<web::ExceptionView>> WebDesk::exceptions(const web::Page& page) {
    return look<std::vector<web::ExceptionView>>(
        [=, site = parts_.site.site](sqlite::Tx& tx) { return exception_views(tx, site, page); });
}

Result<std::vector<web::OrderView>> WebDesk::orders(const web::Scope& scope, const web::Page& page) {
    return look<std::vector<web::OrderView>>(
        [=, site = parts_.site.site](sqlite::Tx& tx) { return order_views(tx, site, scope, page); });
}
Result<web::OrderView> WebDesk::order(const web::Scope& scope, const OrderId& order) {
    return look<web::OrderView>(
        [=, site = parts_.site.site](sqlite::Tx& tx) { return order_view(tx, site, scope, order); });
}
Result<web::IntakePage> WebDesk::intake(const web::Scope& scope, const web::IntakeQuery& query) {
    auto page = look<web::IntakePage>([=, site = parts_.site.site, rules = parts_.rules](sqlite::Tx& tx) {
        return intake_page(tx, site, rules, scope, query);
    });
    if (!page || query.before != 0 || scope.shop) return page;
    auto first = std::move(page).value();
    first.folders = troubles_of(parts_.folders);
    return first;
}
Result<web::IntakeDetail> WebDesk::intake_record(const web::Scope& scope, std::int64_t record) {
    return look<web::IntakeDetail>(
        [=, site = parts_.site.site, tools = ImportTools{parts_.key, parts_.rules}](sqlite::Tx& tx) {
            return intake_detail(tx, site, tools, scope, record);
        });
}
Result<std::vector<web::OriginalRecord>> WebDesk::open_original(const web::Scope& scope, std::int64_t record,
                                                                const std::string& by) {
    return parts_.writer.ask<std::vector<web::OriginalRecord>>(
        [=](Floor& floor) { return floor.open_original(scope, record, by); });
}
Result<web::IntakeDone> WebDesk::act_on_intake(const web::Scope& scope, const web::IntakeAction& action) {
    return parts_.writer.ask<web::IntakeDone>(
        [=](Floor& floor) { return floor.act_on_intake(scope, action); });
}
Result<std::vector<web::ShipmentView>> WebDesk::shipments(const web::Scope& scope, const web::Page& page) {
    return look<std::vector<web::ShipmentView>>(
        [=, site = parts_.site.site](sqlite::Tx& tx) { return shipment_views(tx, site, scope, page); });
}
Result<web::ShipmentView> WebDesk::shipment(const web::Scope& scope, const ShipmentId& shipment) {
    return look<web::ShipmentView>(
        [=, site = parts_.site.site](sqlite::Tx& tx) { return shipment_view(tx, site, scope, shipment); });
}
Result<std::vector<web::HistoryView>> WebDesk::history(const ShipmentId& shipment) {
    return look<std::vector<web::HistoryView>>(
        [=, site = parts_.site.site](sqlite::Tx& tx) { return history_views(tx, site, shipment); });
}
Result<std::vector<web::ListView>> WebDesk::lists() {
    return look<std::vector<web::ListView>>(
        [site = parts_.site.site](sqlite::Tx& tx) { return list_views(tx, site); });
}
Result<std::vector<web::PieceView>> WebDesk::pieces(const web::Page& page) {
    return look<std::vector<web::PieceView>>(
        [=, site = parts_.site.site](sqlite::Tx& tx) { return piece_views(tx, site, page); });
}
Result<std::vector<web::StockView>> WebDesk::stock() {
    return look<std::vector<web::StockView>>(
        [site = parts_.site.site](sqlite::Tx& tx) { return stock_views(tx, site); });
}
Result<std::string> WebDesk::print_document(const DeviceId& device, const ShipmentId& shipment) {
    return look<std::string>([=, site = parts_.site, key = parts_.key](sqlite::Tx& tx) {
        return sealed_print_document(tx, site, key, device, shipment);
    });
}

bool WebDesk::is_healthy() const {
    return parts_.writer.quiet_for() < alive_within;
}

std::vector<std::string> WebDesk::warnings() const {
    auto warnings = warnings_of(parts_.folders);
    if (parts_.backups.is_failing()) warnings.emplace_back("backup_failing");
    const auto board = parts_.board.get().value;
    const auto any = [&](auto is_so) {
        return std::any_of(board.stations.begin(), board.stations.end(), is_so);
    };
    if (any([](const auto& station) { return station.is_online && station.clock_is_off; }))
        warnings.emplace_back("clock_off");
    if (any([](const auto& station) { return station.are_two; })) warnings.emplace_back("two_devices");
    return warnings;
}

std::string WebDesk::metrics() const {
    const auto board = parts_.board.get().value;
    std::string text;
    add(text, "broker_connected", parts_.writer.is_connected() ? 1 : 0);
    add(text, "writer_quiet_ms", parts_.writer.quiet_for().count());
    add(text, "shipments_in_work", board.flow.in_work);
    add(text, "shipments_shipped", board.flow.shipped);
    add(text, "reports_waiting", board.reports_waiting);
    add(text, "reports_accepted", board.reports_accepted);
    add(text, "wrong_keys", wrong_keys_.count());
    return text + metrics_of(parts_.folders);
}

}  // namespace kenpin::app
