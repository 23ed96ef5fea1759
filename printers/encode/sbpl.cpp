#include "printers/encode/sbpl.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "printers/encode/fields.hpp"
#include "printers/encode/raster.hpp"

namespace kenpin::encode {

namespace {

constexpr char stx = 2;
constexpr char etx = 3;
constexpr char enq = 5;
constexpr char esc = 27;
constexpr int dots_per_block = 8;
constexpr int most_blocks = 999;
constexpr std::size_t status_3_bytes = 9;   // id, status, remaining
constexpr std::size_t status_4_bytes = 25;  // and the job's name
constexpr std::size_t name_bytes = 16;

int blocks(int dots) {
    return (dots + dots_per_block - 1) / dots_per_block;
}

std::string command(const std::string& text) {
    return esc + text;
}

const char* sensor_of(Tracking tracking) {
    switch (tracking) {
        case Tracking::gap:
            return "IG1";
        case Tracking::black_mark:
            return "IG0";
        case Tracking::continuous:
            return "IG2";
    }
    return "IG1";
}

const char* mode_of(After after) {
    switch (after) {
        case After::tear_off:
            return "PM1";
        case After::cut:
            return "PM2";  // and back feed
        case After::peel_off:
            return "PM7";  // and back feed
    }
    return "PM1";
}

int darkness_level(int darkness) {  // 1..10
    return 1 + darkness * 9 / 30;
}

// These take effect only as an item of their own.
std::string settings_item(const LabelJob& job) {
    return stx + command("A") + command(job.media.ribbon == Ribbon::direct_thermal ? "PH1" : "PH0") +
           command(sensor_of(job.media.tracking)) + command(mode_of(job.settings.after)) + command("#F") +
           padded(darkness_level(job.settings.darkness), 2) + command("Z") + etx;
}

// GB counts rows in whole blocks; the last one is filled up with white.
std::string graphic(const Bitmap& bitmap) {
    auto rows = rows_of(bitmap, Ink::ones);
    const int high = blocks(bitmap.height_dots);
    rows.resize(bitmap.row_bytes() * static_cast<std::size_t>(high) * dots_per_block, '\0');
    return command("GB") + padded(blocks(bitmap.width_dots), 3) + padded(high, 3) + rows;
}

Result<std::string> encode_sbpl(const LabelJob& job) {
    if (const auto ok = check_job(job); !ok) return ok.error();
    if (blocks(job.bitmap.height_dots) > most_blocks || job.media.length_dots > 9'999 ||
        job.media.width_dots > 9'999)
        return Error{Error::Kind::refused, "longer than SBPL can say"};
    auto out = settings_item(job) + stx + command("A") + command("A3V+000H+000");
    out += command("A1") + padded(job.media.length_dots, 4) + padded(job.media.width_dots, 4);
    out += command("CS") + padded(job.settings.speed_inch_per_s, 2);
    out += command("ID") + padded(static_cast<int>(job.mark.number % 100), 2);
    if (!job.mark.name.empty()) out += command("WK") + job.mark.name.substr(0, name_bytes);
    out += command("V0001") + command("H0001") + graphic(job.bitmap);
    return out + command("Q000001") + command("Z") + etx;
}

struct Meaning {
    std::string_view letters;
    std::optional<Condition> condition;
};
// E-series and CL4NX references, "Return status list".
constexpr std::array<Meaning, 14> meanings{{{"01234", Condition::paused},  // off line, no error
                                            {"ABCD", std::nullopt},        // on line, waiting for data
                                            {"EKQW", Condition::paused},   // print stop
                                            {"GHIJ", Condition::busy},     // printing
                                            {"MNOP", Condition::label_waiting},
                                            {"STUV", Condition::busy},  // analysing
                                            {"bh", Condition::head_open},
                                            {"c", Condition::media_out},
                                            {"d", Condition::ribbon_out},
                                            {"e", Condition::jam},  // "media error"
                                            {"f", Condition::needs_attention},
                                            {"g", Condition::needs_attention},
                                            {"j", Condition::cutter_fault},
                                            {"k", Condition::needs_attention}}};
constexpr std::string_view near_end = "13BDHJNPTV";

std::string trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.remove_suffix(1);
    return std::string(text);
}

// Some models fill the count with blanks when there is none.
std::optional<int> remaining_of(std::string_view digits) {
    return digits == "      " ? std::optional(0) : whole_number(digits);
}

std::optional<SbplReply> reply_of(std::string_view frame) {
    if (frame.size() != status_3_bytes && frame.size() != status_4_bytes) return std::nullopt;
    const char letter = frame[2];
    const auto remaining = remaining_of(frame.substr(3, 6));
    const auto meaning = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& one) {
        return one.letters.find(letter) != std::string_view::npos;
    });
    if (!remaining || meaning == meanings.end()) return std::nullopt;
    SbplReply out;
    if (meaning->condition) out.status.note(*meaning->condition);
    if (near_end.find(letter) != std::string_view::npos) out.status.note(Condition::media_low);
    out.status.labels_remaining = *remaining;
    out.id = trimmed(frame.substr(0, 2));
    out.name = trimmed(frame.substr(status_3_bytes));
    out.is_waiting_for_data = letter >= 'A' && letter <= 'D';
    return out;
}

