#include "printers/encode/brother.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "printers/encode/raster.hpp"

namespace kenpin::encode {

namespace {

using namespace std::string_literals;

constexpr std::size_t reply_bytes = 32;
constexpr std::size_t invalidate_bytes = 400;  // the most any model wants
constexpr std::size_t most_row_bytes = 250;    // packed, its length fits one byte
constexpr std::string_view reply_start{"\x80\x20\x42", 3};
constexpr unsigned continuous_roll = 0x0A;
constexpr unsigned die_cut_roll = 0x0B;

char byte(unsigned number) {
    return static_cast<char>(number & 0xFFU);
}
unsigned at(std::string_view bytes, std::size_t place) {
    return static_cast<unsigned char>(bytes[place]);
}

int width_mm(const Media& media, const Head& head) {
    return (tenths_of_mm(media.width_dots, head) + 5) / 10;
}
int length_mm(const Media& media, const Head& head) {
    return media.tracking == Tracking::continuous ? 0 : (tenths_of_mm(media.length_dots, head) + 5) / 10;
}

// TIFF PackBits: n+1 bytes as they are, or the next byte 1-n times.
std::string packed(std::string_view row) {
    std::string out;
    std::size_t from = 0;  // of the bytes that are not yet written
    const auto flush = [&](std::size_t end) {
        for (; from < end; from += std::min<std::size_t>(128, end - from)) {
            const auto count = std::min<std::size_t>(128, end - from);
            out += byte(static_cast<unsigned>(count) - 1);
            out += row.substr(from, count);
        }
    };
    for (std::size_t i = 0; i < row.size();) {
        std::size_t same = 1;
        while (i + same < row.size() && same < 128 && row[i + same] == row[i]) ++same;
        if (same >= 3) {
            flush(i);
            out += byte(257U - static_cast<unsigned>(same));
            out += row[i];
            from = i + same;
        }
        i += same;
    }
    flush(row.size());
    return out;
}

// At most `most` bytes.
std::string unpacked(std::string_view data, std::size_t most) {
    std::string out;
    while (data.size() > 1 && out.size() < most) {
        const auto count = at(data, 0);
        data.remove_prefix(1);
        if (count < 128) {
            out += data.substr(0, count + 1);
            data.remove_prefix(std::min<std::size_t>(data.size(), count + 1));
        } else if (count > 128) {
            out.append(257U - count, data.front());
            data.remove_prefix(1);
        }
    }
    out.resize(std::min(out.size(), most));
    return out;
}

// The head writes from the right: the label's last dot is the first that the margin leaves.
int pin_of(int x, const Media& media, const Head& head) {
    return head.right_margin_dots + media.width_dots - 1 - x;
}

std::string row_for_head(const LabelJob& job, int y) {
    std::string out(static_cast<std::size_t>(job.head.width_dots) / 8, '\0');
    for (int x = 0; x < job.bitmap.width_dots; ++x) {
        if (!job.bitmap.is_black(x, y)) continue;
        const int pin = pin_of(x, job.media, job.head);
        auto& eight = out[static_cast<std::size_t>(pin / 8)];
        eight = byte(static_cast<unsigned char>(eight) | 0x80U >> static_cast<unsigned>(pin % 8));
    }
    return out;
}

std::string rows_for_head(const LabelJob& job) {
    std::string out;
    for (int y = 0; y < job.bitmap.height_dots; ++y) {
        const auto row = row_for_head(job, y);
        if (row.find_first_not_of('\0') == std::string::npos) {
            out += 'Z';
            continue;
        }
        const auto short_row = packed(row);
        out += "g\0"s + byte(static_cast<unsigned>(short_row.size())) + short_row;
    }
    return out;
}

Outcome check_brother(const LabelJob& job) {
    const auto refuse = [](const char* why) { return Error{Error::Kind::refused, why}; };
    if (const auto ok = check_job(job); !ok) return ok.error();
    if (job.media.tracking == Tracking::black_mark) return refuse("Brother raster has no word for marks");
    if (job.media.ribbon != Ribbon::direct_thermal) return refuse("Brother raster has no word for ribbons");
    if (job.settings.after == After::peel_off) return refuse("Brother raster has no word for peeling off");
    if (job.head.width_dots % 8 != 0 || job.head.width_dots / 8 > static_cast<int>(most_row_bytes))
        return refuse("a head of no Brother printer");
    if (job.media.width_dots + job.head.right_margin_dots > job.head.width_dots)
        return refuse("the roll is wider than the head");
    if (width_mm(job.media, job.head) > 255 || length_mm(job.media, job.head) > 255)
        return refuse("a roll of no Brother printer");
    return Done{};
}

std::string print_information(const LabelJob& job) {
    constexpr unsigned type_width_length_quality_recover = 0xCE;
    const bool is_continuous = job.media.tracking == Tracking::continuous;
    const auto rows = static_cast<unsigned>(job.bitmap.height_dots);
    return "\x1biz"s + byte(type_width_length_quality_recover) +
           byte(is_continuous ? continuous_roll : die_cut_roll) +
           byte(static_cast<unsigned>(width_mm(job.media, job.head))) +
           byte(static_cast<unsigned>(length_mm(job.media, job.head))) + byte(rows) + byte(rows >> 8U) +
           byte(rows >> 16U) + byte(rows >> 24U) + "\0\0"s;
}

// Speed and darkness are the printer's own: the language has no word for them.
Result<std::string> encode_brother(const LabelJob& job) {
    if (const auto ok = check_brother(job); !ok) return ok.error();
    const bool cuts = job.settings.after == After::cut;
    auto out = std::string(invalidate_bytes, '\0') + "\x1b@" + "\x1bia\x01" + "\x1bi!\0"s;
    out += print_information(job);
    out += cuts ? "\x1biM\x40\x1biA\x01\x1biK\x08"s : "\x1biM\0\x1biK\0"s;
    out += "\x1bid\0\0"s + "M\x02";  // no feed before and after; rows are packed
    return out + rows_for_head(job) + "\x1a";
}

struct Bit {
    std::size_t place;
    unsigned mask;
    Condition condition;
};
constexpr std::array<Bit, 9> error_bits{{{8, 0x03, Condition::media_out},
                                         {8, 0x04, Condition::cutter_fault},
                                         {8, 0x28, Condition::needs_attention},  // battery, turned off
                                         {8, 0x10, Condition::busy},
                                         {9, 0x01, Condition::wrong_media},
                                         {9, 0x8E, Condition::needs_attention},  // buffers, line, system
                                         {9, 0x10, Condition::head_open},
                                         {9, 0x20, Condition::paused},  // cancelled by its key
                                         {9, 0x40, Condition::jam}}};

BrotherReply::Kind kind_of(unsigned number) {
    using Kind = BrotherReply::Kind;
    constexpr std::array kinds{Kind::answer,     Kind::printing_completed, Kind::error,       Kind::other,
                               Kind::turned_off, Kind::notification,       Kind::phase_change};
    return number < kinds.size() ? kinds[number] : Kind::other;
}

BrotherReply reply_of(std::string_view bytes) {
    constexpr unsigned cooling = 3;
    BrotherReply out;
    out.kind = kind_of(at(bytes, 18));
    for (const auto& bit : error_bits)
        if ((at(bytes, bit.place) & bit.mask) != 0) out.status.note(bit.condition);
    if (out.kind == BrotherReply::Kind::phase_change && at(bytes, 19) == 1) out.status.note(Condition::busy);
    if (out.kind == BrotherReply::Kind::notification && at(bytes, 22) == cooling)
        out.status.note(Condition::head_too_hot);
    if (out.kind == BrotherReply::Kind::turned_off) out.status.note(Condition::needs_attention);
    out.is_continuous = (at(bytes, 11) & 0x0FU) == continuous_roll;  // 4A on some models
    out.width_mm = static_cast<int>(at(bytes, 10));
    out.length_mm = static_cast<int>(at(bytes, 17));
    return out;
}

class BrotherDialogue : public Dialogue {
public:
    BrotherDialogue(const Media& media, const Head& head)
        : is_continuous_(media.tracking == Tracking::continuous),
          width_mm_(width_mm(media, head)),
          length_mm_(length_mm(media, head)) {}

