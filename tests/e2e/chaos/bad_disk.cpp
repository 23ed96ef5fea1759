// Preloaded into a station: a disk that is slow (KENPIN_FSYNC_MS: each sync takes so much longer) and that is
// full while the file KENPIN_DISK_FULL exists. SQLite writes with pwrite(); logs, which append with write(),
// lie on another disk and go on.
#include <cerrno>
#include <cstdlib>
#include <ctime>

#include <dlfcn.h>
#include <unistd.h>

namespace {

template <class Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

void wait_as_the_disk_does() {
    static const char* const told = std::getenv("KENPIN_FSYNC_MS");
    static const long ms = told == nullptr ? 0 : std::atol(told);
    if (ms <= 0) return;
    const timespec pause{ms / 1'000, (ms % 1'000) * 1'000'000};
    nanosleep(&pause, nullptr);
}

bool is_full() {
    static const char* const file = std::getenv("KENPIN_DISK_FULL");
    if (file == nullptr) return false;
    const int before = errno;
    const bool is_there = access(file, F_OK) == 0;
    errno = before;
    return is_there;
}

/// Half of it still finds room, as on a real one; nothing of the next.
template <class Write>
ssize_t written(const Write& write, size_t size) {
    if (!is_full()) return write(size);
    if (size > 1 && std::rand() % 2 == 0) return write(size / 2);
    errno = ENOSPC;
    return -1;
}

}  // namespace

extern "C" {

int fsync(int file) {
    static auto* const next = real<int(int)>("fsync");
    const int result = next(file);
    wait_as_the_disk_does();
    return result;
}

int fdatasync(int file) {
    static auto* const next = real<int(int)>("fdatasync");
    const int result = next(file);
    wait_as_the_disk_does();
    return result;
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
    static auto* const next = real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
    return written([&](size_t fits) { return next(file, bytes, fits, at); }, size);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
    static auto* const next = real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    return written([&](size_t fits) { return next(file, bytes, fits, at); }, size);
}
}
