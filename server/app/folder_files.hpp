#pragma once
// The disk's side of a watched folder: look, read, move away. A network share may answer slowly, refuse or be
// gone; every failure is an answer, never an end.
//
//   FOLDER/orders.csv            ──taken──> FOLDER/done/2026-11-24/orders.csv
//   FOLDER/RAKUTEN/orders.csv    ──taken──> FOLDER/done/2026-11-24/RAKUTEN/orders.csv
//   FOLDER/letter.pdf            ──refused──> FOLDER/refused/letter.pdf, beside it letter.pdf.txt
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "server/plan/watched_folder.hpp"

namespace kenpin::app {

struct FolderListing {
    std::vector<plan::SeenFile> files;
    std::set<std::string> strangers;  // subfolders that are no shop's: nobody looks into them
};
/// Plain files in `folder` and in those of its subfolders that `shops` names; never through a link. Errors:
/// unreachable.
Result<FolderListing> list_folder(const std::filesystem::path& folder, const std::set<std::string>& shops);

/// All bytes of the file that was seen. Errors: busy (it changed, or somebody holds a lock on it), not_found,
/// unreachable (no right to read it), full (larger than limits::order_file).
Result<std::string> read_settled(const std::filesystem::path& folder, const plan::SeenFile& seen);

enum class Drop { done, refused };
/// Moves it away, under another number where a file of its name lies already; `note` is put beside it when it
/// is not empty. Nothing is ever overwritten. Answers where it lies now. Errors: unreachable; busy: another
/// file has taken its name since it was seen, and stays there to be read itself.
Result<std::filesystem::path> move_away(const std::filesystem::path& folder, const plan::SeenFile& seen,
                                        Drop drop, Day day, const std::string& note);

}  // namespace kenpin::app