    std::string question(int asked) override {
        if (asked > 0) return {};
        silent_rounds_ = carried().empty() ? 0 : silent_rounds_ + 1;
        if (silent_rounds_ >= most_silent_rounds) {
            was_right_roll_ = false;
            give_up_carried();
        }
        if (!carried().empty()) return {};
        is_answered_ = false;
        return "\x1biS";
    }

    int hear(std::string_view bytes) override {
        auto replies = parser_.feed(bytes);
        if (!replies.empty()) silent_rounds_ = 0;
        for (auto& reply : replies) take(reply);
        return static_cast<int>(replies.size());
    }
    bool is_answered() const override { return is_answered_; }

private:
    void take(BrotherReply& reply) {
        const bool is_right = is_right_roll(reply);
        if (!is_right && !reply.status.has(Condition::media_out)) reply.status.note(Condition::wrong_media);
        if (reply.kind == BrotherReply::Kind::answer) {
            is_answered_ = true;
            was_right_roll_ = is_right && carried().empty() && reply.status.can_print();
        }
        if (reply.kind == BrotherReply::Kind::printing_completed && was_right_roll_ && is_right)
            prove_oldest();
        if (reply.kind == BrotherReply::Kind::error) {
            // It may print the label again, or have dropped it; what it completes next is not certain.
            was_right_roll_ = false;
            give_up_carried();
        }
        said(std::move(reply.status));
    }

