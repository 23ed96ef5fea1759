#include "server/app/settings.hpp"

#include <fstream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adaptors/config/config.hpp"
#include "adaptors/crypto/crypto.hpp"
#include "core/base/limits.hpp"

namespace kenpin::app {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> known_keys = {"site",
                                             "site_name",
                                             "owner",
                                             "language",
                                             "depth",
                                             "now",
                                             "prefecture",
                                             "log_level",
                                             "data",
                                             "key_file",
                                             "admin_key_file",
                                             "accounts",
                                             "database",
                                             "http.host",
                                             "http.port",
                                             "http.assets",
                                             "http.calls_per_minute",
                                             "http.calls_at_once",
                                             "mqtt.host",
                                             "mqtt.port",
                                             "mqtt.account",
                                             "rules.scan_location",
                                             "rules.scan_slot",
                                             "rules.ship_at_match",
                                             "rules.lease_minutes",
                                             "rules.slots_per_cart",
                                             "rules.consolidate_across_shops",
                                             "watch.folders",
                                             "watch.every_ms",
                                             "backup.folder",
                                             "backup.at",
                                             "backup.keep",
                                             "watch.still_looks",
                                             "watch.partner_seconds"};

/// Reads keys one after the other; the first error stays.
class Reading {
public:
    explicit Reading(const config::Config& file) : file_(file) {}

