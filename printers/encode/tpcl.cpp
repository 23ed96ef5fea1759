#include "printers/encode/tpcl.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "printers/encode/fields.hpp"
#include "printers/encode/raster.hpp"

namespace kenpin::encode {

namespace {

constexpr int longest_tenth_mm = 9'970;
constexpr int least_gap_tenth_mm = 20;  // with less the printer shortens the label
constexpr std::string_view frame_start{"\x01\x02", 2};
constexpr std::string_view frame_end{"\x03\x04\r\n", 4};
constexpr std::size_t frame_bytes = 13;

std::string command(const std::string& text) {
    return "{" + text + "|}\r\n";
}

std::string size_command(const LabelJob& job) {
    const int length = tenths_of_mm(job.media.length_dots, job.head);
    const int gap = std::max(job.media.gap_tenth_mm, least_gap_tenth_mm);
    return command("D" + padded(length + gap, 4) + "," +
                   padded(tenths_of_mm(job.media.width_dots, job.head), 4) + "," + padded(length, 4));
}

std::string darkness_command(const LabelJob& job) {  // -10..+10, then how it heats
    const int level = job.settings.darkness * 2 / 3 - 10;
    return command(std::string("AY;") + (level < 0 ? "-" : "+") + padded(std::abs(level), 2) + "," +
                   (job.media.ribbon == Ribbon::direct_thermal ? "1" : "0"));
}

std::string graphic_command(const Bitmap& bitmap) {
    return command("SG;0000,0000," + padded(bitmap.width_dots, 4) + "," + padded(bitmap.height_dots, 4) +
                   ",1," + rows_of(bitmap, Ink::ones));
}

char sensor_of(Tracking tracking) {
    switch (tracking) {
        case Tracking::gap:
            return '2';
        case Tracking::black_mark:
            return '1';
        case Tracking::continuous:
            return '0';
    }
    return '2';
}

char speed_of(int inch_per_s) {
    constexpr std::string_view codes = "0123456789A";
    return codes[static_cast<std::size_t>(std::min(inch_per_s, 10))];
}

std::string issue_command(const LabelJob& job) {
    const auto& settings = job.settings;
    std::string modes = settings.after == After::cut ? "001" : "000";
    modes += sensor_of(job.media.tracking);
    modes += settings.after == After::peel_off ? 'D' : 'C';
    modes += speed_of(settings.speed_inch_per_s);
    modes += job.media.ribbon == Ribbon::direct_thermal ? '0' : '2';
    return command("XS;I,0001," + modes + "01");  // as it lies; say when it has ended
}

Result<std::string> encode_tpcl(const LabelJob& job) {
    if (const auto ok = check_job(job); !ok) return ok.error();
    if (tenths_of_mm(job.media.length_dots, job.head) > longest_tenth_mm || job.bitmap.width_dots > 9'999 ||
        job.bitmap.height_dots > 9'999)
        return Error{Error::Kind::refused, "longer than TPCL can say"};
    return size_command(job) + command("AX;+000,+000,+00") + darkness_command(job) + command("C") +
           graphic_command(job.bitmap) + issue_command(job);
}

struct Meaning {
    std::string_view code;
    std::optional<Condition> condition;
};
constexpr std::array<Meaning, 20> meanings{
    {{"00", std::nullopt},
     {"01", Condition::head_open},
     {"02", Condition::busy},
     {"03", Condition::busy},  // another interface has it
     {"04", Condition::paused},
     {"05", Condition::label_waiting},
     {"06", Condition::needs_attention},  // command error
     {"07", Condition::needs_attention},  // line error
     {"09", Condition::media_out},        // after the last label
     {"11", Condition::jam},
     {"12", Condition::cutter_fault},
     {"13", Condition::media_out},
     {"14", Condition::ribbon_out},
     {"15", Condition::head_open},
     {"16", Condition::needs_attention},
     {"17", Condition::needs_attention},  // a dot of the head is broken
     {"18", Condition::head_too_hot},
     {"19", Condition::head_too_hot},  // its surroundings
     {"40", std::nullopt},
     {"41", std::nullopt}}};

std::optional<TpclReply> reply_of(std::string_view frame) {
    const auto code = frame.substr(2, 2);
    const char kind = frame[4];
    const auto remaining = whole_number(frame.substr(5, 4));
    if (!frame.ends_with(frame_end) || !remaining || !whole_number(code) || (kind != '1' && kind != '2'))
        return std::nullopt;
    TpclReply out;
    const auto* meaning =
        std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& one) { return one.code == code; });
    if (meaning == meanings.end())
        out.status.note(Condition::needs_attention);  // a code of a model that we do not know: loud
    else if (meaning->condition)
        out.status.note(*meaning->condition);
    out.status.labels_remaining = *remaining;
    out.is_unasked = kind == '2';
    out.is_issue_ended = code == "40" && *remaining == 0;
    out.is_idle = code == "00" && *remaining == 0;
    return out;
}

class TpclDialogue : public Dialogue {
public:
    std::string question(int asked) override {
        if (asked > 0) return {};
        is_answered_ = false;
        return "{WS|}";
    }

