#include "printers/encode/zpl_status.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "printers/encode/fields.hpp"

namespace kenpin::encode {

namespace {

constexpr char stx = 2;
constexpr char etx = 3;
constexpr std::size_t longest_frame = 2'048;

int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);  // what is no number counts as 0
    return value;
}

bool is_set(std::string_view flag) {
    return flag == "1";
}

void add(PrinterStatus& status, bool is_true, Condition condition) {
    if (is_true) status.note(condition);
}

// Places of the fields: ZPL guide, ~HS, strings 1 and 2.
std::optional<PrinterStatus> host_status(std::string_view first, std::string_view second) {
    const auto one = split(first, ',');
    const auto two = split(second, ',');
    if (one.size() != 12 || two.size() != 11) return std::nullopt;
    PrinterStatus out;
    out.formats_waiting = number(one[4]);
    out.is_partial_format = is_set(one[7]);
    out.labels_remaining = number(two[8]);
    add(out, is_set(one[2]), Condition::paused);
    add(out, out.formats_waiting > 0 || out.labels_remaining > 0, Condition::busy);
    add(out, is_set(one[1]), Condition::media_out);
    add(out, is_set(two[3]), Condition::ribbon_out);
    add(out, is_set(two[2]), Condition::head_open);
    add(out, is_set(one[11]), Condition::head_too_hot);
    add(out, is_set(one[10]), Condition::head_too_cold);
    add(out, is_set(two[7]), Condition::label_waiting);
    return out;
}

struct Bit {
    std::uint32_t mask;
    Condition condition;
};
constexpr std::array<Bit, 14> error_bits{{{0x10000, Condition::paused},
                                          {0x1, Condition::media_out},
                                          {0x2, Condition::ribbon_out},
                                          {0x4, Condition::head_open},
                                          {0x10, Condition::head_too_hot},
                                          {0x20, Condition::head_too_hot},
                                          {0x1000, Condition::jam},
                                          {0x4000, Condition::jam},
                                          {0x8000, Condition::jam},
                                          {0x20000, Condition::jam},
                                          {0x8, Condition::cutter_fault},
                                          {0x40, Condition::needs_attention},
                                          {0x80, Condition::needs_attention},
                                          {0xC2300, Condition::needs_attention}}};
constexpr std::uint32_t paper_near_end = 0x8;

// "ERRORS: 1 00000000 00000005": the last number is group 1.
std::uint32_t last_hex_after(std::string_view text, std::string_view title) {
    const auto at = text.find(title);
    if (at == std::string_view::npos) return 0;
    auto line = text.substr(at + title.size());
    line = line.substr(0, line.find_first_of("\r\n"));
    while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
    const auto space = line.find_last_of(' ');
    if (space != std::string_view::npos) line.remove_prefix(space + 1);
    std::uint32_t bits = 0;
    std::from_chars(line.data(), line.data() + line.size(), bits, 16);
    return bits;
}

PrinterStatus error_status(std::string_view text) {
    PrinterStatus out;
    out.is_only_errors = true;
    const auto errors = last_hex_after(text, "ERRORS:");
    for (const auto& bit : error_bits) add(out, (errors & bit.mask) != 0, bit.condition);
    add(out, (last_hex_after(text, "WARNINGS:") & paper_near_end) != 0, Condition::media_low);
    return out;
}

}  // namespace

std::vector<PrinterStatus> ZplStatusParser::feed(std::string_view bytes) {
    std::vector<PrinterStatus> out;
    for (const char c : bytes) {
        if (c == stx) {
            is_in_frame_ = true;
            frame_.clear();
        } else if (c == etx && is_in_frame_) {
            is_in_frame_ = false;
            take_frame(std::exchange(frame_, {}), out);
        } else if (is_in_frame_) {
            frame_ += c;
            is_in_frame_ = frame_.size() <= longest_frame;
        }
    }
    return out;
}

void ZplStatusParser::take_frame(const std::string& frame, std::vector<PrinterStatus>& out) {
    if (frame.find("PRINTER STATUS") != std::string::npos) {
        out.push_back(error_status(frame));
        return;
    }
    const auto commas = std::count(frame.begin(), frame.end(), ',');
    if (commas == 11) {
        first_ = frame;
        second_.clear();
    } else if (commas == 10) {
        second_ = frame;
    } else if (commas == 1 && !first_.empty() && !second_.empty()) {
        if (auto status = host_status(first_, second_)) out.push_back(std::move(*status));
        first_.clear();
        second_.clear();
    }
}

}  // namespace kenpin::encode
