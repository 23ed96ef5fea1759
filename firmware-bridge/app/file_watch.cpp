#include "firmware-bridge/app/file_watch.hpp"

#include <array>
#include <cstring>

#include <sys/inotify.h>
#include <unistd.h>

namespace kenpin::app {

FileWatch::FileWatch(const std::filesystem::path& file) : name_(file.filename()) {
    if (file.empty()) return;
    Fd fd(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    // The folder, not the file: editors write a new file and rename it.
    if (inotify_add_watch(fd.get(), folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO) >= 0) fd_ = std::move(fd);
}

bool FileWatch::has_changed() {
    bool has = false;
    alignas(inotify_event) std::array<char, 4096> buffer{};
    ssize_t got = 0;
    while (fd_ && (got = ::read(fd_.get(), buffer.data(), buffer.size())) > 0) {
        for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
            inotify_event event{};
            std::memcpy(&event, &buffer[at], sizeof event);
            const auto* name = &buffer[at + sizeof event];
            if ((event.mask & IN_Q_OVERFLOW) != 0 || (event.len > 0 && name_ == name)) has = true;
            at += sizeof event + event.len;
        }
    }
    return has;
}

}  // namespace kenpin::app
