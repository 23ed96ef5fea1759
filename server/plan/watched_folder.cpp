#include "server/plan/watched_folder.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

namespace kenpin::plan {
namespace {

// What programs call a file that they have not finished, and what editors and office programs leave.
constexpr std::array<std::string_view, 10> unfinished = {
    ".tmp", ".temp", ".part", ".partial", ".filepart", ".lock", ".crdownload", ".download", ".swp", "~"};

std::string lower(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// Which files speak of the same orders: of each file, the first of its group.
class Groups {
public:
    explicit Groups(std::size_t files) : above_(files) { std::iota(above_.begin(), above_.end(), 0U); }

    std::size_t of(std::size_t file) {
        while (above_[file] != file) file = above_[file] = above_[above_[file]];
        return file;
    }
    void join(std::size_t a, std::size_t b) {
        const auto [first, second] = std::minmax({of(a), of(b)});  // by value: both are temporaries
        above_[second] = first;
    }

private:
    std::vector<std::size_t> above_;
};

using Numbers = std::map<std::pair<std::string, std::string>, std::vector<std::size_t>>;  // whose, which

Numbers files_by_number(const std::vector<ReadyFile>& files) {
    Numbers all;
    for (std::size_t i = 0; i < files.size(); ++i)
        for (const auto& number : files[i].numbers) all[{files[i].pairs_with, number}].push_back(i);
    return all;
}

bool has_both(const std::vector<ReadyFile>& files, const std::vector<std::size_t>& of_number) {
    const auto is_lines = [&](std::size_t i) { return files[i].is_lines; };
    return std::any_of(of_number.begin(), of_number.end(), is_lines) &&
           !std::all_of(of_number.begin(), of_number.end(), is_lines);
}

}  // namespace

bool is_order_file_name(const std::string& name) {
    if (name.empty() || name.front() == '.' || name.front() == '~') return false;
    const auto folded = lower(name);
    return std::none_of(unfinished.begin(), unfinished.end(),
                        [&](std::string_view end) { return folded.ends_with(end); });
}

FolderMemory remember(const FolderMemory& before, const std::vector<SeenFile>& seen, Instant now) {
    FolderMemory memory;
    for (const auto& file : seen) {
        const auto known = before.find(file.path);
        const bool is_same = known != before.end() && known->second.seen == file;
        memory[file.path] = is_same ? RememberedFile{file, known->second.looks_alike + 1, known->second.since}
                                    : RememberedFile{file, 1, now};
    }
    return memory;
}

std::vector<RememberedFile> settled(const FolderMemory& memory, const FolderRules& rules, Instant now) {
    std::vector<RememberedFile> files;
    for (const auto& [path, file] : memory) {
        const bool is_filled = file.seen.size > 0 || now - file.since >= rules.patience;
        if (file.looks_alike >= rules.still_looks && is_filled) files.push_back(file);
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
        return std::tie(a.seen.changed_ns, a.seen.path) < std::tie(b.seen.changed_ns, b.seen.path);
    });
    return files;
}

std::vector<FolderBatch> batches(const std::vector<ReadyFile>& files, Millis patience, Instant now) {
    Groups groups(files.size());
    std::vector<bool> is_whole(files.size(), true);
    const auto by_number = files_by_number(files);
    for (const auto& [key, those] : by_number)
        if (!key.first.empty())
            for (const auto file : those) groups.join(those.front(), file);
    for (const auto& [key, those] : by_number)
        if (!key.first.empty() && !has_both(files, those)) is_whole[groups.of(those.front())] = false;
    std::vector<std::size_t> order;  // the first file of each group, as they stand
    std::map<std::size_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (groups.of(i) == i) order.push_back(i);
        members[groups.of(i)].push_back(i);
    }
    std::vector<FolderBatch> all;
    for (const auto group : order) {
        const bool is_late = std::any_of(members[group].begin(), members[group].end(),
                                         [&](std::size_t i) { return now - files[i].since >= patience; });
        if (!is_whole[group] && !is_late) continue;
        auto& batch = all.emplace_back();
        batch.is_incomplete = !is_whole[group];
        for (const auto i : members[group]) batch.paths.push_back(files[i].path);
    }
    return all;
}

std::string numbered_name(const std::string& name, int number) {
    if (number <= 1) return name;
    const auto dot = name.find('.', 1);  // "orders.csv.gz" keeps both ends
    const auto stem = name.substr(0, dot);
    return stem + "." + std::to_string(number) + (dot == std::string::npos ? "" : name.substr(dot));
}

}  // namespace kenpin::plan
