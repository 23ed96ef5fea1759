#include "printers/transport/file.hpp"

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace kenpin::transport {

namespace {

Error failed_now() {
    return {errno == ENOSPC ? Error::Kind::full : Error::Kind::refused,
            std::generic_category().message(errno)};
}

Outcome write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return failed_now();
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return ::fsync(file) == 0 ? Outcome{Done{}} : Outcome{failed_now()};
}

}  // namespace

Outcome write_file(const std::filesystem::path& path, std::string_view bytes) {
    const auto beside = path.string() + ".part";
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return failed_now();
    const auto written = write_all(file, bytes);
    ::close(file);
    if (written && ::rename(beside.c_str(), path.c_str()) == 0) return Done{};
    const auto why = written ? failed_now() : written.error();
    ::unlink(beside.c_str());
    return why;
}

}  // namespace kenpin::transport
