#include "printers/encode/escpos.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "printers/encode/raster.hpp"

namespace kenpin::encode {

namespace {

using namespace std::string_literals;

constexpr std::size_t questions = 4;       // DLE EOT 1..4
constexpr std::size_t rows_at_once = 256;  // small printers hold no whole label in one command
constexpr unsigned fixed_bits = 0x93;      // of every answer
constexpr unsigned fixed_as = 0x12;

char byte(std::size_t number) {
    return static_cast<char>(number & 0xFFU);
}
unsigned at(std::string_view bytes, std::size_t place) {
    return static_cast<unsigned char>(bytes[place]);
}
std::size_t pair_at(std::string_view bytes, std::size_t place) {
    return at(bytes, place) | std::size_t{at(bytes, place + 1)} << 8U;
}

std::string bands(const Bitmap& bitmap) {
    const auto rows = rows_of(bitmap, Ink::ones);
    const auto row_bytes = bitmap.row_bytes();
    std::string out;
    for (std::size_t from = 0; from < rows.size(); from += rows_at_once * row_bytes) {
        const auto band = std::string_view(rows).substr(from, rows_at_once * row_bytes);
        const auto count = band.size() / row_bytes;
        out += "\x1dv0\0"s + byte(row_bytes) + byte(row_bytes >> 8U) + byte(count) + byte(count >> 8U);
        out += band;
    }
    return out;
}

std::string ending(const LabelJob& job) {
    const bool cuts = job.settings.after == After::cut;
    if (job.media.tracking != Tracking::continuous) return "\x1d\x0c"s + (cuts ? "\x1dV\0"s : ""s);
    return cuts ? "\x1dV\x42\0"s
                : "\x1b"
                  "d\x05"s;
}

Result<std::string> encode_escpos(const LabelJob& job) {
    const auto refuse = [](const char* why) { return Error{Error::Kind::refused, why}; };
    if (const auto ok = check_job(job); !ok) return ok.error();
    if (job.settings.after == After::peel_off) return refuse("ESC/POS has no word for peeling off");
    if (job.media.ribbon != Ribbon::direct_thermal) return refuse("ESC/POS has no word for ribbons");
    return "\x1b@"s + "\x1dL\0\0"s + bands(job.bitmap) + ending(job);
}

struct Bit {
    std::size_t question;  // from 0
    unsigned mask;
    Condition condition;
};
constexpr std::array<Bit, 8> bits{{{1, 0x04, Condition::head_open},
                                   {1, 0x08, Condition::busy},  // somebody feeds by its key
                                   {1, 0x20, Condition::media_out},
                                   {2, 0x08, Condition::cutter_fault},
                                   {2, 0x20, Condition::needs_attention},
                                   {2, 0x40, Condition::head_too_hot},
                                   {3, 0x0C, Condition::media_low},
                                   {3, 0x60, Condition::media_out}}};
constexpr unsigned off_line = 0x08;  // of the first answer

PrinterStatus status_of(std::string_view answers) {
    PrinterStatus out;
    for (const auto& bit : bits)
        if ((at(answers, bit.question) & bit.mask) != 0) out.note(bit.condition);
    if (out.has(Condition::media_out)) std::erase(out.conditions, Condition::media_low);  // both sensors
    if ((at(answers, 0) & off_line) != 0 && out.can_print()) out.note(Condition::paused);
    return out;
}

class EscposDialogue : public Dialogue {
public:
    std::string question(int asked) override {
        if (asked > 0) return {};
        answers_.clear();
        is_open_ = true;
        return "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04";
    }

    int hear(std::string_view bytes) override {
        for (const char c : bytes)
            if (is_open_ && (static_cast<unsigned char>(c) & fixed_bits) == fixed_as) answers_ += c;
        if (!is_open_ || answers_.size() < questions) return 0;
        is_open_ = false;
        said(status_of(answers_));
        return 1;
    }
    bool is_answered() const override { return !is_open_; }

private:
    std::string answers_;
    bool is_open_ = false;
};

class EscposHalf : public CommandHalf {
public:
    EscposHalf(const Media& media, const Head&) : media_(media) {}

