#include "server/app/order_files.hpp"

#include <algorithm>
#include <future>
#include <span>

#include "adaptors/charset/charset.hpp"
#include "adaptors/gzip/gzip.hpp"
#include "core/base/limits.hpp"
#include "server/app/retake.hpp"
#include "server/store/backups.hpp"
#include "server/store/masters.hpp"
#include "server/store/order_file_rows.hpp"
#include "server/store/shop_codes.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t orders_in_transaction = 500;

Result<std::string> unpacked(std::string_view bytes) {
    if (!gzip::is_packed(bytes)) return std::string(bytes);
    return gzip::unpack(bytes, limits::order_file);
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

// Old systems' Japanese: escape sequences (ISO-2022-JP), or nothing above ASCII but pairs of high bytes
// (EUC-JP).
bool is_old_japanese(std::string_view bytes) {
    if (bytes.find("\x1B$") != std::string_view::npos) return true;
    constexpr std::size_t enough = 4096;
    const auto is_high = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]) >= 0xA1; };
    bool has_pairs = false;
    for (std::size_t at = 0; at < std::min(bytes.size(), enough); ++at) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) continue;
        const bool is_pair = is_high(at) && at + 1 < bytes.size() && is_high(at + 1);
        if (!is_pair) return false;
        has_pairs = true;
        ++at;
    }
    return has_pairs && !charset::is_utf8(bytes);
}

bool is_web_page(std::string_view bytes) {
    const auto from = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return from != std::string_view::npos && bytes[from] == '<';
}

// Why nobody knows the format: the remedies differ.
const char* code_of_unknown(std::string_view bytes) {
    if (bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == std::string_view::npos) return "E-EMPTY";
    for (const std::string_view begin : {"PK\x03\x04", "\xD0\xCF\x11\xE0"})  // zip and xlsx, old xls
        if (bytes.starts_with(begin)) return "E-WORKBOOK";
    if (is_web_page(bytes)) return "E-WEB-PAGE";
    if (is_old_japanese(bytes)) return "E-CHARSET";
    return "E-FORMAT";
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
        shop = using_it.size() == 1 ? shop_at_hand(deciding, using_it.front(), &rules_, key_) : std::nullopt;
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
        if (known && known->is_lines && !is_of_other_format(*known->profile)) {
            came_with_lines_.insert(known->profile);
            const auto& kept = bytes_.emplace_back(std::make_unique<std::string>(std::move(one.bytes)));
            auto records = shops::read_records(*kept, quotes_of(*known->profile));
            if (records && !records.value().records.empty()) {
                pool_.add(*known->profile, shops::open_file(one.name, std::move(records).value()));
                continue;
            }
            one.bytes = *kept;  // there are none, or none that can be read: told as of any other file
        }
        if (known) one.profile = known->profile;
        if (known && is_of_other_format(*known->profile)) one.wrong = "E-SHOP";
        if (!known) one.wrong = code_of_unknown(one.bytes);
        prepared.push_back(std::move(one));
    }
    return prepared;
}

Outcome OrderImport::begin() {
    return in_transaction_([&](const Deciding& deciding) {
        began_at_ = store::newest_position(deciding.tx, deciding.site.site);
        if (only_) only_format_ = format_of(deciding, *only_);  // else any format is right
    });
}

// A file of another shop would be taken under the wrong name, with the wrong goods.
bool OrderImport::is_of_other_format(const shops::ShopProfile& profile) const {
    return !only_format_.empty() && profile.name != only_format_;
}

// Lines that came before their orders go into the pool, as if they had come with them.
Outcome OrderImport::recall_lines(const std::vector<Prepared>& files) {
    std::set<const shops::ShopProfile*> wanted;
    for (const auto& file : files)
        if (file.profile && file.wrong.empty() && !file.profile->lines_marks.empty())
            wanted.insert(file.profile);
    for (const auto* profile : wanted) {
        const auto* shop = shop_for(*profile);
        if (!shop) continue;
        std::vector<WaitingTwin> waiting;
        const auto read = in_transaction_([&](const Deciding& deciding) {
            waiting = waiting_twins(deciding, key_, shop->rules.shop, *profile, waits_for_order);
        });
        if (!read) return read;
        for (auto& twin : waiting) {
            twins_.emplace(twin.number, twin.position);
            recalled_lines_.insert(twin.file.get());
            bytes_.push_back(std::move(twin.bytes));
            pool_.add(*profile, std::move(twin.file));
        }
    }
    return Done{};
}

// Orders that came before their lines can be read whole now.
Outcome OrderImport::recall_orders() {
    for (const auto* profile : came_with_lines_) {
        const auto* shop = shop_for(*profile);
        if (!shop) continue;
        std::vector<WaitingTwin> waiting;
        const auto read = in_transaction_([&](const Deciding& deciding) {
            waiting = waiting_twins(deciding, key_, shop->rules.shop, *profile, waits_for_lines);
        });
        if (!read) return read;
        std::erase_if(waiting, [&](const auto& twin) { return !pool_.has_lines_of(*profile, twin.number); });
        for (const auto& twin : waiting) twins_.emplace(twin.number, twin.position);
        recalled_orders_.emplace(profile, std::move(waiting));
    }
    return Done{};
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
    if (auto begun = begin(); !begun) return begun;
    auto prepared = prepare(std::move(files));
    std::vector<const ShopAtHand*> shops;
    for (auto& file : prepared) {
        shops.push_back(file.profile ? shop_for(*file.profile) : nullptr);
        if (file.profile && of_several_.contains(file.profile->name)) file.wrong = "E-WHICH-SHOP";
    }
    if (auto recalled = recall_lines(prepared); !recalled) return recalled;
    if (auto recalled = recall_orders(); !recalled) return recalled;
    const auto begin_judging = [&](std::size_t i) {
        return std::async(std::launch::async,
                          [this, &file = prepared[i], shop = shops[i]] { return judge(file, shop); });
    };
    std::future<Judged> next;
    if (!prepared.empty()) next = begin_judging(0);
    for (std::size_t i = 0; i < prepared.size(); ++i) {
        const auto judged = next.get();
        if (i + 1 < prepared.size()) next = begin_judging(i + 1);
        if (auto taken = take_file(judged, tell); !taken) return taken;  // `next` waits for its thread
        prepared[i].bytes = {};
    }
    if (auto taken = take_recalled_orders(tell); !taken) return taken;
    if (auto taken = take_left_lines(tell); !taken) return taken;
    return heal_latecomers();
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
    judge_orders(*file.profile, *opened, judged);
    return judged;
}

