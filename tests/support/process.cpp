#include "tests/support/process.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kenpin::support {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

Error failed(const std::string& what) {
    return {errno == ENOENT ? Error::Kind::not_found : Error::Kind::refused,
            what + ": " + std::strerror(errno)};
}

int open_output(const std::filesystem::path& path) {
    if (path.empty()) return memfd_create("child-output", MFD_CLOEXEC);
    return open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

std::vector<std::string> merged_environment(const std::map<std::string, std::string>& added) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string line = *entry;
        if (!added.contains(line.substr(0, line.find('=')))) all.push_back(line);
    }
    for (const auto& [name, value] : added) all.push_back(name + "=" + value);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

struct Child {  // all that the child needs, made before fork(): only async-signal-safe calls are allowed
                // after it
    char** argv;
    char** env;
    const char* directory;
    int output_fd;
    int report_fd;
    pid_t parent;
};

[[noreturn]] void become(const Child& child) {
    const auto give_up = [&] {
        const int why = errno;
        (void)!write(child.report_fd, &why, sizeof why);  // the parent then sees a closed pipe, also an error
        _exit(127);
    };
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != child.parent) _exit(127);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(child.output_fd, 1) < 0 || dup2(child.output_fd, 2) < 0)
        give_up();
    if (*child.directory != '\0' && chdir(child.directory) != 0) give_up();
    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    execvpe(child.argv[0], child.argv, child.env);
    give_up();
    _exit(127);
}

/// 0 when exec succeeded (the pipe closed without a word), else errno of the child.
int reported_error(int fd) {
    int why = 0;
    const auto got = read(fd, &why, sizeof why);
    return got == sizeof why ? why : 0;
}

int remaining_ms(Clock::time_point end) {
    const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, INT_MAX));
}

std::optional<std::string> nth_line(const std::string& text, std::string_view wanted, int nth) {
    std::size_t start = 0;
    for (auto end = text.find('\n'); end != std::string::npos;
         start = end + 1, end = text.find('\n', start)) {
        const auto line = text.substr(start, end - start);
        if (line.find(wanted) != std::string::npos && --nth == 0) return line;
    }
    return std::nullopt;
}

}  // namespace

Result<Process> Process::start(const Program& program) {
    const int output = open_output(program.output);
    if (output < 0) return failed("output of " + program.argv.at(0));
    struct stat before {};
    fstat(output, &before);
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) return failed("pipe");

    auto words = program.argv;
    auto settings = merged_environment(program.env);
    auto argv = pointers(words);
    auto env = pointers(settings);
    const auto directory = program.directory.string();
    const Child child{argv.data(), env.data(), directory.c_str(), output, report[1], getpid()};

    const pid_t pid = fork();
    if (pid == 0) become(child);
    close(report[1]);
    const int why = pid < 0 ? errno : reported_error(report[0]);
    close(report[0]);
    if (why != 0) {
        if (pid > 0) waitpid(pid, nullptr, 0);
        close(output);
        errno = why;
        return failed(program.argv[0]);
    }
    return Process(pid, static_cast<int>(syscall(SYS_pidfd_open, pid, 0)), output, before.st_size);
}

Process::Process(pid_t pid, int pid_fd, int output_fd, off_t output_start)
    : pid_(pid), pid_fd_(pid_fd), output_fd_(output_fd), output_start_(output_start) {
    KENPIN_CHECK(pid_fd_ >= 0);
}

Process::Process(Process&& other) noexcept {
    *this = std::move(other);
}

Process& Process::operator=(Process&& other) noexcept {
    if (this == &other) return *this;
    close_all();
    pid_ = std::exchange(other.pid_, -1);
    pid_fd_ = std::exchange(other.pid_fd_, -1);
    output_fd_ = std::exchange(other.output_fd_, -1);
    output_start_ = other.output_start_;
    exit_ = std::exchange(other.exit_, std::nullopt);
    return *this;
}

Process::~Process() {
    close_all();
}

void Process::close_all() {
    if (pid_ < 0) return;
    stop();
    close(pid_fd_);
    close(output_fd_);
    pid_ = -1;
}

void Process::reap() {
    if (exit_) return;
    siginfo_t ended{};
    waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
    if (ended.si_pid != pid_) return;
    ::kill(-pid_,
           SIGKILL);  // what it started and left behind; its id is still ours, for it is not reaped yet
    int status = 0;
    waitpid(pid_, &status, 0);
    exit_ = WIFSIGNALED(status) ? Exit{-1, WTERMSIG(status)} : Exit{WEXITSTATUS(status), 0};
}

bool Process::is_running() {
    reap();
    return !exit_;
}

void Process::kill(int signal) {
    if (is_running()) ::kill(pid_, signal);
}

std::optional<Exit> Process::wait(milliseconds limit) {
    const auto end = Clock::now() + limit;
    while (is_running()) {
        pollfd watched{pid_fd_, POLLIN, 0};
        const int left = remaining_ms(end);
        if (poll(&watched, 1, left) == 0 && left == 0) break;
    }
    return exit_;
}

Exit Process::stop(milliseconds patience) {
    kill(SIGTERM);
    if (wait(patience)) return *exit_;
    ::kill(-pid_, SIGKILL);
    kill(SIGKILL);  // it may have left its group
    while (!wait(std::chrono::seconds{1})) {
    }
    return *exit_;
}

std::string Process::output() const {
    std::string text;
    char chunk[8192];
    off_t at = output_start_;
    for (ssize_t got = 0; (got = pread(output_fd_, chunk, sizeof chunk, at)) > 0; at += got)
        text.append(chunk, static_cast<std::size_t>(got));
    return text;
}

std::optional<std::string> Process::wait_for_line(std::string_view text, milliseconds limit, int nth) {
    const auto end = Clock::now() + limit;
    while (true) {
        const bool last_look = !is_running() || Clock::now() >= end;
        if (auto line = nth_line(output(), text, nth)) return line;
        if (last_look) return std::nullopt;
        (void)wait(milliseconds{5});  // it ends, or there is time to look again
    }
}

int free_port() {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    KENPIN_CHECK(fd >= 0 && bind(fd, any, size) == 0 && getsockname(fd, any, &size) == 0);
    close(fd);
    return ntohs(address.sin_port);
}

TempDir::TempDir() {
    auto name = (std::filesystem::temp_directory_path() / "kenpin-XXXXXX").string();
    KENPIN_CHECK(mkdtemp(name.data()) != nullptr);
    path_ = name;
}

TempDir::~TempDir() {
    std::error_code ignored;  // a directory that stays in /tmp harms nobody
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace kenpin::support
