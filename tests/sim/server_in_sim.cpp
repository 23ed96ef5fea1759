#include "tests/sim/server_in_sim.hpp"

#include <utility>

#include "core/base/check.hpp"
#include "core/protocol/messages.hpp"
#include "server/app/floor.hpp"
#include "server/store/events.hpp"
#include "server/sync/inbound.hpp"

namespace kenpin::sim {
namespace {

constexpr int http_ok = 200, http_broken = 500;

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
    app::FloorParts given;
    bool disk_may_fail = false;
    std::unique_ptr<app::Floor> floor;
};

ServerInSim::ServerInSim(const Instant& now, Chance& chance, const Faults& faults, Story& story)
    : chance_(chance), faults_(faults), story_(story) {
    parts_ =
        std::make_unique<Parts>(Parts{{settings(chance), key(), [&now] { return now; }}, false, nullptr});
    const auto fail = [this](int) -> std::optional<Error> {
        if (!parts_->disk_may_fail || !chance_.one_in(faults_.server_disk)) return std::nullopt;
        story_.tell("server", "its disk is full, nothing is committed");
        return Error{Error::Kind::full, "made to fail"};
    };
    auto database =
        sqlite::Database::open("sqlite::memory:", {.hooks = {.before_commit = fail, .pause = {}}});
    KENPIN_CHECK(static_cast<bool>(database));
    auto floor = app::Floor::open(std::move(database).value(), parts_->given);
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
    parts_->disk_may_fail = true;
}

bool ServerInSim::take_order(const OrderToCome& order) {
    const auto answer = parts_->floor->take_order(order.shop, order.json);
    if (!answer) return false;
    const bool is_taken = std::holds_alternative<web::OrderTaken>(answer.value());
    if (!is_taken && !std::holds_alternative<web::OrderUnchanged>(answer.value()))
        story_.broken("order " + order.number + " was not taken");
    story_.tell("server", "order " + order.number + (is_taken ? " taken" : " is known already"));
    return true;
}

bool ServerInSim::take_return_file(const std::string& csv) {
    const auto answer = parts_->floor->import_file(
        {.table = web::Table::waybills, .shop = gets_them_before, .body = csv, .file_name = "return"});
    if (answer && !answer.value().refused.empty())
        story_.broken("a waybill of the return file was refused: " + answer.value().refused.front().reason);
    return static_cast<bool>(answer);
}

bool ServerInSim::start_work() {
    const auto answer = parts_->floor->start_work({});
    if (!answer) return false;
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

bool ServerInSim::knows(const Letter& letter) {
    const auto read = sync::read_inbound(site, letter.topic, letter.payload);
    const auto* came = std::get_if<sync::BatchCame>(&read);
    if (came == nullptr) return letter.is_repeated;
    const auto upto = database().read([&](sqlite::Tx& tx) -> Result<Seq> {
        return store::stored_upto(tx, site, came->device, came->batch.epoch);
    });
    return upto && came->batch.events.back().seq <= upto.value();
}

void ServerInSim::tick() {
    parts_->floor->tick();
}

std::vector<Letter> ServerInSim::take_letters() {
    std::vector<Letter> letters;
    auto effects = parts_->floor->take_effects();
    for (auto& out : effects.publish)
        letters.push_back({out.device, protocol::topic(site, out.device, out.topic), std::move(out.payload)});
    for (const auto& report : effects.reports) {
        const bool is_deaf = chance_.one_in(faults_.shop_deaf);
        if (!is_deaf) ++heard_by_shops_[report.key];
        story_.tell("shop " + report.shop.value, std::string(is_deaf ? "does not hear" : "hears") + " that " +
                                                     report.shipment.value + " left");
        parts_->floor->report_answered(report, is_deaf ? http_broken : http_ok);
    }
    return letters;
}

void ServerInSim::restart() {
    story_.tell("server", "is restarted");
    auto database = std::move(parts_->floor->database());
    parts_->floor.reset();
    const bool may_fail = std::exchange(parts_->disk_may_fail, false);
    auto floor = app::Floor::open(std::move(database), parts_->given);
    KENPIN_CHECK(static_cast<bool>(floor));
    parts_->floor = std::move(floor).value();
    parts_->disk_may_fail = may_fail;
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
