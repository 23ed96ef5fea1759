// kenpin-decoder: the child that may die. Reads pictures from its standard input (a socket), answers on the
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

#include "adaptors/codes/decoder.hpp"
#include "adaptors/codes/wire.hpp"

namespace {

using kenpin::codes::Format;
namespace wire = kenpin::codes::wire;
using Zx = ZXing::BarcodeFormat;

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

ZXing::DecodeHints hints_of(std::uint32_t wanted) {
    ZXing::BarcodeFormats set;
    for (const auto& [ours, theirs] : formats)
        if (kenpin::codes::contains(static_cast<Format>(wanted), ours)) set |= theirs;
    return ZXing::DecodeHints()
        .setFormats(set)
        .setTryHarder(true)
        .setTryRotate(true)
        .setTryDownscale(false)
        .setMaxNumberOfSymbols(1)  // more than one symbol runs into the library's assertions
        .setReturnCodabarStartEnd(true);
}

Format format_of(Zx theirs) {
    const auto* found =
        std::find_if(formats.begin(), formats.end(), [&](const auto& pair) { return pair.second == theirs; });
    return found == formats.end() ? Format::none : found->first;
}

std::string answer_of(const ZXing::Result& read) {
    wire::Answer answer;
    std::string body;
    if (read.isValid() && read.bytes().size() <= wire::most_bytes) {
        const auto id = read.symbologyIdentifier();
        answer.format = static_cast<std::uint32_t>(format_of(read.format()));
        answer.id_size = static_cast<std::uint32_t>(id.size());
        answer.size = static_cast<std::uint32_t>(read.bytes().size());
        body = id + std::string(read.bytes().begin(), read.bytes().end());
    }
    std::string out(reinterpret_cast<const char*>(&answer), sizeof answer);
    return answer.format == 0 ? out : out + body;
}

std::string decoded(const wire::Question& question, const std::vector<std::uint8_t>& pixels) {
    const ZXing::ImageView view(pixels.data(), static_cast<int>(question.width_px),
                                static_cast<int>(question.height_px), ZXing::ImageFormat::Lum);
    try {
        const auto found = ZXing::ReadBarcodes(view, hints_of(question.formats));
        return answer_of(found.empty() ? ZXing::Result{} : found.front());
    } catch (const std::exception&) {  // a picture ZXing cannot stand holds no code
        return answer_of({});
    }
}

}  // namespace

int main() {
    const rlimit no_core{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &no_core);  // only keeps the disk clean
    wire::Question question;
    std::vector<std::uint8_t> pixels;
    while (receive(&question, sizeof question)) {
        const auto size = std::uint64_t{question.width_px} * question.height_px;
        if (question.magic != wire::magic || size == 0 || size > wire::most_pixels) return 1;
        pixels.resize(size);
        if (!receive(pixels.data(), pixels.size()) || !send_bytes(decoded(question, pixels))) return 1;
    }
    return 0;
}