std::string id_of(const JobMark& mark) {
    return padded(static_cast<int>(mark.number % 100), 2);
}

class SbplDialogue : public Dialogue {
public:
    // Never within a job: the transport sends jobs whole.
    std::string question(int asked) override {
        if (asked > 0) return {};
        is_answered_ = false;
        return std::string(1, enq);
    }

    int hear(std::string_view bytes) override {
        auto replies = parser_.feed(bytes);
        for (auto& reply : replies) take(reply);
        return static_cast<int>(replies.size());
    }
    bool is_answered() const override { return is_answered_; }

private:
    void take(SbplReply& reply) {
        is_answered_ = true;
        look_for(reply);
        const bool is_ours_or_none = reply.id.empty() || (!seen_.empty() && reply.id == id_of(seen_.back()));
        if (reply.is_waiting_for_data && reply.status.labels_remaining == 0 && is_ours_or_none) {
            // Named and then stopped by something, and now there is nothing left: it may have been cancelled
            // there.
            if (was_well_)
                for (const auto& mark : seen_) prove(mark);
            seen_.clear();
        }
        said(std::move(reply.status));
    }

    // Only a job that was named itself is believed: one before it may have been cancelled at the printer.
    void look_for(const SbplReply& reply) {
        const auto is_named = [&](const JobMark& mark) {
            return reply.id == id_of(mark) &&
                   (reply.name.empty() || reply.name == mark.name.substr(0, name_bytes));
        };
        const auto named = std::find_if(carried().rbegin(), carried().rend(), is_named);
        if (named == carried().rend()) return;
        was_well_ = reply.status.can_print() || reply.status.has(Condition::label_waiting);
        if (std::find(seen_.begin(), seen_.end(), *named) == seen_.end()) seen_.push_back(*named);
    }

    SbplStatusParser parser_;
    bool is_answered_ = true;
    std::vector<JobMark> seen_;  // named by the printer and not yet settled
    bool was_well_ = false;      // when a job was named last
};

char letter_of(const Inside& inside) {
    const auto has = [&](Condition condition) { return inside.status.has(condition); };
    const bool is_low = has(Condition::media_low);
    if (has(Condition::head_open)) return 'b';
    if (has(Condition::media_out)) return 'c';
    if (has(Condition::ribbon_out)) return 'd';
    if (has(Condition::jam) || has(Condition::wrong_media)) return 'e';
    if (has(Condition::cutter_fault)) return 'j';
    if (has(Condition::needs_attention) || has(Condition::head_too_hot)) return 'k';
    if (has(Condition::paused)) return is_low ? '1' : '0';
    if (has(Condition::label_waiting)) return is_low ? 'N' : 'M';
    if (has(Condition::busy)) return is_low ? 'H' : 'G';
    return is_low ? 'B' : 'A';
}

// The printer's side, as it is in Status 4.
class SbplHalf : public CommandHalf {
public:
    SbplHalf(const Media& media, const Head&) : width_(media.width_dots), length_(media.length_dots) {}

    bool is_inside_label() const override { return is_in_item_ || CommandHalf::is_inside_label(); }

    std::string answer(int, const Inside& inside) const override {
        const bool is_named = inside.printing.number >= 0;
        auto name = is_named ? inside.printing.name.substr(0, name_bytes) : std::string{};
        name.resize(name_bytes, ' ');
        return std::string{enq, stx} + (is_named ? id_of(inside.printing) : "  ") + letter_of(inside) +
               padded(inside.status.labels_remaining, 6) + name + etx;
    }

protected:
    std::size_t take(std::string_view stream, std::vector<Received>& out) override {
        if (stream.front() == enq) out.emplace_back(Asked{0});
        if (stream.front() != esc) return 1;  // STX, ETX and noise
        if (stream.substr(1, 2) == "GB") return take_graphic(stream, out);
        const auto end = stream.find_first_of("\x1b\x03\x02", 1);
        if (end == std::string_view::npos) return stream.size() > most_text ? stream.size() : 0;
        take_text(stream.substr(1, end - 1), out);
        return end;
    }

private:
    static constexpr std::size_t most_text = 256;
    static constexpr int most_dots = 9'999;

