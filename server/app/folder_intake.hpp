#pragma once
// One watched folder (監視フォルダ): looks, decides with server/plan/watched_folder what to take, takes it
// the way of every order file, and moves it away after the commit. Between commit and move it may be killed
// at any moment: the same file taken again changes nothing.
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "core/base/time.hpp"
#include "server/app/folder_files.hpp"
#include "server/app/folder_note.hpp"
#include "server/app/intake_rules.hpp"
#include "server/app/order_file_head.hpp"
#include "server/app/order_files.hpp"
#include "server/app/settings.hpp"
#include "server/plan/watched_folder.hpp"
#include "server/web/intake.hpp"

namespace kenpin::app {

/// A shop as the folder sees it.
struct FolderShop {
    ShopId shop;
    std::string format;  // whose files beside the subfolders are its own
};

struct FolderPort {
    const IntakeRules& rules;
    const crypto::Key& key;
    Clock now;
    InTransaction in_transaction;
    std::function<Result<std::vector<FolderShop>>()> shops;
};

/// How it stands with the folder, for health, metrics and log.
struct FolderState {
    bool is_reachable = true;
    int lying = 0;                               // files that are not taken yet
    int unreadable = 0;                          // of them: locked, or no right to read
    int nobodys = 0;                             // of them: no shop of the site has them
    int unmoved = 0;                             // taken, and could not be moved away
    int strangers = 0;                           // subfolders that are no shop's
    std::int64_t taken = 0, refused = 0;         // files since the start
    std::vector<web::FolderTrouble> troubles{};  // the first of what the counts above count
    Instant looked_at{};
    /// Nobody has to look after it. Files may lie there, waiting for their time.
    bool is_well() const { return is_reachable && unreadable + nobodys + unmoved + strangers == 0; }
};

class FolderIntake {
public:
    FolderIntake(WatchedFolder folder, WatchSettings settings, FolderPort port);

    /// One look at the folder and all that follows from it.
    void look();
    const FolderState& state() const { return state_; }

private:
    /// What is known of a file as long as it stays as it was seen.
    struct Known {
        plan::SeenFile seen;
        Instant since{};
        bool is_looked_into = false;
        std::optional<OrderFileHead> head{};  // none: no format that we know
        std::optional<plan::ReadyFile> ready{};
        std::optional<ShopId> shop{};
        std::optional<Drop> taken{};  // only the move is left
        std::string note{};
        bool is_nobodys = false, is_unreadable = false;
    };

    Result<std::vector<FolderShop>> shops_known();
    void forget_changed();
    void consider(const plan::RememberedFile& file, const std::vector<FolderShop>& shops);
    bool look_into(Known& known);
    void find_shop(Known& known, const std::vector<FolderShop>& shops);
    void take(const plan::FolderBatch& batch);
    Outcome take_files(std::vector<OrderFile> files, const std::optional<ShopId>& shop,
                       std::vector<FileStory>& stories);
    void finish(Known& known, const FileStory& story, bool is_incomplete);
    void move(Known& known);
    void count();
    void name_troubles();
    void complain(const std::string& about, const std::string& why);
    void all_is_well(const std::string& about);

    const WatchedFolder folder_;
    const WatchSettings settings_;
    const FolderPort port_;
    plan::FolderMemory memory_;
    std::map<std::string, Known> known_;             // by path
    std::map<std::string, std::string> complaints_;  // said once, until it is another or well again
    std::set<std::string> strangers_;
    FolderState state_;
};

}  // namespace kenpin::app
