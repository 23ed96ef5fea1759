#include "server/app/data_lock.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace kenpin::app {

Result<DataLock> DataLock::take(const std::filesystem::path& folder) {
    const auto path = folder / "server.lock";
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return Error{Error::Kind::unreachable, path.string() + ": " + std::strerror(errno)};
    DataLock lock(file);
    if (flock(file, LOCK_EX | LOCK_NB) != 0)
        return Error{Error::Kind::busy, "a server runs on " + folder.string() + ": stop it first"};
    return lock;
}

DataLock::~DataLock() {
    if (file_ >= 0) close(file_);
}

}  // namespace kenpin::app
