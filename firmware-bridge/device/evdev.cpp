#include "firmware-bridge/device/evdev.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <linux/input.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace kenpin::device {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_events = 64;  // of one read()
constexpr std::array scanner_keys{KEY_1, KEY_0, KEY_A, KEY_ENTER};

/// An ioctl that fills a text; empty when the device has none.
template <std::size_t size>
std::string text_of(int fd, unsigned long request) {
    std::array<char, size> text{};
    if (ioctl(fd, request, text.data()) < 0) return {};
    text.back() = '\0';
    return clean_text(text.data());
}

constexpr std::size_t text_size = 256;

std::optional<EvdevIdentity> identity_of(int fd) {
    input_id id{};
    if (ioctl(fd, EVIOCGID, &id) < 0) return std::nullopt;
    EvdevIdentity identity;
    identity.is_on_usb = id.bustype == BUS_USB;
    identity.device.vid = id.vendor;
    identity.device.pid = id.product;
    identity.device.serial = text_of<text_size>(fd, EVIOCGUNIQ(text_size));
    identity.device.product = text_of<text_size>(fd, EVIOCGNAME(text_size));
    identity.device.port = text_of<text_size>(fd, EVIOCGPHYS(text_size));
    return identity;
}

bool has_keys_of_a_scanner(int fd) {
    std::array<unsigned char, KEY_MAX / 8 + 1> bits{};
    if (ioctl(fd, EVIOCGBIT(EV_KEY, bits.size()), bits.data()) < 0) return false;
    return std::all_of(scanner_keys.begin(), scanner_keys.end(), [&](int code) {
        return (bits[static_cast<std::size_t>(code / 8)] >> (code % 8) & 1) != 0;
    });
}

bool is_event_node(const fs::path& path) {
    return path.filename().string().starts_with("event");
}

Attachment attachment_of(const UsbIdentity& identity) {
    Attachment who;
    who.handle = next_handle();
    who.kind = Kind::keyboard_scanner;
    who.vid = identity.vid;
    who.pid = identity.pid;
    who.serial = identity.serial;
    who.port = identity.port;
    who.product = identity.product;
    return who;
}

}  // namespace

const EvdevRule* rule_for(const std::vector<EvdevRule>& rules, const EvdevIdentity& identity) {
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const EvdevRule& rule) {
        const bool is_ours = !identity.is_on_usb || rule.even_on_usb;
        return is_ours && rule.match != UsbMatch{} && fits(rule.match, identity.device);
    });
    return found == rules.end() ? nullptr : &*found;
}

void EvdevReader::add(decode::KeyScanned scanned, Read& read) {
    if (scanned.scan) read.scans.push_back(std::move(*scanned.scan));
    read.half_scan = read.half_scan || scanned.half_scan;
    read.too_long = read.too_long || scanned.too_long;
}

EvdevReader::Read EvdevReader::take(std::string_view records) {
    Read read;
    for (; records.size() >= sizeof(input_event); records.remove_prefix(sizeof(input_event))) {
        input_event event{};
        std::memcpy(&event, records.data(), sizeof event);
        if (event.type == EV_SYN && event.code == SYN_DROPPED) add(scans_.error(), read);
        if (event.type != EV_KEY || event.value > 1) continue;  // 2: held so long that the kernel repeats it
        if (const auto usage = decode::usage_of_linux_key(event.code))
            add(scans_.take({*usage, event.value == 1}), read);
    }
    return read;
}

EvdevReader::Read EvdevReader::silence() {
    Read read;
    add(scans_.silence(), read);
    return read;
}

/// One grabbed input device; letting go of it gives it back to the desktop.
class EvdevKeyboards::Keyboard {
public:
    Keyboard(int fd, std::string path, const EvdevIdentity& identity, const EvdevRule& rule)
        : fd_(fd),
          path_(std::move(path)),
          rule_(rule),
          identity_(identity),
          who_(attachment_of(identity.device)),
          reader_(rule.layout, rule.end) {}
    Keyboard(const Keyboard&) = delete;
    Keyboard& operator=(const Keyboard&) = delete;
    ~Keyboard() { close(fd_); }

    int fd() const { return fd_; }
    bool is_at(const std::string& path) const { return path_ == path; }
    bool is_meant_by(const std::vector<EvdevRule>& rules) const {
        const auto* rule = rule_for(rules, identity_);
        return rule != nullptr && *rule == rule_;
    }
    const Attachment& who() const { return who_; }
    Mono next_wake() const {
        return reader_.is_inside() && had_room_ ? last_key_ + decode::key_gap : Mono::max();
    }

