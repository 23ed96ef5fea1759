#include "server/app/folder_intake.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "adaptors/log/log.hpp"
#include "server/app/intake.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t most_troubles = 20;
constexpr const char* the_folder = "";  // complaints_ about the folder itself

std::set<std::string> names_of(const std::vector<FolderShop>& shops) {
    std::set<std::string> names;
    for (const auto& shop : shops) names.insert(shop.shop.value);
    return names;
}

bool is_known(const std::vector<FolderShop>& shops, const ShopId& shop) {
    return std::any_of(shops.begin(), shops.end(), [&](const auto& one) { return one.shop == shop; });
}

bool has_format(const std::vector<FolderShop>& shops, const std::string& format) {
    return std::any_of(shops.begin(), shops.end(), [&](const auto& one) { return one.format == format; });
}

std::optional<ShopId> shop_of_subfolder(const std::string& path) {
    const auto slash = path.find('/');
    if (slash == std::string::npos) return std::nullopt;
    return ShopId{path.substr(0, slash)};
}

Taken whole_file(const std::string& file, const std::string& code) {
    return {.file = file, .outcome = "reject", .codes = {code}};
}

}  // namespace

FolderIntake::FolderIntake(WatchedFolder folder, WatchSettings settings, FolderPort port)
    : folder_(std::move(folder)), settings_(std::move(settings)), port_(std::move(port)) {}

void FolderIntake::look() {
    state_.looked_at = port_.now();
    const auto shops = port_.shops();
    if (!shops) return complain("shops", shops.error().detail);
    all_is_well("shops");
    const auto listing =
        list_folder(folder_.folder, folder_.shop ? std::set<std::string>{} : names_of(shops.value()));
    state_.is_reachable = static_cast<bool>(listing);
    if (!listing) {
        name_troubles();
        return complain(the_folder, listing.error().detail);
    }
    all_is_well(the_folder);
    // The subfolders of one shop's folder are nobody's business.
    strangers_ = folder_.shop ? std::set<std::string>{} : listing.value().strangers;
    for (const auto& stranger : strangers_) complain(stranger + "/", "no shop is called like this folder");
    memory_ = plan::remember(memory_, listing.value().files, port_.now());
    forget_changed();
    const plan::FolderRules rules{settings_.still_looks, settings_.patience};
    for (const auto& file : plan::settled(memory_, rules, port_.now())) consider(file, shops.value());
    std::vector<plan::ReadyFile> ready;
    for (const auto& [path, known] : known_)
        if (known.ready && !known.taken) ready.push_back(*known.ready);
    std::sort(ready.begin(), ready.end(), [](const auto& a, const auto& b) {
        return std::tie(a.changed_ns, a.path) < std::tie(b.changed_ns, b.path);
    });
    for (const auto& batch : plan::batches(ready, settings_.patience, port_.now())) take(batch);
    count();
}

void FolderIntake::forget_changed() {
    std::erase_if(known_, [&](const auto& entry) {
        const auto found = memory_.find(entry.first);
        return found == memory_.end() || found->second.seen != entry.second.seen;
    });
    std::erase_if(complaints_, [&](const auto& entry) {
        const bool is_about_file = entry.first != the_folder && entry.first != "shops";
        return is_about_file && !memory_.contains(entry.first) &&
               !strangers_.contains(entry.first.substr(0, entry.first.size() - 1));
    });
}

void FolderIntake::consider(const plan::RememberedFile& file, const std::vector<FolderShop>& shops) {
    auto& known =
        known_.try_emplace(file.seen.path, Known{.seen = file.seen, .since = file.since}).first->second;
    if (known.taken) return move(known);
    if (known.ready) return;
    if (!known.is_looked_into && !look_into(known)) return;
    find_shop(known, shops);
}

// False: there is nothing to take in it, now or ever.
bool FolderIntake::look_into(Known& known) {
    const auto path = known.seen.path;
    const auto bytes = read_settled(folder_.folder, known.seen);
    known.is_unreadable = !bytes && bytes.error().kind == Error::Kind::unreachable;
    if (!bytes && bytes.error().kind == Error::Kind::full) {
        FileStory story{.file = plan::shown_name(path)};
        tell(story, whole_file(story.file, "E-FILE"));
        finish(known, story, false);
        return false;
    }
    // What vanished or changed is seen at the next look; a lock goes away by itself.
    if (!bytes) complain(path, bytes.error().detail);
    if (!bytes) return false;
    known.head = head_of(bytes.value(), port_.rules);
    known.is_looked_into = true;
    return true;
}

void FolderIntake::find_shop(Known& known, const std::vector<FolderShop>& shops) {
    const auto& path = known.seen.path;
    const auto& head = known.head;
    known.shop = folder_.shop ? folder_.shop : shop_of_subfolder(path);
    known.is_nobodys = known.shop ? !is_known(shops, *known.shop) : head && !has_format(shops, head->format);
    if (known.is_nobodys)
        return complain(path,
                        "no shop of the site has it" + (head ? " (" + head->format + ")" : std::string{}));
    all_is_well(path);
    known.ready = plan::ReadyFile{.path = path, .since = known.since, .changed_ns = known.seen.changed_ns};
    if (!head || !head->has_twin) return;
    known.ready->pairs_with = (known.shop ? known.shop->value : std::string{}) + "/" + head->format;
    known.ready->is_lines = head->is_lines;
    known.ready->numbers = head->numbers;
}

