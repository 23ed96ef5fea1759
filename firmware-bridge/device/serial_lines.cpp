#include "firmware-bridge/device/serial_lines.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/limits.hpp"
#include "firmware-bridge/decode/aim.hpp"
#include "firmware-bridge/decode/serial_scale.hpp"

namespace kenpin::device {

class SerialLines::Line {
public:
    explicit Line(SerialLine line)
        : line_(std::move(line)), framer_(line_.framing), patience_(limits::device_reopen_first) {}

    const SerialLine& line() const { return line_; }
    bool is(Handle handle) const { return port_ && handle_ == handle; }
    int fd() const { return port_ ? port_->fd() : -1; }

    Mono next_wake() const {
        if (!port_) return look_at_;
        return is_inside() && had_room_ ? last_byte_ + decode::half_scan_silence : Mono::max();
    }
    /// Looks for the device, reads at most `room` bytes (so at most `room` scans come of it), or drops half a
    /// scan when nothing more has come.
    void turn(Mono now, std::size_t room, std::vector<News>& news) {
        if (is_scale()) room = weight_bytes;  // weights need no room
        had_room_ = room > 0;
        if (!port_ && now >= look_at_) look_for_it(now, news);
        if (!port_ || !had_room_) return;
        const bool is_late = now >= next_wake();
        const auto bytes = port_->read_available(room);
        if (!bytes) return lose_it(now, news);
        if (!bytes.value().empty()) return take(bytes.value(), now, news);
        if (is_late) drop_half(news);
    }
    void lose_it(Mono now, std::vector<News>& news) {
        if (!port_) return;
        port_.reset();
        drop_half(news);
        news.emplace_back(Went{handle_});
        look_at_ = now + patience_;
    }
    void beep(protocol::Beep beep) {
        const auto& bytes = beep == protocol::Beep::good ? line_.good_beep : line_.bad_beep;
        if (port_ && !bytes.empty())
            (void)port_->write(bytes);  // a beep that is not heard is not worth a second try
    }

    void zero() {
        if (port_ && is_scale())
            (void)port_->write(decode::serial_scale_zero);  // the next weight shows whether it obeyed
    }
    bool needs_room() const { return !is_scale(); }

private:
    static constexpr std::size_t weight_bytes = 1'024;
    bool is_scale() const { return line_.role == LineRole::scale; }
    bool is_inside() const { return is_scale() ? weights_.is_inside() : framer_.is_inside(); }
    void drop_half(std::vector<News>& news) {
        const auto dropped = is_scale() ? weights_.silence() : framer_.silence();
        if (dropped > 0 && !is_scale()) news.emplace_back(Faulty{handle_, "half_scan"});
    }
    void look_for_it(Mono now, std::vector<News>& news) {
        auto port = SerialPort::open(line_.path, line_.baud);
        if (!port) {
            if (why_away_ != port.error().detail) news.emplace_back(Note{why_away_ = port.error().detail});
            look_at_ = now + patience_;
            patience_ = std::min(2 * patience_, limits::device_reopen_longest);
            return;
        }
        port_ = std::move(port).value();
        patience_ = limits::device_reopen_first;
        why_away_.clear();
        handle_ = next_handle();
        Attachment who;
        who.handle = handle_;
        who.kind = is_scale() ? Kind::scale : Kind::scanner;
        who.caps.zero = is_scale();
        who.port = line_.path;
        who.caps.beep = !line_.bad_beep.empty();
        news.emplace_back(Came{std::move(who)});
    }
    void take(const std::string& bytes, Mono now, std::vector<News>& news) {
        last_byte_ = now;
        if (is_scale()) return take_weights(bytes, now, news);
        const auto framed = framer_.take(bytes);
        for (const auto& whole : framed.scans)
            news.emplace_back(Scanned{handle_, now, decode::identify(whole)});
        if (framed.too_long > 0) news.emplace_back(Faulty{handle_, "too_long"});
    }

    void take_weights(const std::string& bytes, Mono now, std::vector<News>& news) {
        const auto read = weights_.take(bytes);
        for (const auto& weight : read.weights) news.emplace_back(Weighed{handle_, now, weight});
        if (read.malformed > 0) news.emplace_back(Faulty{handle_, "not_a_weight"});
    }

    SerialLine line_;
    std::optional<SerialPort> port_;
    Handle handle_;
    decode::Framer framer_;
    decode::SerialScaleReader weights_;
    Mono last_byte_{};
    Mono look_at_{};  // while away
    std::chrono::milliseconds patience_;
    std::string why_away_;
    bool had_room_ = true;
};

SerialLines::SerialLines(std::vector<SerialLine> lines) {
    set_lines(std::move(lines));
}

SerialLines::~SerialLines() = default;

void SerialLines::set_lines(std::vector<SerialLine> lines) {
    std::vector<std::unique_ptr<Line>> before = std::exchange(lines_, {});
    for (auto& wanted : lines) {
        const auto same = std::find_if(before.begin(), before.end(),
                                       [&](const auto& line) { return line && line->line() == wanted; });
        lines_.push_back(same == before.end() ? std::make_unique<Line>(std::move(wanted)) : std::move(*same));
    }
    for (const auto& gone : before)
        if (gone) gone->lose_it({}, to_tell_);
}

std::vector<Watched> SerialLines::watched(std::size_t room) const {
    std::vector<Watched> fds;
    for (const auto& line : lines_)
        if (line->fd() >= 0 && (room > 0 || !line->needs_room()))  // else what comes now stays on the line
            fds.push_back({line->fd()});
    return fds;
}

Mono SerialLines::next_wake() const {
    if (!to_tell_.empty()) return {};
    auto wake = Mono::max();
    for (const auto& line : lines_) wake = std::min(wake, line->next_wake());
    return wake;
}

std::vector<News> SerialLines::turn(Mono now, std::size_t room) {
    std::vector<News> news = std::exchange(to_tell_, {});
    for (const auto& line : lines_) {
        const auto before = news.size();
        line->turn(now, room, news);
        const auto scans = std::count_if(news.begin() + static_cast<std::ptrdiff_t>(before), news.end(),
                                         [](const News& n) { return std::holds_alternative<Scanned>(n); });
        room -= static_cast<std::size_t>(scans);
    }
    return news;
}

void SerialLines::zero(Handle device) {
    for (const auto& line : lines_)
        if (line->is(device)) line->zero();
}

void SerialLines::beep(Handle device, protocol::Beep beep) {
    for (const auto& line : lines_)
        if (line->is(device)) line->beep(beep);
}

}  // namespace kenpin::device
