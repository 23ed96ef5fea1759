#include "printers/encode/zpl.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "core/base/overloaded.hpp"
#include "printers/encode/fields.hpp"
#include "printers/encode/zpl_graphic.hpp"
#include "printers/encode/zpl_reader.hpp"
#include "printers/encode/zpl_status.hpp"

namespace kenpin::encode {

namespace {

constexpr std::size_t most_identity = 60;

const char* tracking_of(Tracking tracking) {
    switch (tracking) {
        case Tracking::gap:
            return "^MNY";
        case Tracking::black_mark:
            return "^MNM";
        case Tracking::continuous:
            return "^MNN";
    }
    return "^MNY";
}

const char* after_of(After after) {
    switch (after) {
        case After::tear_off:
            return "^MMT";
        case After::peel_off:
            return "^MMP,N";
        case After::cut:
            return "^MMC,N";
    }
    return "^MMT";
}

std::string head(const Media& media, const PrintSettings& settings) {
    const auto speed = std::to_string(settings.speed_inch_per_s);
    return "~SD" + padded(settings.darkness, 2) + "^XA^PW" + std::to_string(media.width_dots) + "^LL" +
           std::to_string(media.length_dots) + "^LH0,0^LS0^LT0^PON^PMN" + tracking_of(media.tracking) +
           (media.ribbon == Ribbon::thermal_transfer ? "^MTT" : "^MTD") + after_of(settings.after) + "^PR" +
           speed + "," + speed;
}

// A "nothing left" of ~HS proves the jobs sent before its question, and only when it is certainly the answer
// to that question. Answers come in the order of the questions: those before an answer that are still open
// were passed over by the printer (~HS with an open head) and will never be answered.
class ZplDialogue : public Dialogue {
public:
    std::string question(int asked) override {
        if (asked > 1) return {};
        const bool is_host_status = asked == 0;
        open_.push_back({!is_host_status, sent_count()});
        return is_host_status ? zpl_ask_host_status : zpl_ask_errors;
    }

    int hear(std::string_view bytes) override {
        auto found = parser_.feed(bytes);
        for (auto& status : found) {
            const auto covered = close(status.is_only_errors);
            if (covered && status.is_drained() && status.can_print()) prove_through(*covered);
            said(std::move(status));
        }
        return static_cast<int>(found.size());
    }

    bool is_answered() const override { return open_.empty(); }

private:
    struct Question {
        bool is_for_errors;
        std::size_t jobs_before;
    };

    // What the oldest open question of this kind covers; it and those before it are open no more.
    std::optional<std::size_t> close(bool is_for_errors) {
        const auto asked = std::find_if(open_.begin(), open_.end(), [&](const Question& question) {
            return question.is_for_errors == is_for_errors;
        });
        if (asked == open_.end()) return std::nullopt;
        const auto covered = asked->jobs_before;
        open_.erase(open_.begin(), std::next(asked));
        return covered;
    }

