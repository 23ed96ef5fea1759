#include "server/app/order_files.hpp"

#include <algorithm>
#include <future>
#include <variant>

#include "adaptors/charset/charset.hpp"
#include "adaptors/gzip/gzip.hpp"
#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "server/plan/check_order.hpp"
#include "server/shops/order_json.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/masters.hpp"
#include "server/store/order_file_rows.hpp"
#include "server/store/planning.hpp"
#include "server/store/sealed_text.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t orders_in_transaction = 500;

Result<std::string> unpacked(std::string_view bytes) {
    if (!gzip::is_packed(bytes)) return std::string(bytes);
    return gzip::unpack(bytes, limits::order_file);
}

shops::Quotes quotes_of(const shops::ShopProfile& profile) {
    return profile.has_quotes ? shops::Quotes::wrap : shops::Quotes::content;
}

std::vector<ShopId> shops_using(const Deciding& deciding, const std::string& profile) {
    std::vector<ShopId> shops;
    for (const auto& row : store::shops(deciding.tx, deciding.site.site))
        if (row.order_profile == profile) shops.push_back(row.shop);
    return shops;
}

// Empty: any.
std::string format_of(const Deciding& deciding, const ShopId& shop) {
    for (const auto& row : store::shops(deciding.tx, deciding.site.site))
        if (row.shop == shop) return row.order_profile;
    return {};
}

// Why nobody knows the format: the remedies differ.
const char* code_of_unknown(std::string_view bytes) {
    if (bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == std::string_view::npos) return "E-EMPTY";
    for (const std::string_view begin : {"PK\x03\x04", "\xD0\xCF\x11\xE0"})  // zip and xlsx, old xls
        if (bytes.starts_with(begin)) return "E-WORKBOOK";
    return "E-FORMAT";
}

template <class Words>
void append(std::vector<std::string>& all, const Words& more) {
    all.insert(all.end(), more.begin(), more.end());
}

OrderToTake to_take(const shops::ShopProfile& profile, shops::ShopOrder order, const ShopAtHand& shop,
                    const IntakeRules& rules, Day today) {
    OrderToTake take;
    take.found = found_in(order.read.order, shop.catalogue, rules, {{}, today});
    append(take.found.doubts, order.read.doubts);
    append(take.found.notes, order.read.notes);
    take.found.file = order.file;
    take.found.record = order.record;
    take.unreadable = std::move(order.read.problems);
    take.has_number = order.standing != shops::Standing::no_order;
    // Most orders are taken: their records are put together only when something is in doubt.
    take.received = shops::kept_text(profile, order.rows);
    take.order = std::move(order.read.order);
    return take;
}

void tell_accepted(const plan::Accepted& accepted, Taken& taken) {
    taken.outcome = accepted.judged.outcome;
    taken.codes = accepted.judged.codes;
    taken.shipments = static_cast<int>(accepted.shipments.size());
    for (const auto& shipment : accepted.shipments) {
        for (const auto& line : shipment.lines) taken.lines.emplace_back(line.sku, line.qty);
        if (!taken.ship_day || shipment.ship_day < *taken.ship_day) taken.ship_day = shipment.ship_day;
    }
}

Taken taken_of(const plan::IntakeVerdict& verdict, const OrderToTake& order, const ShopAtHand& shop) {
    Taken taken;
    if (order.has_number) taken.key = plan::order_id(shop.rules.shop, order.order.number_in_shop).value;
    taken.file = order.found.file;
    taken.record = order.found.record;
    taken.handling = order.found.handling;
    std::visit(Overloaded{[&](const plan::Accepted& accepted) { tell_accepted(accepted, taken); },
                          [&](const plan::AlreadyHere& here) {
                              taken.outcome = "skip";
                              taken.codes = {here.is_set_aside   ? "E-SET-ASIDE"
                                             : here.is_cancelled ? "E-CANCELLED"
                                                                 : "E-DUP-SAME"};
                          },
                          [&](const plan::Conflict&) {
                              taken.outcome = "hold";
                              taken.codes = {"E-DUP-CONFLICT"};
                          },
                          [&](const plan::Refused& refused) {
                              taken.outcome = refused.judged.outcome;
                              taken.codes = refused.judged.codes;
                              taken.first_problem = refused.problems.front();
                          },
                          [&](const plan::Cancelled&) {
                              taken.outcome = "skip";
                              taken.codes = {"E-CANCELLED"};
                          }},
               verdict);
    return taken;
}