    int hear(std::string_view bytes) override {
        auto replies = parser_.feed(bytes);
        for (auto& reply : replies) take(reply);
        return static_cast<int>(replies.size());
    }
    bool is_answered() const override { return is_answered_; }

private:
    void take(TpclReply& reply) {
        if (!reply.is_unasked) {
            is_answered_ = true;
            count_idle(reply.is_idle);
        } else if (reply.is_issue_ended && was_idle_) {
            prove_oldest();
            idle_answers_ = 0;
        }
        said(std::move(reply.status));
    }

    // Idle again and again with a job that has not ended: somebody has cancelled it at the printer, and the
    // next "40" shall not be taken for its end.
    void count_idle(bool is_idle) {
        idle_answers_ = is_idle && !carried().empty() ? idle_answers_ + 1 : 0;
        if (idle_answers_ >= idle_for_certain) give_up_carried();
        if (is_idle && carried().empty()) was_idle_ = true;
    }

    static constexpr int idle_for_certain = 4;  // answers; a printer is asked four times a second
    TpclStatusParser parser_;
    int idle_answers_ = 0;
    bool is_answered_ = true;
    bool was_idle_ = false;  // before the first job of this connection
};

std::string frame_of(std::string_view code, char kind, int remaining) {
    return std::string(frame_start) + std::string(code) + kind + padded(remaining, 4) +
           std::string(frame_end);
}

std::string_view code_of(const PrinterStatus& status) {
    if (status.has(Condition::wrong_media)) return "11";
    for (const auto& meaning : meanings)
        if (meaning.condition && *meaning.condition != Condition::busy && status.has(*meaning.condition))
            return meaning.condition == Condition::media_out ? "13" : meaning.code;
    return status.has(Condition::busy) ? "02" : "00";
}

class TpclHalf : public CommandHalf {
public:
    TpclHalf(const Media& media, const Head& head)
        : head_(head), width_(media.width_dots), length_(media.length_dots) {}

    bool is_inside_label() const override { return has_graphic_ || CommandHalf::is_inside_label(); }
    std::string answer(int, const Inside& inside) const override {
        return frame_of(code_of(inside.status), '1', inside.status.labels_remaining);
    }
    std::string report_printed(const Inside& inside) const override {
        return inside.wants_report ? frame_of("40", '2', 0) : std::string{};
    }
    std::string report_stopped(const Inside& inside) const override {
        if (!inside.wants_report) return {};
        return frame_of(code_of(inside.status), '2', inside.status.labels_remaining);
    }

protected:
    std::size_t take(std::string_view stream, std::vector<Received>& out) override {
        if (stream.front() != '{') return 1;
        if (stream.size() < 3) return 0;
        if (stream.substr(1, 2) == "SG") return take_graphic(stream, out);
        const auto end = stream.substr(0, most_text).find("|}");
        if (end == std::string_view::npos) return stream.size() > most_text ? 1 : 0;
        take_text(stream.substr(1, end - 1), out);
        return end + 2;
    }

private:
    static constexpr std::size_t most_text = 256;
    static constexpr int most_dots = 16'000;

