#pragma once
// The fake behind the web's desk: answers what a test puts into it and remembers what it was asked.
#include <map>
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
    std::optional<Error> failure;
    std::vector<web::ShipmentView> known_shipments;
    Latest<web::Board> latest_board;
    bool healthy = true;
    // What it was asked.
    std::vector<std::string> order_bodies;
    std::vector<ShopId> order_shops;
    std::vector<web::ImportFile> imports;
    std::vector<web::StartWork> starts;
    std::vector<web::Scope> scopes;
    std::vector<web::Page> pages;

    web::Caller identify(const web::Credentials& c) const override {
        if (!c.is_basic && c.secret == "admin-key") return {.is_admin = true};
        if (!c.is_basic && c.secret == "honten-key") return {.shop = ShopId{"HONTEN"}};
        if (c.is_basic && c.user == "B1" && c.secret == "b1-password") return {.device = DeviceId{"B1"}};
        return {};
    }
    Result<web::OrderAnswer> take_order(const ShopId& shop, std::string json) override {
        order_shops.push_back(shop);
        order_bodies.push_back(std::move(json));
        if (failure) return *failure;
        return order_answer;
    }
    Result<web::ImportAnswer> import_file(web::ImportFile file) override {
        imports.push_back(std::move(file));
        return import_answer;
    }
    Result<web::StartAnswer> start_work(const web::StartWork& start) override {
        starts.push_back(start);
        return start_answer;
    }
    Result<std::vector<web::OrderView>> orders(const web::Scope& scope, const web::Page& page) override {
        note(scope, page);
        return std::vector<web::OrderView>{};
    }
    Result<web::OrderView> order(const web::Scope& scope, const OrderId&) override {
        scopes.push_back(scope);
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
    Result<std::vector<web::HistoryView>> history(const ShipmentId&) override {
        return std::vector<web::HistoryView>{};
    }
    Result<std::vector<web::ListView>> lists() override { return std::vector<web::ListView>{}; }
    Result<std::vector<web::PieceView>> pieces(const web::Page&) override {
        return std::vector<web::PieceView>{};
    }
    Result<std::vector<web::StockView>> stock() override { return std::vector<web::StockView>{}; }
    Result<std::string> print_document(const DeviceId& device, const ShipmentId& shipment) override {
        return "sealed for " + device.value + ": " + shipment.value;
    }
    const Latest<web::Board>& board() const override { return latest_board; }
    bool is_healthy() const override { return healthy; }
    std::string metrics() const override { return "kenpin_events 7\n"; }

private:
    void note(const web::Scope& scope, const web::Page& page) {
        scopes.push_back(scope);
        pages.push_back(page);
    }
};

}  // namespace kenpin::support
