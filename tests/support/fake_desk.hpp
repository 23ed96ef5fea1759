#pragma once
// The fake behind the web's desk: answers what a test puts into it and remembers what it was asked.
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/web/desk.hpp"

namespace kenpin::support {

class FakeDesk : public web::Desk {
public:
    // What it answers.
    web::OrderAnswer order_answer = web::OrderTaken{OrderId{"HONTEN:H1"}};
    web::ImportAnswer import_answer{.taken = 1};
    web::StartAnswer start_answer{};
    web::ListView revoked_list{};
    std::vector<web::ExceptionView> known_exceptions;
    std::optional<Error> failure;
    std::vector<web::ShipmentView> known_shipments;
    std::vector<web::OrderView> known_orders;
    web::IntakePage known_intake;
    std::vector<web::OriginalRecord> known_original;
    Latest<web::Board> latest_board;
    bool healthy = true;
    std::vector<std::string> known_warnings;
    std::vector<web::KeyView> known_keys;
    std::map<std::string, web::Caller> bearer = {
        {"admin-key", {.key = "admin", .scopes = {web::KeyScope::admin}}},
        {"honten-key",
         {.key = "shop:HONTEN",
          .scopes = {web::KeyScope::orders_write, web::KeyScope::orders_read, web::KeyScope::reports_read},
          .shop = ShopId{"HONTEN"}}},
    };
    web::CodeAnswer code_answer = web::CodeAnswered{2, 1};
    std::vector<web::UnknownCodeView> known_unknown;
    std::vector<web::ConsolidationView> known_consolidations;
    // What it was asked.
    std::vector<std::pair<web::CodeMeaning, std::string>> meanings;
    std::vector<std::string> order_bodies;
    std::vector<ShopId> order_shops;
    std::vector<web::ImportFile> imports;
    std::vector<web::StartWork> starts;
    std::vector<ListId> revoked;
    std::vector<std::pair<std::int64_t, web::Settling>> settled;
    std::vector<web::Scope> scopes;
    std::vector<web::Page> pages;
    std::vector<web::IntakeQuery> queries;
    std::vector<web::IntakeAction> actions;
    std::vector<std::string> opened_by;

