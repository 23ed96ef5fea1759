#pragma once
// A disk made of memory under real SQLite, whose power may go at any write. It knows of every byte whether it
// was synced:
//
//   written ──sync──> safe: stays whatever happens
//      └──power lost──> each 512-byte sector of it stays or goes by chance (or all of them, or none)
//
// Beside that it fills up, and fails single operations. One seed, one fate. Not modelled: folders (a file
// that was made or deleted stays so), locks between processes, errors of reading. One thread; databases on it
// are used one transaction after the other.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace kenpin::support {

/// What becomes of what was written and not synced when the power goes.
enum class Unsynced { dropped, kept, torn, by_chance };

class FaultDisk {
public:
    explicit FaultDisk(std::uint64_t seed);
    FaultDisk(const FaultDisk&) = delete;
    FaultDisk& operator=(const FaultDisk&) = delete;
    ~FaultDisk();  // every database on it is closed before

    /// The path of `file` as SQLite takes it ("file:outbox.db?vfs=…"), for any database of this process.
    std::string path(const std::string& file) const;

    /// Writes, truncations, syncs and deletions asked for so far.
    std::int64_t operations() const;

    /// From the n-th operation on (counted as operations() counts, from 1) nothing reaches the disk any more:
    /// that one and all after it answer an error. A write that is cut so is unsynced.
    void stop_at(std::int64_t operation);
    void stop() { stop_at(operations()); }
    bool is_stopped() const;
    /// The program died and comes back: what it wrote is there, synced or not. Its databases are closed.
    void restart_program();
    /// The power went and is back; what is left is on the disk for good. Its databases are closed.
    void restart_power(Unsynced left = Unsynced::by_chance);

    /// That one operation answers an I/O error and does nothing.
    void fail_at(std::int64_t operation);
    /// From that operation on the disk is full, until set_room() says otherwise.
    void fill_at(std::int64_t operation);
    /// Files may grow by so many bytes altogether, then the disk is full; nothing: there is room.
    void set_room(std::optional<std::int64_t> bytes);

    /// From now on a sync is answered and not done, as cheap memory cards do.
    void lie_about_syncs();

    /// Everything that is safe, by file: last night's backup.
    using Image = std::map<std::string, std::string>;
    Image image() const;
    /// Its databases are closed.
    void put_back(const Image& image);

    struct Parts;  // for the functions that SQLite calls

private:
    std::unique_ptr<Parts> parts_;
};

}  // namespace kenpin::support