    bool is_inside_label() const override { return !rows_.empty() || CommandHalf::is_inside_label(); }
    std::string answer(int question, const Inside& inside) const override {
        unsigned out = fixed_as;
        for (const auto& bit : bits)
            if (static_cast<int>(bit.question) == question && bit.condition != Condition::busy &&
                inside.status.has(bit.condition))
                out |= bit.mask;
        if (question == 0 && !inside.status.can_print()) out |= off_line;
        return std::string(1, byte(out));
    }

protected:
    std::size_t take(std::string_view stream, std::vector<Received>& out) override {
        const auto size = size_of(stream);
        if (size == 0 || stream.size() < size) return 0;
        const auto command = stream.substr(0, 2);
        if (command == "\x10\x04" && size == 3) {
            const auto number = at(stream, 2);
            if (number >= 1 && number <= questions) out.emplace_back(Asked{static_cast<int>(number) - 1});
        } else if (command == "\x1b@") {
            rows_.clear();
        } else if (command == "\x1dv" && size > 8) {
            add_band(stream.substr(0, size), out);
        } else if (command == "\x1d\x0c" || command == "\x1dV" ||
                   command ==
                       "\x1b"
                       "d") {
            end_label(out);
        }
        return size;
    }

private:
    static constexpr std::size_t band_head = 8;

    // How long the command at the start is; 0: too little is there to know.
    static std::size_t size_of(std::string_view stream) {
        const char first = stream.front();
        if (first != '\x10' && first != '\x1b' && first != '\x1d') return 1;
        if (stream.size() < 2) return 0;
        const char second = stream[1];
        if (first == '\x10') return second == '\x04' ? 3 : 1;
        if (first == '\x1b') return second == 'd' || second == 'J' ? 3 : 2;
        if (second == 'L') return 4;
        if (second == 'v') return size_of_band(stream);
        if (second != 'V') return 2;
        return stream.size() < 3 ? 0 : stream[2] == '\x42' || stream[2] == '\x41' ? 4 : 3;
    }
    static std::size_t size_of_band(std::string_view stream) {
        if (stream.size() < band_head) return 0;
        const auto row_bytes = pair_at(stream, 4);
        const auto rows = pair_at(stream, 6);
        return is_possible_graphic(row_bytes, rows) ? band_head + row_bytes * rows : band_head;
    }

    void add_band(std::string_view command, std::vector<Received>& out) {
        const auto row_bytes = pair_at(command, 4);
        if (rows_.size() + pair_at(command, 6) > static_cast<std::size_t>(graphic_most_dots)) {
            out.emplace_back(NotUnderstood{"a label longer than any printer takes"});
            return;
        }
        for (auto rows = command.substr(band_head); !rows.empty(); rows.remove_prefix(row_bytes))
            rows_.emplace_back(rows.substr(0, row_bytes));
    }

    void end_label(std::vector<Received>& out) {
        if (rows_.empty()) return;
        const bool is_endless = media_.tracking == Tracking::continuous;
        Bitmap label(media_.width_dots, is_endless ? static_cast<int>(rows_.size()) : media_.length_dots);
        for (std::size_t y = 0; y < rows_.size(); ++y)
            paste(label, 0, static_cast<int>(y), bitmap_of_rows(rows_[y], rows_[y].size(), Ink::ones));
        rows_.clear();
        out.emplace_back(ReceivedLabel{.bitmap = std::move(label)});
    }

    Media media_;
    std::vector<std::string> rows_;
};

}  // namespace

const Language escpos{
    .name = "escpos",
    .proof = PrinterProof::none,
    .encode = encode_escpos,
    .dialogue = [](const Media&, const Head&) -> std::unique_ptr<Dialogue> {
        return std::make_unique<EscposDialogue>();
    },
    .printer = [](const Media& media, const Head& head) -> std::unique_ptr<PrinterHalf> {
        return std::make_unique<EscposHalf>(media, head);
    },
};

}  // namespace kenpin::encode