    /// False: it is gone. A scan takes two events at least, so `room` scans fit in what is read.
    bool turn(Mono now, std::size_t room, std::vector<News>& news) {
        had_room_ = room > 0;
        if (!had_room_) return true;
        const bool is_late = now >= next_wake();
        std::array<char, most_events * sizeof(input_event)> records{};
        const auto most = std::min(most_events, 2 * room) * sizeof(input_event);
        const auto size = read(fd_, records.data(), most);
        if (size > 0) {
            last_key_ = now;
            tell(reader_.take({records.data(), static_cast<std::size_t>(size)}), now, news);
        } else if (size < 0 && (errno == EAGAIN || errno == EINTR)) {
            if (is_late) tell(reader_.silence(), now, news);
        } else {
            return false;
        }
        return true;
    }
    void say_farewell(std::vector<News>& news) {
        if (reader_.is_inside()) news.emplace_back(Faulty{who_.handle, "half_scan"});
        news.emplace_back(Went{who_.handle});
    }

private:
    void tell(EvdevReader::Read read, Mono now, std::vector<News>& news) const {
        for (auto& scan : read.scans) news.emplace_back(Scanned{who_.handle, now, std::move(scan)});
        if (read.half_scan) news.emplace_back(Faulty{who_.handle, "half_scan"});
        if (read.too_long) news.emplace_back(Faulty{who_.handle, "too_long"});
    }

    int fd_;
    std::string path_;
    EvdevRule rule_;
    EvdevIdentity identity_;
    Attachment who_;
    EvdevReader reader_;
    Mono last_key_{};
    bool had_room_ = true;
};

EvdevKeyboards::EvdevKeyboards(std::vector<EvdevRule> rules, std::string folder)
    : rules_(std::move(rules)), folder_(std::move(folder)) {}

EvdevKeyboards::~EvdevKeyboards() {
    if (inotify_ >= 0) close(inotify_);
}

void EvdevKeyboards::set_rules(std::vector<EvdevRule> rules) {
    rules_ = std::move(rules);
    look_at_ = {};
    std::erase_if(keyboards_, [&](const auto& keyboard) {
        if (keyboard->is_meant_by(rules_)) return false;
        keyboard->say_farewell(to_tell_);
        return true;
    });
}

/// Watches the folder for nodes that come and for rights that udev gives a moment later.
void EvdevKeyboards::watch_folder() {
    if (inotify_ >= 0) return;
    inotify_ = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (inotify_ >= 0 && inotify_add_watch(inotify_, folder_.c_str(), IN_CREATE | IN_ATTRIB | IN_DELETE) >= 0)
        return;
    if (inotify_ >= 0) close(inotify_);  // no such folder yet: no input device was ever here
    inotify_ = -1;
}

bool EvdevKeyboards::folder_changed() const {
    std::array<char, 4'096> events{};
    bool changed = false;
    while (inotify_ >= 0 && read(inotify_, events.data(), events.size()) > 0) changed = true;
    return changed;
}

void EvdevKeyboards::look_around(Mono now, std::vector<News>& news) {
    watch_folder();
    bool look_soon = inotify_ < 0;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder_, failed)) {
        const auto path = entry.path().string();
        const bool is_ours = std::any_of(keyboards_.begin(), keyboards_.end(),
                                         [&](const auto& keyboard) { return keyboard->is_at(path); });
        if (is_event_node(entry.path()) && !is_ours && !take_if_wanted(path, news)) look_soon = true;
    }
    look_at_ = look_soon ? now + look_again : Mono::max();
}

/// False: it is wanted, but another program holds it.
bool EvdevKeyboards::take_if_wanted(const std::string& path, std::vector<News>& news) {
    const int fd = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return true;  // no right to it (yet: then the folder changes), or gone
    const auto identity = identity_of(fd);
    const auto* rule = identity ? rule_for(rules_, *identity) : nullptr;
    const bool is_wanted = rule != nullptr && has_keys_of_a_scanner(fd);
    if (is_wanted && ioctl(fd, EVIOCGRAB, 1) == 0) {
        keyboards_.push_back(std::make_unique<Keyboard>(fd, path, *identity, *rule));
        news.emplace_back(Came{keyboards_.back()->who()});
        told_busy_.erase(path);
        return true;
    }
    close(fd);
    if (is_wanted && told_busy_.insert(path).second)
        news.emplace_back(Note{path + " is held by another program"});
    return !is_wanted;
}

std::vector<Watched> EvdevKeyboards::watched(std::size_t room) const {
    std::vector<Watched> fds;
    if (inotify_ >= 0) fds.push_back({inotify_});
    if (room == 0) return fds;  // what comes now stays with the kernel
    for (const auto& keyboard : keyboards_) fds.push_back({keyboard->fd()});
    return fds;
}

Mono EvdevKeyboards::next_wake() const {
    if (!to_tell_.empty()) return {};
    auto wake = rules_.empty() ? Mono::max() : look_at_;
    for (const auto& keyboard : keyboards_) wake = std::min(wake, keyboard->next_wake());
    return wake;
}

std::vector<News> EvdevKeyboards::turn(Mono now, std::size_t room) {
    std::vector<News> news = std::exchange(to_tell_, {});
    const bool changed = folder_changed();
    if (!rules_.empty() && (changed || now >= look_at_)) look_around(now, news);
    std::erase_if(keyboards_, [&](const auto& keyboard) {
        const auto before = news.size();
        const bool is_there = keyboard->turn(now, room, news);
        if (!is_there) keyboard->say_farewell(news);
        const auto scans = std::count_if(news.begin() + static_cast<std::ptrdiff_t>(before), news.end(),
                                         [](const News& n) { return std::holds_alternative<Scanned>(n); });
        room -= std::min(room, static_cast<std::size_t>(scans));
        return !is_there;
    });
    return news;
}

}  // namespace kenpin::device
