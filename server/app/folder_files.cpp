#include "server/app/folder_files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/limits.hpp"

namespace kenpin::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* done_folder = "done";
constexpr const char* refused_folder = "refused";
constexpr int most_numbers = 10'000;  // of files of one name on one day

Error unreachable(const std::string& what, int error) {
    return {Error::Kind::unreachable, what + ": " + std::strerror(error)};
}

// Nothing: it has vanished, or cannot be asked.
std::optional<struct stat> stat_of(const fs::path& path) {
    struct stat found {};
    if (lstat(path.c_str(), &found) != 0) return std::nullopt;
    return found;
}

plan::SeenFile seen(const std::string& path, const struct stat& found) {
    constexpr std::int64_t ns_per_s = 1'000'000'000;
    return {path, static_cast<std::uint64_t>(found.st_size),
            found.st_mtim.tv_sec * ns_per_s + found.st_mtim.tv_nsec};
}

bool is_ours(const std::string& name) {
    return name == done_folder || name == refused_folder || name.starts_with('.');
}

// `below`: "" for the folder itself, "RAKUTEN/" for a shop's.
class Look {
public:
    Look(const fs::path& folder, const std::set<std::string>& shops) : folder_(folder), shops_(shops) {}

    Outcome into(const std::string& below) {
        std::error_code failed;
        fs::directory_iterator at(folder_ / below, failed);
        for (; !failed && at != fs::directory_iterator(); at.increment(failed)) {
            const auto name = at->path().filename().string();
            const auto found = stat_of(at->path());
            if (!found) continue;
            if (S_ISREG(found->st_mode) && plan::is_order_file_name(name) && !is_ours(name))
                listing_.files.push_back(seen(below + name, *found));
            if (S_ISDIR(found->st_mode) && below.empty() && !is_ours(name)) folder(name);
        }
        if (failed)
            return Error{Error::Kind::unreachable, (folder_ / below).string() + ": " + failed.message()};
        return Done{};
    }
    FolderListing take() { return std::move(listing_); }
    const std::vector<std::string>& to_enter() const { return to_enter_; }

private:
    void folder(const std::string& name) {
        if (shops_.contains(name))
            to_enter_.push_back(name + "/");
        else
            listing_.strangers.insert(name);
    }

    const fs::path& folder_;
    const std::set<std::string>& shops_;
    FolderListing listing_;
    std::vector<std::string> to_enter_;
};

class OpenedFile {
public:
    // Not waiting for a pipe, not through a link.
    explicit OpenedFile(const fs::path& path)
        : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)) {}
    OpenedFile(const OpenedFile&) = delete;
    OpenedFile& operator=(const OpenedFile&) = delete;
    ~OpenedFile() {
        if (fd_ >= 0) close(fd_);
    }
    int fd() const { return fd_; }

    // By either kind of lock; a file system without locks says no.
    bool is_locked() const {
        if (flock(fd_, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) return true;
        struct flock wanted {};
        wanted.l_type = F_RDLCK;
        return fcntl(fd_, F_GETLK, &wanted) == 0 && wanted.l_type != F_UNLCK;
    }
    bool is_still(const plan::SeenFile& file) const {
        struct stat found {};
        return fstat(fd_, &found) == 0 && seen(file.path, found) == file;
    }

private:
    int fd_;
};

Outcome read_all(int fd, std::string& bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const auto got = read(fd, bytes.data() + at, bytes.size() - at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreachable("read", errno);
        if (got == 0) return Error{Error::Kind::busy, "it became shorter"};
        at += static_cast<std::size_t>(got);
    }
    return Done{};
}

Outcome write_note(const fs::path& path, const std::string& note) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << note;
    file.close();
    if (!file) return Error{Error::Kind::unreachable, "cannot write " + path.string()};
    return Done{};
}

// Without replacing; a file system that cannot promise that was asked right before.
bool rename_to_free(const fs::path& from, const fs::path& to) {
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    const bool can_promise = errno != EINVAL && errno != ENOSYS && errno != ENOTSUP;
    if (can_promise || stat_of(to)) return false;
    return std::rename(from.c_str(), to.c_str()) == 0;
}

fs::path note_of(const fs::path& file) {
    return file.string() + ".txt";
}

// The next number at which neither the file nor its note lies.
std::optional<fs::path> free_place(const fs::path& wanted) {
    for (int number = 1; number <= most_numbers; ++number) {
        const auto place = wanted.parent_path() / plan::numbered_name(wanted.filename().string(), number);
        if (!stat_of(place) && !stat_of(note_of(place))) return place;
    }
    return std::nullopt;
}

const Error another_file{Error::Kind::busy, "another file has taken its name; it is read next"};

// Whatever it is called now. A file that is gone is another's business.
bool is_same(const fs::path& path, const plan::SeenFile& file) {
    const auto found = stat_of(path);
    return !found || seen(file.path, *found) == file;
}

}  // namespace

Result<FolderListing> list_folder(const fs::path& folder, const std::set<std::string>& shops) {
    Look look(folder, shops);
    if (auto looked = look.into(""); !looked) return looked.error();
    for (const auto& below : look.to_enter())
        if (auto looked = look.into(below); !looked) return looked.error();
    return look.take();
}

Result<std::string> read_settled(const fs::path& folder, const plan::SeenFile& seen) {
    if (seen.size > limits::order_file) return Error{Error::Kind::full, "larger than an order file may be"};
    const OpenedFile file(folder / seen.path);
    if (file.fd() < 0 && errno == ENOENT) return Error{Error::Kind::not_found, "it has gone"};
    if (file.fd() < 0) return unreachable("open", errno);
    if (file.is_locked()) return Error{Error::Kind::busy, "somebody holds a lock on it"};
    std::string bytes(seen.size, '\0');
    if (auto read = read_all(file.fd(), bytes); !read) return read.error();
    if (!file.is_still(seen)) return Error{Error::Kind::busy, "it changed"};
    return bytes;
}

Result<fs::path> move_away(const fs::path& folder, const plan::SeenFile& file, Drop drop, Day day,
                           const std::string& note) {
    const auto from = folder / file.path;
    const auto wanted = drop == Drop::done ? folder / done_folder / to_text(day) / file.path
                                           : folder / refused_folder / file.path;
    std::error_code failed;
    fs::create_directories(wanted.parent_path(), failed);
    if (failed)
        return Error{Error::Kind::unreachable, wanted.parent_path().string() + ": " + failed.message()};
    // What lies here holds buyers' addresses.
    for (const char* ours : {done_folder, refused_folder})
        fs::permissions(folder / ours, fs::perms::others_all, fs::perm_options::remove, failed);
    const auto place = free_place(wanted);
    if (!place) return Error{Error::Kind::unreachable, "no free name for " + wanted.string()};
    if (!is_same(from, file)) return another_file;
    // The note first: one without its file says nothing wrong, a file without its note says nothing.
    if (!note.empty())
        if (auto written = write_note(note_of(*place), note); !written) return written.error();
    if (!rename_to_free(from, *place)) return unreachable("cannot move to " + place->string(), errno);
    if (is_same(*place, file)) return *place;
    // It was put there between the two looks.
    fs::remove(note_of(*place), failed);
    const auto back = free_place(from);
    if (!back || !rename_to_free(*place, *back))
        return unreachable("cannot move back from " + place->string(), errno);
    return another_file;
}

}  // namespace kenpin::app
