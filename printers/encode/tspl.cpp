#include "printers/encode/tspl.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "printers/encode/fields.hpp"
#include "printers/encode/raster.hpp"

namespace kenpin::encode {

namespace {

constexpr char stx = 2;
constexpr std::size_t frame_bytes = 8;  // STX, four of status, ETX CR LF
constexpr std::string_view frame_end{"\x03\r\n", 3};

std::string line(const std::string& words) {
    return words + "\r\n";
}

// Whole mm, or with three places behind the point.
std::string mm(std::int64_t micrometres) {
    auto text = std::to_string(micrometres / 1'000);
    if (micrometres % 1'000 != 0) text += "." + padded(static_cast<int>(micrometres % 1'000), 3);
    return text + " mm";
}

std::string mm_of_dots(int dots, const Head& head) {
    return mm((std::int64_t{dots} * 1'000'000 + head.dots_per_m / 2) / head.dots_per_m);
}

std::string tracking_line(const Media& media) {
    switch (media.tracking) {
        case Tracking::gap:
            return line("GAP " + mm(media.gap_tenth_mm * 100) + ",0 mm");
        case Tracking::black_mark:
            return line("BLINE " + mm(media.gap_tenth_mm * 100) + ",0 mm");
        case Tracking::continuous:
            return line("GAP 0 mm,0 mm");
    }
    return {};
}

std::string after_lines(After after) {
    return line(after == After::peel_off ? "SET PEEL ON" : "SET PEEL OFF") +
           line(after == After::cut ? "SET CUTTER 1" : "SET CUTTER OFF") +
           line(after == After::tear_off ? "SET TEAR ON" : "SET TEAR OFF");
}

// The first line ends whatever half a command was left in the printer.
Result<std::string> encode_tspl(const LabelJob& job) {
    if (const auto ok = check_job(job); !ok) return ok.error();
    auto out = line("") + line("SIZE " + mm_of_dots(job.media.width_dots, job.head) + "," +
                               mm_of_dots(job.media.length_dots, job.head));
    out += tracking_line(job.media) + line("SPEED " + std::to_string(job.settings.speed_inch_per_s));
    out += line("DENSITY " + std::to_string(job.settings.darkness / 2));
    out += line("DIRECTION 0") + line("REFERENCE 0,0") + line("OFFSET 0 mm") + line("SHIFT 0");
    out += line(job.media.ribbon == Ribbon::direct_thermal ? "SET RIBBON OFF" : "SET RIBBON ON");
    out += after_lines(job.settings.after) + line("CLS");
    out += "BITMAP 0,0," + std::to_string(job.bitmap.row_bytes()) + "," +
           std::to_string(job.bitmap.height_dots) + ",0," + line(rows_of(job.bitmap, Ink::zeros));
    return out + line("PRINT 1,1");
}

struct Meaning {
    std::size_t place;  // in the frame, 1..4
    unsigned char value;
    Condition condition;
};
// The first byte is one message, the others are bits beside 40.
constexpr std::array<Meaning, 9> messages{{{1, 0x60, Condition::paused},
                                           {1, 0x4B, Condition::paused},  // until its key is pressed
                                           {1, 0x42, Condition::busy},
                                           {1, 0x43, Condition::busy},
                                           {1, 0x46, Condition::busy},
                                           {1, 0x50, Condition::busy},
                                           {1, 0x57, Condition::busy},
                                           {1, 0x4C, Condition::label_waiting},
                                           {1, 0x45, Condition::needs_attention}}};
constexpr std::array<Meaning, 11> bits{{{2, 0x08, Condition::busy},  // its buffer is full
                                        {3, 0x01, Condition::head_too_hot},
                                        {3, 0x02, Condition::head_too_hot},
                                        {3, 0x04, Condition::needs_attention},
                                        {3, 0x08, Condition::cutter_fault},
                                        {3, 0x10, Condition::needs_attention},
                                        {4, 0x01, Condition::media_out},
                                        {4, 0x02, Condition::jam},
                                        {4, 0x04, Condition::ribbon_out},
                                        {4, 0x08, Condition::jam},
                                        {4, 0x20, Condition::head_open}}};
constexpr std::array<std::pair<unsigned char, Condition>, 8> lone_bits{{{0x01, Condition::head_open},
                                                                        {0x02, Condition::jam},
                                                                        {0x04, Condition::media_out},
                                                                        {0x08, Condition::ribbon_out},
                                                                        {0x10, Condition::paused},
                                                                        {0x20, Condition::busy},
                                                                        {0x40, Condition::head_open},
                                                                        {0x80, Condition::head_too_hot}}};

unsigned char at(std::string_view bytes, std::size_t place) {
    return static_cast<unsigned char>(bytes[place]);
}

PrinterStatus status_of_frame(std::string_view frame) {
    PrinterStatus out;
    for (const auto& bit : bits)
        if ((at(frame, bit.place) & bit.value) != 0) out.note(bit.condition);
    const bool is_explained = !out.conditions.empty();
    for (const auto& message : messages)
        if (at(frame, message.place) == message.value)
            if (message.condition != Condition::needs_attention || !is_explained) out.note(message.condition);
    return out;
}

PrinterStatus status_of_byte(unsigned char byte) {
    PrinterStatus out;
    for (const auto& [bit, condition] : lone_bits)
        if ((byte & bit) != 0) out.note(condition);
    return out;
}

// Whether `bytes`, which begin with STX, may still become a frame.
bool begins_frame(std::string_view bytes) {
    for (std::size_t i = 1; i < bytes.size() && i < 5; ++i)
        if ((at(bytes, i) & 0xC0U) != 0x40U) return false;
    return bytes.size() <= 5 || frame_end.starts_with(bytes.substr(5));
}

class TsplDialogue : public Dialogue {
public:
    std::string question(int asked) override {
        if (asked > 1) return {};
        is_answered_ = false;
        if (asked == 1) parser_.expect_byte();
        return asked == 0 ? "\x1b!S" : "\x1b!?";
    }

