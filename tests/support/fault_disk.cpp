#include "tests/support/fault_disk.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>
#include <new>
#include <random>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include "core/base/check.hpp"

namespace kenpin::support {
namespace {

constexpr std::int64_t sector = 512;
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
constexpr int longest_name = 256;
constexpr double any_day = 2461000.5;  // Julian; nothing here asks for the time

struct Change {  // not synced yet
    std::int64_t at = 0;
    std::string bytes;
    bool is_truncation = false;  // to `at` bytes
};

void put_on(std::string& content, const Change& change) {
    if (change.is_truncation) return content.resize(static_cast<std::size_t>(change.at));
    const auto at = static_cast<std::size_t>(change.at);
    if (content.size() < at + change.bytes.size()) content.resize(at + change.bytes.size());
    std::memcpy(content.data() + at, change.bytes.data(), change.bytes.size());
}

struct File {
    std::string now;   // as programs see it
    std::string safe;  // as the power cannot take it
    std::vector<Change> unsynced;
    std::vector<std::unique_ptr<char[]>> shared;  // of the log's index: memory, gone with the programs

    void sync() {
        for (const auto& change : unsynced) put_on(safe, change);
        unsynced.clear();
    }
};

}  // namespace

struct FaultDisk::Parts {
    explicit Parts(std::uint64_t seed) : random(seed) {}

    std::mt19937_64 random;
    std::map<std::string, std::shared_ptr<File>> files;
    std::string vfs_name;
    sqlite3_vfs vfs{};
    std::int64_t operations = 0, stops_at = never, fails_at = never, full_at = never;
    std::optional<std::int64_t> room;
    bool lies = false;
    int open_files = 0;
    std::int64_t temporary_files = 0;

    /// Counts an operation and says whether it fails. `is_cut`: it is the one at which everything stops.
    enum class Fate { done, cut, refused };
    Fate next() {
        if (operations >= stops_at) return Fate::refused;
        ++operations;
        if (operations >= full_at) room = 0;
        if (operations >= stops_at) return Fate::cut;
        return operations == fails_at ? Fate::refused : Fate::done;
    }
    bool has_room_for(std::int64_t growth) {
        if (!room || growth <= 0) return true;
        if (growth > *room) return false;
        *room -= growth;
        return true;
    }
    bool coin() { return (random() & 1U) != 0; }
    void lose(File& file, Unsynced left);
};

namespace {

using Parts = FaultDisk::Parts;
using Fate = Parts::Fate;

struct Handle {
    sqlite3_file base;
    Parts* disk;
    std::shared_ptr<File>* file;
    bool is_temporary;
};

Handle& handle(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file);
}
File& file_of(sqlite3_file* file) {
    return **handle(file).file;
}
Parts& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<Parts*>(vfs->pAppData);
}

int close_file(sqlite3_file* file) {
    --handle(file).disk->open_files;
    delete handle(file).file;
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
    const auto& content = file_of(file).now;
    const auto there = std::clamp<std::int64_t>(static_cast<std::int64_t>(content.size()) - at, 0, size);
    std::memcpy(to, content.data() + std::min<std::int64_t>(at, static_cast<std::int64_t>(content.size())),
                static_cast<std::size_t>(there));
    if (there == size) return SQLITE_OK;
    std::memset(static_cast<char*>(to) + there, 0, static_cast<std::size_t>(size - there));
    return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    auto& disk = *handle(file).disk;
    auto& content = file_of(file);
    if (handle(file).is_temporary) {
        put_on(content.now, {at, {static_cast<const char*>(from), static_cast<std::size_t>(size)}, false});
        return SQLITE_OK;
    }
    const auto fate = disk.next();
    if (fate == Fate::refused) return SQLITE_IOERR_WRITE;
    if (!disk.has_room_for(at + size - static_cast<std::int64_t>(content.now.size()))) return SQLITE_FULL;
    content.unsynced.push_back({at, {static_cast<const char*>(from), static_cast<std::size_t>(size)}, false});
    put_on(content.now, content.unsynced.back());
    return fate == Fate::cut ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    const auto fate = handle(file).disk->next();
    if (fate == Fate::refused) return SQLITE_IOERR_TRUNCATE;
    file_of(file).unsynced.push_back({size, {}, true});
    put_on(file_of(file).now, file_of(file).unsynced.back());
    return fate == Fate::cut ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

int sync_file(sqlite3_file* file, int) {
    if (handle(file).disk->next() != Fate::done) return SQLITE_IOERR_FSYNC;
    if (!handle(file).disk->lies) file_of(file).sync();
    return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(file_of(file).now.size());
    return SQLITE_OK;
}

int no_lock(sqlite3_file*, int) {
    return SQLITE_OK;
}
int no_reserved_lock(sqlite3_file*, int* is_held) {
    *is_held = 0;
    return SQLITE_OK;
}
int no_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return static_cast<int>(sector);
}
int characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;  // as SQLite's own file system says of a real disk
}

