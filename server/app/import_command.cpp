#include "server/app/import_command.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "adaptors/crypto/key_file.hpp"
#include "adaptors/sqlite/database.hpp"
#include "server/app/business_clock.hpp"
#include "server/app/import_masters.hpp"
#include "server/app/import_stock.hpp"
#include "server/app/intake.hpp"
#include "server/app/master_rows.hpp"
#include "server/app/order_files.hpp"
#include "server/plan/consolidation.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/masters.hpp"
#include "server/store/migrations.hpp"
#include "server/store/settings.hpp"

namespace kenpin::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* own_device = "server";
constexpr const char* default_carrier = "yamato";
constexpr int pages_between_checkpoints = 16'384;  // 64 MiB of log: a page changed often is written once

Result<std::string> bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Error::Kind::not_found, "cannot read " + path.string()};
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

Json json_of(const std::vector<std::pair<Sku, Qty>>& lines) {
    auto all = Json::array();
    for (const auto& [sku, qty] : lines) all.push_back({sku.value, qty.value});
    return all;
}

Json keys_of(const std::vector<OrderId>& orders) {
    auto keys = Json::array();
    for (const auto& order : orders) keys.push_back(order.value);
    return keys;
}

// The report: an object for each order, for each record that is none, for each proposal, and a summary.
class Report {
public:
    Report(const std::string& path, const IntakeRules& rules) : rules_(rules) {
        if (path.empty()) return;
        file_.open(path, std::ios::binary | std::ios::trunc);
        if (!file_) error_ = Error{Error::Kind::unreachable, "cannot write " + path};
    }

    void tell(const Taken& taken) {
        if (taken.key.empty()) return tell_record(taken);
        const auto message = message_of(taken.outcome, taken.codes, rules_);
        ++outcomes_[taken.outcome];
        put({{"key", taken.key},
             {"outcome", taken.outcome},
             {"codes", taken.codes},
             {"handling", taken.handling},
             {"file", taken.file},
             {"record", taken.record},
             {"lines", json_of(taken.lines)},
             {"shipments", taken.shipments},
             {"ship_date", taken.ship_day ? Json(to_text(*taken.ship_day)) : Json()},
             {"message", {{"ja", message.ja}, {"en", message.en}}}});
    }
    void tell(const plan::SameAddressee& same) {
        ++consolidations_;
        auto offers = Json::array();
        for (const auto& offer : same.offers) offers.push_back(keys_of(offer));
        put({{"consolidation", keys_of(same.orders)},
             {"differs", same.differs},
             {"offers", std::move(offers)}});
    }
    std::string finish(std::size_t files) {
        Json summary = {{"files", files}};
        for (const char* outcome : {"accept", "hold", "reject", "skip"})
            summary[outcome] = outcomes_[outcome];
        summary["records"] = records_;
        summary["consolidations"] = consolidations_;
        const Json line = {{"summary", summary}};
        put(line);
        file_.flush();
        if (file_.is_open() && !file_) error_ = Error{Error::Kind::full, "the report could not be written"};
        return line.dump();
    }
    const std::optional<Error>& error() const { return error_; }

private:
    void tell_record(const Taken& taken) {
        const auto message = message_of(taken.outcome, taken.codes, rules_);
        ++records_;
        put({{"file", taken.file},
             {"record", taken.record},
             {"record_outcome", taken.outcome},
             {"codes", taken.codes},
             {"message", {{"ja", message.ja}, {"en", message.en}}}});
    }
    void put(const Json& line) {
        if (file_.is_open()) file_ << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    }

    const IntakeRules& rules_;
    std::ofstream file_;
    std::optional<Error> error_;
    std::map<std::string, int> outcomes_;
    int records_ = 0, consolidations_ = 0;
};

// One database, one writer: this process.
class Import {
public:
    Import(sqlite::Database database, crypto::Key key, SiteSettings site, Instant now)
        : database_(std::move(database)), key_(std::move(key)), site_(std::move(site)), now_(now) {}

    Outcome begin() {
        if (auto migrated = sqlite::migrate(database_, store::migrations()); !migrated) return migrated;
        author_ = {DeviceId{own_device}, crypto::random_epoch()};
        return Done{};
    }

    Outcome in_transaction(const std::function<void(const Deciding&)>& work) {
        Changes changes;
        return database_.transact([&](sqlite::Tx& tx) -> Outcome {
            changes = {};
            work(Deciding{tx, site_, author_, now_, changes});
            if (tx.is_spoiled()) return *tx.error();
            return Done{};
        });
    }

    const crypto::Key& key() const { return key_; }
    const SiteSettings& site() const { return site_; }

private:
    sqlite::Database database_;
    crypto::Key key_;
    SiteSettings site_;
    Instant now_;
    store::Author author_{};
};

// A table that was imported with this very content is not imported again.
Outcome import_table(Import& import, web::Table table, const fs::path& path) {
    if (!fs::exists(path)) return Done{};
    const auto bytes = bytes_of(path);
    if (!bytes) return bytes.error();
    const auto rows = read_csv(bytes.value());
    if (!rows) return Error{rows.error().kind, path.filename().string() + ": " + rows.error().detail};
    const auto hash = crypto::hash(bytes.value());
    const auto name = "imported_" + std::string(web::name(table));
    std::string wrong;
    const auto done = import.in_transaction([&](const Deciding& deciding) {
        wrong.clear();
        if (store::setting(deciding.tx, deciding.site.site, name) == hash) return;
        const bool is_stock = table == web::Table::stock;
        const auto answer =
            is_stock ? import_stock(deciding, rows.value()) : import_master(deciding, table, rows.value());
        if (!answer.refused.empty() && answer.taken == 0 && !is_stock)
            wrong = path.filename().string() + " line " + std::to_string(answer.refused.front().line) + ": " +
                    answer.refused.front().field + " " + answer.refused.front().reason;
        store::set_setting(deciding.tx, deciding.site.site, name, hash);
        if (!is_stock && answer.taken > 0)
            deciding.decide(protocol::MasterImported{std::string(web::name(table)), answer.taken, hash});
    });
    if (!done) return done;
    return wrong.empty() ? Outcome(Done{}) : Error{Error::Kind::refused, wrong};
}