    int hear(std::string_view bytes) override {
        auto replies = parser_.feed(bytes);
        for (auto& reply : replies) {
            is_answered_ = true;
            said(std::move(reply.status));
        }
        return static_cast<int>(replies.size());
    }
    bool is_answered() const override { return is_answered_; }

private:
    TsplStatusParser parser_;
    bool is_answered_ = true;
};

char message_of(const PrinterStatus& status) {
    if (status.has(Condition::label_waiting)) return '\x4C';
    if (status.has(Condition::paused)) return '\x60';
    if (!status.can_print()) return '\x45';
    return status.has(Condition::busy) ? '\x50' : '\x40';
}

std::string frame_of(const PrinterStatus& status) {
    std::string out{stx, message_of(status), '\x40', '\x40', '\x40'};
    for (const auto& bit : bits)
        if (bit.condition != Condition::busy && status.has(bit.condition))
            out[bit.place] = static_cast<char>(at(out, bit.place) | bit.value);
    if (status.has(Condition::wrong_media)) out[4] = '\x42';
    return out + std::string(frame_end);
}

std::string byte_of(const PrinterStatus& status) {
    unsigned out = status.has(Condition::wrong_media) || status.has(Condition::label_waiting) ? 0x10U : 0U;
    for (const auto& [bit, condition] : lone_bits)
        if (bit != 0x40 && status.has(condition)) out |= bit;
    return std::string(1, static_cast<char>(out));
}

class TsplHalf : public CommandHalf {
public:
    TsplHalf(const Media& media, const Head& head)
        : head_(head), width_(media.width_dots), length_(media.length_dots) {}

    bool is_inside_label() const override { return has_graphic_ || CommandHalf::is_inside_label(); }
    std::string answer(int question, const Inside& inside) const override {
        return question == 0 ? frame_of(inside.status) : byte_of(inside.status);
    }

protected:
    std::size_t take(std::string_view stream, std::vector<Received>& out) override {
        constexpr std::string_view bitmap = "BITMAP ";
        if (stream.front() == '\x1b') return take_question(stream, out);
        if (stream.front() == '\r' || stream.front() == '\n') return 1;
        if (stream.size() < bitmap.size() && bitmap.starts_with(stream)) return 0;
        if (stream.starts_with(bitmap)) return take_graphic(stream, bitmap.size(), out);
        const auto end = stream.substr(0, most_text).find_first_of("\r\n\x1b");
        if (end == std::string_view::npos) return stream.size() >= most_text ? most_text : 0;
        take_line(stream.substr(0, end), out);
        return end;
    }

private:
    static constexpr std::size_t most_text = 256;
    static constexpr int most_dots = 16'000;

    static std::size_t take_question(std::string_view stream, std::vector<Received>& out) {
        if (stream.size() < 3) return 0;
        if (stream[1] != '!') return 1;
        if (stream[2] == 'S') out.emplace_back(Asked{0});
        if (stream[2] == '?') out.emplace_back(Asked{1});
        return 3;
    }