void OrderImport::judge_orders(const shops::ShopProfile& profile, const shops::OpenFile& file,
                               Judged& judged) const {
    auto read = shops::read_shop_file(profile, file, pool_);
    judged.odd.insert(judged.odd.end(), read.odd.begin(), read.odd.end());
    for (auto& order : read.orders) {
        const auto standing = order.standing;
        auto numbers = order.read.order.records;
        judged.orders.push_back(
            {to_take(profile, std::move(order), *judged.shop, rules_, today_), standing, std::move(numbers)});
    }
}

Outcome OrderImport::take_file(const Judged& judged, const Tell& tell) {
    if (!judged.wrong.empty()) return refuse_file(judged.file->name, judged.file->bytes, judged.wrong, tell);
    if (!judged.shop)
        return Error{Error::Kind::not_found,
                     "no shop of the site has files of " + judged.file->profile->name};
    for (std::size_t from = 0; from < judged.orders.size(); from += orders_in_transaction) {
        const auto to = std::min(judged.orders.size(), from + orders_in_transaction);
        std::vector<Taken> taken;
        const auto done = in_transaction_([&](const Deciding& deciding) {
            taken.clear();  // the transaction may run again
            for (auto i = from; i < to; ++i) {
                const auto& order = judged.orders[i].order;
                const auto verdict = take_order(deciding, {key_, &rules_}, *judged.shop, order);
                taken.push_back(taken_of(verdict, order, *judged.shop));
                settle_twins(deciding, twins_, order.order.number_in_shop);
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
    if (judged.file && judged.orders.empty() && judged.odd.empty())
        tell({.key = {}, .file = judged.file->name, .outcome = "skip", .codes = {"W-NO-ORDERS"}});
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

Outcome OrderImport::take_recalled_orders(const Tell& tell) {
    for (const auto& [profile, waiting] : recalled_orders_) {
        Judged judged{nullptr, shop_for(*profile), {}, {}, {}};
        for (const auto& twin : waiting)
            if (!keys_.contains(plan::order_id(judged.shop->rules.shop, twin.number).value))
                judge_orders(*profile, *twin.file, judged);
        if (auto taken = take_file(judged, tell); !taken) return taken;
    }
    return Done{};
}

// Lines whose order stands in no file: kept, until its file comes.
Outcome OrderImport::take_left_lines(const Tell& tell) {
    std::vector<LeftLine> left;
    for (const auto& [profile, number, filed] : pool_.not_asked_for()) {
        if (recalled_lines_.contains(filed.file)) continue;  // they wait already
        const auto* shop = shop_for(*profile);
        const auto& file = filed.file->name;
        if (shop) {
            left.push_back({&shop->rules, file, filed.row.record().no, shops::kept_text(*profile, {filed})});
            continue;
        }
        const bool is_told = !of_several_.contains(profile->name) || !told_.insert(file).second;
        if (is_told) continue;
        if (auto done =
                refuse_file(file, std::string(filed.file->records.header_bytes), "E-WHICH-SHOP", tell);
            !done)
            return done;
    }
    for (std::size_t from = 0; from < left.size(); from += orders_in_transaction) {
        const auto some = std::span(left).subspan(from, std::min(orders_in_transaction, left.size() - from));
        const auto done = in_transaction_([&](const Deciding& deciding) {
            for (const auto& line : some) {
                const plan::Refused alone{{{"order_no", "in_no_file"}},
                                          {"hold", {waits_for_order}, {}, line.file, line.record, ""}};
                refuse_order(deciding, {key_}, *line.shop, "", alone, line.kept);
            }
        });
        if (!done) return done;
        for (const auto& line : some)
            tell({.key = {},
                  .file = line.file,
                  .record = line.record,
                  .outcome = "hold",
                  .codes = {waits_for_order},
                  .first_problem = {"order_no", "in_no_file"}});
    }
    return Done{};
}

// A code may have become known between two transactions, after its waiting orders were looked through.
Outcome OrderImport::heal_latecomers() {
    return in_transaction_([&](const Deciding& deciding) {
        if (!store::were_codes_told_since(deciding.tx, deciding.site.site, began_at_)) return;
        const auto retaken = retake_waiting(deciding, rules_, key_);
        owners_.insert(retaken.owners.begin(), retaken.owners.end());
    });
}

void note_order_file(const Deciding& deciding, protocol::OrderFileTaken file) {
    if (!store::is_order_file_noted(deciding.tx, deciding.site.site, file.content_hash))
        deciding.decide(std::move(file));
}

}  // namespace kenpin::app
