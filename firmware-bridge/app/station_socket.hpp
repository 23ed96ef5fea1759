#pragma once
// The local socket on which the station finds the bridge: SEQPACKET, one packet per message, same user or
// root only. Non-blocking; one thread.
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
    /// Makes the socket file, for this user only; a file left by a dead bridge is replaced. busy: another
    /// bridge lives there.
    static Result<StationListener> listen(const std::filesystem::path& path);

    StationListener(StationListener&& other) noexcept = default;
    StationListener& operator=(StationListener&&) = delete;
    StationListener(const StationListener&) = delete;
    StationListener& operator=(const StationListener&) = delete;
    ~StationListener();  // removes the file

    int fd() const { return fd_.get(); }
    /// refused: the caller is neither this user nor root.
    Result<StationLink> accept();

private:
    StationListener(Fd fd, std::filesystem::path path) : fd_(std::move(fd)), path_(std::move(path)) {}
    Fd fd_;
    std::filesystem::path path_;
};

}  // namespace kenpin::app
