#include "server/app/server.hpp"

#include <chrono>
#include <utility>

#include "adaptors/crypto/key_file.hpp"
#include "adaptors/log/log.hpp"
#include "core/base/latest.hpp"
#include "server/app/board.hpp"
#include "server/app/business_clock.hpp"
#include "server/app/data_lock.hpp"
#include "server/app/folder_watch.hpp"
#include "server/app/web_desk.hpp"
#include "server/store/backups.hpp"
#include "server/store/masters.hpp"
#include "server/web/api.hpp"
#include "server/web/http_server.hpp"

namespace kenpin::app {
namespace {

// A board that is shown and unchanged is still renewed this often: the page takes silence for a fault after
// 15 s.
constexpr std::chrono::seconds board_at_least_every{3};
constexpr std::chrono::milliseconds board_at_most_every{300};
constexpr std::chrono::seconds checkpoint_every{2};

mqtt::ConnectOptions broker_of(const Settings& settings, const SiteId& site) {
    return {.host = settings.mqtt.host,
            .port = settings.mqtt.port,
            .client_id = settings.mqtt.account + "-" + site.value,
            .user = settings.mqtt.password.reveal().empty() ? "" : settings.mqtt.account,
            .password = settings.mqtt.password};
}

std::vector<FolderShop> folder_shops(sqlite::Tx& tx, const SiteId& site) {
    std::vector<FolderShop> shops;
    for (const auto& row : store::shops(tx, site)) shops.push_back({row.shop, row.order_profile});
    return shops;
}

std::optional<Instant> newest_backup(Reader& reader, const SiteId& site) {
    const auto newest = reader.ask<std::vector<store::BackupRow>>([&](sqlite::Database& database) {
        return database.read([&](sqlite::Tx& tx) { return Result(store::backups(tx, site, 1)); });
    });
    if (!newest || newest.value().empty()) return std::nullopt;
    return newest.value().front().made_at;
}

Keys keys_of(const Settings& settings, const Private<std::string>& admin_key) {
    return {.bearer = {app::admin_key(admin_key.reveal())}, .devices = device_hashes(settings.accounts)};
}

}  // namespace

// In the order in which one stands on the other; ended in the opposite one.
struct Server::Parts {
    Parts(const Settings& from, DataLock the_lock, std::unique_ptr<Floor> the_floor,
          std::unique_ptr<Reader> the_reader, sqlite::Database the_sweeper,
          const Private<std::string>& admin_key)
        : settings(from),
          lock(std::move(the_lock)),
          sweeper(std::move(the_sweeper)),
          floor(std::move(the_floor)),
          reader(std::move(the_reader)),
          writer(*floor, broker_of(settings, settings.site.site)),
          backups(
              {settings.database, settings.site.site, settings.backup, floor->parts().now,
               [this](const std::string& name, std::int64_t upto) {
                   return writer.ask<Done>([name, upto](Floor& own) { return own.note_backup(name, upto); });
               }},
              newest_backup(*reader, settings.site.site)),
          desk({writer,
                *reader,
                board,
                settings.site,
                floor->parts().key,
                keys_of(settings, admin_key),
                {settings.http.calls_per_minute, settings.http.calls_at_once},
                folders,
                backups,
                floor->parts().rules}),
          router(web::make_api(desk)) {}

    Result<Done> read_board();
    void watch_folders();

