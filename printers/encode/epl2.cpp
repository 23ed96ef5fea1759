#include "printers/encode/epl2.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "printers/encode/fields.hpp"
#include "printers/encode/raster.hpp"

namespace kenpin::encode {

namespace {

constexpr int fastest = 4;  // S4: the most that all models know
constexpr std::size_t most_answer = 32;

std::string line(const std::string& words) {
    return words + "\r\n";
}

std::string length_line(const LabelJob& job) {
    const auto gap = std::to_string(dots_of_tenths(job.media.gap_tenth_mm, job.head));
    const auto length = "Q" + std::to_string(job.media.length_dots) + ",";
    switch (job.media.tracking) {
        case Tracking::gap:
            return line(length + gap);
        case Tracking::black_mark:
            return line(length + "B" + gap);
        case Tracking::continuous:
            return line(length + "0");
    }
    return {};
}

std::string options_line(const LabelJob& job) {
    std::string out;
    const auto add = [&](const char* option) { out += (out.empty() ? "" : ",") + std::string(option); };
    if (job.media.ribbon == Ribbon::direct_thermal) add("D");
    if (job.settings.after == After::peel_off) add("P");
    if (job.settings.after == After::cut) add("C");
    return line("O" + out);
}

// What sets up the printer goes before N: it clears the picture.
Result<std::string> encode_epl2(const LabelJob& job) {
    if (const auto ok = check_job(job); !ok) return ok.error();
    const auto& [bitmap, media, settings, head, mark] = job;
    auto out = line("") + line("q" + std::to_string(media.width_dots)) + length_line(job);
    out += line("S" + std::to_string(std::min(settings.speed_inch_per_s, fastest)));
    out += line("D" + std::to_string(settings.darkness / 2)) + line("ZT") + line("R0,0") + options_line(job);
    out += line("N") + "GW0,0," + std::to_string(bitmap.row_bytes()) + "," +
           std::to_string(bitmap.height_dots) + "," + line(rows_of(bitmap, Ink::zeros));
    return out + line("P1");
}

constexpr std::array<std::pair<std::string_view, std::optional<Condition>>, 4> meanings{
    {{"00", std::nullopt},
     {"07", Condition::media_out},  // or its ribbon
     {"11", Condition::head_open},
     {"12", Condition::paused}}};  // also on the peeler

// "00", "07,11"; nothing: it is no answer.
std::optional<PrinterStatus> status_of(std::string_view answer) {
    PrinterStatus out;
    for (const auto code : split(answer, ',')) {
        if (code.size() != 2 || !whole_number(code)) return std::nullopt;
        const auto* known = std::find_if(meanings.begin(), meanings.end(),
                                         [&](const auto& meaning) { return meaning.first == code; });
        if (known == meanings.end())
            out.note(Condition::needs_attention);  // it did not take the label as we sent it
        else if (known->second)
            out.note(*known->second);
    }
    return out;
}

class Epl2Dialogue : public Dialogue {
public:
    std::string question(int asked) override {
        if (asked > 0) return {};
        is_open_ = true;
        return "^ee\r\n";
    }

    int hear(std::string_view bytes) override {
        int statuses = 0;
        for (const char c : bytes) {
            if (c == '\r') continue;
            if (c != '\n') {
                if (pending_.size() <= most_answer) pending_ += c;
                continue;
            }
            if (auto status = status_of(std::exchange(pending_, {}))) {
                said(std::move(*status));
                is_open_ = false;
                ++statuses;
            }
        }
        return statuses;
    }
    bool is_answered() const override { return !is_open_; }

private:
    std::string pending_;
    bool is_open_ = false;
};

class Epl2Half : public CommandHalf {
public:
    explicit Epl2Half(const Media& media) : width_(media.width_dots), length_(media.length_dots) {}

