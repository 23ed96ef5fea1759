#include "adaptors/codes/decoder.hpp"

#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

#include "adaptors/codes/ladder.hpp"
#include "adaptors/codes/wire.hpp"

namespace kenpin::codes {

namespace {

static_assert(most_file_bytes <= wire::most_file_bytes);

using Steady = std::chrono::steady_clock;
enum class Step { done, ended, late };

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

wire::Question question_of(const GrayImage& image) {
    wire::Question question;
    question.width_px = static_cast<std::uint32_t>(image.width_px);
    question.height_px = static_cast<std::uint32_t>(image.height_px);
    question.size = static_cast<std::uint32_t>(image.pixels.size());
    return question;
}

bool is_sound(const wire::Answer& answer) {
    return answer.magic == wire::magic && answer.id_size <= 8 && answer.size <= wire::most_bytes &&
           answer.text_size <= 4 * wire::most_bytes;
}

Error too_large() {
    return {Error::Kind::refused, "the picture is empty or too large"};
}

}  // namespace

struct Decoder::Payload {
    wire::Question question;  // but for formats and step
    const void* bytes;
};

struct Decoder::Exchange {
    Step step = Step::ended;
    wire::Said said = wire::Said::nothing;
    ReadCode code;
};

Decoder::Decoder(DecoderSettings settings) : settings_(std::move(settings)), child_(settings_.program) {}

Decoder::Exchange Decoder::exchange(const Payload& payload, bool again, Format formats, std::size_t step) {
    const auto deadline = Steady::now() + settings_.timeout;
    auto question = payload.question;
    question.formats = static_cast<std::uint32_t>(formats);
    question.step = static_cast<std::uint32_t>(step);
    if (again) question.task = wire::Task::again, question.size = 0;
    const int socket = child_.socket();
    auto went = send_all(socket, &question, sizeof question, deadline);
    if (went == Step::done) went = send_all(socket, payload.bytes, question.size, deadline);
    wire::Answer answer;
    if (went == Step::done) went = receive_all(socket, &answer, sizeof answer, deadline);
    if (went == Step::done && !is_sound(answer)) went = Step::ended;
    if (went != Step::done || answer.said != wire::Said::code) return {went, answer.said, {}};
    ReadCode code{static_cast<Format>(answer.format), std::string(answer.size, '\0'),
                  std::string(answer.id_size, '\0'), std::string(answer.text_size, '\0')};
    for (auto* text : {&code.symbology_id, &code.text, &code.bytes})
        if (went == Step::done) went = receive_all(socket, text->data(), text->size(), deadline);
    return {went, answer.said, std::move(code)};
}

Result<std::optional<ReadCode>> Decoder::read(const GrayImage& image, Format formats) {
    if (!is_readable(image)) return too_large();
    const Payload payload{question_of(image), image.pixels.data()};
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (const auto started = child_.start(); !started) return started.error();
        auto answer = exchange(payload, false, formats, 0);
        if (answer.step == Step::done) {
            if (answer.said != wire::Said::code) return std::optional<ReadCode>{};
            return std::optional(std::move(answer.code));
        }
        child_.stop();
        ++lost_;
        if (answer.step == Step::late) return Error{Error::Kind::busy, "the decoder did not answer in time"};
    }
    return Error{Error::Kind::unreachable, "the decoder died twice over one picture"};
}

Result<std::optional<ReadCode>> Decoder::climb(const Payload& payload, Format formats) {
    Jury jury;
    bool child_knows_it = false, was_answered = false;
    for (std::size_t step = 0; step < ladder().size(); ++step) {
        if (const auto started = child_.start(); !started) return started.error();
        const auto answer = exchange(payload, child_knows_it, formats, step);
        child_knows_it = answer.step == Step::done;
        was_answered = was_answered || child_knows_it;
        if (!child_knows_it) {
            child_.stop();
            ++lost_;
            continue;
        }
        if (answer.said == wire::Said::not_a_picture)
            return Error{Error::Kind::corrupt, "not a PNG, JPEG or WebP picture, or a damaged one"};
        if (answer.said == wire::Said::too_large) return too_large();
        if (answer.said != wire::Said::code) continue;
        if (auto believed = jury.hear(ladder()[step], answer.code)) return believed;
    }
    if (!was_answered)
        return Error{Error::Kind::unreachable, "the decoder died of every way to read the picture"};
    return std::optional<ReadCode>{};
}

Result<std::optional<ReadCode>> Decoder::read_still(const GrayImage& image, Format formats) {
    if (!is_readable(image)) return too_large();
    return climb({question_of(image), image.pixels.data()}, formats);
}

Result<std::optional<ReadCode>> Decoder::read_file(std::string_view bytes, Format formats) {
    if (bytes.empty()) return Error{Error::Kind::corrupt, "the file is empty"};
    if (bytes.size() > most_file_bytes) return too_large();
    wire::Question question;
    question.task = wire::Task::file;
    question.size = static_cast<std::uint32_t>(bytes.size());
    return climb({question, bytes.data()}, formats);
}

}  // namespace kenpin::codes
