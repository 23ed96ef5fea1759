#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/import_report.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {
namespace {

namespace fs = std::filesystem;
// Masters that others refer to come first.
constexpr std::array masters{"shops",     "closed_days", "carriers", "items", "barcodes", "shop_items",
                             "locations", "stock",       "workers",  "totes", "printers", "stations"};

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file.is_open()) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int import_file(const Context& context, const std::string& kind, const fs::path& path,
                const std::string& shop) {
    const auto bytes = read_file(path);
    if (!bytes)
        return complain(context,
                        {"ファイルが読めません: " + path.string() + " → 名前と権限を確かめてください",
                         "cannot read " + path.string() + " → check its name and rights"});
    auto target = "/api/v1/import/" + http::percent_encoded(kind) +
                  "?file=" + http::percent_encoded(path.filename().string());
    if (!shop.empty()) target += "&shop=" + http::percent_encoded(shop);
    const auto reply = tell(context.server, target, *bytes, context.language);
    if (!reply) return complain(reply.error());
    return print(import_report(context.language, kind, reply.value()));
}

int import_folder(const Context& context, const fs::path& folder) {
    int imported = 0;
    for (const auto* kind : masters) {
        const auto file = folder / (std::string(kind) + ".csv");
        if (!fs::exists(file)) continue;
        if (const int failed = import_file(context, kind, file, ""); failed != 0) return failed;
        ++imported;
    }
    if (imported > 0) return 0;
    return complain(context, {"取り込めるCSVがありません: " + folder.string() +
                                  " → items.csv などのあるフォルダか、表の名前と"
                                  "ファイルを書いてください",
                              "no master CSV in " + folder.string() +
                                  " → name a folder with items.csv and the like, or a table and its file"});
}

}  // namespace kenpin::ctl
