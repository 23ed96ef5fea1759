#include "server/app/retake.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include "server/plan/check_order.hpp"
#include "server/shops/order_json.hpp"
#include "server/shops/order_rows.hpp"
#include "server/store/sealed_text.hpp"

namespace kenpin::app {
namespace {

const shops::ShopProfile* profile_named(const IntakeRules& rules, const std::string& name) {
    const auto found = std::find_if(rules.profiles.begin(), rules.profiles.end(),
                                    [&](const auto& profile) { return profile.name == name; });
    return found == rules.profiles.end() ? nullptr : &*found;
}

// The records of a waiting order, read again. Rows point into `files`.
struct Reread {
    const shops::ShopProfile* profile = nullptr;
    std::vector<std::string> files;
    shops::LinePool pool;
    shops::OpenFilePtr orders;
    std::optional<shops::ShopOrder> order;
};

void reread(const IntakeRules& rules, const shops::KeptOrder& kept, Reread& again) {
    again.profile = profile_named(rules, kept.profile);
    if (!again.profile) return;
    for (const auto& part : kept.parts) again.files.push_back(shops::as_file(part));
    for (std::size_t i = 0; i < again.files.size(); ++i) {
        auto records = shops::read_records(again.files[i], quotes_of(*again.profile));
        if (!records) return;
        const auto known = shops::recognise(rules.profiles, records.value().header);
        auto opened = shops::open_file(kept.parts[i].file, std::move(records).value());
        if (known && known->is_lines)
            again.pool.add(*again.profile, std::move(opened));
        else
            again.orders = std::move(opened);
    }
    if (!again.orders) return;
    auto read = shops::read_shop_file(*again.profile, *again.orders, again.pool);
    if (read.orders.size() == 1) again.order = std::move(read.orders.front());
}

std::optional<plan::ReceivedOrder> order_in_json(const std::string& json) {
    auto parsed = shops::parse_order(json);
    if (auto* order = std::get_if<plan::ReceivedOrder>(&parsed)) return std::move(*order);
    return std::nullopt;
}

std::optional<Private<std::string>> received(sqlite::Tx& tx, const SiteId& site, const crypto::Key& key,
                                             const store::IntakeRow& row) {
    auto text = store::open_sealed(tx, site, store::Drawer::received_file, key, row.received_file);
    if (!text) return std::nullopt;
    return std::move(text).value();
}

}  // namespace

std::optional<Taken> retake_kept(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key,
                                 const ShopAtHand& shop, const shops::KeptOrder& kept, int record,
                                 AskedBy who) {
    Reread again;
    reread(rules, kept, again);
    if (!again.order) return std::nullopt;
    auto order = to_take(*again.profile, std::move(*again.order), shop, rules, japan_day(deciding.now));
    order.found.record = record;
    order.is_asked_for = who != AskedBy::code;
    order.is_corrected = who == AskedBy::correction;
    return taken_of(take_order(deciding, {key, &rules}, shop, order), order, shop);
}

std::optional<Taken> retake_json(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key,
                                 const ShopAtHand& shop, const std::string& json, AskedBy who) {
    const auto parsed = shops::parse_order(json);
    if (std::holds_alternative<shops::NotJson>(parsed)) return std::nullopt;
    OrderToTake order;
    order.received = Private<std::string>(json);
    order.is_asked_for = who != AskedBy::code;
    order.is_corrected = who == AskedBy::correction;
    if (const auto* wrong = std::get_if<shops::NotAcceptable>(&parsed)) {
        order.order = wrong->read;
        order.order.number_in_shop = wrong->number_in_shop;
        order.unreadable = wrong->problems;
    } else {
        order.order = std::get<plan::ReceivedOrder>(parsed);
        order.found = found_in(order.order, shop.catalogue, rules, findings_site(deciding));
    }
    order.found.file = "api";
    order.has_number = plan::is_order_number(order.order.number_in_shop);
    return taken_of(take_order(deciding, {key, &rules}, shop, order), order, shop);
}

std::optional<plan::ReceivedOrder> waiting_order(sqlite::Tx& tx, const SiteId& site, const IntakeRules& rules,
                                                 const crypto::Key& key, const store::IntakeRow& row) {
    const auto text = received(tx, site, key, row);
    if (!text) return std::nullopt;
    Reread again;
    const auto kept = shops::read_kept(text->reveal());
    if (kept) reread(rules, kept.value(), again);
    if (again.order) return std::move(again.order->read.order);
    return order_in_json(text->reveal());
}

namespace {

bool knows_all(const plan::Catalogue& catalogue, const plan::ReceivedOrder& order) {
    return std::none_of(order.lines.begin(), order.lines.end(), [&](const auto& line) {
        return plan::items_of(catalogue, line.code, line.options.reveal()).empty();
    });
}

// One waiting order read again from its records. Nothing: it waits on.
std::optional<Taken> retake(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key,
                            const ShopAtHand& shop, const store::IntakeRow& row) {
    const auto waiting = waiting_order(deciding.tx, deciding.site.site, rules, key, row);
    if (waiting && !knows_all(shop.catalogue, *waiting))
        return std::nullopt;  // most of them: not judged for nothing
    const auto text = received(deciding.tx, deciding.site.site, key, row);
    if (!text) return std::nullopt;
    const auto kept = shops::read_kept(text->reveal());
    if (!kept && row.file != "api") return std::nullopt;
    return kept ? retake_kept(deciding, rules, key, shop, kept.value(), row.record, AskedBy::code)
                : retake_json(deciding, rules, key, shop, text->reveal(), AskedBy::code);
}

}  // namespace

Retaken retake_waiting(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key) {
    Retaken retaken;
    std::map<ShopId, std::optional<ShopAtHand>> shops;
    for (const auto& row : store::open_intake(deciding.tx, deciding.site.site)) {
        if (!row.has("E-SKU") || row.has("E-DUP-CONFLICT")) continue;
        const auto [shop, is_new] = shops.try_emplace(row.shop);
        if (is_new) shop->second = shop_at_hand(deciding, row.shop, &rules, key);
        const auto taken =
            shop->second ? retake(deciding, rules, key, *shop->second, row) : std::optional<Taken>{};
        if (!taken) continue;
        if (taken->shipments == 0) {
            retaken.wrong += taken->has("E-SKU") ? 0 : 1;
            continue;
        }
        retaken.owners.insert(shop->second->rules.owner);
        ++retaken.taken;
    }
    return retaken;
}

}  // namespace kenpin::app
