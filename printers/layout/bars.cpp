#include "printers/layout/bars.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <optional>

namespace kenpin::layout {

namespace {

struct Character {
    char letter;
    const char* wide;  // the seven elements, bar first; '1' is wide
};

// JIS X 0506 (Codabar) characters.
constexpr std::array<Character, 20> characters{
    {{'0', "0000011"}, {'1', "0000110"}, {'2', "0001001"}, {'3', "1100000"}, {'4', "0010010"},
     {'5', "1000010"}, {'6', "0100001"}, {'7', "0100100"}, {'8', "0110000"}, {'9', "1001000"},
     {'-', "0001100"}, {'$', "0011000"}, {':', "1000101"}, {'/', "1010001"}, {'.', "1010100"},
     {'+', "0010101"}, {'A', "0011010"}, {'B', "0101001"}, {'C', "0001011"}, {'D', "0001110"}}};

const char* pattern_of(char letter) {
    const auto* found = std::find_if(characters.begin(), characters.end(),
                                     [&](const Character& known) { return known.letter == letter; });
    return found == characters.end() ? nullptr : found->wide;
}

bool is_start_or_stop(char letter) {
    return letter >= 'A' && letter <= 'D';
}

bool is_nw7(std::string_view text) {
    if (text.size() < 3 || !is_start_or_stop(text.front()) || !is_start_or_stop(text.back())) return false;
    const auto inner = text.substr(1, text.size() - 2);
    return std::all_of(inner.begin(), inner.end(),
                       [](char c) { return pattern_of(c) != nullptr && !is_start_or_stop(c); });
}

}  // namespace

BarWidths nw7_widths(int dpmm) {
    const int narrow = std::max(1, (dpmm + 2) / 4);
    return {narrow, narrow * 5 / 2 + narrow % 2};
}

Result<std::vector<int>> nw7_runs(std::string_view text, BarWidths widths) {
    if (!is_nw7(text)) return Error{Error::Kind::refused, "not an NW-7 text"};
    std::vector<int> runs;
    for (const char letter : text) {
        if (!runs.empty()) runs.push_back(widths.narrow_dots);  // the gap between two characters
        for (const char* element = pattern_of(letter); *element != '\0'; ++element)
            runs.push_back(*element == '1' ? widths.wide_dots : widths.narrow_dots);
    }
    return runs;
}

std::vector<int> runs_of(const Bitmap& modules, int dots) {
    std::vector<int> runs;
    for (int x = 0; x < modules.width_dots; ++x) {
        if (x > 0 && modules.is_black(x, 0) == modules.is_black(x - 1, 0))
            runs.back() += dots;
        else
            runs.push_back(dots);
    }
    return runs;
}

int total_dots(const std::vector<int>& runs) {
    return std::accumulate(runs.begin(), runs.end(), 0);
}

int quiet_dots(int narrow_dots, int dpmm) {
    return std::max(10 * narrow_dots, (254 * dpmm + 99) / 100);
}

void fill(Bitmap& on, const DotBox& box, bool is_black) {
    const int left = std::max(0, box.x), right = std::min(on.width_dots, box.x + box.width);
    if (left >= right) return;
    const auto first = static_cast<std::size_t>(left / 8), last = static_cast<std::size_t>((right - 1) / 8);
    const unsigned from = 0xFFU >> static_cast<unsigned>(left % 8);
    const unsigned through = 0xFF00U >> static_cast<unsigned>((right - 1) % 8 + 1) & 0xFFU;
    for (int y = std::max(0, box.y); y < std::min(on.height_dots, box.y + box.height); ++y) {
        auto* row = on.bytes.data() + static_cast<std::size_t>(y) * on.row_bytes();
        for (std::size_t byte = first; byte <= last; ++byte) {
            const unsigned mask = (byte == first ? from : 0xFFU) & (byte == last ? through : 0xFFU);
            row[byte] = static_cast<std::uint8_t>(is_black ? row[byte] | mask : row[byte] & ~mask);
        }
    }
}

void draw_bars(Bitmap& on, int x, int y, int height, const std::vector<int>& runs) {
    bool is_bar = true;
    for (const int run : runs) {
        if (is_bar) fill(on, {x, y, run, height});
        x += run;
        is_bar = !is_bar;
    }
}

void draw_modules(Bitmap& on, int x, int y, int dots, const Bitmap& modules) {
    for (int row = 0; row < modules.height_dots; ++row)
        for (int column = 0; column < modules.width_dots; ++column)
            if (modules.is_black(column, row)) fill(on, {x + column * dots, y + row * dots, dots, dots});
}

GrayImage crop(const Bitmap& bitmap, const DotBox& box, int scale) {
    GrayImage out{box.width * scale, box.height * scale, {}};
    const auto width = static_cast<std::size_t>(out.width_px);
    out.pixels.assign(width * static_cast<std::size_t>(out.height_px), 255);
    const int left = std::max(0, -box.x), right = std::min(box.width, bitmap.width_dots - box.x);
    auto* row = out.pixels.data();
    for (int y = 0; y < box.height; ++y, row += width * static_cast<std::size_t>(scale)) {
        if (box.y + y < 0 || box.y + y >= bitmap.height_dots) continue;
        for (int x = left; x < right; ++x)
            if (bitmap.is_black(box.x + x, box.y + y)) std::fill_n(row + x * scale, scale, std::uint8_t{0});
        for (int again = 1; again < scale; ++again)
            std::copy_n(row, width, row + width * static_cast<std::size_t>(again));
    }
    return out;
}

}  // namespace kenpin::layout