    const Settings settings;
    const DataLock lock;  // no other server writes here, no backup is put back here
    std::unique_ptr<const IntakeRules> rules;
    sqlite::Database sweeper;  // moves the log into the database, off the way of acknowledgements
    std::chrono::steady_clock::time_point swept_at{};
    Latest<web::Board> board;
    std::unique_ptr<Floor> floor;
    std::unique_ptr<Reader> reader;
    Writer writer;
    FolderWatches folders;
    Backups backups;
    WebDesk desk;
    web::Router router;
    std::unique_ptr<web::HttpServer> http;
    std::chrono::steady_clock::time_point shown_at{};
    std::uint64_t shown_changes = 0;
};

Result<Done> Server::Parts::read_board() {
    const auto now = floor->parts().now();
    auto fresh = reader->ask<web::Board>([this, now](sqlite::Database& database) {
        return database.read(
            [&](sqlite::Tx& tx) -> Result<web::Board> { return app::read_board(tx, settings.site, now); });
    });
    if (!fresh) return fresh.error();
    auto shown = std::move(fresh).value();
    show_presences(shown, writer.presences().value);
    shown.real_at = machine_clock()();
    board.set(std::move(shown));
    return Done{};
}

void Server::Parts::watch_folders() {
    for (const auto& folder : settings.watch.folders)
        folders.push_back(std::make_unique<FolderWatch>(
            folder, settings.watch,
            FolderPort{*rules, floor->parts().key, floor->parts().now,
                       [this](const auto& work) {
                           return writer.run_and_wait(
                               [&work](Floor& own) { return own.decide_in_transaction(work); });
                       },
                       [this] {
                           return reader->ask<std::vector<FolderShop>>([this](sqlite::Database& database) {
                               return database.read([this](sqlite::Tx& tx) {
                                   return Result(folder_shops(tx, settings.site.site));
                               });
                           });
                       }}));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<Server>> Server::start(const Settings& settings) {
    std::error_code made;
    std::filesystem::create_directories(settings.data, made);
    if (made) return Error{Error::Kind::unreachable, "data: cannot make " + settings.data.string()};
    auto lock = DataLock::take(settings.data);
    if (!lock) return lock.error();
    auto key = crypto::load_or_create_key(settings.key_file.string());
    if (!key) return key.error();
    const auto admin = load_or_create_secret(settings.admin_key_file);
    if (!admin) return admin.error();
    auto read_rules = load_intake_rules(default_assets());
    if (!read_rules) return read_rules.error();
    auto rules = std::make_unique<const IntakeRules>(std::move(read_rules).value());
    sqlite::Options options;
    options.checkpoint_pages = 0;
    auto database = sqlite::Database::open(settings.database, options);
    if (!database) return database.error();
    auto sweeper = sqlite::Database::open(settings.database, options);
    if (!sweeper) return sweeper.error();
    auto floor = Floor::open(std::move(database).value(),
                             {settings.site, std::move(key).value(), business_clock(settings.now),
                              rules.get(), settings.numbers_file});
    if (!floor) return floor.error();
    auto reader = Reader::open(settings.database);
    if (!reader) return reader.error();
    auto parts =
        std::make_unique<Parts>(settings, std::move(lock).value(), std::move(floor).value(),
                                std::move(reader).value(), std::move(sweeper).value(), admin.value());
    parts->rules = std::move(rules);
    parts->watch_folders();
    if (auto keys = parts->desk.read_keys(); !keys) return keys.error();
    if (auto board = parts->read_board(); !board) return board.error();
    auto http = web::HttpServer::start(
        {.host = settings.http.host, .port = settings.http.port, .assets = settings.http.assets},
        parts->router, parts->board);
    if (!http) return http.error();
    parts->http = std::move(http).value();
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::~Server() {
    parts_->http.reset();  // first: nobody waits for a writer that has gone
}

int Server::http_port() const {
    return parts_->http->port();
}

void Server::refresh() {
    const auto now = std::chrono::steady_clock::now();
    if (now - parts_->swept_at >= checkpoint_every) {
        parts_->swept_at = now;
        if (auto swept = parts_->sweeper.checkpoint(); !swept)
            log::warn("checkpoint: ", swept.error().detail);
    }
    const auto changes = parts_->writer.board_changes();
    const auto pause = changes != parts_->shown_changes ? board_at_most_every : board_at_least_every;
    if (now - parts_->shown_at < pause) return;
    parts_->shown_at = now;
    parts_->shown_changes = changes;
    if (auto board = parts_->read_board(); !board) log::error("board: ", board.error().detail);
}

}  // namespace kenpin::app
