#include "server/app/retake.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "server/app/code_waits.hpp"
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
    if (auto* wrong = std::get_if<shops::NotAcceptable>(&parsed)) return std::move(wrong->read);
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

// What an answer makes of the orders that wait. Shops are read once; no record is judged twice.
class Healing {
public:
    Healing(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key)
        : deciding_(deciding), rules_(rules), key_(key) {}

    void note_of_before() {
        for (const auto position : store::waiting_for_no_noted_code(deciding_.tx, site())) note(position);
    }

    /// Somebody knows the code, with these options or with others.
    bool may_be_known(const store::WaitingCode& code) {
        const auto [known, is_new] = known_.try_emplace(code.shop);
        if (const auto* at_hand = is_new ? shop(code.shop) : nullptr) {
            for (const auto& [sku, item] : at_hand->catalogue.items)
                known->second.insert(code_hash(key_, code.shop, sku.value));
            for (const auto& [told, items] : at_hand->catalogue.by_shop_code)
                known->second.insert(code_hash(key_, code.shop, told.code));
        }
        return known->second.contains(code.hash.code);
    }
    void retake_all(const std::vector<std::int64_t>& positions) {
        for (const auto position : positions)
            if (judged_.insert(position).second) retake_one(position);
    }
    Retaken retaken() && { return std::move(retaken_); }

private:
    const SiteId& site() const { return deciding_.site.site; }
    const ShopAtHand* shop(const ShopId& id) {
        const auto [at, is_new] = shops_.try_emplace(id);
        if (is_new) at->second = shop_at_hand(deciding_, id, &rules_, key_);
        return at->second ? &*at->second : nullptr;
    }
    void note(std::int64_t position) {
        const auto row = store::intake_row(deciding_.tx, site(), position);
        const auto* at_hand = row ? shop(row->shop) : nullptr;
        const auto order = at_hand ? waiting_order(deciding_.tx, site(), rules_, key_, *row)
                                   : std::optional<plan::ReceivedOrder>{};
        if (!order) return;
        note_waiting_codes(deciding_.tx, site(), key_, row->shop, *order, at_hand->catalogue,
                           row->received_file);
    }
    void retake_one(std::int64_t position) {
        const auto row = store::intake_row(deciding_.tx, site(), position);
        if (!row || row->state != "open" || !row->has("E-SKU") || row->has("E-DUP-CONFLICT")) return;
        const auto* at_hand = shop(row->shop);
        const auto taken = at_hand ? retake(deciding_, rules_, key_, *at_hand, *row) : std::optional<Taken>{};
        if (!taken) return;
        if (!taken->has("E-SKU")) store::drop_waiting_codes(deciding_.tx, site(), row->received_file);
        if (taken->shipments == 0) {
            retaken_.wrong += taken->has("E-SKU") ? 0 : 1;
            return;
        }
        retaken_.owners.insert(at_hand->rules.owner);
        ++retaken_.taken;
    }

    const Deciding& deciding_;
    const IntakeRules& rules_;
    const crypto::Key& key_;
    std::map<ShopId, std::optional<ShopAtHand>> shops_;
    std::map<ShopId, std::set<std::string>> known_;  // hashes of codes
    std::set<std::int64_t> judged_;
    Retaken retaken_;
};

}  // namespace

void note_codes_of_before(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key) {
    Healing(deciding, rules, key).note_of_before();
}

Retaken retake_waiting(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key) {
    Healing healing(deciding, rules, key);
    for (const auto& code : store::waiting_codes(deciding.tx, deciding.site.site))
        if (healing.may_be_known(code))
            healing.retake_all(store::waiting_for_code(deciding.tx, deciding.site.site, code.hash.code));
    return std::move(healing).retaken();
}

Retaken retake_waiting_for(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key,
                           const ShopId& shop, const std::string& code) {
    Healing healing(deciding, rules, key);
    healing.retake_all(store::waiting_for_code(deciding.tx, deciding.site.site, code_hash(key, shop, code)));
    return std::move(healing).retaken();
}

}  // namespace kenpin::app
