#include "tests/firmware-bridge/raw_station.hpp"

#include <array>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/limits.hpp"

namespace kenpin::support {

RawStation::RawStation(const std::filesystem::path& socket)
    : fd_(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket.native().copy(address.sun_path, sizeof address.sun_path - 1);
    KENPIN_CHECK(connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

RawStation::~RawStation() {
    close(fd_);
}

std::optional<protocol::BridgeUp> RawStation::next(std::chrono::milliseconds limit) {
    pollfd readable{fd_, POLLIN, 0};
    if (poll(&readable, 1, static_cast<int>(limit.count())) <= 0) return std::nullopt;
    std::string packet(limits::bridge_packet, '\0');
    const auto got = recv(fd_, packet.data(), packet.size(), 0);
    if (got <= 0) return std::nullopt;
    packet.resize(static_cast<std::size_t>(got));
    return protocol::bridge_up_from_packet(packet).value();
}

std::optional<protocol::BridgeScan> RawStation::next_scan(std::chrono::milliseconds limit) {
    while (const auto message = next(limit))
        if (const auto* scan = std::get_if<protocol::BridgeScan>(&*message)) return *scan;
    return std::nullopt;
}

bool RawStation::sees(protocol::DeviceChange change, std::string_view reason) {
    while (const auto message = next()) {
        const auto* news = std::get_if<protocol::BridgeDevice>(&*message);
        if (news != nullptr && news->change == change && news->reason == reason) return true;
    }
    return false;
}

void RawStation::acknowledge(protocol::ScanSeq seq) {
    send(protocol::to_packet(protocol::BridgeDown(protocol::BridgeAck{seq})));
}

void RawStation::send(std::string_view packet) {
    KENPIN_CHECK(::send(fd_, packet.data(), packet.size(), MSG_NOSIGNAL) >= 0);
}

void RawStation::print(const protocol::PeripheralId& printer, const std::string& job,
                       std::string_view bytes) {
    const int paper = memfd_create("print-job", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    KENPIN_CHECK(write(paper, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    KENPIN_CHECK(fcntl(paper, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0);

    auto packet =
        protocol::to_packet(protocol::BridgeDown(protocol::BridgePrint{printer, job, bytes.size()}));
    iovec text{packet.data(), packet.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof paper)> room{};
    msghdr message{};
    message.msg_iov = &text;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    auto* beside = CMSG_FIRSTHDR(&message);
    beside->cmsg_level = SOL_SOCKET;
    beside->cmsg_type = SCM_RIGHTS;
    beside->cmsg_len = CMSG_LEN(sizeof paper);
    std::memcpy(CMSG_DATA(beside), &paper, sizeof paper);
    KENPIN_CHECK(sendmsg(fd_, &message, MSG_NOSIGNAL) >= 0);
    close(paper);
}

}  // namespace kenpin::support