// Records of an order that is told already: one line for each, without the order.
std::vector<Taken> as_records(const Taken& taken, const std::string& file, const std::vector<int>& records) {
    std::vector<Taken> all;
    for (const int record : records) {
        auto one = taken;
        one.key.clear();
        one.file = file;
        one.record = record;
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

Result<std::string> plain_bytes(std::string_view bytes) {
    auto plain = unpacked(bytes);
    if (!plain) return plain;
    return charset::without_utf16(plain.value());
}

OrderImport::OrderImport(const IntakeRules& rules, const crypto::Key& key, InTransaction in_transaction)
    : rules_(rules), key_(key), in_transaction_(std::move(in_transaction)) {}

const ShopAtHand* OrderImport::shop_for(const shops::ShopProfile& profile) {
    if (const auto known = shops_.find(profile.name); known != shops_.end())
        return known->second ? &*known->second : nullptr;
    std::optional<ShopAtHand> shop;
    const auto read = in_transaction_([&](const Deciding& deciding) {
        today_ = japan_day(deciding.now);
        const auto using_it = only_ ? std::vector{*only_} : shops_using(deciding, profile.name);
        shop = using_it.size() == 1 ? shop_at_hand(deciding, using_it.front(), &rules_) : std::nullopt;
        if (using_it.size() > 1) of_several_.insert(profile.name);
    });
    if (!read) return nullptr;
    if (shop) owners_.insert(shop->rules.owner);
    const auto& kept = shops_[profile.name] = std::move(shop);
    return kept ? &*kept : nullptr;
}

std::optional<ShopId> OrderImport::shop() const {
    std::set<ShopId> shops;
    for (const auto& [profile, shop] : shops_)
        if (shop) shops.insert(shop->rules.shop);
    return shops.size() == 1 ? std::optional(*shops.begin()) : std::nullopt;
}

std::vector<OrderImport::Prepared> OrderImport::prepare(std::vector<OrderFile> files) {
    std::vector<Prepared> prepared;
    for (auto& file : files) {
        Prepared one{std::move(file.name), {}, nullptr, {}};
        auto bytes = plain_bytes(file.bytes);
        if (!bytes) {
            one.bytes = std::move(file.bytes);
            one.wrong = "E-FILE";
            prepared.push_back(std::move(one));
            continue;
        }
        one.bytes = std::move(bytes).value();
        const auto header = shops::read_header(one.bytes);
        const auto known = header ? shops::recognise(rules_.profiles, header.value().header) : std::nullopt;
        if (known && known->is_lines) {
            const auto& kept = bytes_.emplace_back(std::make_unique<std::string>(std::move(one.bytes)));
            if (auto records = shops::read_records(*kept, quotes_of(*known->profile)))
                pool_.add(*known->profile, shops::open_file(one.name, std::move(records).value()));
            continue;
        }
        if (known) one.profile = known->profile;
        if (!known) one.wrong = code_of_unknown(one.bytes);
        prepared.push_back(std::move(one));
    }
    return prepared;
}

// A file of another shop would be taken under the wrong name, with the wrong goods.
void OrderImport::refuse_other_formats(std::vector<Prepared>& files) {
    if (!only_) return;
    std::string format;
    const auto read =
        in_transaction_([&](const Deciding& deciding) { format = format_of(deciding, *only_); });
    if (!read || format.empty()) return;
    for (auto& file : files)
        if (file.profile && file.profile->name != format) file.wrong = "E-SHOP";
}

struct OrderImport::Judged {
    struct Order {
        OrderToTake order;
        shops::Standing standing = shops::Standing::order;
        std::vector<int> records;
    };
    const Prepared* file = nullptr;
    const ShopAtHand* shop = nullptr;
    std::vector<Order> orders;
    std::vector<shops::OddRecord> odd;
    std::string wrong;
};

// The next file is read and judged while the one before is stored.
Outcome OrderImport::take(std::vector<OrderFile> files, const std::optional<ShopId>& only, const Tell& tell) {
    only_ = only;
    auto prepared = prepare(std::move(files));
    refuse_other_formats(prepared);
    std::vector<const ShopAtHand*> shops;
    for (auto& file : prepared) {
        shops.push_back(file.profile ? shop_for(*file.profile) : nullptr);
        if (file.profile && of_several_.contains(file.profile->name)) file.wrong = "E-WHICH-SHOP";
    }
    const auto begin = [&](std::size_t i) {
        return std::async(std::launch::async,
                          [this, &file = prepared[i], shop = shops[i]] { return judge(file, shop); });
    };
    std::future<Judged> next;
    if (!prepared.empty()) next = begin(0);
    for (std::size_t i = 0; i < prepared.size(); ++i) {
        const auto judged = next.get();
        if (i + 1 < prepared.size()) next = begin(i + 1);
        if (auto taken = take_file(judged, tell); !taken) return taken;  // `next` waits for its thread
        prepared[i].bytes = {};
    }
    return take_left_lines(tell);
}

OrderImport::Judged OrderImport::judge(const Prepared& file, const ShopAtHand* shop) const {
    Judged judged{&file, shop, {}, {}, file.wrong};
    if (!judged.wrong.empty() || !shop) return judged;
    auto records = shops::read_records(file.bytes, quotes_of(*file.profile));
    if (!records) {
        judged.wrong = "E-FORMAT";
        return judged;
    }
    const auto opened = shops::open_file(file.name, std::move(records).value());
    auto read = shops::read_shop_file(*file.profile, *opened, pool_);
    judged.odd = std::move(read.odd);
    for (auto& order : read.orders) {
        const auto standing = order.standing;
        auto numbers = order.read.order.records;
        judged.orders.push_back(
            {to_take(*file.profile, std::move(order), *shop, rules_, today_), standing, std::move(numbers)});
    }
    return judged;
}

Outcome OrderImport::take_file(const Judged& judged, const Tell& tell) {
    const auto& file = *judged.file;
    if (!judged.wrong.empty()) return refuse_file(file.name, file.bytes, judged.wrong, tell);
    if (!judged.shop)
        return Error{Error::Kind::not_found, "no shop of the site has files of " + file.profile->name};
    for (std::size_t from = 0; from < judged.orders.size(); from += orders_in_transaction) {
        const auto to = std::min(judged.orders.size(), from + orders_in_transaction);
        std::vector<Taken> taken;
        const auto done = in_transaction_([&](const Deciding& deciding) {
            taken.clear();  // the transaction may run again
            for (auto i = from; i < to; ++i) {
                const auto& order = judged.orders[i].order;
                const auto verdict =
                    take_order(deciding, {key_, &rules_.floor.matching}, *judged.shop, order);
                taken.push_back(taken_of(verdict, order, *judged.shop));
            }
        });
        if (!done) return done;
        for (auto i = from; i < to; ++i) {
            const auto& one = taken[i - from];
            const bool is_order = judged.orders[i].standing == shops::Standing::order;
            if (is_order && keys_.insert(one.key).second)
                tell(one);
            else
                for (const auto& record : as_records(one, one.file, judged.orders[i].records)) tell(record);
        }
    }
    for (const auto& odd : judged.odd)
        tell(
            {.key = {}, .file = odd.file, .record = odd.record, .outcome = odd.outcome, .codes = {odd.code}});
    return Done{};
}

Outcome OrderImport::refuse_file(const std::string& name, const std::string& bytes, const std::string& code,
                                 const Tell& tell) {
    const plan::Problem wrong{"file", code};
    const auto refused = in_transaction_([&](const Deciding& deciding) {
        plan::ShopRules nobody;
        nobody.owner = deciding.site.owner;
        if (only_) nobody.shop = *only_;
        const plan::Refused whole{{wrong}, {"reject", {code}, {}, name, 0, ""}};
        refuse_order(deciding, {key_}, nobody, "", whole, Private<std::string>(bytes));
    });
    if (!refused) return refused;
    tell(
        {.key = {}, .file = name, .record = 0, .outcome = "reject", .codes = {code}, .first_problem = wrong});
    return Done{};
}

// Lines whose order stands in no file: kept, until its file comes.
Outcome OrderImport::take_left_lines(const Tell& tell) {
    for (const auto& [profile, number, filed] : pool_.not_asked_for()) {
        const auto* shop = shop_for(*profile);
        const auto& file = filed.file->name;
        if (!shop) {
            const bool is_told = !of_several_.contains(profile->name) || !told_.insert(file).second;
            if (is_told) continue;
            if (auto done =
                    refuse_file(file, std::string(filed.file->records.header_bytes), "E-WHICH-SHOP", tell);
                !done)
                return done;
            continue;
        }
        const auto kept = shops::kept_text(*profile, {filed});
        const int record = filed.row.record().no;
        const auto done = in_transaction_([&](const Deciding& deciding) {
            const plan::Refused alone{{{"order_no", "in_no_file"}},
                                      {"hold", {"E-ORDER-FILE"}, {}, file, record, ""}};
            refuse_order(deciding, {key_}, shop->rules, "", alone, kept);
        });
        if (!done) return done;
        tell({.key = {},
              .file = file,
              .record = record,
              .outcome = "hold",
              .codes = {"E-ORDER-FILE"},
              .first_problem = {"order_no", "in_no_file"}});
    }
    return Done{};
}

void note_order_file(const Deciding& deciding, protocol::OrderFileTaken file) {
    if (!store::is_order_file_noted(deciding.tx, deciding.site.site, file.content_hash))
        deciding.decide(std::move(file));
}

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
    order.is_asked_for = who == AskedBy::person;
    return taken_of(take_order(deciding, {key, &rules.floor.matching}, shop, order), order, shop);
}

std::optional<Taken> retake_json(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key,
                                 const ShopAtHand& shop, const std::string& json, AskedBy who) {
    const auto parsed = shops::parse_order(json);
    if (std::holds_alternative<shops::NotJson>(parsed)) return std::nullopt;
    OrderToTake order;
    order.received = Private<std::string>(json);
    order.is_asked_for = who == AskedBy::person;
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
    return taken_of(take_order(deciding, {key, &rules.floor.matching}, shop, order), order, shop);
}

namespace {

// One waiting order read again from its records; true: it was taken.
bool retake(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key,
            const ShopAtHand& shop, const store::IntakeRow& row) {
    const auto text = received(deciding.tx, deciding.site.site, key, row);
    if (!text) return false;
    const auto kept = shops::read_kept(text->reveal());
    if (!kept && row.file != "api") return false;
    const auto taken = kept ? retake_kept(deciding, rules, key, shop, kept.value(), row.record, AskedBy::code)
                            : retake_json(deciding, rules, key, shop, text->reveal(), AskedBy::code);
    return taken && taken->shipments > 0;
}

}  // namespace

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

Retaken retake_waiting(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key) {
    Retaken retaken;
    std::map<ShopId, std::optional<ShopAtHand>> shops;
    for (const auto& row : store::open_intake(deciding.tx, deciding.site.site)) {
        if (std::find(row.codes.begin(), row.codes.end(), "E-SKU") == row.codes.end()) continue;
        const auto [shop, is_new] = shops.try_emplace(row.shop);
        if (is_new) shop->second = shop_at_hand(deciding, row.shop, &rules);
        if (!shop->second || !retake(deciding, rules, key, *shop->second, row)) continue;
        retaken.owners.insert(shop->second->rules.owner);
        ++retaken.taken;
    }
    return retaken;
}

}  // namespace kenpin::app
