#pragma once
// A watched folder (監視フォルダ): what to do with what lies in it. Files grow slowly, are renamed into
// place, vanish and come back; a file is taken only when it has stopped changing, and a file of a format with
// two files (orders here, their lines there) waits for the other one, but not for ever.
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "server/plan/shown_name.hpp"

namespace kenpin::plan {

/// One file as one look at the folder saw it.
struct SeenFile {
    std::string path;  // below the folder: "orders.csv", "RAKUTEN/orders.csv"
    std::uint64_t size = 0;
    std::int64_t changed_ns = 0;  // only ever compared with itself
    bool operator==(const SeenFile&) const = default;
};

struct RememberedFile {
    SeenFile seen;
    int looks_alike = 1;  // looks in a row that saw the very same
    Instant since{};      // the first of them
};
using FolderMemory = std::map<std::string, RememberedFile>;

struct FolderRules {
    int still_looks = 3;       // as often it must look the same before it is taken
    Millis patience{600'000};  // for the other file of two, and for an empty one to be filled
};

/// False: hidden, a lock, or half a download by its name; nobody's order file.
bool is_order_file_name(const std::string& name);

/// One more look. What is not there any more is forgotten; what changed begins anew.
FolderMemory remember(const FolderMemory& before, const std::vector<SeenFile>& seen, Instant now);
/// Files that have stopped changing, the oldest first.
std::vector<RememberedFile> settled(const FolderMemory& memory, const FolderRules& rules, Instant now);

/// A settled file after a look into it.
struct ReadyFile {
    std::string path;
    Instant since{};
    std::int64_t changed_ns = 0;      // the older file speaks first
    std::string pairs_with{};         // shop and format whose files come in twos; empty: whole in itself
    bool is_lines = false;            // of the two, the one with the lines
    std::set<std::string> numbers{};  // of orders in it
};

/// Files that are taken together.
struct FolderBatch {
    std::vector<std::string> paths;
    bool is_incomplete = false;  // the other file did not come in time
    bool operator==(const FolderBatch&) const = default;
};
/// Files that speak of the same order numbers belong together. They are taken when every order has its lines
/// and every line its order, or when the oldest of them has waited for longer than `patience`.
std::vector<FolderBatch> batches(const std::vector<ReadyFile>& files, Millis patience, Instant now);

/// "orders.csv", then "orders.2.csv", "orders.3.csv" …: how a file is called where others lie already.
std::string numbered_name(const std::string& name, int number);

}  // namespace kenpin::plan
