#include "firmware-bridge/app/station_socket.hpp"

#include <array>
#include <cstring>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/limits.hpp"
#include "firmware-bridge/app/attached.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

Fd connected(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    Fd fd(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    return connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? std::move(fd)
                                                                                               : Fd{};
}

void send_with(int fd, std::string_view text, const std::vector<int>& files) {
    std::string words(text);
    iovec bytes{words.data(), words.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(4 * sizeof(int))> beside{};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = beside.data();
    message.msg_controllen = CMSG_SPACE(files.size() * sizeof(int));
    auto* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(files.size() * sizeof(int));
    std::memcpy(CMSG_DATA(header), files.data(), files.size() * sizeof(int));
    CHECK(sendmsg(fd, &message, MSG_NOSIGNAL) > 0);
}

constexpr int all_seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

Fd memory(std::string_view bytes, int seals) {
    Fd fd(memfd_create("job", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    CHECK(write(fd.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    CHECK(fcntl(fd.get(), F_ADD_SEALS, seals) == 0);
    return fd;
}

/// Whether a process of user and group `id`, which has nothing else, gets in.
bool gets_in(StationListener& listener, const std::filesystem::path& path, uid_t id, gid_t group) {
    const pid_t child = fork();
    if (child == 0) {
        if (setgroups(0, nullptr) != 0 || setgid(group) != 0 || setuid(id) != 0) _exit(2);
        const Fd fd = connected(path);
        char byte = 0;
        _exit(fd && recv(fd.get(), &byte, 1, 0) == 1 ? 0 : 1);
    }
    int status = 0;
    for (int tries = 0; tries < 2'000 && waitpid(child, &status, WNOHANG) == 0; ++tries) {
        if (auto link = listener.accept()) {
            auto open = std::move(link).value();
            CHECK(open.send("x"));
        }
        usleep(1'000);
    }
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) != 2);
    return WEXITSTATUS(status) == 0;
}

constexpr uid_t nobody = 65'534;

}  // namespace

TEST_CASE("another user is not the station: refused by the file, and by who it is where the file is open") {
    if (geteuid() != 0) return;  // only root can become somebody else
    const support::TempDir folder;
    chmod(folder.path().c_str(), 0755);
    const auto path = folder / "s";
    auto listener = StationListener::listen(path);
    REQUIRE(listener);
    auto open = std::move(listener).value();
    CHECK_FALSE(gets_in(open, path, nobody, nobody));
    REQUIRE(chmod(path.c_str(), 0666) == 0);
    CHECK_FALSE(gets_in(open, path, nobody, nobody));
    CHECK(gets_in(open, path, 0, 0));
}

TEST_CASE("members of the group that was named may be the station, others not") {
    if (geteuid() != 0) return;
    const support::TempDir folder;
    chmod(folder.path().c_str(), 0755);
    const auto path = folder / "s";
    auto listener = StationListener::listen(path, "nogroup");
    REQUIRE(listener);
    auto open = std::move(listener).value();
    CHECK(gets_in(open, path, nobody, nobody));  // its group is nogroup
    REQUIRE(chmod(path.c_str(), 0666) == 0);
    CHECK_FALSE(gets_in(open, path, 1, 1));
    CHECK_FALSE(StationListener::listen(folder / "t", "no_such_group"));
}

TEST_CASE("the bytes of a print job come sealed beside their packet") {
    const support::TempDir folder;
    auto listener = StationListener::listen(folder / "s");
    REQUIRE(listener);
    auto open = std::move(listener).value();
    const Fd station = connected(folder / "s");
    auto link = open.accept();
    REQUIRE(link);
    auto bridge = std::move(link).value();
    const Fd job = memory("^XA^XZ", all_seals);
    send_with(station.get(), "{}", {job.get()});
    const auto packet = bridge.receive();
    REQUIRE((packet && packet.value()));
    CHECK(packet.value()->text == "{}");
    CHECK(read_attached(packet.value()->attached.get(), 6).value() == "^XA^XZ");
    CHECK_FALSE(bridge.receive().value());  // nothing more

    send_with(station.get(), "{}", {job.get(), job.get(), job.get()});
    CHECK_FALSE(bridge.receive());
}

TEST_CASE("bytes that could still change, or are not as many as said, are not printed") {
    CHECK_FALSE(read_attached(memory("^XA", 0).get(), 3));
    CHECK_FALSE(read_attached(memory("^XA", F_SEAL_SHRINK | F_SEAL_GROW).get(), 3));
    CHECK_FALSE(read_attached(memory("^XA", all_seals).get(), 2));
    CHECK_FALSE(read_attached(memory("^XA", all_seals).get(), 4));
    CHECK_FALSE(read_attached(memory("", all_seals).get(), 0));
    CHECK_FALSE(read_attached(-1, 3));
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const Fd in(ends[0]), out(ends[1]);
    CHECK_FALSE(read_attached(in.get(), 3));
    CHECK(read_attached(memory("^XA", all_seals).get(), 3).value() == "^XA");
}

TEST_CASE("a packet longer than the limit ends the connection") {
    const support::TempDir folder;
    auto listener = StationListener::listen(folder / "s");
    REQUIRE(listener);
    auto open = std::move(listener).value();
    const Fd station = connected(folder / "s");
    auto link = open.accept();
    REQUIRE(link);
    auto bridge = std::move(link).value();
    const std::string longest(limits::bridge_packet, 'x'), longer = longest + "x";
    CHECK(send(station.get(), longest.data(), longest.size(), 0) > 0);
    CHECK(bridge.receive().value()->text == longest);
    CHECK(send(station.get(), longer.data(), longer.size(), 0) > 0);
    CHECK_FALSE(bridge.receive());
}