    // "BITMAP x,y,row bytes,rows,mode," and the rows
    std::size_t take_graphic(std::string_view stream, std::size_t from, std::vector<Received>& out) {
        auto head_bytes = from;
        for (int commas = 0; commas < 5; ++commas) {
            head_bytes = stream.substr(0, most_text).find(',', head_bytes) + 1;
            if (head_bytes == 0) return stream.size() >= most_text ? most_text : 0;
        }
        const auto fields = split(stream.substr(from, head_bytes - from), ',');
        const auto x = whole_number(fields[0]);
        const auto y = whole_number(fields[1]);
        const auto row_bytes = static_cast<std::size_t>(whole_number(fields[2]).value_or(0));
        const auto rows = static_cast<std::size_t>(whole_number(fields[3]).value_or(0));
        if (!x || !y || *x > most_dots || *y > most_dots || !is_possible_graphic(row_bytes, rows)) {
            out.emplace_back(NotUnderstood{"a bitmap of impossible size or place"});
            return head_bytes;
        }
        if (stream.size() < head_bytes + row_bytes * rows) return 0;
        if (!std::exchange(has_graphic_, true)) label_ = Bitmap(width_, length_);
        paste(label_, *x, *y,
              bitmap_of_rows(stream.substr(head_bytes, row_bytes * rows), row_bytes, Ink::zeros));
        return head_bytes + row_bytes * rows;
    }

    void take_line(std::string_view words, std::vector<Received>& out) {
        if (words.starts_with("PRINT ")) {
            end_label(words.substr(6), out);
            return;
        }
        if (words == "CLS") has_graphic_ = false;
        if (words.starts_with("SIZE ")) take_size(split(words.substr(5), ','));
        if (settings_.size() < most_text) settings_.emplace_back(words);
    }

    // "100.125 mm"
    std::optional<int> dots_of(std::string_view text) const {
        const auto unit = text.find(" mm");
        const auto parts = split(text.substr(0, unit), '.');
        const auto whole = whole_number(parts[0]);
        const auto thousandths = parts.size() > 1 && parts[1].size() == 3 ? whole_number(parts[1]) : 0;
        if (unit == std::string_view::npos || !whole || !thousandths || *whole > 1'000) return std::nullopt;
        const auto micrometres = std::int64_t{*whole} * 1'000 + *thousandths;
        return static_cast<int>(
            std::clamp<std::int64_t>((micrometres * head_.dots_per_m + 500'000) / 1'000'000, 1, most_dots));
    }

    void take_size(const std::vector<std::string_view>& sizes) {
        if (sizes.size() < 2) return;
        width_ = dots_of(sizes[0]).value_or(width_);
        length_ = dots_of(sizes[1]).value_or(length_);
    }

    void end_label(std::string_view numbers, std::vector<Received>& out) {
        if (!std::exchange(has_graphic_, false)) return;
        const auto sets = whole_number(numbers.substr(0, numbers.find(','))).value_or(1);
        out.emplace_back(ReceivedLabel{.bitmap = std::move(label_),
                                       .quantity = std::clamp(sets, 1, 100),
                                       .settings = std::exchange(settings_, {})});
    }

    Head head_;
    int width_, length_;
    bool has_graphic_ = false;
    Bitmap label_;
    std::vector<std::string> settings_;
};

}  // namespace

std::vector<TsplReply> TsplStatusParser::feed(std::string_view bytes) {
    std::vector<TsplReply> out;
    for (const char c : bytes) {
        pending_ += c;
        sort_out(out);
    }
    return out;
}

void TsplStatusParser::sort_out(std::vector<TsplReply>& out) {
    while (!pending_.empty()) {
        if (pending_.front() == stx && begins_frame(pending_)) {
            if (pending_.size() < frame_bytes) return;
            out.push_back({status_of_frame(pending_), false});
            pending_.clear();
            return;
        }
        if (bytes_expected_ > 0) {
            --bytes_expected_;
            out.push_back({status_of_byte(at(pending_, 0)), true});
        }
        pending_.erase(0, 1);
    }
}

const Language tspl{
    .name = "tspl",
    .proof = PrinterProof::none,
    .encode = encode_tspl,
    .dialogue = [](const Media&, const Head&) -> std::unique_ptr<Dialogue> {
        return std::make_unique<TsplDialogue>();
    },
    .printer = [](const Media& media, const Head& head) -> std::unique_ptr<PrinterHalf> {
        return std::make_unique<TsplHalf>(media, head);
    },
};

}  // namespace kenpin::encode
