#include "adaptors/codes/child.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX wants it declared

namespace kenpin::codes {
namespace {

std::string beside_this_program() {
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return (self.parent_path() / "kenpin-decoder").string();
}

std::string path_of(const std::string& program) {
    if (!program.empty()) return program;
    const char* named = std::getenv("KENPIN_DECODER");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return named != nullptr && *named != '\0' ? named : beside_this_program();
}

Error unreachable(const std::string& what, int number) {
    return {Error::Kind::unreachable, what + std::generic_category().message(number)};
}

}  // namespace

Child::~Child() {
    stop();
}

Child::Child(Child&& other) noexcept
    : program_(std::move(other.program_)),
      pid_(std::exchange(other.pid_, -1)),
      socket_(std::exchange(other.socket_, -1)) {}

Child& Child::operator=(Child&& other) noexcept {
    std::swap(program_, other.program_);
    std::swap(pid_, other.pid_);
    std::swap(socket_, other.socket_);
    return *this;
}

void Child::stop() {
    if (socket_ >= 0) ::close(socket_);
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    socket_ = -1;
    pid_ = -1;
}

Outcome Child::start() {
    if (pid_ > 0) return Done{};
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return unreachable({}, errno);
    const auto program = path_of(program_);
    std::string name = "kenpin-decoder";
    char* arguments[] = {name.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
    const int failed = ::posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) {
        ::close(ends[0]);
        pid_ = -1;
        return unreachable(program + ": ", failed);
    }
    socket_ = ends[0];
    return Done{};
}

}  // namespace kenpin::codes
