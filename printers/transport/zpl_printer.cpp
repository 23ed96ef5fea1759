#include "printers/transport/zpl_printer.hpp"

#include <utility>

#include "printers/encode/zpl.hpp"

namespace kenpin::transport {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

Outcome ZplPrinter::connect() {
    if (line_) return Done{};
    auto opened = TcpLink::open(address_, limits_.connect);
    if (!opened) return opened.error();
    line_.emplace(Line{std::move(opened).value(), {}, {}});
    return Done{};
}

Sent ZplPrinter::send(std::string_view job) {
    if (const auto connected = connect(); !connected) return {0, job.size(), connected.error()};
    if (const auto arrived = line_->link.receive(milliseconds{0}); !arrived) {
        line_.reset();
        return {0, job.size(), arrived.error()};
    } else {
        (void)line_->parser.feed(arrived.value());  // an answer nobody waits for any more
    }
    auto sent = line_->link.send(job, limits_.progress);
    if (sent.is_whole())
        if (const auto drained = line_->link.drain(limits_.progress); !drained) sent.error = drained.error();
    if (!sent.is_whole()) line_.reset();
    return sent;
}

Outcome ZplPrinter::put(Question question) {
    const char* words =
        question == Question::host_status ? encode::zpl_ask_host_status : encode::zpl_ask_errors;
    const auto sent = line_->link.send(words, limits_.answer);
    if (!sent.is_whole()) return *sent.error;
    line_->open.push_back(question);
    return Done{};
}

// The next answer, or nothing within `limit`. Answers come in the order of the questions: those before it
// that are still open were passed over by the printer and will never be answered.
Result<std::optional<encode::PrinterStatus>> ZplPrinter::wait_for_answer(milliseconds limit) {
    const auto deadline = Steady::now() + limit;
    for (auto now = Steady::now(); now < deadline; now = Steady::now()) {
        const auto bytes = line_->link.receive(std::chrono::ceil<milliseconds>(deadline - now));
        if (!bytes) return bytes.error();
        auto found = line_->parser.feed(bytes.value());
        for (const auto& status : found) {
            const auto kind = status.is_only_errors ? Question::errors : Question::host_status;
            while (!line_->open.empty()) {
                const auto oldest = line_->open.front();
                line_->open.pop_front();
                if (oldest == kind) break;
            }
        }
        if (!found.empty()) return std::optional(std::move(found.back()));
    }
    return std::optional<encode::PrinterStatus>{};
}

// ~HS; when no answer comes, or one that may belong to an older question, ~HQES behind it: its answer closes
// all.
Result<std::optional<encode::PrinterStatus>> ZplPrinter::converse() {
    std::optional<encode::PrinterStatus> newest;
    for (const auto question : {Question::host_status, Question::errors}) {
        if (const auto asked = put(question); !asked) return asked.error();
        auto answer = wait_for_answer(limits_.answer / 2);
        if (!answer) return answer.error();
        if (answer.value()) newest = *answer.value();
        if (newest && line_->open.empty()) break;
    }
    return newest;
}

Result<ZplPrinter::Answer> ZplPrinter::ask() {
    if (const auto connected = connect(); !connected) return connected.error();
    auto status = converse();
    if (!status) {
        line_.reset();
        return status.error();
    }
    if (!status.value()) return Error{Error::Kind::busy, "the printer does not say how it is"};
    const bool is_certain = line_->open.empty();
    const bool is_proof = is_certain && status.value()->is_drained() && status.value()->can_print();
    return Answer{*status.value(), is_proof};
}

}  // namespace kenpin::transport