    // "{SG;xxxx,yyyy,wwww,hhhh,1," and ceil(w / 8) * h bytes
    std::size_t take_graphic(std::string_view stream, std::vector<Received>& out) {
        std::size_t head_bytes = 0;
        for (int commas = 0; commas < 5; ++commas) {
            head_bytes = stream.substr(0, most_text).find(',', head_bytes) + 1;
            if (head_bytes == 0) return stream.size() > most_text ? 1 : 0;
        }
        const auto fields = split(stream.substr(0, head_bytes), ',');
        const auto wide = whole_number(fields[2]);
        const auto high = whole_number(fields[3]);
        const auto row_bytes = static_cast<std::size_t>((wide.value_or(0) + 7) / 8);
        const auto rows = static_cast<std::size_t>(high.value_or(0));
        if (fields[4] != "1" || !is_possible_graphic(row_bytes, rows)) {
            out.emplace_back(NotUnderstood{"a graphic of impossible size or another kind"});
            return head_bytes;
        }
        if (stream.size() < head_bytes + row_bytes * rows) return 0;
        if (!std::exchange(has_graphic_, true)) label_ = Bitmap(width_, length_);
        paste(label_, 0, 0,
              bitmap_of_rows(stream.substr(head_bytes, row_bytes * rows), row_bytes, Ink::ones));
        return head_bytes + row_bytes * rows;
    }

    void take_text(std::string_view text, std::vector<Received>& out) {
        if (text == "WS") {
            out.emplace_back(Asked{0});
            return;
        }
        if (text.starts_with("XS;I,")) {
            end_label(text, out);
            return;
        }
        if (text == "C") has_graphic_ = false;
        if (text.starts_with("D")) take_size(split(text.substr(1), ','));
        if (settings_.size() < most_text) settings_.emplace_back(text);
    }

    void take_size(const std::vector<std::string_view>& sizes) {
        if (sizes.size() < 3) return;
        const auto dots = [&](std::string_view tenths, int otherwise) {
            const auto number = whole_number(tenths);
            return number && *number > 0 ? std::clamp(dots_of_tenths(*number, head_), 1, most_dots)
                                         : otherwise;
        };
        width_ = dots(sizes[1], width_);
        length_ = dots(sizes[2], length_);
    }

    void end_label(std::string_view issue, std::vector<Received>& out) {
        const auto fields = split(issue, ',');
        if (settings_.size() < most_text) settings_.emplace_back(issue);
        if (!std::exchange(has_graphic_, false)) return;
        out.emplace_back(ReceivedLabel{
            .bitmap = std::move(label_),
            .quantity = std::clamp(whole_number(fields[1]).value_or(1), 1, 100),
            .settings = std::exchange(settings_, {}),
            .wants_report = fields.back().ends_with('1'),
        });
    }

    Head head_;
    int width_, length_;
    bool has_graphic_ = false;
    Bitmap label_;
    std::vector<std::string> settings_;
};

}  // namespace

std::vector<TpclReply> TpclStatusParser::feed(std::string_view bytes) {
    std::vector<TpclReply> out;
    for (const char c : bytes) {
        pending_ += c;
        if (pending_.size() == frame_bytes) {
            auto reply = reply_of(pending_);
            pending_.erase(0, reply ? frame_bytes : 1);  // 1: a start that was none; look behind it
            if (reply) out.push_back(std::move(*reply));
        }
        drop_what_begins_no_frame();
    }
    return out;
}

void TpclStatusParser::drop_what_begins_no_frame() {
    while (!pending_.empty() &&
           !frame_start.starts_with(std::string_view(pending_).substr(0, frame_start.size())))
        pending_.erase(0, 1);
}

const Language tpcl{
    .name = "tpcl",
    .proof = PrinterProof::job_done,
    .encode = encode_tpcl,
    .dialogue = [](const Media&, const Head&) -> std::unique_ptr<Dialogue> {
        return std::make_unique<TpclDialogue>();
    },
    .printer = [](const Media& media, const Head& head) -> std::unique_ptr<PrinterHalf> {
        return std::make_unique<TpclHalf>(media, head);
    },
};

}  // namespace kenpin::encode
