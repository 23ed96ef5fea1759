#include "adaptors/codes/live_decoder.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>

#include "adaptors/codes/wire.hpp"
#include "core/base/overloaded.hpp"

namespace kenpin::codes {
namespace {

constexpr std::size_t most_answer = sizeof(wire::Answer) + 8 + 5 * std::size_t{wire::most_bytes};

wire::Question question_of(const Frame& frame) {
    wire::Question question;
    std::visit(Overloaded{[&](const GrayImage& image) {
                              question.width_px = static_cast<std::uint32_t>(image.width_px);
                              question.height_px = static_cast<std::uint32_t>(image.height_px);
                              question.size = static_cast<std::uint32_t>(image.pixels.size());
                          },
                          [&](const std::string& file) {
                              question.task = wire::Task::file;
                              question.size = static_cast<std::uint32_t>(file.size());
                          }},
               frame);
    return question;
}

bool is_sendable(const wire::Question& question) {
    if (question.size == 0 || question.size > wire::most_pixels) return false;
    return question.task == wire::Task::file ||
           std::uint64_t{question.width_px} * question.height_px == question.size;
}

std::string_view payload(const Frame& frame) {
    return std::visit(Overloaded{[](const GrayImage& image) {
                                     return std::string_view(
                                         reinterpret_cast<const char*>(image.pixels.data()),
                                         image.pixels.size());
                                 },
                                 [](const std::string& file) { return std::string_view(file); }},
                      frame);
}

bool would_wait() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

bool is_sound(const wire::Answer& answer) {
    return answer.magic == wire::magic && answer.id_size <= 8 && answer.size <= wire::most_bytes &&
           answer.text_size <= 4 * wire::most_bytes;
}

}  // namespace

std::size_t LiveDecoder::size() const {
    return question_.size() + payload(frame_).size();
}

void LiveDecoder::start_child(Time now) {
    state_ = State::idle;
    started_ = now;
    if (child_.start()) return;
    state_ = State::without_child;
    deadline_ = now + restart_pause;
}

void LiveDecoder::decode(Frame frame, Format formats, Time now) {
    auto question = question_of(frame);
    if (!is_idle() || !is_sendable(question)) return;
    if (child_.pid() < 0) start_child(now);
    if (!is_idle()) return;
    question.formats = static_cast<std::uint32_t>(formats);
    frame_ = std::move(frame);
    question_.assign(reinterpret_cast<const char*>(&question), sizeof question);
    answer_.clear();
    sent_ = 0;
    state_ = State::asked;
    deadline_ = now + settings_.timeout;
    (void)send_some();  // a child that is gone is noticed by turn()
}

LiveDecoder::Turn LiveDecoder::lose_child(Time now) {
    child_.stop();
    const bool died_young = now - started_ < restart_pause;
    if (died_young) {
        state_ = State::without_child;
        deadline_ = started_ + restart_pause;
    } else {
        start_child(now);
    }
    return {false, {}, true};
}

// False: the child is gone.
bool LiveDecoder::send_some() {
    while (sent_ < size()) {
        const auto whole = payload(frame_);
        const auto rest = sent_ < question_.size() ? std::string_view(question_).substr(sent_)
                                                   : whole.substr(sent_ - question_.size());
        const auto n = ::send(child_.socket(), rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0) return would_wait();
        sent_ += static_cast<std::size_t>(n);
    }
    return true;
}

bool LiveDecoder::take_some() {
    std::array<char, 4'096> bytes{};
    for (;;) {
        const auto n = ::recv(child_.socket(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (n < 0) return would_wait();
        if (n == 0 || answer_.size() > most_answer) return false;
        answer_.append(bytes.data(), static_cast<std::size_t>(n));
    }
}

std::optional<LiveDecoder::Turn> LiveDecoder::whole_answer() {
    wire::Answer answer;
    if (answer_.size() < sizeof answer) return std::nullopt;
    std::memcpy(&answer, answer_.data(), sizeof answer);
    if (!is_sound(answer)) return Turn{false, {}, true};
    const auto texts = std::size_t{answer.id_size} + answer.text_size + answer.size;
    if (answer_.size() < sizeof answer + texts) return std::nullopt;
    if (answer.said != wire::Said::code) return Turn{true, {}, false};
    const auto body = std::string_view(answer_).substr(sizeof answer);
    return Turn{true,
                ReadCode{static_cast<Format>(answer.format),
                         std::string(body.substr(answer.id_size + answer.text_size, answer.size)),
                         std::string(body.substr(0, answer.id_size)),
                         std::string(body.substr(answer.id_size, answer.text_size))},
                false};
}

LiveDecoder::Turn LiveDecoder::turn(Time now) {
    if (state_ == State::without_child && now >= deadline_) start_child(now);
    if (state_ != State::asked) return {};
    if (!send_some() || !take_some() || now >= deadline_) return lose_child(now);
    auto answer = whole_answer();
    if (!answer) return {};
    if (answer->child_died) return lose_child(now);
    state_ = State::idle;
    return *std::move(answer);
}

LiveDecoder::Time LiveDecoder::next_wake() const {
    return state_ == State::idle ? Time::max() : deadline_;
}

}  // namespace kenpin::codes
