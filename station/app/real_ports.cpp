#include "station/app/real_ports.hpp"

#include <utility>

namespace kenpin::app {
namespace {

sync::Commit to_sync(const flow::Commit& commit, const std::optional<protocol::ScanIdentity>& scan) {
    sync::Commit out{.ticket = commit.ticket, .events = {}, .scan = scan};
    for (const auto& body : commit.bodies)
        out.events.push_back(
            {.at = commit.at, .worker = commit.worker, .scanner = commit.scanner, .body = body});
    return out;
}

}  // namespace

void SyncedStorage::commit(const flow::Commit& commit, const std::optional<protocol::ScanIdentity>& scan) {
    if (sync_.commit(to_sync(commit, scan))) return;
    // The inbox has room: this is called by the thread that empties it.
    (void)inbox_.post(flow::Event{flow::CommitFailed{commit.ticket, Error::Kind::full}});
}

SocketBridge::SocketBridge(const std::filesystem::path& socket, Inbox<BridgeEvent>& inbox,
                           std::vector<protocol::ScanIdentity> stored) {
    if (!socket.empty()) client_.emplace(socket, inbox, std::move(stored));
}

void SocketBridge::acknowledge(const protocol::ScanIdentity& scan) {
    if (client_) client_->acknowledge(scan);
}

void SocketBridge::beep(protocol::Beep beep, const std::string& scanner) {
    if (client_ && scanner != "wedge") client_->beep(beep, protocol::PeripheralId{scanner});
}

}  // namespace kenpin::app