    bool is_right_roll(const BrotherReply& reply) const {
        return reply.is_continuous == is_continuous_ && reply.width_mm == width_mm_ &&
               (is_continuous_ || reply.length_mm == length_mm_);
    }

    // Then it is none that reports by itself (some do not over the network), or it was stopped by its key:
    // the label is left to the scan, and it is asked again. Four rounds a second, and no label takes that
    // long.
    static constexpr int most_silent_rounds = 120;
    BrotherStatusParser parser_;
    int silent_rounds_ = 0;
    bool is_continuous_;
    int width_mm_, length_mm_;
    bool is_answered_ = true;
    bool was_right_roll_ = false;
};

std::string reply_with(unsigned kind, unsigned phase, const Inside& inside) {
    std::string out(reply_bytes, '\0');
    const auto put = [&](std::size_t place, unsigned value) { out[place] = byte(value); };
    out.replace(0, reply_start.size(), reply_start);
    put(3, 0x34);
    put(4, 0x44);  // QL-1110NWB
    put(5, 0x30);
    put(8, (inside.status.has(Condition::media_out) ? 0x02U : 0U) |
               (inside.status.has(Condition::cutter_fault) ? 0x04U : 0U));
    put(9, (inside.status.has(Condition::head_open) ? 0x10U : 0U) |
               (inside.status.has(Condition::jam) ? 0x40U : 0U) |
               (inside.status.has(Condition::needs_attention) ? 0x80U : 0U));
    put(10, static_cast<unsigned>(width_mm(inside.media, inside.head)));
    put(11, inside.media.tracking == Tracking::continuous ? continuous_roll : die_cut_roll);
    put(17, static_cast<unsigned>(length_mm(inside.media, inside.head)));
    put(18, kind);
    put(19, phase);
    return out;
}

class BrotherHalf : public CommandHalf {
public:
    BrotherHalf(const Media& media, const Head& head) : media_(media), head_(head) {}

