#include "server/app/floor.hpp"

#include <utility>
#include <variant>

#include "adaptors/log/log.hpp"
#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "server/app/api_keys.hpp"
#include "server/app/board.hpp"
#include "server/app/cancel.hpp"
#include "server/app/change.hpp"
#include "server/app/commands.hpp"
#include "server/app/device_events.hpp"
#include "server/app/exceptions.hpp"
#include "server/app/floor_tasks.hpp"
#include "server/app/imports.hpp"
#include "server/app/intake.hpp"
#include "server/app/intake_desk.hpp"
#include "server/app/lists.hpp"
#include "server/app/shop_codes.hpp"
#include "server/app/start_work.hpp"
#include "server/plan/check_order.hpp"
#include "server/plan/report.hpp"
#include "server/shops/order_json.hpp"
#include "server/shops/report_to_shop.hpp"
#include "server/store/backups.hpp"
#include "server/store/chain.hpp"
#include "server/store/exceptions.hpp"
#include "server/store/migrations.hpp"
#include "server/store/planning.hpp"
#include "server/sync/ingest.hpp"

namespace kenpin::app {
namespace {

constexpr const char* own_device = "server";
constexpr int reports_at_once = 32;

// Of those that are stored and the device does not know to be: it will not send them again, so the
// acknowledgement that would have told it does not come.
std::optional<std::vector<protocol::AckNote>> notes_for(sqlite::Tx& tx, const SiteId& site,
                                                        const DeviceId& device, const protocol::Life& life) {
    const auto stored = store::stored_upto(tx, site, device, life.epoch);
    if (stored <= life.acked_upto) return std::nullopt;
    auto notes = store::notes_of(tx, site, device, life.epoch, Seq{life.acked_upto.value + 1}, stored);
    if (notes.empty()) return std::nullopt;
    return notes;
}

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

template <class T>
Result<T> Floor::decide(const std::function<Result<T>(const Deciding&)>& work) {
    Changes changes;
    const auto now = parts_.now();
    auto answer = database_.transact([&](sqlite::Tx& tx) -> Result<T> {
        changes = {};  // the transaction may run again
        return work(Deciding{tx, parts_.site, author_, now, changes});
    });
    if (answer) publish_changes(changes);
    return answer;
}

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
            refuse_order(deciding, secrets, at_hand->rules, wrong->number_in_shop,
                         plan::refusal_of(problems, {.file = "api"}), received);
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

// ---- devices
// ------------------------------------------------------------------------------------------------

void Floor::hear(const std::vector<sync::Inbound>& came) {
    std::vector<sync::BatchCame> batches;
    for (const auto& message : came)
        if (const auto* batch = std::get_if<sync::BatchCame>(&message)) batches.push_back(*batch);
    ingest(batches);
    for (const auto& message : came)
        std::visit(
            Overloaded{[](const sync::BatchCame&) {},
                       [&](const sync::HelloCame& hello) { answer_hello(hello); },
                       [&](const sync::PresenceCame& said) { note_presence(said.device, said.presence); },
                       [](const sync::Garbage& garbage) {
                           log::warn("unreadable message of ", garbage.device, ": ", garbage.why);
                       }},
            message);
}

void Floor::ingest(const std::vector<sync::BatchCame>& batches) {
    if (batches.empty()) return;
    Changes changes, of_run;
    const auto now = parts_.now();
    const auto transact = [&](const std::function<void(sync::IngestPort&)>& work) -> Outcome {
        auto outcome = database_.transact([&](sqlite::Tx& tx) -> Outcome {
            of_run = {};
            const Deciding deciding{tx, parts_.site, author_, now, of_run};
            DeviceEvents events(deciding);
            work(events);
            if (tx.is_spoiled()) return *tx.error();
            return Done{};
        });
        if (!outcome) return outcome;
        changes.started.merge(of_run.started);
        changes.for_benches.merge(of_run.for_benches);
        changes.leased.insert(changes.leased.end(), of_run.leased.begin(), of_run.leased.end());
        changes.taken_from.insert(changes.taken_from.end(), of_run.taken_from.begin(),
                                  of_run.taken_from.end());
        changes.lists.merge(of_run.lists);
        changes.anything = changes.anything || of_run.anything;
        return outcome;
    };
    const auto ingested = sync::ingest(batches, transact);
    for (const auto& answer : ingested.answers)
        effects_.publish.push_back({answer.device, protocol::Topic::ack, protocol::to_json(answer.ack)});
    for (const auto& unstored : ingested.unstored)
        log::error("events of ", unstored.device, " could not be stored: ", unstored.why);
    publish_changes(changes);
}

void Floor::note_presence(const DeviceId& device, const protocol::Presence& said) {
    if (sync::note(presences_, device, said, parts_.now())) effects_.board_changed = true;
}

void Floor::note_hello(const DeviceId& device, const protocol::Hello& hello) {
    const auto now = parts_.now();
    auto& present = presences_[device];
    const bool were_two = present.voices.are_two();
    const auto two = present.voices.hear(hello, now);
    const bool is_other_clock = present.clock.note(hello.device_time, now);
    if (is_other_clock || were_two != present.voices.are_two()) effects_.board_changed = true;
    if (two) tell_of_two(device, *two);
}

// Once for each pair, and not again while somebody has it before him.
void Floor::tell_of_two(const DeviceId& device, const sync::Voices::Two& two) {
    const auto is_told = database_.read(
        [&](sqlite::Tx& tx) -> Result<bool> { return store::is_told_of_two(tx, site(), device, two.later); });
    if (!is_told || is_told.value()) return;
    log::error("two devices speak as ", device);
    const auto told = decide<Done>([&](const Deciding& deciding) -> Outcome {
        deciding.decide(protocol::TwoDevices{device, two.later, two.still});
        return Done{};
    });
    if (!told)
        log::error("two devices as ", device, ": ", told.error().detail);  // the next hello tries again
}

// A hello that was late on its way names fewer lives than the device has; what it does not name would be
// counted twice.
void Floor::note_lives(const DeviceId& device, const protocol::Hello& hello) {
    auto& holder = holders_[device];
    holder.device = device;
    std::vector<Epoch> named;
    for (const auto& life : hello.lives) named.push_back(life.epoch);
    const auto has = [](const std::vector<Epoch>& epochs, Epoch epoch) {
        return std::find(epochs.begin(), epochs.end(), epoch) != epochs.end();
    };
    if (holder.epochs.empty() || has(named, holder.epochs.back()))
        holder.epochs = std::move(named);
    else if (!has(holder.epochs, named.back()))
        holder.epochs.push_back(named.back());
}

// What the device no longer has and this database does not have: it was put back to a copy older than what
// devices keep. Said once, and the device's later events can come.
void Floor::skip_what_is_lost(const DeviceId& device, const protocol::Hello& hello) {
    const auto lacks = [&](sqlite::Tx& tx, const protocol::Life& life) {
        return store::stored_upto(tx, site(), device, life.epoch).value + 1 < life.first_seq.value;
    };
    const auto is_any = database_.read([&](sqlite::Tx& tx) -> Result<bool> {
        return std::any_of(hello.lives.begin(), hello.lives.end(),
                           [&](const auto& life) { return lacks(tx, life); });
    });
    if (!is_any || !is_any.value()) return;
    const auto skipped = decide<Done>([&](const Deciding& deciding) -> Outcome {
        for (const auto& life : hello.lives)
            if (lacks(deciding.tx, life))
                store::skip_lost(deciding.tx, deciding.site.site, deciding.author, deciding.now, device,
                                 life.epoch, Seq{life.first_seq.value - 1});
        return Done{};
    });
    if (!skipped) return log::error("lost events of ", device, ": ", skipped.error().detail);
    log::error("events of ", device, " are lost: this database was put back to a copy older than they are");
}

// Asked once for each backup: a life's events in it change no more.
std::optional<Seq> Floor::kept_upto(sqlite::Tx& tx, const DeviceId& device, Epoch epoch) {
    const auto newest = store::backups(tx, site(), 1);
    if (newest.empty()) return std::nullopt;
    if (const auto upto = newest.front().upto; kept_by_ != upto) {
        kept_by_ = upto;
        kept_.clear();
    }
    const auto found = kept_.find({device, epoch});
    if (found != kept_.end()) return found->second;
    const auto kept = store::seq_at(tx, site(), device, epoch, kept_by_);
    kept_.emplace(std::pair{device, epoch}, kept);
    return kept;
}

std::vector<protocol::StoredUpto> Floor::stored_of(sqlite::Tx& tx, const DeviceId& device,
                                                   const protocol::Hello& hello) {
    std::vector<protocol::StoredUpto> stored;
    for (const auto& life : hello.lives)
        stored.push_back({life.epoch, store::stored_upto(tx, site(), device, life.epoch),
                          kept_upto(tx, device, life.epoch), notes_for(tx, site(), device, life)});
    return stored;
}

// The others know already that they do not have it: only the holder's document changes, and the snapshot that
// follows brings it.
void Floor::renew_leases(const DeviceId& device) {
    const auto due = database_.read([&](sqlite::Tx& tx) -> Result<std::vector<ListId>> {
        return leases_to_renew(tx, parts_.site, device, parts_.now());
    });
    if (!due || due.value().empty()) return;
    const auto renewed = decide<Done>([&](const Deciding& deciding) -> Outcome {
        for (const auto& list : leases_to_renew(deciding.tx, deciding.site, device, deciding.now))
            deciding.decide(protocol::ListLeased{list, device, deciding.now + deciding.site.lease});
        return Done{};
    });
    if (!renewed)
        log::error("leases of ", device, ": ", renewed.error().detail);  // the next hello tries again
}

void Floor::answer_hello(const sync::HelloCame& came) {
    renew_leases(came.device);
    skip_what_is_lost(came.device, came.hello);
    note_lives(came.device, came.hello);
    note_hello(came.device, came.hello);
    const auto now = parts_.now();
    note_presence(came.device,
                  {.online = true, .epoch = came.hello.lives.back().epoch, .role = came.hello.role});
    auto snapshot = database_.read([&](sqlite::Tx& tx) -> Result<protocol::Snapshot> {
        const DocumentMaker documents(tx, parts_.site, now);
        const auto& holder = holders_.at(came.device);
        const auto wanted = documents.wanted(came.device);
        auto missing = sync::missing_of(came.hello, wanted, author_.epoch);
        for (const auto& list : lists_to_renew(came.device, wanted))
            if (std::find(missing.lists.begin(), missing.lists.end(), list) == missing.lists.end())
                missing.lists.push_back(list);
        protocol::Snapshot answer{.epoch = came.hello.lives.back().epoch,
                                  .server = author_.epoch,
                                  .stored = stored_of(tx, came.device, came.hello),
                                  .server_time = now,
                                  .settings = documents.settings(parts_.key, came.device),
                                  .lists = {},
                                  .packs = {},
                                  .gone = missing.gone};
        for (const auto& list : missing.lists)
            if (auto doc = documents.pick_list(holder, list)) answer.lists.push_back(std::move(*doc));
        for (const auto& shipment : missing.packs)
            if (auto doc = documents.pack(holder, shipment)) answer.packs.push_back(std::move(*doc));
        return answer;
    });
    if (!snapshot) return log::error("no snapshot for ", came.device, ": ", snapshot.error().detail);
    for (const auto& list : snapshot.value().lists) offered_at_[{came.device, list.task.list}] = now;
    effects_.publish.push_back({came.device, protocol::Topic::snapshot, protocol::to_json(snapshot.value())});
    say_again(came.device);
}

// What the device has not answered yet. It may come twice: each has its name.
void Floor::say_again(const DeviceId& device) {
    const auto open = database_.read([&](sqlite::Tx& tx) -> Result<std::vector<store::CommandRow>> {
        return store::commands_for(tx, site(), device, parts_.now());
    });
    if (!open) return log::error("commands for ", device, ": ", open.error().detail);
    for (const auto& row : open.value()) publish_command(device, to_message(row));
}

// A device counts a lease from receipt; an offer that lies there for long is made anew before it is over.
std::set<ListId> Floor::lists_to_renew(const DeviceId& device, const sync::Wanted& wanted) {
    std::set<ListId> renew;
    const auto now = parts_.now();
    for (const auto& held : wanted.lists) {
        const auto offered = offered_at_.find({device, ListId{held.id}});
        const bool is_known = offered != offered_at_.end();  // not after a restart
        if (!is_known || now - offered->second > parts_.site.lease / 2) renew.insert(ListId{held.id});
    }
    return renew;
}

// ---- publishing
// ---------------------------------------------------------------------------------------------

void Floor::publish_doc(const DeviceId& device, const protocol::DocPublished& doc) {
    effects_.publish.push_back({device, protocol::Topic::doc, protocol::to_json(doc)});
}

// Beside the document that is gone: whoever has the list in hand is told why.
void Floor::command_revoke(const DeviceId& device, const ListId& list) {
    publish_command(device,
                    {next_command_name(), "revoke", list.value, "", parts_.now() + limits::command_expiry});
}

void Floor::publish_command(const DeviceId& device, const protocol::Command& command) {
    effects_.publish.push_back({device, protocol::Topic::cmd, protocol::to_json(command)});
}

// Only to devices heard since the start: the others say hello and get everything then.
void Floor::publish_changes(const Changes& changes) {
    if (changes.anything) effects_.board_changed = true;
    const auto now = parts_.now();
    std::map<DeviceId, protocol::DocPublished> docs;
    const auto read = database_.read([&](sqlite::Tx& tx) -> Outcome {
        docs.clear();
        const DocumentMaker documents(tx, parts_.site, now);
        const auto give_list = [&](const DeviceId& device, const ListId& list) {
            const auto holder = holders_.find(device);
            if (holder == holders_.end()) return;
            if (auto doc = documents.pick_list(holder->second, list))
                docs[device].lists.push_back(std::move(*doc));
        };
        const auto pickers = documents.stations("picker");
        for (const auto& list : changes.started)
            for (const auto& device : pickers) give_list(device, list);
        for (const auto& [list, holder] : changes.leased) {
            give_list(holder, list);
            for (const auto& device : pickers)
                if (device != holder && holders_.contains(device)) docs[device].gone.push_back(list.value);
        }
        for (const auto& list : changes.lists)
            for (const auto& device : pickers)
                if (documents.may_have(device, list)) give_list(device, list);
        for (const auto& [list, holder] : changes.revoked) {
            if (holders_.contains(holder)) docs[holder].gone.push_back(list.value);
            for (const auto& device : pickers)
                if (device != holder) give_list(device, list);
        }
        for (const auto& shipment : changes.for_benches) {
            const auto bench = documents.bench_for(shipment);
            const auto holder = bench ? holders_.find(*bench) : holders_.end();
            if (holder == holders_.end()) continue;
            if (auto doc = documents.pack(holder->second, shipment))
                docs[*bench].packs.push_back(std::move(*doc));
        }
        return Done{};
    });
    if (!read)
        return log::error("documents could not be read: ",
                          read.error().detail);  // the next hello brings them
    for (const auto& [list, holder] : changes.taken_from) command_revoke(holder, list);
    for (auto& [device, doc] : docs) {
        for (const auto& list : doc.lists) offered_at_[{device, list.task.list}] = now;
        doc.server = author_.epoch;
        publish_doc(device, doc);
    }
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
