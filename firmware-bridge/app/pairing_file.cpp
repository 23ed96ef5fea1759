#include "firmware-bridge/app/pairing_file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adaptors/config/config.hpp"
#include "firmware-bridge/app/fd.hpp"

namespace kenpin::app {
namespace {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += '\\';
        if (byte >= 0x20 && byte != 0x7F) {
            out += c;
            continue;
        }
        std::array<char, 8> escaped{};
        std::snprintf(escaped.data(), escaped.size(), "\\u%04x", unsigned{byte});
        out += escaped.data();
    }
    return out + '"';
}

Error failed(const std::filesystem::path& file, const char* what) {
    const int why = errno;
    return {Error::Kind::unreachable,
            file.string() + ": " + what + ": " + std::generic_category().message(why)};
}

bool write_all(int fd, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const auto wrote = ::write(fd, text.data() + done, text.size() - done);
        if (wrote <= 0) return false;
        done += static_cast<std::size_t>(wrote);
    }
    return fsync(fd) == 0;
}

}  // namespace

std::string to_toml(const Pairings& pairings) {
    std::string text = "# Written by kenpin-bridge: which scanner belongs to which station.\nshared = [";
    for (const auto& serial : pairings.shared_serials)
        text += (text.back() == '[' ? "" : ", ") + quoted(serial);
    text += "]\n";
    for (const auto& [device, station] : pairings.stations)
        text += "[[paired]]\ndevice = " + quoted(device) + "\nstation = " + quoted(station) + "\n";
    return text;
}

Result<Pairings> read_pairings(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return Pairings{};
    const auto toml = config::Config::read_file(file);
    if (!toml) return toml.error();
    const auto shared = toml.value().texts("shared", {});
    if (!shared) return shared.error();
    const auto paired = toml.value().tables("paired");
    if (!paired) return paired.error();
    Pairings pairings;
    pairings.shared_serials.insert(shared.value().begin(), shared.value().end());
    for (const auto& each : paired.value()) {
        const auto device = each.text("device"), station = each.text("station");
        if (!device) return device.error();
        if (!station) return station.error();
        pairings.stations[device.value()] = station.value();
    }
    return pairings;
}

Outcome write_pairings(const std::filesystem::path& file, const Pairings& pairings) {
    const auto draft = file.string() + ".new";
    {
        const Fd fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (!fd || fchmod(fd.get(), 0600) != 0 || !write_all(fd.get(), to_toml(pairings)))
            return failed(file, "cannot be written");
    }
    if (std::rename(draft.c_str(), file.c_str()) != 0) return failed(file, "cannot be replaced");
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || fsync(fd.get()) != 0) return failed(file, "its folder cannot be flushed");
    return Done{};
}

}  // namespace kenpin::app
