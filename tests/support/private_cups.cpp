#include "tests/support/private_cups.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kenpin::support {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds patience{10'000};
constexpr int port_tries = 5;
constexpr const char* system_bin = "/usr/lib/cups";

// The printer: takes the document from its sixth argument or standard input, as CUPS' backends do.
constexpr const char* tray_backend = R"(#!/bin/sh
if [ $# -eq 0 ]; then
    echo 'direct kenpin-tray "Kenpin" "A folder as a printer"'
    exit 0
fi
tray=${DEVICE_URI#kenpin-tray:}
name=$(printf '%s' "$3" | tr -c 'A-Za-z0-9._-' '_')
part="$tray/.part-$1"
cat "${6:--}" > "$part" || exit 1
[ -e "$tray/$name.pdf" ] && name="$name-again"
mv "$part" "$tray/$name.pdf"
)";

const char* cupsd_conf = R"(LogLevel info
MaxLogSize 0
Browsing Off
WebInterface No
DefaultAuthType None
PreserveJobHistory 86400
PreserveJobFiles No
MaxJobs 5000
ErrorPolicy retry-job
JobRetryInterval 2
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
)";

void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

bool is_root() {
    return geteuid() == 0;
}

// A tree of links to CUPS' own programs, with our backend beside them.
void link_programs(const fs::path& bin) {
    for (const auto& kind : fs::directory_iterator(system_bin)) {
        if (!kind.is_directory()) continue;
        const auto folder = bin / kind.path().filename();
        fs::create_directories(folder);
        for (const auto& program : fs::directory_iterator(kind.path()))
            fs::create_symlink(program.path(), folder / program.path().filename());
    }
    const auto backend = bin / "backend/kenpin-tray";
    write(backend, tray_backend);
    fs::permissions(backend, fs::perms(0755));
}

// As root, cupsd runs its backends as user lp.
void hand_to_lp(const fs::path& directory) {
    const passwd* lp = getpwnam("lp");  // NOLINT(concurrency-mt-unsafe): tests start it from one thread
    if (lp == nullptr) return;
    for (const auto& entry : fs::recursive_directory_iterator(directory))
        if (!fs::relative(entry.path(), directory)
                 .generic_string()
                 .starts_with("bin")) {                         // cupsd runs only what is safe
            (void)!chown(entry.path().c_str(), 0, lp->pw_gid);  // cupsd's own check reports what is wrong
            if (entry.is_directory()) fs::permissions(entry.path(), fs::perms(0775));
        }
    fs::permissions(directory, fs::perms(0755));
    fs::permissions(directory / "spool/tmp", fs::perms(01777));
    for (auto above = directory.parent_path(); above != above.root_path(); above = above.parent_path()) {
        std::error_code ignored;  // a folder that is not ours: either passable already, or cupsd says so
        fs::permissions(above, fs::perms::others_exec, fs::perm_options::add, ignored);
    }
}

std::string files_conf(const fs::path& directory) {
    const auto at = [&](const char* name) { return (directory / name).string(); };
    return "ServerRoot " + at("etc") + "\nStateDir " + at("state") + "\nCacheDir " + at("cache") +
           "\nRequestRoot " + at("spool") + "\nTempDir " + at("spool/tmp") + "\nAccessLog " +
           at("log/access_log") + "\nErrorLog " + at("log/error_log") + "\nPageLog " + at("log/page_log") +
           "\nServerBin " + at("bin") +
           "\nDataDir /usr/share/cups\nDocumentRoot /usr/share/cups/doc-root\nFileDevice Yes\nSandboxing "
           "relaxed\n" +
           (is_root() ? "User lp\nGroup lp\nSystemGroup root lpadmin\n" : "");
}

bool listens(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool yes = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return yes;
}

}  // namespace

Result<std::unique_ptr<PrivateCups>> PrivateCups::start(const fs::path& directory) {
    std::error_code failed;
    const auto place = fs::canonical(directory, failed);
    if (failed || !fs::exists("/usr/sbin/cupsd"))
        return Error{Error::Kind::refused, "no folder for CUPS, or no cupsd"};
    std::unique_ptr<PrivateCups> cups(new PrivateCups(place / "cups"));
    cups->prepare();
    Outcome outcome = Error{Error::Kind::refused, "cupsd: no free port"};
    for (int tries = 0; tries < port_tries && !outcome; ++tries) outcome = cups->run();
    if (!outcome) return outcome.error();
    return cups;
}

void PrivateCups::prepare() {
    for (const auto* name : {"etc/ppd", "etc/ssl", "spool/tmp", "cache", "state", "log", "tray", "bin"})
        fs::create_directories(directory_ / name);
    link_programs(directory_ / "bin");
    write(directory_ / "etc/cups-files.conf", files_conf(directory_));
    if (is_root()) hand_to_lp(directory_);
}

Outcome PrivateCups::run() {
    port_ = free_port();
    write(directory_ / "etc/cupsd.conf", "Listen 127.0.0.1:" + std::to_string(port_) + "\n" + cupsd_conf);
    auto started = Process::start({.argv = {"/usr/sbin/cupsd", "-f", "-c", directory_ / "etc/cupsd.conf",
                                            "-s", directory_ / "etc/cups-files.conf"}});
    if (!started) return started.error();
    daemon_.emplace(std::move(started).value());
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end && daemon_->is_running()) {
        if (listens(port_)) return Done{};
        std::this_thread::sleep_for(milliseconds{20});
    }
    return Error{Error::Kind::refused, "cupsd did not start: " + daemon_->output() + log()};
}

Outcome PrivateCups::queue(const std::string& name) {
    return queue(name, "kenpin-tray:" + tray().string(), {"-m", "raw"});
}

Outcome PrivateCups::queue(const std::string& name, const std::string& device,
                           const std::vector<std::string>& driver) {
    Program program{.argv = {"/usr/sbin/lpadmin", "-h", server(), "-p", name, "-E", "-v", device}};
    program.argv.insert(program.argv.end(), driver.begin(), driver.end());
    auto started = Process::start(program);
    if (!started) return started.error();
    auto lpadmin = std::move(started).value();
    if (lpadmin.wait(patience) == Exit{0, 0}) return Done{};
    return Error{Error::Kind::refused, "lpadmin: " + lpadmin.output()};
}

std::vector<fs::path> PrivateCups::papers() const {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(tray()))
        if (entry.path().extension() == ".pdf") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::string PrivateCups::log() const {
    std::ifstream file(directory_ / "log/error_log");
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace kenpin::support
