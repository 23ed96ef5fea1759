#include "firmware-bridge/app/station_socket.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/limits.hpp"

namespace kenpin::app {
namespace {

Error failed(Error::Kind kind, std::string_view what) {
    const int why = errno;
    return {kind, "bridge socket, " + std::string(what) + ": " + std::generic_category().message(why)};
}

int new_socket() {
    return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

bool somebody_listens(const sockaddr_un& address) {
    const StationLink probe(new_socket());
    return connect(probe.fd(), generic(address), sizeof address) == 0 || errno == EAGAIN;
}

bool bind_private(int fd, const sockaddr_un& address) {
    const mode_t before = umask(0177);  // the file is born 0600
    const bool is_bound = bind(fd, generic(address), sizeof address) == 0;
    umask(before);
    return is_bound;
}

bool may_connect(int fd) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
    return peer.uid == geteuid() || peer.uid == 0;
}

}  // namespace

StationLink::StationLink(StationLink&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

StationLink& StationLink::operator=(StationLink&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

StationLink::~StationLink() {
    if (fd_ >= 0) close(fd_);
}

Result<bool> StationLink::send(std::string_view packet) {
    if (::send(fd_, packet.data(), packet.size(), MSG_NOSIGNAL) >= 0) return true;
    if (errno == EAGAIN || errno == EINTR || errno == ENOBUFS) return false;
    return failed(Error::Kind::unreachable, "send");
}

Result<std::optional<std::string>> StationLink::receive() {
    std::string packet(limits::bridge_packet, '\0');
    const auto got = recv(fd_, packet.data(), packet.size(), MSG_TRUNC);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::optional<std::string>{};
    if (got < 0) return failed(Error::Kind::unreachable, "receive");
    if (got == 0) return Error{Error::Kind::unreachable, "bridge socket: closed by the station"};
    if (static_cast<std::size_t>(got) > packet.size())
        return Error{Error::Kind::corrupt, "bridge socket: packet too long"};
    packet.resize(static_cast<std::size_t>(got));
    return std::optional(std::move(packet));
}

Result<StationListener> StationListener::listen(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path)
        return Error{Error::Kind::refused, "bridge socket: path too long"};
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);

    StationLink socket(new_socket());  // closes it on every way out
    if (socket.fd() < 0) return failed(Error::Kind::refused, "make");
    if (!bind_private(socket.fd(), address)) {
        if (errno != EADDRINUSE) return failed(Error::Kind::refused, "bind");
        if (somebody_listens(address))
            return Error{Error::Kind::busy, "bridge socket: another bridge listens there"};
        unlink(path.c_str());
        if (!bind_private(socket.fd(), address)) return failed(Error::Kind::refused, "bind");
    }
    if (::listen(socket.fd(), 4) != 0) return failed(Error::Kind::refused, "listen");
    return StationListener(fcntl(socket.fd(), F_DUPFD_CLOEXEC, 0), path);
}

StationListener::StationListener(StationListener&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}

StationListener::~StationListener() {
    if (fd_ < 0) return;
    close(fd_);
    unlink(path_.c_str());
}

Result<StationLink> StationListener::accept() {
    StationLink link(accept4(fd_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (link.fd() < 0) return failed(Error::Kind::unreachable, "accept");
    if (!may_connect(link.fd())) return Error{Error::Kind::refused, "bridge socket: another user"};
    return link;
}

}  // namespace kenpin::app
