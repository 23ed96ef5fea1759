#include <algorithm>
#include <cctype>
#include <chrono>
#include <ctime>
#include <memory>
#include <optional>

#include <signal.h>
#include <zbar.h>

#include "adaptors/codes/decoder.hpp"
#include "firmware-bridge/app/decode_files.hpp"
#include "tests/bench/decode.hpp"

namespace kenpin::bench {
namespace {

using namespace zbar;  // its C interface, as its header declares it to C++

double cpu_ms(clockid_t clock) {
    timespec time{};
    if (::clock_gettime(clock, &time) != 0) return 0;
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double own_cpu_ms() {
    return cpu_ms(CLOCK_THREAD_CPUTIME_ID);
}

double cpu_ms_of_child(int pid) {
    clockid_t clock{};
    return ::clock_getcpuclockid(pid, &clock) == 0 ? cpu_ms(clock) : 0;
}

/// zbar over one picture, through its C interface.
class Zbar {
public:
    Zbar() : scanner_(zbar_image_scanner_create(), zbar_image_scanner_destroy) {}

    std::optional<std::string> read(const GrayImage& picture) {
        const std::unique_ptr<zbar_image_t, decltype(&zbar_image_destroy)> image(zbar_image_create(),
                                                                                 zbar_image_destroy);
        constexpr unsigned long y800 = 0x30303859;
        zbar_image_set_format(image.get(), y800);
        zbar_image_set_size(image.get(), static_cast<unsigned>(picture.width_px),
                            static_cast<unsigned>(picture.height_px));
        zbar_image_set_data(image.get(), picture.pixels.data(), picture.pixels.size(), nullptr);
        if (zbar_scan_image(scanner_.get(), image.get()) <= 0) return std::nullopt;
        const auto* symbol = zbar_image_first_symbol(image.get());
        codes::ReadCode code;
        code.bytes.assign(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
        return app::visible_text(code);
    }

private:
    std::unique_ptr<zbar_image_scanner_t, decltype(&zbar_image_scanner_destroy)> scanner_;
};

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool is_right(const Photograph& one, const std::string& text) {
    const bool is_upc_without_zero = one.symbology == "UPCA" && text.size() == 12;
    return trimmed(is_upc_without_zero ? "0" + text : text) == trimmed(one.text);
}

void book(Score& score, const Photograph& one, const std::optional<std::string>& text) {
    const bool has_code = one.symbology != "None";
    auto& count = score.by_symbology[one.symbology];
    count.with_code += has_code ? 1 : 0;
    if (!text) return;
    if (!has_code)
        score.false_reads.push_back(one.file);
    else if (is_right(one, *text))
        ++count.read;
    else
        score.misread.push_back(one.file);
}

std::optional<std::string> text_of(const Result<std::optional<codes::ReadCode>>& read) {
    if (!read || !read.value()) return std::nullopt;
    return app::visible_text(*read.value());
}

}  // namespace

Count Score::all() const {
    Count sum;
    for (const auto& [symbology, count] : by_symbology)
        sum.with_code += count.with_code, sum.read += count.read;
    return sum;
}

StillScore read_stills(const std::vector<Photograph>& set) {
    StillScore score;
    codes::Decoder decoder({.program = {}, .timeout = std::chrono::seconds{20}});
    Zbar zbar;
    for (const auto& one : set) {
        book(score.ours, one, text_of(decoder.read_file(one.bytes, codes::every_format)));
        book(score.zbar, one, zbar.read(one.image));
    }
    score.lost_children = decoder.lost_children();
    return score;
}

FrameCost read_frames(const std::vector<Photograph>& set) {
    FrameCost cost;
    codes::Decoder decoder({.program = {}, .timeout = std::chrono::seconds{20}});
    Zbar zbar;
    unsigned seed = 1;
    for (const auto& one : set) {
        const auto frame = camera_frame(one.image, seed++);
        if (!decoder.start()) return cost;
        const int pid = decoder.child_pid();
        const double before = own_cpu_ms(), child_before = cpu_ms_of_child(pid);
        const auto ours = text_of(decoder.read(frame, codes::every_format));
        const double between = own_cpu_ms();
        if (decoder.child_pid() == pid)
            cost.ours_ms.push_back(between - before + cpu_ms_of_child(pid) - child_before);
        const auto theirs = zbar.read(frame);
        cost.zbar_ms.push_back(own_cpu_ms() - between);
        cost.ours_read += ours && is_right(one, *ours) ? 1 : 0;
        cost.zbar_read += theirs && is_right(one, *theirs) ? 1 : 0;
    }
    return cost;
}

std::vector<double> restarts(const Photograph& any, int times) {
    std::vector<double> took;
    codes::Decoder decoder;
    for (int i = 0; i < times; ++i) {
        if (!decoder.start()) return took;
        ::kill(decoder.child_pid(), SIGKILL);
        const auto began = std::chrono::steady_clock::now();
        if (!decoder.read(any.image, codes::every_format)) return took;
        took.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
    }
    return took;
}

double percentile(std::vector<double> values, int hundredths) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto last = static_cast<int>(values.size()) - 1;
    return values[static_cast<std::size_t>((last * hundredths + 50) / 100)];
}

}  // namespace kenpin::bench
