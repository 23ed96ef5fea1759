#pragma once
// The local socket on which the station finds the bridge: SEQPACKET, one packet per message, same user or
// root only. Non-blocking; one thread.
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace kenpin::app {

class StationLink {
public:
    explicit StationLink(int fd) : fd_(fd) {}
    StationLink(StationLink&& other) noexcept;
    StationLink& operator=(StationLink&& other) noexcept;
    StationLink(const StationLink&) = delete;
    StationLink& operator=(const StationLink&) = delete;
    ~StationLink();

    int fd() const { return fd_; }
    /// True: handed over. False: not now, wait until it is writable. Error: the station is gone.
    Result<bool> send(std::string_view packet);
    /// Nothing: no packet now. Error: the station is gone, or sent more than limits::bridge_packet.
    Result<std::optional<std::string>> receive();

private:
    int fd_ = -1;
};

class StationListener {
public:
    /// Makes the socket file, for this user only; a file left by a dead bridge is replaced. busy: another
    /// bridge lives there.
    static Result<StationListener> listen(const std::filesystem::path& path);

    StationListener(StationListener&& other) noexcept;
    StationListener& operator=(StationListener&&) = delete;
    StationListener(const StationListener&) = delete;
    StationListener& operator=(const StationListener&) = delete;
    ~StationListener();  // removes the file

    int fd() const { return fd_; }
    /// refused: the caller is neither this user nor root.
    Result<StationLink> accept();

private:
    StationListener(int fd, std::filesystem::path path) : fd_(fd), path_(std::move(path)) {}
    int fd_ = -1;
    std::filesystem::path path_;
};

}  // namespace kenpin::app