    web::Caller identify(const web::Credentials& c) const override {
        for (const auto& [secret, caller] : bearer)
            if (!c.is_basic && c.secret == secret) return caller;
        if (c.is_basic && c.user == "B1" && c.secret == "b1-password") return {.device = DeviceId{"B1"}};
        return {};
    }
    void note_wrong_key(const std::string& address) override {
        const std::lock_guard hold(wrong_keys_);
        wrong_keys_from_.push_back(address);
    }
    std::vector<std::string> wrong_keys_from() const {
        const std::lock_guard hold(wrong_keys_);
        return wrong_keys_from_;
    }
    Result<web::OrderAnswer> take_order(const ShopId& shop, std::string json) override {
        order_shops.push_back(shop);
        order_bodies.push_back(std::move(json));
        if (failure) return *failure;
        return order_answer;
    }
    Result<web::ImportAnswer> import_file(web::ImportFile file) override {
        imports.push_back(std::move(file));
        if (failure) return *failure;
        return import_answer;
    }
    Result<web::ListView> revoke_list(const ListId& list, const std::string&) override {
        revoked.push_back(list);
        if (failure) return *failure;
        return revoked_list;
    }
    Result<web::ChangeAnswer> change_order(const web::Scope& scope, const web::ChangeOrder& wanted) override {
        scopes.push_back(scope);
        if (failure) return *failure;
        if (wanted.json == "nonsense") return web::ChangeAnswer{web::OrderNotJson{}};
        if (wanted.json == "unknown item")
            return web::ChangeAnswer{web::OrderNotAcceptable{{{.field = "sku", .reason = "unknown_item"}}}};
        return web::ChangeAnswer{web::ChangeView{wanted.order, "stopped", {ShipmentId{"S9"}}}};
    }
    Result<web::FloorTasks> floor_tasks() override {
        if (failure) return *failure;
        web::FloorTasks tasks;
        tasks.pull_out = {
            {TrackingNo{"000010000034"}, ShipmentId{"S1"}, ShopId{"HONTEN"}, CarrierId{"YAMATO"}}};
        tasks.put_back = {{ShipmentId{"S1"}, Sku{"G-1"}, LotNo{}, LocationCode{"A-01-01-1"}, Qty{2}, {}}};
        tasks.blocked = {{Sku{"G-1"}, LocationCode{"A-01-01-1"}, Qty{3}, from_ms(1'795'474'800'000)}};
        return tasks;
    }
    Result<web::PullOutView> pull_out(const std::string& code, const std::string&) override {
        if (failure) return *failure;
        return web::PullOutView{TrackingNo{code}, ShipmentId{"S1"}, ShopId{"HONTEN"}, CarrierId{"YAMATO"},
                                true};
    }
    Result<web::PutBackAnswer> put_back(const plan::PutBackScan& scan, const std::string&) override {
        if (failure) return *failure;
        if (scan.item == "wrong") return web::PutBackAnswer{"wrong_item", {}};
        return web::PutBackAnswer{};
    }
    Outcome free_shelf(const web::ShelfOfItem&, const std::string&) override {
        if (failure) return *failure;
        return Done{};
    }
    Result<web::CancelView> cancel_shipment(const web::Scope& scope, const ShipmentId& shipment,
                                            const std::string&) override {
        scopes.push_back(scope);
        if (failure) return *failure;
        return web::CancelView{shipment, "stopped"};
    }
    Result<std::vector<web::CancelView>> cancel_order(const web::Scope& scope, const OrderId&,
                                                      const std::string&) override {
        scopes.push_back(scope);
        if (failure) return *failure;
        return std::vector<web::CancelView>{{ShipmentId{"S1"}, "cancelled"}, {ShipmentId{"S2"}, "too_late"}};
    }
    Result<web::BackupView> make_backup() override {
        if (failure) return *failure;
        return web::BackupView{"kenpin-20261124-0200.db", 7, from_ms(1'795'474'800'000)};
    }
    Result<web::BackupView> note_backup(const std::string& name, std::int64_t upto) override {
        if (failure) return *failure;
        return web::BackupView{name, upto, from_ms(1'795'474'800'000)};
    }
    Result<web::BackupsView> backups() override {
        if (failure) return *failure;
        return web::BackupsView{{{"kenpin-20261124-0200.db", 7, from_ms(1'795'474'800'000)}}, 9};
    }
    Result<web::ExceptionView> settle_exception(std::int64_t number, const web::Settling& settling) override {
        settled.emplace_back(number, settling);
        if (failure) return *failure;
        for (const auto& known : known_exceptions)
            if (known.number == number) return known;
        return Error{Error::Kind::not_found, "exception"};
    }
    Result<std::vector<web::ExceptionView>> exceptions(const web::Page& page) override {
        pages.push_back(page);
        if (failure) return *failure;
        return known_exceptions;
    }
    Result<web::StartAnswer> start_work(const web::StartWork& start) override {
        starts.push_back(start);
        if (failure) return *failure;
        return start_answer;
    }
    Result<web::CodeAnswer> answer_code(const web::CodeMeaning& meaning, const std::string& by) override {
        meanings.emplace_back(meaning, by);
        if (failure) return *failure;
        return code_answer;
    }
    Result<web::UnknownCodes> unknown_codes(const web::Scope& scope) override {
        scopes.push_back(scope);
        return web::UnknownCodes{known_unknown, 0};
    }
    Result<std::vector<web::ConsolidationView>> consolidations(const web::Scope& scope) override {
        scopes.push_back(scope);
        return known_consolidations;
    }
    std::vector<web::CommandWish> commands;
    Result<web::CommandView> give_command(const web::CommandWish& wish) override {
        if (failure) return *failure;
        commands.push_back(wish);
        return command("7-1");
    }
    Result<web::CommandView> command(const std::string& name) override {
        if (name != "7-1") return Error{Error::Kind::not_found, "command"};
        return web::CommandView{.command = name,
                                .what = "message",
                                .text = "休憩です",
                                .answers = {{.device = DeviceId{"B1"}, .state = "waiting"},
                                            {DeviceId{"H1"}, "seen", WorkerId{"W07"}, Instant{}}}};
    }
    Result<web::MadeKey> make_key(const web::NewKey& key, const std::string&) override {
        if (failure) return *failure;
        if (key.shop && *key.shop != ShopId{"HONTEN"}) return Error{Error::Kind::refused, "shop"};
        known_keys.push_back({"K0001", key.name, key.shop, key.scopes, {}, {}});
        return web::MadeKey{"K0001", Private<std::string>("kp_secret")};
    }
    Result<web::KeyView> revoke_key(const std::string& key, const std::string&) override {
        if (failure) return *failure;
        for (auto& known : known_keys)
            if (known.key == key) {
                known.revoked_at = Instant{};
                return known;
            }
        return Error{Error::Kind::not_found, "key"};
    }
    Result<std::vector<web::KeyView>> keys() override { return known_keys; }
    Result<std::vector<web::OrderView>> orders(const web::Scope& scope, const web::Page& page) override {
        note(scope, page);
        return known_orders;
    }
    Result<web::OrderView> order(const web::Scope& scope, const OrderId& id) override {
        scopes.push_back(scope);
        for (const auto& known : known_orders)
            if (known.order == id) return known;
        return Error{Error::Kind::not_found, "order"};
    }
    Result<std::vector<web::ShipmentView>> shipments(const web::Scope& scope,
                                                     const web::Page& page) override {
        note(scope, page);
        return known_shipments;
    }
    Result<web::ShipmentView> shipment(const web::Scope& scope, const ShipmentId& id) override {
        scopes.push_back(scope);
        for (const auto& known : known_shipments)
            if (known.shipment == id) return known;
        return Error{Error::Kind::not_found, "shipment"};
    }
    Result<web::IntakePage> intake(const web::Scope& scope, const web::IntakeQuery& query) override {
        scopes.push_back(scope);
        queries.push_back(query);
        return known_intake;
    }
    Result<web::IntakeDetail> intake_record(const web::Scope& scope, std::int64_t record) override {
        scopes.push_back(scope);
        for (const auto& known : known_intake.records)
            if (known.record == record) return web::IntakeDetail{known, known_shipments};
        return Error{Error::Kind::not_found, "record"};
    }
    Result<std::vector<web::OriginalRecord>> open_original(const web::Scope& scope, std::int64_t record,
                                                           const std::string& by) override {
        if (failure) return *failure;
        if (const auto known = intake_record(scope, record); !known) return known.error();
        opened_by.push_back(by);
        return known_original;
    }
    Result<web::IntakeDone> act_on_intake(const web::Scope& scope, const web::IntakeAction& action) override {
        if (failure) return *failure;
        if (const auto known = intake_record(scope, action.record); !known) return known.error();
        actions.push_back(action);
        return web::IntakeDone{"accept", {}, OrderId{"HONTEN:H1"}};
    }
    Result<std::vector<web::HistoryView>> history(const ShipmentId& id) override {
        if (const auto known = shipment({}, id); !known) return known.error();
        web::HistoryView fact{.device = DeviceId{"H1"}, .kind = "item_picked", .body_json = R"({"units":1})"};
        return std::vector<web::HistoryView>{fact};
    }
    Result<std::vector<web::ListView>> lists() override {
        return std::vector<web::ListView>{{.list = ListId{"L1"}, .state = "open"}};
    }
    Result<std::vector<web::PieceView>> pieces(const web::Page& page) override {
        note({}, page);
        return std::vector<web::PieceView>{{.shipment = ShipmentId{"S1"}, .piece = PieceNo{1}}};
    }
    Result<std::vector<web::StockView>> stock() override {
        return std::vector<web::StockView>{{Sku{"G-1"}, LocationCode{"A-01"}, LotNo{}, std::nullopt, Qty{3}}};
    }
    Result<std::string> print_document(const DeviceId& device, const ShipmentId& shipment) override {
        if (shipment.value == "X") return Error{Error::Kind::not_found, "shipment"};
        return "sealed for " + device.value + ": " + shipment.value;
    }
    const Latest<web::Board>& board() const override { return latest_board; }
    std::vector<std::string> warnings() const override { return known_warnings; }
    bool is_healthy() const override { return healthy; }
    std::string metrics() const override { return "kenpin_events 7\n"; }

private:
    // Callers without a key come on many threads at once; whoever has one is served one by one in the tests.
    mutable std::mutex wrong_keys_;
    std::vector<std::string> wrong_keys_from_;

    void note(const web::Scope& scope, const web::Page& page) {
        scopes.push_back(scope);
        pages.push_back(page);
    }
};

}  // namespace kenpin::support
