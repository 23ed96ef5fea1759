// The architecture as a test: which folder may include which, and who may see which outside library.
// A folder that is not listed fails too. A new arrow is an ADR, not an edit here.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "places.hpp"

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

// Every top-level folder that holds product code.
const Names rooms = {"core", "adaptors", "firmware-bridge", "printers", "server", "station"};

struct Row {
    Names layers;       // folders of ours; "core" means all of core
    Names outside;      // first words of outside headers it may show in its headers
    Names only_in_cpp;  // outside headers that stay in its .cpp files
};

const Names core = {"core/base", "core/domain", "core/protocol"};
const Names all_adaptors = {"adaptors/charset", "adaptors/codes", "adaptors/config", "adaptors/crypto",
                            "adaptors/http",    "adaptors/log",   "adaptors/mqtt",   "adaptors/sqlite",
                            "adaptors/text",    "adaptors/gzip"};
const Names all_printers = {"printers/layout", "printers/encode", "printers/transport", "printers/spool",
                            "printers/virtual"};

Names operator+(Names left, const Names& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

Names half(const std::string& room, const Names& folders) {
    Names out;
    for (const auto& folder : folders) out.push_back(room + "/" + folder);
    return out;
}

const Names server_half =
    half("server", {"plan", "routes", "store", "sync", "shops", "carriers", "web", "ctl", "app"});
const Names station_half = half("station", {"flow", "ui", "sync", "app"});
const Names bridge_half = half("firmware-bridge", {"decode", "device", "app"});

const Names posix = {"arpa/",    "dirent.h", "fcntl.h",   "grp.h",     "netdb.h",
                     "netinet/", "poll.h",   "pthread.h", "pty.h",     "pwd.h",
                     "signal.h", "spawn.h",  "sys/",      "termios.h", "unistd.h"};

// STYLE §2 as a table.
const std::map<std::string, Row> table = {
    {"core/base", {{}, {}, {}}},
    {"core/domain", {{"core/base"}, {}, {}}},
    {"core/protocol", {{"core/base", "core/domain"}, {}, {"nlohmann/"}}},

    {"adaptors/charset", {{"core/base"}, {}, {"unicode/"}}},
    {"adaptors/codes", {{"core/base"}, {}, Names{"ZXing/", "zint.h", "png.h", "jpeglib.h", "webp/"} + posix}},
    {"adaptors/config", {{"core/base"}, {}, {"toml++/"}}},
    {"adaptors/crypto", {{"core/base"}, {}, Names{"sodium.h"} + posix}},
    {"adaptors/gzip", {{"core/base"}, {}, {"zlib.h"}}},
    {"adaptors/http", {{"core/base"}, {}, {"httplib.h"}}},
    {"adaptors/log", {{"core/base"}, {"spdlog/", "fmt/"}, {}}},
    {"adaptors/mqtt", {{"core/base"}, {}, Names{"mqtt/", "MQTTAsync.h", "dlfcn.h"} + posix}},
    {"adaptors/sqlite", {{"core/base"}, {"soci/"}, {"sqlite3.h"}}},
    {"adaptors/text", {{"core/base"}, {}, {"cairo", "pango/", "fontconfig/"}}},

    {"printers/encode", {core, {}, {"libdeflate.h", "zlib.h"}}},
    {"printers/layout", {core + Names{"adaptors/text", "adaptors/codes"}, {}, {}}},
    {"printers/transport", {core + Names{"printers/encode"}, {}, Names{"cups/"} + posix}},
    {"printers/spool",
     {core + Names{"printers/layout", "printers/encode", "printers/transport", "adaptors/sqlite"}, {}, {}}},
    {"printers/virtual",
     {core + Names{"printers/layout", "printers/encode"} + all_adaptors,
      {},
      Names{"httplib.h", "nlohmann/", "CLI/"} + posix}},

    {"firmware-bridge/decode", {core, {}, {}}},
    {"firmware-bridge/device",
     {core + Names{"firmware-bridge/decode", "adaptors/codes"},
      {},
      Names{"libusb-1.0/", "linux/", "libudev.h"} + posix}},
    {"firmware-bridge/app",
     {core + bridge_half + all_adaptors + all_printers, {}, Names{"nlohmann/", "CLI/"} + posix}},

    {"station/flow", {core, {}, {}}},
    {"station/ui",
     {core + Names{"station/flow", "adaptors/text"}, {}, {"imgui", "SDL2/", "SDL", "GL/", "backends/"}}},
    {"station/sync", {core + Names{"adaptors/mqtt", "adaptors/sqlite", "adaptors/crypto"}, {}, {}}},
    {"station/app",
     {core + station_half + all_adaptors + all_printers, {}, Names{"nlohmann/", "CLI/"} + posix}},

    {"server/plan", {core, {}, {}}},
    {"server/routes", {core, {}, {}}},
    {"server/store", {core + Names{"server/plan", "adaptors/sqlite", "adaptors/crypto"}, {}, {}}},
    {"server/sync", {core + Names{"server/plan", "adaptors/mqtt"}, {}, {}}},
    {"server/shops", {core + Names{"server/plan", "adaptors/charset"}, {}, {"httplib.h", "nlohmann/"}}},
    {"server/carriers", {core + Names{"server/plan", "adaptors/charset"}, {}, {"httplib.h", "nlohmann/"}}},
    {"server/web", {core + Names{"server/plan", "printers/layout"}, {}, Names{"httplib.h", "nlohmann/"}}},
    {"server/ctl",
     {core + server_half + all_adaptors + all_printers,
      {"nlohmann/json_fwd.hpp"},
      Names{"nlohmann/", "CLI/"} + posix}},
    {"server/app",
     {core + server_half + all_adaptors + all_printers, {}, Names{"nlohmann/", "CLI/"} + posix}},
};

std::string layer_of(const std::string& path) {
    const auto second = path.find('/', path.find('/') + 1);
    return second == std::string::npos ? path : path.substr(0, second);
}

std::string included(const std::string& line) {
    const auto start = line.find_first_not_of(" \t");
    if (start == std::string::npos || line.compare(start, 8, "#include") != 0) return {};
    const auto open = line.find_first_of("<\"");
    const auto close = line.find_last_of(">\"");
    return open == close ? std::string{} : line.substr(open + 1, close - open - 1);
}

bool is_standard(const std::string& header) {
    return header.find_first_of("./") == std::string::npos;
}

bool is_ours(const std::string& header) {
    return std::any_of(rooms.begin(), rooms.end(),
                       [&](const auto& room) { return header.starts_with(room + "/"); });
}

bool begins_with_one_of(const std::string& header, const Names& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const auto& b) { return header.starts_with(b); });
}

