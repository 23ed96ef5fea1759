#include "server/app/durable_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

namespace kenpin::app {
namespace {

namespace fs = std::filesystem;

Error failed(const fs::path& path, int number) {
    const auto kind = number == ENOSPC || number == EDQUOT ? Error::Kind::full : Error::Kind::unreachable;
    return {kind, path.string() + ": " + std::strerror(number)};
}

Outcome sync_to_disk(const fs::path& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return failed(path, errno);
    const int outcome = fsync(file) == 0 ? 0 : errno;
    close(file);
    if (outcome != 0) return failed(path, outcome);
    return Done{};
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

Outcome rename_durably(const fs::path& from, const fs::path& to) {
    if (auto synced = sync_to_disk(from); !synced) return synced;
    std::error_code wrong;
    fs::rename(from, to, wrong);
    if (wrong) return failed(to, wrong.value());
    return sync_to_disk(folder_of(to));
}

Outcome write_durably(const fs::path& path, const std::string& text) {
    auto part = path;
    part += ".part";
    {
        std::ofstream file(part, std::ios::binary | std::ios::trunc);
        if (!file) return failed(part, errno);
        file << text;
        file.flush();
        if (!file) return failed(part, ENOSPC);
    }
    return rename_durably(part, path);
}

}  // namespace kenpin::app
