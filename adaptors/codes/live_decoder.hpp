#pragma once
// LiveDecoder: a camera's frames, one after the other, through the decoder child without ever waiting for it.
//
//   idle ── decode(frame) ──> asked ── turn(): answered ──> idle
//                               ├── turn(): the child died ──> a new child, idle, the frame is lost
//                               └── turn(): silent for `timeout` ──> killed, likewise
// A child that dies young again and again is started anew only every `restart_pause`. One thread.
#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "adaptors/codes/child.hpp"
#include "adaptors/codes/decoder.hpp"
#include "adaptors/codes/read_code.hpp"
#include "core/base/images.hpp"

namespace kenpin::codes {

/// Grey pixels, or a JPEG file as many cameras send it.
using Frame = std::variant<GrayImage, std::string>;

class LiveDecoder {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds restart_pause{150};

    explicit LiveDecoder(DecoderSettings settings = {})
        : settings_(std::move(settings)), child_(settings_.program) {}

    /// Ready for the next frame. False while one is asked about, and while no child can be started.
    bool is_idle() const { return state_ == State::idle; }
    /// Only when idle. A frame of the wrong size or over 64 megapixels is passed over: idle again.
    void decode(Frame frame, Format formats, Time now);

    struct Turn {
        bool is_answered = false;  // `code` says what the frame held
        std::optional<ReadCode> code;
        bool child_died = false;
    };
    /// Sends and takes what can be at once.
    Turn turn(Time now);

    int fd() const { return child_.socket(); }  // for poll(); -1 without a child
    bool wants_to_write() const { return state_ == State::asked && sent_ < size(); }
    /// When turn() is due although nothing is readable.
    Time next_wake() const;
    int child_pid() const { return child_.pid(); }

private:
    enum class State { idle, asked, without_child };
    std::size_t size() const;
    bool send_some();
    bool take_some();
    std::optional<Turn> whole_answer();
    void ask(const void* question, std::size_t size);
    Turn lose_child(Time now);
    void start_child(Time now);

    DecoderSettings settings_;
    Child child_;
    State state_ = State::idle;
    Frame frame_;
    std::string question_;
    std::string answer_;
    std::size_t sent_ = 0;
    Time deadline_{};  // of an answer, or of the next start
    Time started_{};
};

}  // namespace kenpin::codes
