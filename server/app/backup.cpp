#include "server/app/backup.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "adaptors/sqlite/database.hpp"
#include "server/app/data_lock.hpp"
#include "server/app/durable_file.hpp"
#include "server/app/given_numbers.hpp"
#include "server/store/backups.hpp"
#include "server/store/chain.hpp"
#include "server/store/events.hpp"
#include "server/store/migrations.hpp"
#include "server/store/planning.hpp"

namespace kenpin::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "kenpin-", suffix = ".db";
constexpr std::int64_t numbers_unknown = 10'000;  // skipped where nobody knows how far they were given

// "2026-11-28T02:00:…" -> "20261128-0200"
std::string stamp_of(Instant now) {
    const auto text = to_text(now);
    const auto digits = [&](std::size_t from, std::size_t count) { return text.substr(from, count); };
    return digits(0, 4) + digits(5, 2) + digits(8, 2) + "-" + digits(11, 2) + digits(14, 2);
}

bool is_backup(const fs::path& file) {
    const auto name = file.filename().string();
    return name.size() > prefix.size() + suffix.size() && name.starts_with(prefix) && name.ends_with(suffix);
}

// Proves that the copy is one that a server could begin with.
Result<std::int64_t> newest_in(const fs::path& file, const SiteId& site) {
    auto opened = sqlite::Database::open("sqlite:" + file.string(), {.read_only = true});
    if (!opened) return opened.error();
    auto database = std::move(opened).value();
    return database.read([&](sqlite::Tx& tx) -> Result<std::int64_t> {
        const auto sound = tx.value<std::string>("PRAGMA quick_check").value_or("");
        if (sound != "ok") return Error{Error::Kind::corrupt, file.string() + ": " + sound};
        if (!store::verify_chain(tx, site).is_whole())
            return Error{Error::Kind::corrupt, file.string() + ": the chain of events is broken"};
        const auto newest = store::newest_position(tx, site);
        if (newest == 0)
            return Error{Error::Kind::corrupt, file.string() + ": no event of site " + site.value};
        return newest;
    });
}

void remove_quietly(const fs::path& file) {
    std::error_code gone;
    fs::remove(file, gone);  // nothing there is as good
}

Outcome set_aside(const fs::path& database, const fs::path& aside) {
    for (const auto* part : {"", "-wal", "-shm"}) {
        auto from = database, to = aside;
        from += part, to += part;
        std::error_code wrong;
        if (!fs::exists(from, wrong)) continue;
        fs::rename(from, to, wrong);
        if (wrong) return Error{Error::Kind::unreachable, to.string() + ": " + wrong.message()};
    }
    return Done{};
}

fs::path free_name(fs::path wanted) {
    const auto name = wanted;
    for (int n = 2; fs::exists(wanted); ++n) {
        wanted = name.parent_path() / name.stem();
        wanted += "-" + std::to_string(n);
        wanted += name.extension();
    }
    return wanted;
}

Outcome skip_numbers(const fs::path& file, const SiteId& site) {
    auto opened = sqlite::Database::open("sqlite:" + file.string());
    if (!opened) return opened.error();
    auto database = std::move(opened).value();
    if (auto migrated = sqlite::migrate(database, store::migrations()); !migrated) return migrated;
    const store::Author author{DeviceId{"server"}, crypto::random_epoch()};
    return database.transact([&](sqlite::Tx& tx) -> Outcome {
        const auto newest =
            tx.value<Instant>("SELECT coalesce(max(server_ms), 0) FROM event WHERE site = ?", site);
        for (const auto& [name, given] : store::given_numbers(tx, site))
            store::decide(tx, site, author, newest.value_or(Instant{}),
                          protocol::NumbersSkipped{name, given + numbers_unknown});
        return Done{};
    });
}

}  // namespace

fs::path backup_file(const fs::path& folder, Instant now) {
    return free_name(folder / (std::string(prefix) + stamp_of(now) + std::string(suffix)));
}

Result<MadeBackup> make_backup(const std::string& url, const SiteId& site, const fs::path& folder,
                               Instant now) {
    std::error_code wrong;
    fs::create_directories(folder, wrong);
    if (wrong) return Error{Error::Kind::unreachable, folder.string() + ": " + wrong.message()};
    const auto file = backup_file(folder, now);
    auto part = file;
    part += ".part";
    remove_quietly(part);
    auto opened = sqlite::Database::open(url, {.read_only = true});
    if (!opened) return opened.error();
    auto copied = std::move(opened).value().copy_into(part.string());
    auto upto = copied ? newest_in(part, site) : Result<std::int64_t>(copied.error());
    fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write, wrong);
    auto named = upto ? rename_durably(part, file) : Outcome(upto.error());
    if (!named) {
        remove_quietly(part);
        return named.error();
    }
    return MadeBackup{file, upto.value()};
}

Outcome keep_newest_backups(const fs::path& folder, int keep) {
    std::vector<fs::path> all;
    std::error_code wrong;
    for (const auto& entry : fs::directory_iterator(folder, wrong))
        if (is_backup(entry.path())) all.push_back(entry.path());
    if (wrong) return Error{Error::Kind::unreachable, folder.string() + ": " + wrong.message()};
    std::sort(all.rbegin(), all.rend());
    for (std::size_t i = static_cast<std::size_t>(keep); i < all.size(); ++i)
        if (!fs::remove(all[i], wrong) || wrong)
            return Error{Error::Kind::unreachable, all[i].string() + ": " + wrong.message()};
    return Done{};
}

Result<Restored> restore_backup(const fs::path& backup, const fs::path& database,
                                const fs::path& numbers_file, const SiteId& site) {
    if (!fs::exists(backup)) return Error{Error::Kind::not_found, "no backup at " + backup.string()};
    const auto lock = DataLock::take(database.parent_path());
    if (!lock) return lock.error();
    const auto upto = newest_in(backup, site);
    if (!upto) return upto.error();
    auto part = database;
    part += ".part";
    std::error_code wrong;
    fs::copy_file(backup, part, fs::copy_options::overwrite_existing, wrong);
    if (wrong) return Error{Error::Kind::unreachable, part.string() + ": " + wrong.message()};
    Restored restored{upto.value(), {}};
    if (fs::exists(database)) {
        restored.set_aside = free_name(database.parent_path() / "before-restore.db");
        if (auto aside = set_aside(database, restored.set_aside); !aside) return aside.error();
    }
    if (!fs::exists(numbers_file))
        if (auto skipped = skip_numbers(part, site); !skipped) return skipped.error();
    if (auto named = rename_durably(part, database); !named) return named.error();
    return restored;
}

}  // namespace kenpin::app