bool may_include(const std::string& layer, const Row& row, const std::string& header, bool in_cpp) {
    if (is_standard(header)) return true;
    if (is_ours(header)) {
        const auto target = layer_of(header);
        return target == layer || std::find(row.layers.begin(), row.layers.end(), target) != row.layers.end();
    }
    return begins_with_one_of(header, row.outside) || (in_cpp && begins_with_one_of(header, row.only_in_cpp));
}

std::set<fs::path> sources_in(const fs::path& folder) {
    std::set<fs::path> found;
    if (!fs::exists(folder)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
            found.insert(entry.path());
    return found;
}

void check_file(const fs::path& path, const std::string& layer) {
    std::ifstream file(path);
    std::string line;
    for (int n = 1; std::getline(file, line); ++n) {
        const auto header = included(line);
        if (header.empty()) continue;
        INFO(path.string(), ":", n, " includes ", header);
        CHECK(may_include(layer, table.at(layer), header, path.extension() == ".cpp"));
    }
}

bool mentions(const fs::path& path, const std::string& word) {
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line))
        if (line.find(word) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST_CASE("includes only point in the allowed direction, and every folder has its row") {
    const fs::path root(KENPIN_SOURCE_ROOT);
    for (const auto& room : rooms) {
        for (const auto& path : sources_in(root / room)) {
            const auto layer = layer_of(fs::relative(path, root).generic_string());
            INFO(path.string());
            REQUIRE(table.contains(layer));
            check_file(path, layer);
        }
    }
}

TEST_CASE("every header begins with #pragma once") {
    const fs::path root(KENPIN_SOURCE_ROOT);
    for (const auto& room : rooms)
        for (const auto& path : sources_in(root / room)) {
            if (path.extension() != ".hpp") continue;
            std::ifstream file(path);
            std::string first;
            std::getline(file, first);
            INFO(path.string());
            CHECK(first == "#pragma once");
        }
}

TEST_CASE("a mutex lives only in the queue classes of core/base") {
    const fs::path root(KENPIN_SOURCE_ROOT);
    for (const auto& room : rooms)
        for (const auto& path : sources_in(root / room)) {
            const auto name = fs::relative(path, root).generic_string();
            if (name == "core/base/inbox.hpp" || name == "core/base/latest.hpp") continue;
            INFO(name);
            CHECK_FALSE(mentions(path, "std::mutex"));
        }
}
