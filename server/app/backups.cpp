#include "server/app/backups.hpp"

#include <utility>

#include "adaptors/log/log.hpp"
#include "server/app/one_shot.hpp"

namespace kenpin::app {
namespace {

constexpr std::chrono::milliseconds look_every{1'000};
constexpr std::chrono::minutes try_again_after{10};
constexpr std::chrono::hours longest_wait{1};

}  // namespace

bool is_backup_due(const BackupSettings& settings, std::optional<Instant> last, Instant now) {
    if (settings.folder.empty()) return false;
    const Instant midnight{japan_day(now).time_since_epoch() - japan_offset};
    auto due = midnight + settings.at;
    if (due > now) due -= std::chrono::hours{24};
    return !last || *last < due;
}

Backups::Backups(BackupPort port, std::optional<Instant> last)
    : port_(std::move(port)), last_(last), thread_([this] { run(); }) {}

Backups::~Backups() {
    is_stopping_ = true;
    (void)inbox_.post([](Backups&) {});  // full: the thread wakes for what is there
    thread_.join();
}

Result<MadeBackup> Backups::make_now() {
    return ask<MadeBackup, Backups>([this](Job job) { return inbox_.post(std::move(job)); },
                                    [](Backups& own) { return own.make(); }, longest_wait);
}

void Backups::run() {
    while (!is_stopping_) {
        for (const auto& job : inbox_.wait_and_take(look_every)) job(*this);
        const auto now = port_.now();
        const bool is_too_soon = tried_ && now - *tried_ < try_again_after;
        if (!is_stopping_ && !is_too_soon && is_backup_due(port_.settings, last_, now))
            (void)make();  // logged
    }
}

Result<MadeBackup> Backups::make() {
    const auto now = port_.now();
    tried_ = now;
    const auto& folder = port_.settings.folder;
    auto made = folder.empty() ? Result<MadeBackup>(Error{Error::Kind::refused, "no folder: backup.folder"})
                               : make_backup(port_.database, port_.site, folder, now);
    if (made)
        if (auto noted = port_.note(made.value().file.filename().string(), made.value().upto); !noted)
            made = noted.error();
    if (made)
        if (auto kept = keep_newest_backups(folder, port_.settings.keep); !kept)
            log::warn("backup: ", kept.error().detail);
    is_failing_ = !made && !folder.empty();
    if (!made) {
        log::error("backup: ", made.error().detail);
        return made;
    }
    last_ = now;
    log::info("backup: ", made.value().file.filename().string(), " up to event ", made.value().upto);
    return made;
}

}  // namespace kenpin::app