    void take(const std::string& key, std::string& into) { put(file_.text(key, into), into); }
    void take(const std::string& key, bool& into) { put(file_.flag(key, into), into); }
    void take(const std::string& key, std::vector<std::string>& into) { put(file_.texts(key, into), into); }
    void take(const std::string& key, fs::path& into) {
        std::string text = into.string();
        take(key, text);
        into = text;
    }
    template <class Int>
    void take(const std::string& key, config::Range range, Int& into) {
        const auto read = file_.integer(key, range, into);
        if (!read)
            note(read.error());
        else
            into = static_cast<Int>(read.value());
    }
    void note(const Error& error) {
        if (!error_) error_ = error;
    }
    const std::optional<Error>& error() const { return error_; }

private:
    template <class T>
    void put(const Result<T>& read, T& into) {
        if (!read)
            note(read.error());
        else
            into = read.value();
    }
    const config::Config& file_;
    std::optional<Error> error_;
};

void read_site(Reading& read, SiteSettings& site) {
    read.take("site", site.site.value);
    read.take("site_name", site.name);
    read.take("owner", site.owner.value);
    read.take("language", site.language);
    read.take("prefecture", site.prefecture);
    read.take("rules.scan_location", site.pick_rules.scan_location);
    read.take("rules.scan_slot", site.pick_rules.scan_slot);
    read.take("rules.ship_at_match", site.ship_at_match);
    std::string depth(domain::name(site.depth));
    read.take("depth", depth);
    if (const auto known = domain::from_name<domain::Depth>(depth))
        site.depth = *known;
    else
        read.note({Error::Kind::refused, "depth: verify_only, paper_picking or location_and_handheld"});
    std::int64_t lease_minutes = limits::lease.count();
    read.take("rules.lease_minutes", {1, 600}, lease_minutes);
    site.lease = std::chrono::minutes{lease_minutes};
    site.slots_per_cart = limits::slots_per_cart;
    read.take("rules.slots_per_cart", {1, limits::slots_per_cart}, site.slots_per_cart);
    bool across_shops = false;
    read.take("rules.consolidate_across_shops", across_shops);
    site.consolidate_across = across_shops ? plan::AcrossShops::of_one_owner : plan::AcrossShops::no;
}

void read_now(Reading& read, const Given& given, std::optional<Instant>& now) {
    std::string text;
    read.take("now", text);
    if (!given.now.empty()) text = given.now;
    if (text.empty()) return;
    now = parse_instant(text);
    if (!now) read.note({Error::Kind::refused, "now: not a time such as 2026-11-24T08:00+09:00"});
}

void read_files(Reading& read, const Given& given, Settings& settings) {
    settings.data = "kenpin-data";
    read.take("data", settings.data);
    if (!given.data.empty()) settings.data = given.data;
    settings.database = "sqlite:" + (settings.data / "kenpin.db").string();
    read.take("database", settings.database);
    settings.numbers_file = settings.data / "given-numbers";
    settings.key_file = settings.data / "site.key";
    read.take("key_file", settings.key_file);
    settings.admin_key_file = settings.data / "admin.key";
    read.take("admin_key_file", settings.admin_key_file);
    fs::path accounts;
    read.take("accounts", accounts);
    if (accounts.empty()) return;
    auto known = read_accounts(accounts);
    if (!known) return read.note(known.error());
    settings.accounts = std::move(known).value();
    if (const auto own = settings.accounts.find(settings.mqtt.account); own != settings.accounts.end())
        settings.mqtt.password = own->second;
}

bool is_shop_id(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

// "SHOP=FOLDER"; a folder's own = comes after a slash or dot.
WatchedFolder watched_folder(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || !is_shop_id(std::string_view(text).substr(0, equals)))
        return {text, std::nullopt};
    return {text.substr(equals + 1), ShopId{text.substr(0, equals)}};
}

void read_watch(Reading& read, const Given& given, WatchSettings& watch) {
    std::vector<std::string> folders;
    read.take("watch.folders", folders);
    for (const auto& text : given.watch.empty() ? folders : given.watch) {
        watch.folders.push_back(watched_folder(text));
        if (watch.folders.back().folder.empty())
            read.note({Error::Kind::refused, "watch.folders: no folder in \"" + text + "\""});
    }
    std::int64_t every_ms = watch.every.count(), patience_s = watch.patience.count();
    read.take("watch.every_ms", {100, 600'000}, every_ms);
    read.take("watch.still_looks", {2, 1'000}, watch.still_looks);
    read.take("watch.partner_seconds", {0, 86'400}, patience_s);
    watch.every = std::chrono::milliseconds{every_ms};
    watch.patience = std::chrono::seconds{patience_s};
}

// "02:00"
std::optional<std::chrono::minutes> time_of_day(const std::string& text) {
    const auto at = parse_instant("2026-01-01T" + text + ":00+00:00");
    if (!at || text.size() != 5) return std::nullopt;
    return std::chrono::floor<std::chrono::minutes>(*at - *parse_instant("2026-01-01T00:00:00+00:00"));
}

void read_backup(Reading& read, BackupSettings& backup) {
    read.take("backup.folder", backup.folder);
    read.take("backup.keep", {1, 3'650}, backup.keep);
    std::string at = "02:00";
    read.take("backup.at", at);
    if (const auto time = time_of_day(at))
        backup.at = *time;
    else
        read.note({Error::Kind::refused, "backup.at: a time such as \"02:00\""});
}

bool others_may_read(const fs::path& path) {
    struct stat found {};
    return stat(path.c_str(), &found) == 0 && (found.st_mode & 077U) != 0;
}

/// The file exists with all of `text`, or not at all.
bool write_secret(const fs::path& path, const std::string& text) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return false;
    const bool written =
        write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
    close(file);
    return written;
}

std::string without_line_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

}  // namespace

Result<Accounts> read_accounts(const fs::path& path) {
    std::ifstream file(path);
    if (!file) return Error{Error::Kind::unreachable, "accounts: cannot read " + path.string()};
    if (others_may_read(path))
        return Error{Error::Kind::refused, "accounts: others may read " + path.string()};
    Accounts accounts;
    std::string line;
    while (std::getline(file, line)) {
        line = without_line_end(line);
        if (line.empty()) continue;
        const auto colon = line.find(':');
        if (colon == std::string::npos || colon == 0)
            return Error{Error::Kind::corrupt, "accounts: a line is not name:password"};
        accounts[line.substr(0, colon)] = Private<std::string>(line.substr(colon + 1));
    }
    return accounts;
}

Result<Private<std::string>> load_or_create_secret(const fs::path& path) {
    constexpr std::size_t random_bytes = 24;
    if (!fs::exists(path) && !write_secret(path, crypto::random_hex(random_bytes) + "\n"))
        return Error{Error::Kind::unreachable, "cannot make " + path.string()};
    if (others_may_read(path)) return Error{Error::Kind::refused, "others may read " + path.string()};
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line.empty())
        return Error{Error::Kind::corrupt, path.string() + " is empty"};
    return Private<std::string>(without_line_end(line));
}

Result<Settings> load_settings(const Given& given) {
    config::Config file;
    if (!given.config_file.empty()) {
        auto read = config::Config::read_file(given.config_file);
        if (!read) return read.error();
        file = std::move(read).value();
    }
    if (auto known = file.only_known(known_keys); !known) return known.error();
    Settings settings;
    Reading read(file);
    read_site(read, settings.site);
    read.take("log_level", settings.log_level);
    read.take("http.host", settings.http.host);
    read.take("http.port", {0, 65'535}, settings.http.port);
    read.take("http.assets", settings.http.assets);
    read.take("http.calls_per_minute", {1, 600'000}, settings.http.calls_per_minute);
    read.take("http.calls_at_once", {1, 100'000}, settings.http.calls_at_once);
    if (given.http_port) settings.http.port = *given.http_port;
    read.take("mqtt.host", settings.mqtt.host);
    read.take("mqtt.port", {1, 65'535}, settings.mqtt.port);
    read.take("mqtt.account", settings.mqtt.account);
    read_watch(read, given, settings.watch);
    read_backup(read, settings.backup);
    read_now(read, given, settings.now);
    read_files(read, given, settings);
    if (read.error()) return *read.error();
    return settings;
}

}  // namespace kenpin::app
