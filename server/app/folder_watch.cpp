#include "server/app/folder_watch.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::app {
namespace {

constexpr std::chrono::seconds silent_after{60};  // beside the pause between two looks

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

FolderWatch::FolderWatch(const WatchedFolder& folder, const WatchSettings& settings, FolderPort port)
    : every_(settings.every), alive_ms_(steady_ms()), wake_(1) {
    // A stop comes between two transactions, not after the whole file; each of them is a sign of life.
    port.in_transaction = [this, work_in = std::move(port.in_transaction)](const auto& work) -> Outcome {
        if (is_stopping_) return Error{Error::Kind::busy, "stopping"};
        alive_ms_ = steady_ms();
        return work_in(work);
    };
    thread_ = std::thread([this, intake = FolderIntake(folder, settings, std::move(port))]() mutable {
        run(std::move(intake));
    });
}

FolderWatch::~FolderWatch() {
    is_stopping_ = true;
    (void)wake_.post(Wake{});  // full: it is awake already
    thread_.join();
}

void FolderWatch::run(FolderIntake intake) {
    while (!is_stopping_) {
        intake.look();
        latest_.set(intake.state());
        alive_ms_ = steady_ms();
        (void)wake_.wait_and_take(every_);  // woken only to stop
    }
}

FolderWatch::Seen FolderWatch::seen() const {
    const auto quiet = std::chrono::milliseconds{steady_ms() - alive_ms_};
    return {latest_.get().value, quiet > every_ + silent_after};
}

std::vector<std::string> warnings_of(const FolderWatches& watches) {
    const auto any = [&](auto is) {
        return std::any_of(watches.begin(), watches.end(),
                           [&](const auto& watch) { return is(watch->seen()); });
    };
    std::vector<std::string> warnings;
    if (any([](const auto& seen) { return !seen.state.is_reachable || seen.is_silent; }))
        warnings.emplace_back("watch_unreachable");
    if (any([](const auto& seen) {
            return seen.state.unreadable + seen.state.nobodys + seen.state.strangers > 0;
        }))
        warnings.emplace_back("watch_unread");
    if (any([](const auto& seen) { return seen.state.unmoved > 0; })) warnings.emplace_back("watch_unmoved");
    return warnings;
}

std::vector<web::FolderTrouble> troubles_of(const FolderWatches& watches) {
    std::vector<web::FolderTrouble> all;
    for (const auto& watch : watches) {
        const auto [state, is_silent] = watch->seen();
        all.insert(all.end(), state.troubles.begin(), state.troubles.end());
        if (is_silent && state.is_reachable) all.push_back({"", "unreachable"});
    }
    return all;
}

std::string metrics_of(const FolderWatches& watches) {
    if (watches.empty()) return {};
    std::int64_t unreachable = 0, lying = 0, unread = 0, unmoved = 0, taken = 0, refused = 0;
    for (const auto& watch : watches) {
        const auto [state, is_silent] = watch->seen();
        unreachable += state.is_reachable && !is_silent ? 0 : 1;
        lying += state.lying;
        unread += state.unreadable + state.nobodys + state.strangers;
        unmoved += state.unmoved;
        taken += state.taken;
        refused += state.refused;
    }
    std::string text;
    const auto add = [&](const char* name, std::int64_t value) {
        text += std::string("kenpin_watch_") + name + " " + std::to_string(value) + "\n";
    };
    add("folders_unreachable", unreachable);
    add("files_lying", lying);
    add("files_unread", unread);
    add("files_unmoved", unmoved);
    add("files_taken", taken);
    add("files_refused", refused);
    return text;
}

}  // namespace kenpin::app
