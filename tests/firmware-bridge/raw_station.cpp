#include "tests/firmware-bridge/raw_station.hpp"

#include <string>

#include <poll.h>
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

}  // namespace kenpin::support
