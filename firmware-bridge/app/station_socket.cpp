#include "firmware-bridge/app/station_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <grp.h>
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

Fd new_socket() {
    return Fd(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

bool somebody_listens(const sockaddr_un& address) {
    const Fd probe = new_socket();
    return connect(probe.get(), generic(address), sizeof address) == 0 || errno == EAGAIN;
}

bool bind_private(int fd, const sockaddr_un& address) {
    const mode_t before = umask(0177);  // the file is born 0600
    const bool is_bound = bind(fd, generic(address), sizeof address) == 0;
    umask(before);
    return is_bound;
}

Fd attached_file(const msghdr& message) {
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header == nullptr || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return Fd{};
    if (header->cmsg_len < CMSG_LEN(sizeof(int))) return Fd{};
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
    return Fd(fd);
}

bool is_of_group(int fd, const ucred& peer, gid_t group) {
    if (peer.gid == group) return true;
    std::array<gid_t, 256> groups{};
    socklen_t size = sizeof groups;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) != 0) return false;
    const auto end = groups.begin() + static_cast<std::ptrdiff_t>(size / sizeof(gid_t));
    return std::find(groups.begin(), end, group) != end;
}

bool may_connect(int fd, const std::optional<unsigned>& group) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
    return peer.uid == geteuid() || peer.uid == 0 || (group && is_of_group(fd, peer, *group));
}

Result<std::optional<unsigned>> group_number(const std::string& name) {
    if (name.empty()) return std::optional<unsigned>{};
    const auto* entry = getgrnam(name.c_str());
    if (entry == nullptr) return Error{Error::Kind::refused, "bridge socket: no group is called " + name};
    return std::optional<unsigned>(entry->gr_gid);
}

bool open_to_group(const std::filesystem::path& path, gid_t group) {
    return chown(path.c_str(), static_cast<uid_t>(-1), group) == 0 && chmod(path.c_str(), 0660) == 0;
}

}  // namespace

Result<bool> StationLink::send(std::string_view packet) {
    if (::send(fd(), packet.data(), packet.size(), MSG_NOSIGNAL) >= 0) return true;
    if (errno == EAGAIN || errno == EINTR || errno == ENOBUFS) return false;
    return failed(Error::Kind::unreachable, "send");
}

Result<std::optional<Packet>> StationLink::receive() {
    Packet packet{std::string(limits::bridge_packet, '\0'), Fd{}};
    iovec bytes{packet.text.data(), packet.text.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> beside{};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = beside.data();
    message.msg_controllen = beside.size();
    const auto got = recvmsg(fd(), &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::optional<Packet>{};
    if (got < 0) return failed(Error::Kind::unreachable, "receive");
    packet.attached = attached_file(message);
    if (got == 0) return Error{Error::Kind::unreachable, "bridge socket: closed by the other end"};
    if ((message.msg_flags & MSG_TRUNC) != 0)
        return Error{Error::Kind::corrupt, "bridge socket: packet too long"};
    if ((message.msg_flags & MSG_CTRUNC) != 0)
        return Error{Error::Kind::corrupt, "bridge socket: more than one file beside a packet"};
    packet.text.resize(static_cast<std::size_t>(got));
    return std::optional(std::move(packet));
}

Result<StationListener> StationListener::listen(const std::filesystem::path& path,
                                                const std::string& group_name) {
    const auto group = group_number(group_name);
    if (!group) return group.error();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path)
        return Error{Error::Kind::refused, "bridge socket: path too long"};
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);

    Fd socket = new_socket();
    if (!socket) return failed(Error::Kind::refused, "make");
    if (!bind_private(socket.get(), address)) {
        if (errno != EADDRINUSE) return failed(Error::Kind::refused, "make " + path.string());
        if (somebody_listens(address))
            return Error{Error::Kind::busy,
                         "bridge socket: another bridge listens on " + path.string() + " already"};
        unlink(path.c_str());
        if (!bind_private(socket.get(), address))
            return failed(Error::Kind::refused, "make " + path.string());
    }
    if (group.value() && !open_to_group(path, *group.value()))
        return failed(Error::Kind::refused, "open it to group " + group_name);
    if (::listen(socket.get(), 4) != 0) return failed(Error::Kind::refused, "listen");
    return StationListener(std::move(socket), path, group.value());
}

StationListener::~StationListener() {
    if (fd_) unlink(path_.c_str());
}

Result<StationLink> StationListener::accept() {
    StationLink link(Fd(accept4(fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)));
    if (link.fd() < 0) return failed(Error::Kind::unreachable, "accept");
    if (!may_connect(link.fd(), group_)) return Error{Error::Kind::refused, "bridge socket: another user"};
    return link;
}

}  // namespace kenpin::app