// A database without shops gets one for each format, so that files can be tried at once.
Outcome add_missing_shops(Import& import, const IntakeRules& rules) {
    return import.in_transaction([&](const Deciding& deciding) {
        const auto& site = deciding.site.site;
        if (!store::shops(deciding.tx, site).empty()) return;
        if (store::carriers(deciding.tx, site).empty())
            store::replace_carriers(deciding.tx, site,
                                    {{.carrier = CarrierId{default_carrier},
                                      .name = "ヤマト運輸",
                                      .service = "宅急便",
                                      .check_rule = "mod7",
                                      .symbol = "nw7",
                                      .start_stop = "a"}});
        std::vector<store::ShopRow> shops;
        for (const auto& profile : rules.profiles) {
            store::ShopRow shop;
            shop.owner = deciding.site.owner;
            shop.shop = ShopId{profile.name};
            shop.name = profile.title;
            shop.order_profile = profile.name;
            shop.way = domain::WaybillWay::preissued;
            shop.carrier = CarrierId{default_carrier};
            shops.push_back(std::move(shop));
        }
        store::replace_shops(deciding.tx, site, shops);
    });
}

Outcome import_masters(Import& import, const fs::path& folder) {
    using enum web::Table;
    for (const auto table : {items, barcodes, shop_items, locations, carriers, shops, stock})
        if (auto done = import_table(import, table, folder / (std::string(web::name(table)) + ".csv")); !done)
            return done;
    return Done{};
}

Result<std::vector<OrderFile>> read_files(const std::vector<std::string>& paths) {
    const auto names = names_in_report(paths);
    std::vector<OrderFile> files;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        auto bytes = bytes_of(paths[i]);
        if (!bytes) return bytes.error();
        files.push_back({names[i], std::move(bytes).value()});
    }
    return files;
}

Outcome propose_consolidations(Import& import, plan::AcrossShops across, Report& report) {
    return import.in_transaction([&](const Deciding& deciding) {
        const auto waiting =
            store::orders_to_consolidate(deciding.tx, deciding.site.site, deciding.site.owner);
        for (const auto& same : plan::consolidations(waiting, across)) report.tell(same);
    });
}

Outcome take_all(Import& import, const IntakeRules& rules, const ImportGiven& given, Report& report) {
    auto files = read_files(given.files);
    if (!files) return files.error();
    OrderImport orders(rules, import.key(), [&](const auto& work) { return import.in_transaction(work); });
    const auto taken =
        orders.take(std::move(files).value(), std::nullopt, [&](const Taken& one) { report.tell(one); });
    if (!taken) return taken;
    const auto allocated = import.in_transaction([&](const Deciding& deciding) {
        for (const auto& owner : orders.owners()) allocate(deciding, owner);
    });
    if (!allocated) return allocated;
    return propose_consolidations(import, given.consolidate_across, report);
}

Result<Import> open_import(const ImportGiven& given) {
    const auto now = given.now.empty() ? std::optional(machine_clock()()) : parse_instant(given.now);
    if (!now) return Error{Error::Kind::refused, "--now: not a time such as 2026-11-24T08:00:00+09:00"};
    sqlite::Options options;
    options.checkpoint_pages = pages_between_checkpoints;
    auto database = sqlite::Database::open("sqlite:" + given.database, options);
    if (!database) return database.error();
    auto key = crypto::load_or_create_key((fs::path(given.database).parent_path() / "site.key").string());
    if (!key) return key.error();
    Import import(std::move(database).value(), std::move(key).value(), SiteSettings{}, *now);
    if (auto begun = import.begin(); !begun) return begun.error();
    return import;
}

}  // namespace

std::vector<std::string> names_in_report(const std::vector<std::string>& paths) {
    std::vector<fs::path> folders;
    for (const auto& path : paths) folders.push_back(fs::path(path).lexically_normal().parent_path());
    auto shared = folders.empty() ? fs::path{} : folders.front();
    const auto holds_all = [&](const fs::path& folder) {
        return std::all_of(folders.begin(), folders.end(), [&](const auto& one) {
            const auto [end, at] = std::mismatch(folder.begin(), folder.end(), one.begin(), one.end());
            return end == folder.end();
        });
    };
    while (!shared.empty() && shared != shared.parent_path() && !holds_all(shared))
        shared = shared.parent_path();
    std::vector<std::string> names;
    for (const auto& path : paths)
        names.push_back(fs::path(path).lexically_normal().lexically_relative(shared).generic_string());
    return names;
}

Result<std::string> run_import(const ImportGiven& given) {
    const auto rules = load_intake_rules(given.assets.empty() ? default_assets() : fs::path(given.assets));
    if (!rules) return rules.error();
    Report report(given.report, rules.value());
    if (report.error()) return *report.error();
    auto opened = open_import(given);
    if (!opened) return opened.error();
    auto import = std::move(opened).value();
    if (!given.masters.empty())
        if (auto done = import_masters(import, given.masters); !done) return done.error();
    if (auto done = add_missing_shops(import, rules.value()); !done) return done.error();
    if (auto done = take_all(import, rules.value(), given, report); !done) return done.error();
    auto summary = report.finish(given.files.size());
    if (report.error()) return *report.error();
    return summary;
}

}  // namespace kenpin::app
