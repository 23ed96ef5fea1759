#include "firmware-bridge/app/service_manager.hpp"

#include <cstddef>

#include <sys/socket.h>
#include <sys/un.h>

#include "core/base/bridge_limits.hpp"

namespace kenpin::app {

ServiceManager::ServiceManager(const std::string& socket) : address_(socket) {
    if (socket.empty() || socket.size() >= sizeof(sockaddr_un::sun_path)) return;
    if (address_.front() == '@') address_.front() = '\0';
    fd_ = Fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

void ServiceManager::say(std::string_view words) const {
    if (!fd_) return;
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    address_.copy(to.sun_path, sizeof to.sun_path - 1);
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
    // Who does not hear it restarts us: that is what the watchdog is for.
    (void)sendto(fd_.get(), words.data(), words.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&to),
                 size);
}

device::Mono ServiceManager::next_wake() const {
    return fd_ ? say_at_ : device::Mono::max();
}

void ServiceManager::still_alive(device::Mono now) {
    if (now < next_wake()) return;
    say("WATCHDOG=1");
    say_at_ = now + limits::bridge_watchdog;
}

}  // namespace kenpin::app
