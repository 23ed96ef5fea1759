#pragma once
// Floor: everything that changes on this site, one call after the other, each durable when it returns. It has
// no thread, no socket and no clock of its own, so the simulation drives it with made time and a made
// network; the server drives it from the writer's thread (writer.hpp).
//
//   hear()        devices' messages: all batches in one transaction, then acknowledgements; hello -> snapshot
//   take_order(), import_file(), start_work()     one transaction each, answered after the commit
//   tick()        what time brings: reports that are due, the head over yesterday's chain
//   take_effects()   what to publish and to report now; call it after each of the above
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "adaptors/sqlite/database.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "server/app/deciding.hpp"
#include "server/app/documents.hpp"
#include "server/app/effects.hpp"
#include "server/app/given_numbers.hpp"
#include "server/app/intake_rules.hpp"
#include "server/app/settings.hpp"
#include "server/sync/inbound.hpp"
#include "server/sync/leases.hpp"
#include "server/web/board.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

struct FloorParts {
    SiteSettings site;
    crypto::Key key;                     // of the site: seals buyers' words, hashes what must be comparable
    Clock now;                           // business clock
    const IntakeRules* rules = nullptr;  // of order files and individual handling; outlives the floor
    std::filesystem::path
        numbers_file{};  // how far numbers were given (given_numbers.hpp); empty: kept nowhere
};

class Floor {
public:
    /// Brings the database to the newest schema and takes the floor up where it stood.
    static Result<std::unique_ptr<Floor>> open(sqlite::Database database, FloorParts parts);

    const SiteId& site() const { return parts_.site.site; }

    /// Messages in the order they came. Nothing is acknowledged that is not durable.
    void hear(const std::vector<sync::Inbound>& came);

    Result<web::OrderAnswer> take_order(const ShopId& shop, const std::string& json);
    Result<web::ImportAnswer> import_file(const web::ImportFile& file);
    /// One transaction of somebody who prepares elsewhere what is to be decided (order files of a folder).
    /// `work` may run again. Errors: those of the database.
    Outcome decide_in_transaction(const std::function<void(const Deciding&)>& work);
    Result<web::StartAnswer> start_work(const web::StartWork& wanted);
    /// Error{refused}: the floor has no rules of intake.
    Result<web::CodeAnswer> answer_code(const web::CodeMeaning& meaning, const std::string& by);
    Result<web::MadeKey> make_api_key(const web::NewKey& wanted, const std::string& by);
    Result<web::KeyView> revoke_api_key(const std::string& key, const std::string& by);

    Result<std::vector<web::OriginalRecord>> open_original(const web::Scope& scope, std::int64_t record,
                                                           const std::string& by);
    Result<web::IntakeDone> act_on_intake(const web::Scope& scope, const web::IntakeAction& action);
    /// Takes the list from whoever has it. Nobody has it: changes nothing. Error{not_found}: no open list.
    Result<web::ListView> revoke_list(const ListId& list, const std::string& by);
    // A request with an answer; asked again, the same answer. Error{not_found}: not there or not in the
    // scope.
    Result<web::CancelView> cancel_shipment(const web::Scope& scope, const ShipmentId& shipment,
                                            const std::string& by);
    Result<std::vector<web::CancelView>> cancel_order(const web::Scope& scope, const OrderId& order,
                                                      const std::string& by);
    Result<web::ChangeAnswer> change_order(const web::Scope& scope, const web::ChangeOrder& wanted);
    // What of stopped shipments is still on the floor; see server/app/floor_tasks.hpp.
    Result<web::PullOutView> pull_out(const std::string& code, const std::string& by);
    Result<web::PutBackAnswer> put_back(const plan::PutBackScan& scan, const std::string& by);
    Outcome free_shelf(const web::ShelfOfItem& shelf, const std::string& by);
    /// Says something to stations; those that are heard get it at once, the others with their next hello.
    /// Error{not_found}: no such station or shipment.
    Result<web::CommandView> give_command(const web::CommandWish& wish);
    Result<web::CommandView> command(const std::string& command);
    /// Settled before: the first settling stands. Error{not_found}.
    Result<web::ExceptionView> settle_exception(std::int64_t number, const web::Settling& settling);

    /// What a backup holds: devices may let go of it.
    Outcome note_backup(const std::string& name, std::int64_t upto);

    void tick();
    /// What became of an attempt; `http_status` 0: the shop was not reached.
    void report_answered(const ReportToSend& report, int http_status);
    /// An attempt of take_effects() could not be begun: its turn comes again.
    void report_not_sent(const ShipmentId& shipment) { reports_under_way_.erase(shipment); }

    Effects take_effects();

    /// Counted from the database and from who is present.
    Result<web::Board> board();
    const sync::Presences& presences() const { return presences_; }
    sqlite::Database& database() { return database_; }
    const FloorParts& parts() const { return parts_; }

private:
    Floor(sqlite::Database database, FloorParts parts, store::Author author);

    /// One transaction of the writer; what it changed is published after the commit.
    template <class T>
    Result<T> decide(const std::function<Result<T>(const Deciding&)>& work);
    void ingest(const std::vector<sync::BatchCame>& batches);
    void renew_leases(const DeviceId& device);
    void answer_hello(const sync::HelloCame& came);
    void command_revoke(const DeviceId& device, const ListId& list);
    void publish_changes(const Changes& changes);
    void publish_doc(const DeviceId& device, const protocol::DocPublished& doc);
    void say_again(const DeviceId& device);
    std::string next_command_name();
    void publish_command(const DeviceId& device, const protocol::Command& command);
    void note_presence(const DeviceId& device, const protocol::Presence& said);
    void note_hello(const DeviceId& device, const protocol::Hello& hello);
    void tell_of_two(const DeviceId& device, const sync::Voices::Two& two);
    void note_lives(const DeviceId& device, const protocol::Hello& hello);
    void skip_what_is_lost(const DeviceId& device, const protocol::Hello& hello);
    std::optional<Seq> kept_upto(sqlite::Tx& tx, const DeviceId& device, Epoch epoch);
    std::vector<protocol::StoredUpto> stored_of(sqlite::Tx& tx, const DeviceId& device,
                                                const protocol::Hello& hello);
    void leave_to_others();
    void tell_shops();
    void seal_yesterday();
    Outcome skip_given_numbers();
    void note_given_numbers();
    std::set<ListId> lists_to_renew(const DeviceId& device, const sync::Wanted& wanted);

    sqlite::Database database_;
    FloorParts parts_;
    store::Author author_;
    Effects effects_;
    sync::Presences presences_;
    std::int64_t commands_given_ = 0;                 // since the start: with the epoch, each one's name
    GivenNumbers noted_;                              // in the numbers file
    std::int64_t kept_by_ = 0;                        // events up to this position are in the newest backup
    std::map<std::pair<DeviceId, Epoch>, Seq> kept_;  // in that backup, of lives that were asked for
    std::map<DeviceId, Holder> holders_;              // devices that said hello since the start
    std::map<std::pair<DeviceId, ListId>, Instant> offered_at_;
    std::set<ShipmentId> reports_under_way_;
    std::optional<Day> sealed_;  // the last day whose head is kept
};

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

}  // namespace kenpin::app