int map_shared(sqlite3_file* file, int region, int size, int may_grow, void volatile** memory) {
    auto& shared = file_of(file).shared;
    *memory = nullptr;
    while (static_cast<int>(shared.size()) <= region) {
        if (may_grow == 0) return SQLITE_OK;
        shared.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    }
    *memory = shared[static_cast<std::size_t>(region)].get();
    return SQLITE_OK;
}
int no_shared_lock(sqlite3_file*, int, int, int) {
    return SQLITE_OK;
}
void shared_barrier(sqlite3_file*) {}
int unmap_shared(sqlite3_file* file, int is_last) {
    if (is_last != 0) file_of(file).shared.clear();
    return SQLITE_OK;
}

constexpr sqlite3_io_methods methods{
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = no_lock,
    .xUnlock = no_lock,
    .xCheckReservedLock = no_reserved_lock,
    .xFileControl = no_control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_shared,
    .xShmLock = no_shared_lock,
    .xShmBarrier = shared_barrier,
    .xShmUnmap = unmap_shared,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* opened, int flags, int* flags_out) {
    auto& disk = disk_of(vfs);
    const bool is_temporary = name == nullptr;
    auto file = std::make_shared<File>();
    if (!is_temporary) {
        auto& kept = disk.files[name];
        if (!kept) kept = file;
        file = kept;
    }
    ++disk.open_files;
    new (opened) Handle{{&methods}, &disk, new std::shared_ptr<File>(std::move(file)), is_temporary};
    if (flags_out != nullptr) *flags_out = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int) {
    if (disk_of(vfs).next() != Fate::done) return SQLITE_IOERR_DELETE;
    disk_of(vfs).files.erase(name);
    return SQLITE_OK;
}

int is_there(sqlite3_vfs* vfs, const char* name, int, int* answer) {
    *answer = disk_of(vfs).files.contains(name) ? 1 : 0;
    return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int room, char* full) {
    if (std::strlen(name) >= static_cast<std::size_t>(room)) return SQLITE_CANTOPEN;
    std::strcpy(full, name);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int count, char* bytes) {
    for (int i = 0; i < count; ++i) bytes[i] = static_cast<char>(disk_of(vfs).random() & 0xffU);
    return count;
}
int sleep_not(sqlite3_vfs*, int microseconds) {
    return microseconds;
}
int day(sqlite3_vfs*, double* julian) {
    *julian = any_day;
    return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) {
    return 0;
}

std::string fresh_name() {
    static std::atomic<int> disks{0};  // SQLite wants a name that no other disk of this process has
    return "fault-disk-" + std::to_string(++disks);
}

}  // namespace