// All of them, or none: what cannot be read any more begins anew at the next look.
void FolderIntake::take(const plan::FolderBatch& batch) {
    std::vector<OrderFile> files;
    std::vector<FileStory> stories;
    for (const auto& path : batch.paths) {
        auto& known = known_.at(path);
        auto bytes = read_settled(folder_.folder, known.seen);
        if (!bytes) {
            known.ready.reset();
            return;
        }
        stories.push_back({.file = plan::shown_name(path)});
        files.push_back({stories.back().file, std::move(bytes).value()});
    }
    const auto taken = take_files(std::move(files), known_.at(batch.paths.front()).shop, stories);
    if (!taken) return complain(batch.paths.front(), taken.error().detail);
    for (std::size_t i = 0; i < stories.size(); ++i)
        finish(known_.at(batch.paths[i]), stories[i], batch.is_incomplete);
}

Outcome FolderIntake::take_files(std::vector<OrderFile> files, const std::optional<ShopId>& shop,
                                 std::vector<FileStory>& stories) {
    std::vector<std::string> hashes;
    for (const auto& file : files) hashes.push_back(crypto::hash(file.bytes));
    OrderImport import(port_.rules, port_.key, port_.in_transaction);
    const auto taken = import.take(std::move(files), shop, [&](const Taken& one) {
        const auto story = std::find_if(stories.begin(), stories.end(),
                                        [&](const auto& known) { return known.file == one.file; });
        if (story != stories.end()) tell(*story, one);
    });
    if (!taken) return taken;
    return port_.in_transaction([&](const Deciding& deciding) {
        for (const auto& owner : import.owners()) allocate(deciding, owner);
        for (std::size_t i = 0; i < stories.size(); ++i)
            note_order_file(deciding, {.shop = shop.value_or(ShopId{}),
                                       .file = stories[i].file,
                                       .content_hash = hashes[i],
                                       .by = "folder",
                                       .taken = stories[i].counts.taken,
                                       .unchanged = stories[i].counts.unchanged,
                                       .refused = stories[i].counts.refused,
                                       .held = stories[i].counts.held,
                                       .released = stories[i].counts.released});
    });
}

void FolderIntake::finish(Known& known, const FileStory& story, bool is_incomplete) {
    if (is_incomplete) log::warn("folder: ", story.file, ": taken without the other file of its two");
    const auto& counts = story.counts;
    log::info("folder: ", story.file, ": ", counts.taken, " taken, ", counts.unchanged, " unchanged (",
              counts.released, " paid now), ", counts.refused, " not taken (", counts.held, " wait)");
    const bool is_whole_file = std::any_of(story.not_taken.begin(), story.not_taken.end(),
                                           [](const auto& taken) { return taken.record == 0; });
    known.taken = story.is_refused() && (is_whole_file || is_incomplete) ? Drop::refused : Drop::done;
    known.note = note_of(story, port_.rules);
    ++(*known.taken == Drop::refused ? state_.refused : state_.taken);
    move(known);
}

void FolderIntake::move(Known& known) {
    const auto path = known.seen.path;
    const auto moved =
        move_away(folder_.folder, known.seen, *known.taken, japan_day(port_.now()), known.note);
    if (!moved) return complain(path, "taken, but " + moved.error().detail);
    all_is_well(path);
    memory_.erase(path);
    known_.erase(path);
}

void FolderIntake::count() {
    const auto how_many = [&](auto is) {
        return static_cast<int>(
            std::count_if(known_.begin(), known_.end(), [&](const auto& entry) { return is(entry.second); }));
    };
    state_.unmoved = how_many([](const Known& known) { return known.taken.has_value(); });
    state_.nobodys = how_many([](const Known& known) { return known.is_nobodys; });
    state_.unreadable = how_many([](const Known& known) { return known.is_unreadable; });
    state_.lying = static_cast<int>(memory_.size()) - state_.unmoved;
    state_.strangers = static_cast<int>(strangers_.size());
    name_troubles();
}

void FolderIntake::name_troubles() {
    auto& troubles = state_.troubles;
    troubles.clear();
    if (!state_.is_reachable) troubles.push_back({"", "unreachable"});
    for (const auto& stranger : strangers_)
        troubles.push_back({plan::shown_name(stranger), "no_shop_called_so"});
    for (const auto& [path, known] : known_) {
        const char* what = known.taken           ? "unmoved"
                           : known.is_nobodys    ? "no_shop_has_it"
                           : known.is_unreadable ? "unreadable"
                                                 : nullptr;
        if (what) troubles.push_back({plan::shown_name(path), what});
    }
    if (troubles.size() > most_troubles) troubles.resize(most_troubles);
}

// Once for each thing and reason, not at every look.
void FolderIntake::complain(const std::string& about, const std::string& why) {
    auto& said = complaints_[about];
    if (said == why) return;
    said = why;
    log::error("folder ", folder_.folder.string(), ": ", plan::shown_name(about), about.empty() ? "" : ": ",
               why);
}

void FolderIntake::all_is_well(const std::string& about) {
    if (complaints_.erase(about) > 0 && about == the_folder)
        log::info("folder ", folder_.folder.string(), ": there again");
}

}  // namespace kenpin::app
