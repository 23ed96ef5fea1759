#include "firmware-bridge/device/camera.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"

namespace kenpin::device {
namespace {

using domain::Symbology;

Symbology symbology(const codes::ReadCode& code) {
    switch (code.format) {
        case codes::Format::code128:
            return code.symbology_id == "]C1" ? Symbology::gs1_128 : Symbology::code128;
        case codes::Format::ean13:
            return Symbology::ean13;
        case codes::Format::ean8:
            return Symbology::ean8;
        case codes::Format::upc_a:
            return Symbology::upc_a;
        case codes::Format::itf:
            return Symbology::itf;
        case codes::Format::nw7:
            return Symbology::codabar;
        case codes::Format::qr:
            return Symbology::qr;
        case codes::Format::data_matrix:
            return Symbology::data_matrix;
        case codes::Format::code39:
            return Symbology::code39;
        case codes::Format::data_bar:
        case codes::Format::none:
            return Symbology::unknown;
    }
    return Symbology::unknown;
}

Millis since_start(Mono at) {
    return std::chrono::duration_cast<Millis>(at.time_since_epoch());
}

}  // namespace

decode::Identified as_scan(const codes::ReadCode& code) {
    // "]E0" promises thirteen digits; ZXing gives a UPC-A as twelve.
    const bool has_no_zero = code.format == codes::Format::upc_a && code.bytes.size() == 12;
    return {symbology(code), code.symbology_id, has_no_zero ? "0" + code.bytes : code.bytes};
}

Camera::Camera(OpenCapture open, codes::DecoderSettings decoder)
    : open_(std::move(open)), decoder_(std::move(decoder)), pause_(limits::device_reopen_first) {}

std::vector<Watched> Camera::watched(std::size_t room) const {
    std::vector<Watched> all;
    // While the child is busy frames wait in the camera's own buffers, where the newest replaces the others.
    if (capture_ && decoder_.is_idle() && room > 0 && !is_blocked_) all.push_back({.fd = capture_->fd()});
    if (!decoder_.is_idle() && decoder_.fd() >= 0)
        all.push_back({.fd = decoder_.fd(), .writable = decoder_.wants_to_write()});
    return all;
}

Mono Camera::next_wake() const {
    return std::min(decoder_.next_wake(), capture_ ? Mono::max() : look_again_);
}

void Camera::set_blocked(Handle handle, bool blocked) {
    if (handle == handle_) is_blocked_ = blocked;
}

void Camera::look_for_camera(Mono now, std::vector<News>& news) {
    auto opened = open_();
    if (!opened) {
        look_again_ = now + pause_;
        pause_ = std::min<Millis>(pause_ * 2, limits::device_reopen_longest);
        return;
    }
    capture_ = std::move(opened).value();
    pause_ = limits::device_reopen_first;
    handle_ = next_handle();
    is_blocked_ = false;
    votes_ = {};
    Attachment device;
    device.handle = handle_;
    device.kind = Kind::camera;
    device.port = capture_->name().port;
    device.product = capture_->name().product;
    device.caps.trigger = true;
    news.emplace_back(Came{std::move(device)});
}

void Camera::lose_camera(Mono now, std::vector<News>& news) {
    capture_.reset();
    look_again_ = now + pause_;
    news.emplace_back(Went{handle_});
}

std::vector<News> Camera::retire() {
    std::vector<News> news;
    if (capture_) lose_camera({}, news);
    return news;
}

void Camera::ask(Mono now, std::vector<News>& news) {
    auto frame = capture_->newest();
    if (!frame) return lose_camera(now, news);
    if (!frame.value()) return;
    frame_at_ = now;
    decoder_.decode(*std::move(frame).value(), formats_, now);
}

void Camera::hear(Mono now, std::vector<News>& news) {
    const auto heard = decoder_.turn(now);
    if (heard.child_died) news.emplace_back(Note{"the camera's decoder died of a frame and was replaced"});
    if (!heard.is_answered || !capture_) return;
    std::optional<decode::Identified> seen;
    if (heard.code && heard.code->bytes.size() <= limits::scan_bytes) seen = as_scan(*heard.code);
    if (auto scan = votes_.hear(since_start(frame_at_), seen))
        news.emplace_back(Scanned{handle_, frame_at_, *std::move(scan)});
}

std::vector<News> Camera::turn(Mono now, std::size_t room) {
    std::vector<News> news;
    if (!capture_ && now >= look_again_) look_for_camera(now, news);
    if (room > 0) hear(now, news);
    if (capture_ && decoder_.is_idle() && room > 0 && !is_blocked_) ask(now, news);
    return news;
}

}  // namespace kenpin::device
