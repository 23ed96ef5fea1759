#pragma once
// The desk between web and floor with its real parts: writes are asked of the writer, looks of the reader.
#include <utility>

#include "core/base/latest.hpp"
#include "server/app/backups.hpp"
#include "server/app/folder_watch.hpp"
#include "server/app/keys.hpp"
#include "server/app/reader.hpp"
#include "server/app/writer.hpp"
#include "server/web/desk.hpp"
#include "server/web/wrong_keys.hpp"

namespace kenpin::app {

/// All outlive the desk. `board` is renewed by the server while it runs.
struct DeskParts {
    Writer& writer;
    Reader& reader;
    const Latest<web::Board>& board;
    const SiteSettings& site;
    const crypto::Key& key;
    Keys fixed_keys;  // the administrator's and the devices'; the others lie in the database
    web::Rate rate;   // of each key in the database
    const FolderWatches& folders;
    Backups& backups;
    const IntakeRules* rules = nullptr;
};

class WebDesk : public web::Desk {
public:
    explicit WebDesk(DeskParts parts) : parts_(std::move(parts)) {}

    /// Reads the keys: at the start, and by itself after each import of shops and each change of a key.
    Outcome read_keys();

    web::Caller identify(const web::Credentials& credentials) const override;
    void note_wrong_key(const std::string& address) override;
    Result<web::OrderAnswer> take_order(const ShopId& shop, std::string json) override;
    Result<web::ImportAnswer> import_file(web::ImportFile file) override;
    Result<web::StartAnswer> start_work(const web::StartWork& start) override;
    Result<web::CodeAnswer> answer_code(const web::CodeMeaning& meaning, const std::string& by) override;
    Result<web::UnknownCodes> unknown_codes(const web::Scope& scope) override;
    Result<std::vector<web::ConsolidationView>> consolidations(const web::Scope& scope) override;
    Result<web::ListView> revoke_list(const ListId& list, const std::string& by) override;
    Result<web::ChangeAnswer> change_order(const web::Scope& scope, const web::ChangeOrder& wanted) override;
    Result<web::FloorTasks> floor_tasks() override;
    Result<web::PullOutView> pull_out(const std::string& code, const std::string& by) override;
    Result<web::PutBackAnswer> put_back(const plan::PutBackScan& scan, const std::string& by) override;
    Outcome free_shelf(const web::ShelfOfItem& shelf, const std::string& by) override;
    Result<web::CancelView> cancel_shipment(const web::Scope& scope, const ShipmentId& shipment,
                                            const std::string& by) override;
    Result<std::vector<web::CancelView>> cancel_order(const web::Scope& scope, const OrderId& order,
                                                      const std::string& by) override;
    Result<web::BackupView> make_backup() override;
    Result<web::BackupView> note_backup(const std::string& name, std::int64_t upto) override;
    Result<web::BackupsView> backups() override;
    Result<web::CommandView> give_command(const web::CommandWish& wish) override;
    Result<web::CommandView> command(const std::string& command) override;
    Result<web::ExceptionView> settle_exception(std::int64_t number, const web::Settling& settling) override;
    Result<std::vector<web::ExceptionView>> exceptions(const web::Page& page) override;
    Result<web::MadeKey> make_key(const web::NewKey& key, const std::string& by) override;
    Result<web::KeyView> revoke_key(const std::string& key, const std::string& by) override;
    Result<std::vector<web::KeyView>> keys() override;
    Result<std::vector<web::OrderView>> orders(const web::Scope& scope, const web::Page& page) override;
    Result<web::OrderView> order(const web::Scope& scope, const OrderId& order) override;
    Result<web::IntakePage> intake(const web::Scope& scope, const web::IntakeQuery& query) override;
    Result<web::IntakeDetail> intake_record(const web::Scope& scope, std::int64_t record) override;
    Result<std::vector<web::OriginalRecord>> open_original(const web::Scope& scope, std::int64_t record,
                                                           const std::string& by) override;
    Result<web::IntakeDone> act_on_intake(const web::Scope& scope, const web::IntakeAction& action) override;
    Result<std::vector<web::ShipmentView>> shipments(const web::Scope& scope, const web::Page& page) override;
    Result<web::ShipmentView> shipment(const web::Scope& scope, const ShipmentId& shipment) override;
    Result<std::vector<web::HistoryView>> history(const ShipmentId& shipment) override;
    Result<std::vector<web::ListView>> lists() override;
    Result<std::vector<web::PieceView>> pieces(const web::Page& page) override;
    Result<std::vector<web::StockView>> stock() override;
    Result<std::string> print_document(const DeviceId& device, const ShipmentId& shipment) override;
    const Latest<web::Board>& board() const override { return parts_.board; }
    bool is_healthy() const override;
    std::vector<std::string> warnings() const override;
    std::string metrics() const override;

private:
    template <class T, class Look>
    Result<T> look(Look look);
    template <class T>
    Result<T> with_keys_read(Result<T> answer);
    const DeskParts parts_;
    // Shared with a reading of the keys that outlives who asked for it.
    const std::shared_ptr<Latest<Keys>> keys_ = std::make_shared<Latest<Keys>>();
    web::WrongKeys wrong_keys_;
};

}  // namespace kenpin::app
