#include "server/app/floor.hpp"

#include <utility>
#include <variant>

#include "adaptors/log/log.hpp"
#include "server/app/api_keys.hpp"
#include "server/app/board.hpp"
#include "server/app/cancel.hpp"
#include "server/app/change.hpp"
#include "server/app/code_waits.hpp"
#include "server/app/commands.hpp"
#include "server/app/exceptions.hpp"
#include "server/app/floor_tasks.hpp"
#include "server/app/imports.hpp"
#include "server/app/intake.hpp"
#include "server/app/intake_desk.hpp"
#include "server/app/lists.hpp"
#include "server/app/retake.hpp"
#include "server/app/shop_codes.hpp"
#include "server/app/start_work.hpp"
#include "server/plan/check_order.hpp"
#include "server/plan/report.hpp"
#include "server/shops/order_json.hpp"
#include "server/shops/report_to_shop.hpp"
#include "server/store/chain.hpp"
#include "server/store/migrations.hpp"
#include "server/store/planning.hpp"

namespace kenpin::app {
namespace {

constexpr const char* own_device = "server";
constexpr int reports_at_once = 32;
}  // namespace

// ---- beginning
// ----------------------------------------------------------------------------------------------

Floor::Floor(sqlite::Database database, FloorParts parts, store::Author author)
    : database_(std::move(database)), parts_(std::move(parts)), author_(std::move(author)) {}

Result<std::unique_ptr<Floor>> Floor::open(sqlite::Database database, FloorParts parts) {
    if (auto migrated = sqlite::migrate(database, store::migrations()); !migrated) return migrated.error();
    std::unique_ptr<Floor> floor(
        new Floor(std::move(database), std::move(parts), {DeviceId{own_device}, crypto::random_epoch()}));
    if (auto skipped = floor->skip_given_numbers(); !skipped) return skipped.error();
    const auto noted = floor->decide_in_transaction([&](const Deciding& deciding) {
        if (const auto* rules = floor->parts_.rules)
            note_codes_of_before(deciding, *rules, floor->parts_.key);
    });
    if (!noted) return noted.error();
    return floor;
}

// Numbers that the database does not know of may stand on labels and lists already.
Outcome Floor::skip_given_numbers() {
    if (parts_.numbers_file.empty()) return Done{};
    auto in_file = read_given_numbers(parts_.numbers_file);
    if (!in_file) return in_file.error();
    noted_ = std::move(in_file).value();
    return decide<Done>([&](const Deciding& deciding) -> Outcome {
        const auto skip = numbers_to_skip(noted_, store::given_numbers(deciding.tx, site()));
        for (const auto& [name, upto] : skip) {
            log::error("this database was put back to an older copy: ", name, " numbers go on after ", upto);
            deciding.decide(protocol::NumbersSkipped{name, upto});
        }
        return Done{};
    });
}

void Floor::note_given_numbers() {
    if (parts_.numbers_file.empty()) return;
    const auto given = database_.read(
        [&](sqlite::Tx& tx) -> Result<GivenNumbers> { return store::given_numbers(tx, site()); });
    if (!given || given.value() == noted_) return;
    if (auto written = write_given_numbers(parts_.numbers_file, given.value()); !written)
        return log::error("given numbers: ", written.error().detail);
    noted_ = given.value();
}

Outcome Floor::note_backup(const std::string& name, std::int64_t upto) {
    return decide<Done>([&](const Deciding& deciding) -> Outcome {
        deciding.decide(protocol::BackupMade{name, upto});
        return Done{};
    });
}

// ---- changing
// -----------------------------------------------------------------------------------------------

Result<web::OrderAnswer> Floor::take_order(const ShopId& shop, const std::string& json) {
    const auto parsed = shops::parse_order(json);
    if (std::holds_alternative<shops::NotJson>(parsed)) return web::OrderAnswer{web::OrderNotJson{}};
    return decide<web::OrderAnswer>([&](const Deciding& deciding) -> Result<web::OrderAnswer> {
        const auto at_hand = shop_at_hand(deciding, shop, parts_.rules, parts_.key);
        if (!at_hand)
            return web::OrderAnswer{web::OrderNotAcceptable{{{.field = "shop", .reason = "unknown_shop"}}}};
        const Secrets secrets{parts_.key, parts_.rules};
        const Private<std::string> received(json);
        if (const auto* wrong = std::get_if<shops::NotAcceptable>(&parsed)) {
            const auto problems = plan::all_problems(wrong->problems, wrong->read, at_hand->catalogue);
            const auto kept_as = refuse_order(deciding, secrets, at_hand->rules, wrong->number_in_shop,
                                              plan::refusal_of(problems, {.file = "api"}), received);
            note_waiting_codes(deciding.tx, site(), parts_.key, shop, wrong->read, at_hand->catalogue,
                               kept_as);
            return web::OrderAnswer{web::OrderNotAcceptable{reasons_of(problems)}};
        }
        OrderToTake order{.order = std::get<plan::ReceivedOrder>(parsed), .received = received};
        if (parts_.rules)
            order.found = found_in(order.order, at_hand->catalogue, *parts_.rules, findings_site(deciding));
        order.found.file = "api";
        order.has_number = plan::is_order_number(order.order.number_in_shop);
        auto answer = answer_of(app::take_order(deciding, secrets, *at_hand, order));
        if (std::holds_alternative<web::OrderTaken>(answer)) allocate(deciding, at_hand->rules.owner);
        return answer;
    });
}

Result<web::ImportAnswer> Floor::import_file(const web::ImportFile& file) {
    return decide<web::ImportAnswer>([&](const Deciding& deciding) {
        return app::import_file(deciding, {parts_.key, parts_.rules}, file);
    });
}

Outcome Floor::decide_in_transaction(const std::function<void(const Deciding&)>& work) {
    return decide<Done>([&](const Deciding& deciding) -> Outcome {
        work(deciding);
        if (deciding.tx.is_spoiled()) return *deciding.tx.error();
        return Done{};
    });
}

Result<web::StartAnswer> Floor::start_work(const web::StartWork& wanted) {
    return decide<web::StartAnswer>([&](const Deciding& deciding) -> Result<web::StartAnswer> {
        return app::start_work(deciding, wanted);
    });
}

Result<web::CodeAnswer> Floor::answer_code(const web::CodeMeaning& meaning, const std::string& by) {
    if (!parts_.rules) return Error{Error::Kind::refused, "no rules of intake"};
    return decide<web::CodeAnswer>([&](const Deciding& deciding) -> Result<web::CodeAnswer> {
        return app::answer_code(deciding, {parts_.key, parts_.rules}, meaning, by);
    });
}

Result<web::MadeKey> Floor::make_api_key(const web::NewKey& wanted, const std::string& by) {
    return decide<web::MadeKey>(
        [&](const Deciding& deciding) { return app::make_api_key(deciding, wanted, by); });
}

Result<web::KeyView> Floor::revoke_api_key(const std::string& key, const std::string& by) {
    return decide<web::KeyView>(
        [&](const Deciding& deciding) { return app::revoke_api_key(deciding, key, by); });
}

Result<std::vector<web::OriginalRecord>> Floor::open_original(const web::Scope& scope, std::int64_t record,
                                                              const std::string& by) {
    return decide<std::vector<web::OriginalRecord>>([&](const Deciding& deciding) {
        return app::open_original(deciding, parts_.key, scope, record, by);
    });
}

Result<web::IntakeDone> Floor::act_on_intake(const web::Scope& scope, const web::IntakeAction& action) {
    return decide<web::IntakeDone>([&](const Deciding& deciding) {
        return app::act_on_intake(deciding, {parts_.key, parts_.rules}, scope, action);
    });
}

Result<web::ListView> Floor::revoke_list(const ListId& list, const std::string& by) {
    return decide<web::ListView>(
        [&](const Deciding& deciding) { return app::revoke_list(deciding, list, by); });
}

Result<web::CancelView> Floor::cancel_shipment(const web::Scope& scope, const ShipmentId& shipment,
                                               const std::string& by) {
    return decide<web::CancelView>(
        [&](const Deciding& deciding) { return app::cancel_shipment(deciding, scope, shipment, by); });
}

Result<std::vector<web::CancelView>> Floor::cancel_order(const web::Scope& scope, const OrderId& order,
                                                         const std::string& by) {
    return decide<std::vector<web::CancelView>>(
        [&](const Deciding& deciding) { return app::cancel_order(deciding, scope, order, by); });
}

// As an event is named: given once, whatever copy of the database is put back (docs/adr/0005).
std::string Floor::next_command_name() {
    return std::to_string(author_.epoch.value) + "-" + std::to_string(++commands_given_);
}

Result<web::CommandView> Floor::give_command(const web::CommandWish& wish) {
    const auto name = next_command_name();
    std::set<DeviceId> heard;
    for (const auto& [device, holder] : holders_) heard.insert(device);
    auto given = decide<web::CommandView>(
        [&](const Deciding& deciding) { return app::give_command(deciding, wish, name, heard); });
    if (!given) return given;
    for (const auto& answer : given.value().answers)
        if (heard.contains(answer.device)) say_again(answer.device);
    return given;
}

// By the writer, whose clock says whether its time is over.
Result<web::CommandView> Floor::command(const std::string& command) {
    return database_.read([&](sqlite::Tx& tx) -> Result<web::CommandView> {
        return command_view(tx, site(), command, parts_.now());
    });
}

Result<web::ChangeAnswer> Floor::change_order(const web::Scope& scope, const web::ChangeOrder& wanted) {
    return decide<web::ChangeAnswer>([&](const Deciding& deciding) {
        return app::change_order(deciding, {parts_.key, parts_.rules}, scope, wanted);
    });
}

Result<web::PullOutView> Floor::pull_out(const std::string& code, const std::string& by) {
    return decide<web::PullOutView>(
        [&](const Deciding& deciding) { return app::pull_out(deciding, code, by); });
}

Result<web::PutBackAnswer> Floor::put_back(const plan::PutBackScan& scan, const std::string& by) {
    return decide<web::PutBackAnswer>(
        [&](const Deciding& deciding) { return Result(app::put_back(deciding, scan, by)); });
}

Outcome Floor::free_shelf(const web::ShelfOfItem& shelf, const std::string& by) {
    return decide<Done>([&](const Deciding& deciding) { return app::free_shelf(deciding, shelf, by); });
}

Result<web::ExceptionView> Floor::settle_exception(std::int64_t number, const web::Settling& settling) {
    return decide<web::ExceptionView>(
        [&](const Deciding& deciding) { return app::settle_exception(deciding, number, settling); });
}

// ---- time
// ---------------------------------------------------------------------------------------------------

void Floor::tick() {
    leave_to_others();
    tell_shops();
    seal_yesterday();
    note_given_numbers();
}

// Once a day: whoever keeps that head elsewhere can prove later that nothing before it was changed.
void Floor::seal_yesterday() {
    const auto yesterday = japan_day(parts_.now()) - std::chrono::days{1};
    if (sealed_ == yesterday) return;
    const auto kept = database_.transact(
        [&](sqlite::Tx& tx) -> Result<std::string> { return store::keep_day_head(tx, site(), yesterday); });
    if (!kept) return log::error("the day's head could not be kept: ", kept.error().detail);
    sealed_ = yesterday;
    log::info("head of ", to_text(yesterday), ": ", kept.value());
}

// Decided once and for good: who takes the telling over later is not told of what left before.
void Floor::leave_to_others() {
    const auto theirs = database_.read([&](sqlite::Tx& tx) -> Result<std::vector<store::ReportOfOthers>> {
        return store::reports_of_others(tx, site(), reports_at_once);
    });
    if (!theirs) return log::error("reports could not be read: ", theirs.error().detail);
    if (theirs.value().empty()) return;
    const auto left = decide<Done>([&](const Deciding& deciding) -> Outcome {
        for (const auto& report : theirs.value())
            if (!reports_under_way_.contains(report.shipment))
                deciding.decide(protocol::ReportLeft{report.shipment, report.shop, report.to});
        return Done{};
    });
    if (!left) log::error("reports of others: ", left.error().detail);
}

void Floor::tell_shops() {
    const auto now = parts_.now();
    const auto due = database_.read([&](sqlite::Tx& tx) -> Result<std::vector<store::DueReport>> {
        return store::due_reports(tx, site(), now, reports_at_once);
    });
    if (!due) return log::error("reports could not be read: ", due.error().detail);
    for (const auto& report : due.value()) {
        if (report.webhook_url.empty() || !reports_under_way_.insert(report.report.shipment).second) continue;
        effects_.reports.push_back({.shipment = report.report.shipment,
                                    .shop = report.report.shop,
                                    .url = report.webhook_url,
                                    .body = shops::report_json(report.report),
                                    .key = plan::idempotency_key(report.report),
                                    .attempts = report.attempts + 1});
    }
}

void Floor::report_answered(const ReportToSend& report, int http_status) {
    const auto outcome = decide<Done>([&](const Deciding& deciding) -> Outcome {
        deciding.decide(plan::judge_report_answer(report.shipment, report.shop, report.attempts, http_status,
                                                  deciding.now));
        return Done{};
    });
    // Not stored: the row is still due and the shop is told once more, under the same idempotency key.
    if (!outcome) log::error("report of ", report.shipment, ": ", outcome.error().detail);
    reports_under_way_.erase(report.shipment);
}

Effects Floor::take_effects() {
    return std::exchange(effects_, {});
}

Result<web::Board> Floor::board() {
    const auto now = parts_.now();
    auto read = database_.read(
        [&](sqlite::Tx& tx) -> Result<web::Board> { return read_board(tx, parts_.site, now); });
    if (!read) return read.error();
    auto board = std::move(read).value();
    show_presences(board, presences_);
    return board;
}

}  // namespace kenpin::app