void FaultDisk::Parts::lose(File& file, Unsynced left) {
    for (const auto& change : file.unsynced) {
        auto fate = left;
        if (fate == Unsynced::by_chance)
            fate = coin() ? Unsynced::kept : coin() ? Unsynced::dropped : Unsynced::torn;
        if (fate == Unsynced::dropped) continue;
        if (fate == Unsynced::kept || change.is_truncation) {
            put_on(file.safe, change);
            continue;
        }
        const auto end = change.at + static_cast<std::int64_t>(change.bytes.size());
        for (auto from = change.at; from < end;) {
            const auto upto = std::min(end, (from / sector + 1) * sector);
            const auto offset = static_cast<std::size_t>(from - change.at);
            if (coin())
                put_on(file.safe,
                       {from, change.bytes.substr(offset, static_cast<std::size_t>(upto - from)), false});
            from = upto;
        }
    }
    file.unsynced.clear();
    file.now = file.safe;
    file.shared.clear();
}

FaultDisk::FaultDisk(std::uint64_t seed) : parts_(std::make_unique<Parts>(seed)) {
    parts_->vfs_name = fresh_name();
    parts_->vfs = {.iVersion = 1,
                   .szOsFile = sizeof(Handle),
                   .mxPathname = longest_name,
                   .pNext = nullptr,
                   .zName = parts_->vfs_name.c_str(),
                   .pAppData = parts_.get(),
                   .xOpen = open_file,
                   .xDelete = delete_file,
                   .xAccess = is_there,
                   .xFullPathname = full_name,
                   .xDlOpen = nullptr,
                   .xDlError = nullptr,
                   .xDlSym = nullptr,
                   .xDlClose = nullptr,
                   .xRandomness = randomness,
                   .xSleep = sleep_not,
                   .xCurrentTime = day,
                   .xGetLastError = last_error,
                   .xCurrentTimeInt64 = nullptr,
                   .xSetSystemCall = nullptr,
                   .xGetSystemCall = nullptr,
                   .xNextSystemCall = nullptr};
    KENPIN_CHECK(sqlite3_vfs_register(&parts_->vfs, 0) == SQLITE_OK);
}

FaultDisk::~FaultDisk() {
    KENPIN_CHECK(parts_->open_files == 0);
    sqlite3_vfs_unregister(&parts_->vfs);
}

std::string FaultDisk::path(const std::string& file) const {
    return "file:" + file + "?vfs=" + parts_->vfs_name;
}

std::int64_t FaultDisk::operations() const {
    return parts_->operations;
}

void FaultDisk::stop_at(std::int64_t operation) {
    parts_->stops_at = operation;
}

bool FaultDisk::is_stopped() const {
    return parts_->operations >= parts_->stops_at;
}

void FaultDisk::restart_program() {
    KENPIN_CHECK(parts_->open_files == 0);
    parts_->stops_at = never;
    for (auto& [name, file] : parts_->files) file->shared.clear();
}

void FaultDisk::restart_power(Unsynced left) {
    KENPIN_CHECK(parts_->open_files == 0);
    parts_->stops_at = never;
    for (auto& [name, file] : parts_->files) parts_->lose(*file, left);
}

void FaultDisk::fail_at(std::int64_t operation) {
    parts_->fails_at = operation;
}

void FaultDisk::fill_at(std::int64_t operation) {
    parts_->full_at = operation;
}

void FaultDisk::set_room(std::optional<std::int64_t> bytes) {
    parts_->full_at = never;
    parts_->room = bytes;
}

void FaultDisk::lie_about_syncs() {
    parts_->lies = true;
}

FaultDisk::Image FaultDisk::image() const {
    Image image;
    for (const auto& [name, file] : parts_->files) image[name] = file->safe;
    return image;
}

void FaultDisk::put_back(const Image& image) {
    KENPIN_CHECK(parts_->open_files == 0);
    parts_->stops_at = never;
    parts_->files.clear();
    for (const auto& [name, content] : image) {
        auto& file = parts_->files[name] = std::make_shared<File>();
        file->now = file->safe = content;
    }
}

}  // namespace kenpin::support
