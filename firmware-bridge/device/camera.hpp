#pragma once
// A camera as a scanner: its newest frame goes to the decoder child, what two of three frames show is a scan.
// The child may die of a frame; it is back within 200 ms and nobody but the journal learns of it.
//
//   away ── opened ──> watching ── frame ──> asking ── answer ──> watching
//     ^── gone, looked for again after 50 ms, doubling to 2 s ──┘
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adaptors/codes/live_decoder.hpp"
#include "firmware-bridge/decode/camera_votes.hpp"
#include "firmware-bridge/device/capture.hpp"
#include "firmware-bridge/device/news.hpp"

namespace kenpin::device {

using OpenCapture = std::function<Result<std::unique_ptr<Capture>>()>;

class Camera : public Source {
public:
    /// `open` is asked whenever the camera is away, e.g. open_video4linux of its path.
    explicit Camera(OpenCapture open, codes::DecoderSettings decoder = {});

    /// Only these are looked for from the next frame on: fewer kinds are faster and safer. Every kind at
    /// first.
    void look_for(codes::Format formats) { formats_ = formats; }

    std::vector<Watched> watched(std::size_t room) const override;
    Mono next_wake() const override;
    std::vector<News> turn(Mono now, std::size_t room) override;
    /// It is wanted no more: lets go of the camera and says so.
    std::vector<News> retire();
    /// Blocked, no frame is decoded.
    void set_blocked(Handle handle, bool blocked) override;

    int decoder_pid() const { return decoder_.child_pid(); }  // for supervision and tests

private:
    void look_for_camera(Mono now, std::vector<News>& news);
    void lose_camera(Mono now, std::vector<News>& news);
    void ask(Mono now, std::vector<News>& news);
    void hear(Mono now, std::vector<News>& news);

    OpenCapture open_;
    codes::LiveDecoder decoder_;
    codes::Format formats_ = codes::every_format;
    std::unique_ptr<Capture> capture_;
    decode::CameraVotes votes_;
    Handle handle_{};
    Mono frame_at_{};
    Mono look_again_{};  // due at once
    Millis pause_;
    bool is_blocked_ = false;
};

/// What a decoder read, as if a scanner had sent it.
decode::Identified as_scan(const codes::ReadCode& code);

}  // namespace kenpin::device
