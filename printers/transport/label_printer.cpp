#include "printers/transport/label_printer.hpp"

#include <string>
#include <utility>

namespace kenpin::transport {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

Outcome LabelPrinter::connect() {
    if (line_) return Done{};
    auto opened = TcpLink::open(address_, limits_.connect);
    if (!opened) return opened.error();
    line_.emplace(Line{std::move(opened).value(), model_.language->dialogue(model_.media, model_.head)});
    return Done{};
}

// How many statuses were in what has arrived.
Result<int> LabelPrinter::listen(milliseconds limit) {
    const auto bytes = line_->link.receive(limit);
    if (!bytes) {
        line_.reset();
        return bytes.error();
    }
    const int statuses = line_->talk->hear(bytes.value());
    for (auto& mark : line_->talk->take_proven()) proven_.push_back(std::move(mark));
    return statuses;
}

Sent LabelPrinter::send(std::string_view job, const encode::JobMark& mark) {
    if (const auto connected = connect(); !connected) return {0, job.size(), connected.error()};
    if (const auto heard = listen(milliseconds{0}); !heard) return {0, job.size(), heard.error()};
    auto sent = line_->link.send(job, limits_.progress);
    if (sent.is_whole())
        if (const auto drained = line_->link.drain(limits_.progress); !drained) sent.error = drained.error();
    if (sent.is_whole())
        line_->talk->sent(mark);
    else
        line_.reset();
    return sent;
}

// How many statuses came within `limit`, up to the first piece that held one.
Result<int> LabelPrinter::wait_for_answer(milliseconds limit) {
    const auto deadline = Steady::now() + limit;
    for (auto now = Steady::now(); now < deadline; now = Steady::now()) {
        auto statuses = listen(std::chrono::ceil<milliseconds>(deadline - now));
        if (!statuses || statuses.value() > 0) return statuses;
    }
    return 0;
}

// Question after question, until one is certainly answered or the language has no more to ask.
Outcome LabelPrinter::converse() {
    auto statuses = listen(milliseconds{0});  // what it has said unasked
    if (!statuses) return statuses.error();
    bool is_silent = false;
    for (int asked = 0;; ++asked) {
        const auto question = line_->talk->question(asked);
        if (question.empty()) break;
        if (const auto sent = line_->link.send(question, limits_.answer); !sent.is_whole()) {
            line_.reset();
            return *sent.error;
        }
        statuses = wait_for_answer(limits_.answer / 2);
        if (!statuses) return statuses.error();
        is_silent = statuses.value() == 0 && (asked == 0 || is_silent);
        if (statuses.value() > 0 && line_->talk->is_answered()) break;
    }
    if (is_silent) return Error{Error::Kind::busy, "the printer does not say how it is"};
    return Done{};
}

Result<std::optional<encode::PrinterStatus>> LabelPrinter::ask() {
    if (const auto connected = connect(); !connected) return connected.error();
    if (!model_.answers) {
        if (const auto alive = listen(milliseconds{0}); !alive) return alive.error();
        return std::optional<encode::PrinterStatus>{};
    }
    if (const auto talked = converse(); !talked) return talked.error();
    return line_->talk->status();
}

std::vector<encode::JobMark> LabelPrinter::take_proven() {
    return std::exchange(proven_, {});
}

}  // namespace kenpin::transport