    bool is_inside_label() const override { return has_graphic_ || CommandHalf::is_inside_label(); }
    std::string answer(int, const Inside& inside) const override {
        std::string out;
        for (const auto& [code, condition] : meanings)
            if (condition && inside.status.has(*condition))
                out += (out.empty() ? "" : ",") + std::string(code);
        if (out.empty()) out = inside.status.can_print() ? "00" : "50";
        return line(out);
    }

protected:
    std::size_t take(std::string_view stream, std::vector<Received>& out) override {
        if (stream.front() == '\r' || stream.front() == '\n') return 1;
        if (stream == "G") return 0;
        if (stream.starts_with("GW")) return take_graphic(stream, out);
        const auto end = stream.substr(0, most_text).find_first_of("\r\n");
        if (end == std::string_view::npos) return stream.size() >= most_text ? most_text : 0;
        take_line(stream.substr(0, end), out);
        return end;
    }

private:
    static constexpr std::size_t most_text = 256;
    static constexpr int most_dots = 16'000;

    // "GWx,y,row bytes,rows," and the rows
    std::size_t take_graphic(std::string_view stream, std::vector<Received>& out) {
        std::size_t head_bytes = 2;
        for (int commas = 0; commas < 4; ++commas) {
            head_bytes = stream.substr(0, most_text).find(',', head_bytes) + 1;
            if (head_bytes == 0) return stream.size() >= most_text ? most_text : 0;
        }
        const auto fields = split(stream.substr(2, head_bytes - 2), ',');
        const auto x = whole_number(fields[0]).value_or(most_dots);
        const auto y = whole_number(fields[1]).value_or(most_dots);
        const auto row_bytes = static_cast<std::size_t>(whole_number(fields[2]).value_or(0));
        const auto rows = static_cast<std::size_t>(whole_number(fields[3]).value_or(0));
        if (x >= most_dots || y >= most_dots || !is_possible_graphic(row_bytes, rows)) {
            out.emplace_back(NotUnderstood{"a graphic of impossible size or place"});
            return head_bytes;
        }
        if (stream.size() < head_bytes + row_bytes * rows) return 0;
        if (!std::exchange(has_graphic_, true)) label_ = Bitmap(width_, length_);
        paste(label_, x, y,
              bitmap_of_rows(stream.substr(head_bytes, row_bytes * rows), row_bytes, Ink::zeros));
        return head_bytes + row_bytes * rows;
    }

    void take_line(std::string_view words, std::vector<Received>& out) {
        const auto number = [&] { return whole_number(words.substr(1, words.find(',') - 1)).value_or(0); };
        if (words == "^ee") {
            out.emplace_back(Asked{0});
            return;
        }
        if (words.starts_with("P")) {
            end_label(std::clamp(number(), 1, 100), out);
            return;
        }
        if (words == "N") has_graphic_ = false;
        if (words.starts_with("q")) width_ = std::clamp(number(), 1, most_dots);
        if (words.starts_with("Q")) length_ = std::clamp(number(), 1, most_dots);
        if (settings_.size() < most_text) settings_.emplace_back(words);
    }

    void end_label(int copies, std::vector<Received>& out) {
        if (!std::exchange(has_graphic_, false)) return;
        out.emplace_back(ReceivedLabel{
            .bitmap = std::move(label_), .quantity = copies, .settings = std::exchange(settings_, {})});
    }

    int width_, length_;
    bool has_graphic_ = false;
    Bitmap label_;
    std::vector<std::string> settings_;
};

}  // namespace

const Language epl2{
    .name = "epl2",
    .proof = PrinterProof::none,
    .encode = encode_epl2,
    .dialogue = [](const Media&, const Head&) -> std::unique_ptr<Dialogue> {
        return std::make_unique<Epl2Dialogue>();
    },
    .printer = [](const Media& media, const Head&) -> std::unique_ptr<PrinterHalf> {
        return std::make_unique<Epl2Half>(media);
    },
};

}  // namespace kenpin::encode
