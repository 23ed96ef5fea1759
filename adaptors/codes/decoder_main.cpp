// kenpin-decoder: the child that may die. Takes pictures from its standard input (a socket), answers on the
// same. Ends when the parent closes the socket.
#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "adaptors/codes/ladder.hpp"
#include "adaptors/codes/picture_file.hpp"
#include "adaptors/codes/read_code.hpp"
#include "adaptors/codes/retouch.hpp"
#include "adaptors/codes/wire.hpp"

namespace {

using namespace kenpin;
using namespace kenpin::codes;
using Zx = ZXing::BarcodeFormat;

// A photograph is made smaller before it is retouched, and not enlarged beyond this: 24 steps in seconds.
constexpr std::size_t most_retouched_pixels = 1'000'000;
constexpr std::size_t most_enlarged_pixels = 4'000'000;

constexpr std::array<std::pair<Format, Zx>, 11> formats{{{Format::code128, Zx::Code128},
                                                         {Format::ean13, Zx::EAN13},
                                                         {Format::ean8, Zx::EAN8},
                                                         {Format::itf, Zx::ITF},
                                                         {Format::nw7, Zx::Codabar},
                                                         {Format::qr, Zx::QRCode},
                                                         {Format::data_matrix, Zx::DataMatrix},
                                                         {Format::code39, Zx::Code39},
                                                         {Format::upc_a, Zx::UPCA},
                                                         {Format::data_bar, Zx::DataBar},
                                                         {Format::data_bar, Zx::DataBarExpanded}}};

bool receive(void* bytes, std::size_t size) {
    auto* at = static_cast<char*>(bytes);
    while (size > 0) {
        const auto n = ::recv(STDIN_FILENO, at, size, 0);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += n;
        size -= static_cast<std::size_t>(n);
    }
    return true;
}

bool send_bytes(const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto n = ::send(STDIN_FILENO, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        sent += static_cast<std::size_t>(n);
    }
    return true;
}

ZXing::Binarizer binarizer(Threshold threshold) {
    switch (threshold) {
        case Threshold::local:
            return ZXing::Binarizer::LocalAverage;
        case Threshold::whole_picture:
            return ZXing::Binarizer::GlobalHistogram;
        case Threshold::half:
            return ZXing::Binarizer::FixedThreshold;
    }
    return ZXing::Binarizer::LocalAverage;
}

ZXing::DecodeHints hints_of(std::uint32_t wanted, const LadderStep& step, bool is_large) {
    ZXing::BarcodeFormats set;
    for (const auto& [ours, theirs] : formats)
        if (contains(static_cast<Format>(wanted), ours)) set |= theirs;
    return ZXing::DecodeHints()
        .setFormats(set)
        .setTryHarder(true)
        .setTryRotate(true)
        .setTryDownscale(step.try_small || is_large)
        .setBinarizer(binarizer(step.threshold))
        .setMaxNumberOfSymbols(1)  // more than one symbol runs into the library's assertions
        .setReturnCodabarStartEnd(true);
}

Format format_of(Zx theirs) {
    const auto* found =
        std::find_if(formats.begin(), formats.end(), [&](const auto& pair) { return pair.second == theirs; });
    return found == formats.end() ? Format::none : found->first;
}

GrayImage retouched(Retouch retouch, const GrayImage& image) {
    switch (retouch) {
        case Retouch::none:
            return image;
        case Retouch::invert:
            return inverted(image);
        case Retouch::stretch:
            return stretched(image);
        case Retouch::even_fine:
            return evened(image, 8);
        case Retouch::even_out:
            return evened(image, 20);
        case Retouch::enlarge_2:
            return enlarged(image, 2);
        case Retouch::enlarge_3:
            return enlarged(image, 3);
        case Retouch::halve:
            return shrunk(image, 2);
        case Retouch::soften:
            return softened(image, 1, 1);
        case Retouch::soften_more:
            return softened(image, 2, 2);
        case Retouch::sharpen_fine:
            return sharpened(image, 2, 2);
        case Retouch::sharpen:
            return sharpened(image, 4, 2);
        case Retouch::sharpen_wide:
            return sharpened(image, 6, 3);
        case Retouch::tilt_left:
            return tilted(image, -7);
        case Retouch::tilt_right:
            return tilted(image, 7);
        case Retouch::tilt_more_left:
            return tilted(image, -15);
        case Retouch::tilt_more_right:
            return tilted(image, 15);
    }
    return image;
}

bool enlarges(const LadderStep& step) {
    return std::any_of(step.retouches.begin(), step.retouches.end(), [](Retouch retouch) {
        return retouch == Retouch::enlarge_2 || retouch == Retouch::enlarge_3;
    });
}

GrayImage retouched(const LadderStep& step, GrayImage image) {
    int factor = 1;
    while (image.pixels.size() / static_cast<std::size_t>(factor * factor) > most_retouched_pixels) ++factor;
    if (factor > 1) image = shrunk(image, factor);
    if (enlarges(step) && image.pixels.size() * 4 > most_enlarged_pixels) return {};
    for (const auto retouch : step.retouches)
        if (retouch != Retouch::none && !image.pixels.empty()) image = retouched(retouch, image);
    return image;
}

std::string answer_of(const ZXing::Result& read) {
    wire::Answer answer;
    std::string body;
    if (read.isValid() && read.bytes().size() <= wire::most_bytes) {
        const auto id = read.symbologyIdentifier();
        const auto text = read.text();
        answer.said = wire::Said::code;
        answer.format = static_cast<std::uint32_t>(format_of(read.format()));
        answer.id_size = static_cast<std::uint32_t>(id.size());
        answer.text_size = static_cast<std::uint32_t>(text.size());
        answer.size = static_cast<std::uint32_t>(read.bytes().size());
        body = id + text + std::string(read.bytes().begin(), read.bytes().end());
    }
    return std::string(reinterpret_cast<const char*>(&answer), sizeof answer) + body;
}

std::string answer_of(wire::Said said) {
    wire::Answer answer;
    answer.said = said;
    return {reinterpret_cast<const char*>(&answer), sizeof answer};
}

std::string decoded(const GrayImage& image, std::uint32_t wanted, const LadderStep& step) {
    if (image.pixels.empty()) return answer_of(wire::Said::nothing);
    const ZXing::ImageView view(image.pixels.data(), image.width_px, image.height_px,
                                ZXing::ImageFormat::Lum);
    const bool is_large = image.pixels.size() > most_retouched_pixels;
    try {
        const auto found = ZXing::ReadBarcodes(view, hints_of(wanted, step, is_large));
        return answer_of(found.empty() ? ZXing::Result{} : found.front());
    } catch (const std::exception&) {  // a picture ZXing cannot stand holds no code
        return answer_of(wire::Said::nothing);
    }
}

bool is_sound(const wire::Question& question) {
    if (question.magic != wire::magic || question.step >= ladder().size()) return false;
    if (question.task == wire::Task::again) return question.size == 0;
    if (question.task == wire::Task::file) return question.size <= wire::most_file_bytes;
    return question.size > 0 && question.size <= wire::most_pixels &&
           std::uint64_t{question.width_px} * question.height_px == question.size;
}

class Reader {
public:
    /// False when the parent is gone or speaks another language.
    bool serve() {
        wire::Question question;
        if (!receive(&question, sizeof question) || !is_sound(question) || !take(question)) return false;
        if (fault_) return send_bytes(answer_of(*fault_));
        const auto& step = ladder()[question.step];
        return send_bytes(question.step == 0 ? decoded(image_, question.formats, step)
                                             : decoded(retouched(step, image_), question.formats, step));
    }

private:
    bool take(const wire::Question& question) {
        if (question.task == wire::Task::again) return true;
        fault_.reset();
        if (question.task == wire::Task::picture) {
            image_.width_px = static_cast<int>(question.width_px);
            image_.height_px = static_cast<int>(question.height_px);
            image_.pixels.resize(question.size);
            return receive(image_.pixels.data(), image_.pixels.size());
        }
        std::string file(question.size, '\0');
        if (!receive(file.data(), file.size())) return false;
        load(file);
        return true;
    }

    void load(const std::string& file) {
        auto picture = read_picture(file, wire::most_pixels);
        if (const auto* fault = std::get_if<PictureFault>(&picture))
            fault_ = *fault == PictureFault::too_large ? wire::Said::too_large : wire::Said::not_a_picture;
        else
            image_ = std::get<GrayImage>(std::move(picture));
    }

    GrayImage image_;
    std::optional<wire::Said> fault_;
};

}  // namespace

int main() {
    const rlimit no_core{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &no_core);  // only keeps the disk clean
    Reader reader;
    while (reader.serve()) {
    }
    return 0;
}