    bool is_inside_label() const override { return !rows_.empty() || CommandHalf::is_inside_label(); }
    std::string answer(int, const Inside& inside) const override { return reply_with(0, 0, inside); }
    std::string report_printed(const Inside& inside) const override {
        if (!inside.wants_report) return {};
        return reply_with(1, 0, inside) + reply_with(6, 0, inside);
    }
    std::string report_stopped(const Inside& inside) const override {
        return inside.wants_report ? reply_with(2, 0, inside) : std::string{};
    }

protected:
    std::size_t take(std::string_view stream, std::vector<Received>& out) override {
        switch (stream.front()) {
            case '\x1b':
                return take_escape(stream, out);
            case 'g':
                return take_row(stream, out);
            case 'Z':
                add_row({}, out);
                return 1;
            case 'M':
                return stream.size() < 2 ? 0 : 2;
            case '\x0c':
            case '\x1a':
                end_label(out);
                return 1;
            default:
                return 1;
        }
    }

private:
    std::size_t take_escape(std::string_view stream, std::vector<Received>& out) {
        if (stream.size() < 2) return 0;
        if (stream[1] == '@') rows_.clear();
        if (stream[1] != 'i') return 2;
        if (stream.size() < 3) return 0;
        const auto size = size_of(stream[2]);
        if (stream.size() < size) return 0;
        if (stream[2] == 'S') out.emplace_back(Asked{0});
        if (stream[2] == '!') reports_ = stream[3] == '\0';
        return size;
    }

    static std::size_t size_of(char command) {
        switch (command) {
            case 'S':
                return 3;
            case 'z':
                return 13;
            case 'd':
                return 5;
            default:
                return 4;
        }
    }

    std::size_t take_row(std::string_view stream, std::vector<Received>& out) {
        if (stream.size() < 3 || stream.size() < 3 + at(stream, 2)) return 0;
        const auto bytes = at(stream, 2);
        add_row(unpacked(stream.substr(3, bytes), static_cast<std::size_t>(head_.width_dots) / 8), out);
        return 3 + bytes;
    }

    void add_row(std::string row, std::vector<Received>& out) {
        if (rows_.size() < static_cast<std::size_t>(graphic_most_dots))
            rows_.push_back(std::move(row));
        else
            out.emplace_back(NotUnderstood{"a label longer than any printer takes"});
    }

    void end_label(std::vector<Received>& out) {
        if (rows_.empty()) return;
        const bool is_cut_by_gap = media_.tracking != Tracking::continuous;
        const int length = is_cut_by_gap ? media_.length_dots : static_cast<int>(rows_.size());
        Bitmap label(media_.width_dots, length);
        for (int y = 0; y < length && y < static_cast<int>(rows_.size()); ++y)
            draw(label, y, rows_[static_cast<std::size_t>(y)]);
        rows_.clear();
        out.emplace_back(ReceivedLabel{.bitmap = std::move(label), .wants_report = reports_});
    }

    void draw(Bitmap& label, int y, std::string_view row) const {
        for (int x = 0; x < label.width_dots; ++x) {
            const auto pin = static_cast<std::size_t>(pin_of(x, media_, head_));
            if (pin / 8 < row.size() && (at(row, pin / 8) & 0x80U >> (pin % 8)) != 0) label.blacken(x, y);
        }
    }

    Media media_;
    Head head_;
    bool reports_ = true;
    std::vector<std::string> rows_;
};

}  // namespace

std::vector<BrotherReply> BrotherStatusParser::feed(std::string_view bytes) {
    std::vector<BrotherReply> out;
    for (const char c : bytes) {
        pending_ += c;
        while (!pending_.empty() && std::string_view(pending_).substr(0, reply_start.size()) !=
                                        reply_start.substr(0, std::min(pending_.size(), reply_start.size())))
            pending_.erase(0, 1);
        if (pending_.size() < reply_bytes) continue;
        out.push_back(reply_of(pending_));
        pending_.clear();
    }
    return out;
}

const Language brother{
    .name = "brother",
    .proof = PrinterProof::job_done,
    .encode = encode_brother,
    .dialogue = [](const Media& media, const Head& head) -> std::unique_ptr<Dialogue> {
        return std::make_unique<BrotherDialogue>(media, head);
    },
    .printer = [](const Media& media, const Head& head) -> std::unique_ptr<PrinterHalf> {
        return std::make_unique<BrotherHalf>(media, head);
    },
};

}  // namespace kenpin::encode
