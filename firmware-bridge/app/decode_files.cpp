#include "firmware-bridge/app/decode_files.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "adaptors/codes/decoder.hpp"

namespace kenpin::app {
namespace {

using codes::Format;
using Steady = std::chrono::steady_clock;

constexpr std::array<std::pair<Format, std::string_view>, 10> words{{{Format::code128, "Code128"},
                                                                     {Format::ean13, "EAN13"},
                                                                     {Format::ean8, "EAN8"},
                                                                     {Format::itf, "ITF"},
                                                                     {Format::nw7, "Codabar"},
                                                                     {Format::qr, "QRCode"},
                                                                     {Format::data_matrix, "DataMatrix"},
                                                                     {Format::code39, "Code39"},
                                                                     {Format::upc_a, "UPCA"},
                                                                     {Format::data_bar, "DataBar"}}};

// One step of the ladder over a photograph of 64 megapixels may take a while on a slow machine.
constexpr std::chrono::milliseconds patience{10'000};

/// The file, or as much of it as shows that it is too large. Nothing when it cannot be read.
std::optional<std::string> content(const std::string& path) {
    const std::unique_ptr<std::FILE, decltype(&std::fclose)> file(std::fopen(path.c_str(), "rb"),
                                                                  std::fclose);
    if (!file) return std::nullopt;
    std::string bytes;
    std::array<char, 65'536> some{};
    while (bytes.size() <= codes::most_file_bytes) {
        const auto n = std::fread(some.data(), 1, some.size(), file.get());
        if (n == 0) break;
        bytes.append(some.data(), n);
    }
    if (std::ferror(file.get()) != 0) return std::nullopt;
    return bytes;
}

void complain(const std::string& path, const std::string& why) {
    std::fprintf(stderr, "kenpin-bridge: %s: %s\n", path.c_str(), why.c_str());
}

/// Why it has no content.
std::string why_unread(const std::string& path) {
    const auto why = std::error_code(errno, std::generic_category()).message();
    std::error_code failed;
    if (std::filesystem::is_directory(path, failed)) return "is a folder; name the pictures in it";
    return "cannot be opened: " + why;
}

double tenths(Steady::duration took) {
    return std::round(std::chrono::duration<double, std::milli>(took).count() * 10) / 10;
}

void print_line(const std::string& path, const std::optional<codes::ReadCode>& code, Steady::duration took) {
    nlohmann::ordered_json line{{"file", path}, {"text", nullptr}, {"symbology", nullptr}, {"aim", nullptr}};
    if (code) {
        line["text"] = visible_text(*code);
        line["symbology"] = symbology_word(code->format);
        line["aim"] = code->symbology_id;
    }
    line["ms"] = tenths(took);
    std::puts(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    std::fflush(stdout);
}

/// False when the file could not be opened.
bool decode_file(codes::Decoder& decoder, const std::string& path) {
    const auto began = Steady::now();
    const auto bytes = content(path);
    std::optional<codes::ReadCode> code;
    if (!bytes) {
        complain(path, why_unread(path));
    } else if (auto read = decoder.read_file(*bytes, codes::every_format); read) {
        code = std::move(read).value();
    } else {
        complain(path, read.error().detail);
    }
    print_line(path, code, Steady::now() - began);
    return bytes.has_value();
}

}  // namespace

std::string visible_text(const codes::ReadCode& code) {
    std::string_view text = code.text.empty() ? code.bytes : code.text;
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    std::string out = code.format == Format::upc_a && text.size() == 12 ? "0" : "";
    for (const char c : text) {
        if (c >= 0x20 && c < 0x7f && c != '\\') {
            out.push_back(c);
            continue;
        }
        constexpr std::string_view hex = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        out += {'\\', 'x', hex[byte >> 4U], hex[byte & 15U]};
    }
    return out;
}

std::string_view symbology_word(codes::Format format) {
    for (const auto& [known, word] : words)
        if (known == format) return word;
    return "";
}

int decode_files(const std::vector<std::string>& paths) {
    codes::Decoder decoder({.program = {}, .timeout = patience});
    bool all_opened = true;
    for (const auto& path : paths) all_opened = decode_file(decoder, path) && all_opened;
    return all_opened ? 0 : 1;
}

}  // namespace kenpin::app