    ZplStatusParser parser_;
    std::deque<Question> open_;  // asked and not answered, in order
};

std::string framed(const std::string& line) {
    return "\x02" + line + "\x03\r\n";
}

const char* flag(const Inside& inside, Condition condition) {
    return inside.status.has(condition) ? "1" : "0";
}

std::string host_status(const Inside& inside) {
    for (const auto silent : {Condition::media_out, Condition::ribbon_out, Condition::head_open})
        if (inside.status.has(silent)) return {};  // as Zebra's guide says of ~HS
    return framed(std::string("030,0,") + flag(inside, Condition::paused) + "," +
                  padded(inside.media.length_dots, 4) + "," + padded(inside.status.formats_waiting, 3) +
                  ",0,0," + (inside.status.is_partial_format ? "1" : "0") + ",000,0,0,0") +
           framed(std::string("001,0,0,0,1,2,6,") + flag(inside, Condition::label_waiting) + "," +
                  padded(inside.status.labels_remaining, 8) + ",1,000") +
           framed("1234,0");
}

std::string error_status(const Inside& inside) {
    const int bits = (inside.status.has(Condition::media_out) ? 1 : 0) |
                     (inside.status.has(Condition::ribbon_out) ? 2 : 0) |
                     (inside.status.has(Condition::head_open) ? 4 : 0);
    const std::string paused = inside.status.has(Condition::paused) ? "0001000" : "0000000";
    const bool is_wrong = bits != 0 || inside.status.has(Condition::paused);
    return std::string("\x02\r\n  PRINTER STATUS\r\n   ERRORS:         ") + (is_wrong ? "1" : "0") +
           " 00000000 " + paused + std::to_string(bits) + "\r\n   WARNINGS:       0 00000000 0000000" +
           (inside.status.has(Condition::media_low) ? "8" : "0") + "\r\n\x03\r\n";
}

std::string host_identity(const Inside& inside) {
    return framed("KENPIN-VIRTUAL,V1.0," + std::to_string(dots_per_mm(inside.head)) + ",8192KB,0");
}

// "STX model,version,dots per mm,memory,… ETX".
std::optional<Identity> identity_of(std::string_view answer) {
    const auto begin = answer.find('\x02');
    const auto end = answer.find('\x03', begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
    const auto words = split(answer.substr(begin + 1, end - begin - 1), ',');
    if (words.size() < 3 || words[0].empty()) return std::nullopt;
    const int dots = whole_number(words[2]).value_or(0);
    const bool is_known = dots == 6 || dots == 8 || dots == 12 || dots == 24;
    return Identity{std::string(words[0].substr(0, most_identity)), is_known ? dots : 0};
}

class ZplHalf : public PrinterHalf {
public:
    ZplHalf(int width_dots, int length_dots) : reader_(width_dots, length_dots) {}

    std::vector<Received> receive(std::string_view bytes) override {
        std::vector<Received> out;
        for (auto& event : reader_.feed(bytes))
            std::visit(Overloaded{[&](ZplLabel& label) {
                                      out.emplace_back(ReceivedLabel{.bitmap = std::move(label.bitmap),
                                                                     .quantity = label.quantity,
                                                                     .settings = std::move(label.settings)});
                                  },
                                  [&](const AskedHostStatus&) { out.emplace_back(Asked{0}); },
                                  [&](const AskedErrors&) { out.emplace_back(Asked{1}); },
                                  [&](const AskedIdentity&) { out.emplace_back(Asked{2}); },
                                  [&](NotUnderstood& odd) { out.emplace_back(std::move(odd)); }},
                       event);
        return out;
    }
    bool is_inside_label() const override { return reader_.is_inside_label(); }
    std::string answer(int question, const Inside& inside) const override {
        if (question == 2) return host_identity(inside);
        return question == 0 ? host_status(inside) : error_status(inside);
    }

private:
    ZplReader reader_;
};

}  // namespace

Result<std::string> encode_zpl(const Bitmap& bitmap, const Media& media, const PrintSettings& settings) {
    if (const auto ok = check_job({.bitmap = bitmap, .media = media, .settings = settings}); !ok)
        return ok.error();
    return head(media, settings) + "^FO0,0" + graphic_field_z64(bitmap) + "^FS^PQ1,0,0,N^XZ\r\n";
}

const Language zpl{
    .name = "zpl",
    .proof = PrinterProof::queue_done,
    .encode = [](const LabelJob& job) { return encode_zpl(job.bitmap, job.media, job.settings); },
    .dialogue = [](const Media&, const Head&) -> std::unique_ptr<Dialogue> {
        return std::make_unique<ZplDialogue>();
    },
    .printer = [](const Media& media, const Head&) -> std::unique_ptr<PrinterHalf> {
        return std::make_unique<ZplHalf>(media.width_dots, media.length_dots);
    },
    .ask_identity = "~HI",
    .identity = identity_of,
};

}  // namespace kenpin::encode
