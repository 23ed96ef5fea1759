#include "printers/virtual/tray.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>

#include <nlohmann/json.hpp>

#include "adaptors/text/png.hpp"
#include "core/base/time.hpp"
#include "printers/layout/bars.hpp"

namespace kenpin::virtual_printer {

namespace {

using Json = nlohmann::ordered_json;

Json as_json(const TrayLabel& label) {
    return {{"n", label.n},       {"file", label.file},   {"tracking", label.tracking},
            {"code", label.code}, {"width", label.width}, {"height", label.height},
            {"t", label.t}};
}

std::optional<TrayLabel> from_json(const std::string& line) {
    const auto json = Json::parse(line, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    try {
        return TrayLabel{json.at("n"),     json.at("file"),   json.at("tracking"), json.at("code"),
                         json.at("width"), json.at("height"), json.at("t")};
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

std::string file_name(int n) {
    char name[32];
    std::snprintf(name, sizeof name, "label-%04d.png", n);
    return name;
}

std::string now_text() {
    return to_text(std::chrono::floor<Millis>(std::chrono::system_clock::now()));
}

// Only the part between start and stop letter.
std::string inner_digits(const std::string& code) {
    return code.size() > 2 ? code.substr(1, code.size() - 2) : std::string{};
}

bool write_file(const std::filesystem::path& path, const std::string& bytes, std::ios::openmode mode) {
    std::ofstream file(path, std::ios::binary | mode);
    file << bytes << std::flush;
    return file.good();
}

}  // namespace

Result<Tray> Tray::open(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return Error{Error::Kind::refused, folder.string() + ": " + failed.message()};
    Tray tray(folder);
    std::ifstream known(folder / "labels.jsonl");
    for (std::string line; std::getline(known, line);) {
        auto label = from_json(line);
        if (!label) return Error{Error::Kind::corrupt, "labels.jsonl holds a line that is none of ours"};
        tray.labels_.push_back(std::move(*label));
    }
    return tray;
}

Outcome Tray::put(const Bitmap& bitmap) {
    TrayLabel label;
    label.n = static_cast<int>(labels_.size()) + 1;
    label.file = file_name(label.n);
    label.width = bitmap.width_dots;
    label.height = bitmap.height_dots;
    label.t = now_text();
    const auto image = layout::crop(bitmap, {0, 0, bitmap.width_dots, bitmap.height_dots});
    if (const auto read = decoder_.read(image, codes::Format::nw7); read && read.value()) {
        label.code = read.value()->bytes;
        label.tracking = inner_digits(label.code);
    }
    const auto png = text::png_of(bitmap);
    if (!png) return png.error();
    if (!write_file(folder_ / label.file, png.value(), std::ios::trunc) ||
        !write_file(folder_ / "labels.jsonl", to_json(label) + "\n", std::ios::app))
        return Error{Error::Kind::full, "the tray's folder cannot be written"};
    labels_.push_back(std::move(label));
    return Done{};
}

std::string to_json(const TrayLabel& label) {
    return as_json(label).dump();
}

std::string to_json(const std::vector<TrayLabel>& labels) {
    Json all = Json::array();
    for (const auto& label : labels) all.push_back(as_json(label));
    return all.dump();
}

}  // namespace kenpin::virtual_printer
