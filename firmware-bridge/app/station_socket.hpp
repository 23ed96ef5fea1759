#pragma once
// The local sockets of the bridge, for the station and for the administrator: SEQPACKET, one packet per
// message; the other end is the same user, root, or of the one group that was named. Non-blocking; one
// thread.
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"
#include "firmware-bridge/app/fd.hpp"

namespace kenpin::app {

struct Packet {
    std::string text;
    Fd attached;  // the file that came beside it, if one did
};

class StationLink {
public:
    explicit StationLink(Fd fd) : fd_(std::move(fd)) {}

    int fd() const { return fd_.get(); }
    /// True: handed over. False: not now, wait until it is writable. Error: the station is gone.
    Result<bool> send(std::string_view packet);
    /// Nothing: no packet now. Error: the station is gone, sent more than limits::bridge_packet, or more than
    /// one file.
    Result<std::optional<Packet>> receive();

private:
    Fd fd_;
};

class StationListener {
public:
    /// Makes the socket file, for this user only, or for `group` too; a file left by a dead bridge is
    /// replaced. busy: another bridge lives there. refused: no such group, or we are not of it.
    static Result<StationListener> listen(const std::filesystem::path& path, const std::string& group = {});

    StationListener(StationListener&& other) noexcept = default;
    StationListener& operator=(StationListener&&) = delete;
    StationListener(const StationListener&) = delete;
    StationListener& operator=(const StationListener&) = delete;
    ~StationListener();  // removes the file

    int fd() const { return fd_.get(); }
    /// refused: the caller is neither this user, nor root, nor of the group.
    Result<StationLink> accept();

private:
    StationListener(Fd fd, std::filesystem::path path, std::optional<unsigned> group)
        : fd_(std::move(fd)), path_(std::move(path)), group_(group) {}
    Fd fd_;
    std::filesystem::path path_;
    std::optional<unsigned> group_;
};

}  // namespace kenpin::app
