#include "firmware-bridge/app/watchers.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"

namespace kenpin::app {

std::vector<device::Watched> Watchers::watched() const {
    std::vector<device::Watched> fds{{listener_.fd()}};
    for (const auto& watcher : all_)
        fds.push_back({.fd = watcher.link.fd(), .readable = true, .writable = watcher.is_slow});
    return fds;
}

void Watchers::turn(const std::function<std::vector<protocol::BridgeUp>()>& greeting) {
    while (auto link = listener_.accept()) {
        if (all_.size() >= most) continue;  // its end closes
        auto& watcher = all_.emplace_back(Watcher{std::move(link).value()});
        for (const auto& message : greeting()) write_to(watcher, protocol::to_packet(message));
        write_to(watcher, std::string(listed_packet));
    }
    for (auto& watcher : all_) hear(watcher);
    for (auto& watcher : all_) send(watcher);
    std::erase_if(all_, [](const Watcher& watcher) { return watcher.is_gone; });
}

void Watchers::hear(Watcher& watcher) {
    while (!watcher.is_gone) {
        const auto packet = watcher.link.receive();
        if (!packet) watcher.is_gone = true;
        if (!packet || !packet.value()) return;
        if (packet.value()->text == show_codes_packet)
            watcher.shows_codes = true;
        else
            watcher.is_gone = true;
    }
}

void Watchers::send(Watcher& watcher) {
    watcher.is_slow = false;
    while (!watcher.is_gone && !watcher.letters.empty()) {
        const auto sent = watcher.link.send(watcher.letters.front());
        watcher.is_gone = !sent;
        watcher.is_slow = sent && !sent.value();
        if (watcher.is_gone || watcher.is_slow) return;
        watcher.letters.pop_front();
    }
}

void Watchers::write_to(Watcher& watcher, std::string packet) {
    if (watcher.letters.size() >= limits::inbox_small)
        watcher.is_gone = true;
    else
        watcher.letters.push_back(std::move(packet));
}

void Watchers::tell(const protocol::BridgeUp& message) {
    for (auto& watcher : all_) write_to(watcher, protocol::to_packet(message));
}

void Watchers::tell(const Seen& seen) {
    for (auto& watcher : all_)
        write_to(watcher, to_packet(SeenPacket{.dev = seen.dev,
                                               .bars = std::string(protocol::name(seen.scan.symbology)),
                                               .what = what_is(seen.scan),
                                               .length = seen.scan.bytes.size(),
                                               .is_counted = seen.is_counted,
                                               .code = watcher.shows_codes ? seen.scan.bytes : ""}));
}

}  // namespace kenpin::app
