#pragma once
// What a server is told when it starts: a TOML file, and a few options above it. Every key has a default, so
// that the embedded server needs no file at all: SQLite and its keys in one folder, everything on loopback.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/domain/shipment.hpp"
#include "core/domain/verify_pick.hpp"
#include "server/plan/consolidation.hpp"

namespace kenpin::app {

/// name -> password: the accounts of the broker (deploy/mosquitto), one "name:password" a line. The same
/// password opens print documents to a device.
using Accounts = std::map<std::string, Private<std::string>>;

struct SiteSettings {
    SiteId site{"SITE1"};
    std::string name = "Kenpin";
    OwnerId owner{"OWN1"};
    std::string language = "ja";
    std::string prefecture{};  // from which parcels leave; empty: not said
    domain::Depth depth = domain::Depth::location_and_handheld;
    domain::PickRules pick_rules{};
    bool ship_at_match = true;
    Millis lease{0};  // length of a lease of a list
    int slots_per_cart = 0;
    plan::AcrossShops consolidate_across = plan::AcrossShops::no;  // which orders are offered together
};
struct MqttSettings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 1883;
    std::string account = "server";
    Private<std::string> password{};  // from the accounts file; empty: a broker without accounts
};
struct HttpSettings {
    std::string host = "127.0.0.1";
    int port = 8470;  // 0: any free one
    std::filesystem::path assets{};
    int calls_per_minute = 3'000;  // of each API key but the administrator's own
    int calls_at_once = 500;       // before it has to wait
};
/// A watched folder (監視フォルダ). Without a shop: its subfolders are called like shops, and for files
/// beside them the format says whose they are.
struct WatchedFolder {
    std::filesystem::path folder{};
    std::optional<ShopId> shop{};
};
struct WatchSettings {
    std::vector<WatchedFolder> folders{};
    std::chrono::milliseconds every{2'000};  // one look to the next
    int still_looks = 3;                     // looks that must see the same before a file is taken
    std::chrono::seconds patience{600};      // for the other file of a format with two
};
struct BackupSettings {
    std::filesystem::path folder{};  // empty: none are made by themselves
    std::chrono::minutes at{120};    // after midnight, by the business clock, once a day
    int keep = 14;                   // the newest of them
};
struct Settings {
    SiteSettings site{};
    MqttSettings mqtt{};
    HttpSettings http{};
    WatchSettings watch{};
    BackupSettings backup{};
    std::filesystem::path
        numbers_file{};                // how far numbers were given; beside the database, never in a backup
    std::string database{};            // url, see adaptors/sqlite
    std::filesystem::path data{};      // folder of all that it keeps
    std::filesystem::path key_file{};  // seals buyers' texts; 0600
    std::filesystem::path admin_key_file{};  // the administrator's API key; made when it is not there; 0600
    Accounts accounts{};
    std::optional<Instant> now{};  // business clock at start; nothing: the machine's
    std::string log_level = "info";
};

/// Command line above file above default.
struct Given {
    std::string config_file{};  // empty: none
    std::string data{};
    std::string now{};
    std::optional<int> http_port{};
    std::vector<std::string> watch{};  // "FOLDER" or "SHOP=FOLDER", instead of those of the file
};
/// Errors name the file, the key and what is wrong with it.
Result<Settings> load_settings(const Given& given);

/// Errors: unreachable (no such file), refused (others may read it), corrupt (a line without a colon).
Result<Accounts> read_accounts(const std::filesystem::path& path);
/// The text of a small secret file; a random one is made if it is not there (mode 0600).
Result<Private<std::string>> load_or_create_secret(const std::filesystem::path& path);

}  // namespace kenpin::app
