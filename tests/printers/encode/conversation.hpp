#pragma once
// Our half and the printer's half of a language, talking to each other without a wire.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "printers/encode/language.hpp"

namespace kenpin::encode {

struct Conversation {
    std::unique_ptr<Dialogue> ours;
    std::unique_ptr<PrinterHalf> theirs;
    Inside inside;  // how the printer is

    explicit Conversation(const Language& language, const Media& media = {}, const Head& head = {})
        : ours(language.dialogue(media, head)), theirs(language.printer(media, head)) {
        inside.media = media;
        inside.head = head;
    }

    /// What it says to the bytes of a question.
    std::string answer(const std::string& question) const {
        std::string out;
        for (const auto& event : theirs->receive(question)) {
            const auto* asked = std::get_if<Asked>(&event);
            REQUIRE(asked != nullptr);
            out += theirs->answer(asked->question, inside);
        }
        return out;
    }
    /// One round of questions, all answered; the answers' bytes.
    std::string ask() {
        std::string said;
        for (int asked = 0; asked == 0 || !ours->is_answered(); ++asked) {
            const auto question = ours->question(asked);
            if (question.empty()) break;
            const auto bytes = answer(question);
            (void)ours->hear(bytes);
            said += bytes;
        }
        return said;
    }
    /// A job goes over; the label as the printer has it.
    ReceivedLabel send(const std::string& job, const JobMark& mark) {
        auto events = theirs->receive(job);
        ours->sent(mark);
        REQUIRE(events.size() == 1);
        return std::get<ReceivedLabel>(std::move(events.front()));
    }
    void begins(const ReceivedLabel& label) {
        inside.status = {};
        inside.status.note(Condition::busy);
        inside.status.labels_remaining = 1;
        inside.printing = label.mark;
    }
    void is_out(const ReceivedLabel& label) {
        inside.status = {};
        inside.printing = {.number = -1};
        inside.wants_report = label.wants_report;
        (void)ours->hear(theirs->report_printed(inside));
    }
    void is_stopped_by(Condition condition) {
        inside.status = {};
        inside.status.note(condition);
    }
};

}  // namespace kenpin::encode
