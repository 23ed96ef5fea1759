#include "adaptors/codes/decoder.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adaptors/codes/wire.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX wants it declared

namespace kenpin::codes {

namespace {

using Steady = std::chrono::steady_clock;
enum class Step { done, ended, late };

std::string beside_this_program() {
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return (self.parent_path() / "kenpin-decoder").string();
}

std::string program_of(const DecoderSettings& settings) {
    if (!settings.program.empty()) return settings.program;
    const char* named = std::getenv("KENPIN_DECODER");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return named != nullptr && *named != '\0' ? named : beside_this_program();
}

Step wait_for(int socket, short events, Steady::time_point deadline) {
    pollfd watched{socket, events, 0};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now()).count();
        if (left <= 0) return Step::late;
        const int ready = ::poll(&watched, 1, static_cast<int>(left));
        if (ready > 0) return Step::done;
        if (ready < 0 && errno != EINTR) return Step::ended;
    }
}

Step send_all(int socket, const void* bytes, std::size_t size, Steady::time_point deadline) {
    const auto* at = static_cast<const char*>(bytes);
    while (size > 0) {
        const auto n = ::send(socket, at, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0) {
            at += n;
            size -= static_cast<std::size_t>(n);
        } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            if (const auto step = wait_for(socket, POLLOUT, deadline); step != Step::done) return step;
        } else if (errno != EINTR) {
            return Step::ended;
        }
    }
    return Step::done;
}

Step receive_all(int socket, void* bytes, std::size_t size, Steady::time_point deadline) {
    auto* at = static_cast<char*>(bytes);
    while (size > 0) {
        if (const auto step = wait_for(socket, POLLIN, deadline); step != Step::done) return step;
        const auto n = ::recv(socket, at, size, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) return Step::ended;
        if (n < 0) continue;
        at += n;
        size -= static_cast<std::size_t>(n);
    }
    return Step::done;
}

bool is_readable(const GrayImage& image) {
    if (image.width_px <= 0 || image.height_px <= 0) return false;
    const auto pixels =
        static_cast<std::uint64_t>(image.width_px) * static_cast<std::uint64_t>(image.height_px);
    return pixels <= wire::most_pixels && image.pixels.size() == pixels;
}

}  // namespace

struct Decoder::Exchange {
    Step step = Step::ended;
    std::optional<ReadCode> code;
};

Decoder::Decoder(DecoderSettings settings) : settings_(std::move(settings)) {}

Decoder::~Decoder() {
    stop();
}

Decoder::Decoder(Decoder&& other) noexcept
    : settings_(std::move(other.settings_)),
      pid_(std::exchange(other.pid_, -1)),
      socket_(std::exchange(other.socket_, -1)) {}

Decoder& Decoder::operator=(Decoder&& other) noexcept {
    std::swap(settings_, other.settings_);
    std::swap(pid_, other.pid_);
    std::swap(socket_, other.socket_);
    return *this;
}

void Decoder::stop() {
    if (socket_ >= 0) ::close(socket_);
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    socket_ = -1;
    pid_ = -1;
}

Outcome Decoder::start() {
    if (pid_ > 0) return Done{};
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return Error{Error::Kind::unreachable, std::generic_category().message(errno)};
    const auto program = program_of(settings_);
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
        return Error{Error::Kind::unreachable, program + ": " + std::generic_category().message(failed)};
    }
    socket_ = ends[0];
    return Done{};
}

Decoder::Exchange Decoder::exchange(const GrayImage& image, Format formats) {
    const auto deadline = Steady::now() + settings_.timeout;
    const wire::Question question{wire::magic, static_cast<std::uint32_t>(formats),
                                  static_cast<std::uint32_t>(image.width_px),
                                  static_cast<std::uint32_t>(image.height_px)};
    auto step = send_all(socket_, &question, sizeof question, deadline);
    if (step == Step::done) step = send_all(socket_, image.pixels.data(), image.pixels.size(), deadline);
    wire::Answer answer;
    if (step == Step::done) step = receive_all(socket_, &answer, sizeof answer, deadline);
    if (step != Step::done) return {step, {}};
    if (answer.magic != wire::magic || answer.id_size > 8 || answer.size > wire::most_bytes)
        return {Step::ended, {}};
    if (answer.format == 0) return {Step::done, {}};
    ReadCode code{static_cast<Format>(answer.format), std::string(answer.size, '\0'),
                  std::string(answer.id_size, '\0')};
    step = receive_all(socket_, code.symbology_id.data(), code.symbology_id.size(), deadline);
    if (step == Step::done) step = receive_all(socket_, code.bytes.data(), code.bytes.size(), deadline);
    return {step, std::move(code)};
}

Result<std::optional<ReadCode>> Decoder::read(const GrayImage& image, Format formats) {
    if (!is_readable(image)) return Error{Error::Kind::refused, "the picture is empty or too large"};
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (const auto started = start(); !started) return started.error();
        auto answer = exchange(image, formats);
        if (answer.step == Step::done) return std::move(answer.code);
        stop();
        if (answer.step == Step::late) return Error{Error::Kind::busy, "the decoder did not answer in time"};
    }
    return Error{Error::Kind::unreachable, "the decoder died twice over one picture"};
}

}  // namespace kenpin::codes