    std::size_t take_graphic(std::string_view stream, std::vector<Received>& out) {
        constexpr std::size_t head_bytes = 9;  // ESC G B bbb ccc
        if (stream.size() < head_bytes) return 0;
        const auto wide = whole_number(stream.substr(3, 3));
        const auto high = whole_number(stream.substr(6, 3));
        if (!wide || !high ||
            !is_possible_graphic(static_cast<std::size_t>(*wide), static_cast<std::size_t>(*high) * 8)) {
            out.emplace_back(NotUnderstood{"a graphic of impossible size"});
            return head_bytes;
        }
        const auto bytes = static_cast<std::size_t>(*wide) * static_cast<std::size_t>(*high) * dots_per_block;
        if (stream.size() < head_bytes + bytes) return 0;
        if (is_in_item_) {
            if (!has_graphic_) label_ = Bitmap(width_, length_);
            has_graphic_ = true;
            paste(
                label_, x_, y_,
                bitmap_of_rows(stream.substr(head_bytes, bytes), static_cast<std::size_t>(*wide), Ink::ones));
        }
        return head_bytes + bytes;
    }

    void take_text(std::string_view text, std::vector<Received>& out) {
        const auto number = [&](std::size_t from, std::size_t size) {
            return whole_number(text.substr(std::min(from, text.size()), size)).value_or(0);
        };
        if (text == "A") {
            is_in_item_ = true;
        } else if (text == "Z") {
            end_item(out);
        } else if (text.starts_with("V") || text.starts_with("H")) {
            (text.front() == 'V' ? y_ : x_) = std::clamp(number(1, 5), 1, most_dots) - 1;
        } else if (text.starts_with("Q")) {
            quantity_ = std::clamp(number(1, 6), 1, 100);
        } else if (text.starts_with("ID")) {
            mark_.number = number(2, 2);
        } else if (text.starts_with("WK")) {
            mark_.name = text.substr(2, name_bytes);
        } else {
            if (text.starts_with("A1")) take_size(number(2, 4), number(6, 4));
            if (settings_.size() < most_text) settings_.emplace_back(text);
        }
    }

    void take_size(int length, int width) {
        if (length > 0) length_ = length;
        if (width > 0) width_ = width;
    }

    void end_item(std::vector<Received>& out) {
        if (std::exchange(is_in_item_, false) && std::exchange(has_graphic_, false))
            out.emplace_back(ReceivedLabel{.bitmap = std::move(label_),
                                           .quantity = quantity_,
                                           .settings = std::exchange(settings_, {}),
                                           .mark = mark_});
        mark_ = {.number = -1, .name = {}};
        x_ = y_ = 0;
        quantity_ = 1;
    }

    int width_, length_;
    int x_ = 0, y_ = 0, quantity_ = 1;
    bool is_in_item_ = false, has_graphic_ = false;
    Bitmap label_;
    JobMark mark_{.number = -1, .name = {}};
    std::vector<std::string> settings_;
};

}  // namespace

std::vector<SbplReply> SbplStatusParser::feed(std::string_view bytes) {
    std::vector<SbplReply> out;
    for (const char c : bytes) {
        if (c == stx) {
            is_in_frame_ = true;
            frame_.clear();
        } else if (c == etx && is_in_frame_) {
            is_in_frame_ = false;
            if (auto reply = reply_of(frame_)) out.push_back(std::move(*reply));
        } else if (is_in_frame_) {
            frame_ += c;
            is_in_frame_ = frame_.size() <= status_4_bytes;
        }
    }
    return out;
}

const Language sbpl{
    .name = "sbpl",
    .proof = PrinterProof::job_done,
    .encode = encode_sbpl,
    .dialogue = [](const Media&, const Head&) -> std::unique_ptr<Dialogue> {
        return std::make_unique<SbplDialogue>();
    },
    .printer = [](const Media& media, const Head& head) -> std::unique_ptr<PrinterHalf> {
        return std::make_unique<SbplHalf>(media, head);
    },
};

}  // namespace kenpin::encode
