#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// Masters that others refer to come first.
constexpr std::array masters{"shops",     "closed_days", "carriers", "items", "barcodes", "shop_items",
                             "locations", "stock",       "workers",  "totes", "printers", "stations"};

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file.is_open()) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

// Of orders: how many ended how, and each that a person has to look after.
void say_outcomes(const Context& context, const Json& answer) {
    if (!answer.contains("outcomes")) return;
    const auto of = [&](const char* outcome) { return std::to_string(answer["outcomes"].value(outcome, 0)); };
    say(context, {"受入 " + of("accept") + "、保留 " + of("hold") + "、取込不可 " + of("reject") +
                      "、取り込み不要 " + of("skip"),
                  of("accept") + " accepted, " + of("hold") + " held, " + of("reject") + " rejected, " +
                      of("skip") + " skipped"});
    for (const auto& record : answer.value("records", Json::array())) {
        const auto outcome = record.value("outcome", "");
        if (outcome == "accept" || outcome == "skip") continue;
        std::string reasons;
        for (const auto& reason : record.value("reasons", Json::array()))
            reasons += " " + reason.value("code", "") + " " + reason.value(context.language, "");
        std::printf("  %d %s %s%s\n", record.value("record", 0), record.value("order_no", "").c_str(),
                    outcome.c_str(), reasons.c_str());
    }
}

void say_refused(const Context& context, const Json& refused) {
    for (const auto& reason : refused)
        std::printf("  %d %s %s: %s → %s\n", reason.value("line", 0), reason.value("record", "").c_str(),
                    reason.value("field", "").c_str(), reason.value(context.language, "").c_str(),
                    reason.contains("remedy") ? reason["remedy"].value(context.language, "").c_str() : "");
}

}  // namespace

int import_file(const Context& context, const std::string& kind, const fs::path& path,
                const std::string& shop) {
    const auto bytes = read_file(path);
    if (!bytes)
        return complain(context, {"ファイルが読めません: " + path.string(), "cannot read " + path.string()});
    auto target = "/api/v1/import/" + http::percent_encoded(kind) +
                  "?file=" + http::percent_encoded(path.filename().string());
    if (!shop.empty()) target += "&shop=" + http::percent_encoded(shop);
    const auto answer = send(context.server, target, *bytes, context.language);
    if (!answer) return complain(answer.error());
    const auto json = Json::parse(answer.value(), nullptr, false);
    const auto refused = json.value("refused", Json::array());
    say(context,
        {kind + ": 取込 " + std::to_string(json.value("taken", 0)) + "、変更なし " +
             std::to_string(json.value("unchanged", 0)) + "、受付不可 " + std::to_string(refused.size()),
         kind + ": " + std::to_string(json.value("taken", 0)) + " taken, " +
             std::to_string(json.value("unchanged", 0)) + " unchanged, " + std::to_string(refused.size()) +
             " refused"});
    say_outcomes(context, json);
    if (!json.contains("outcomes")) say_refused(context, refused);
    return refused.empty() ? 0 : 1;  // whoever runs this by the clock must notice
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
    return complain(context,
                    {"取り込めるCSVがありません: " + folder.string(), "no master CSV in " + folder.string()});
}

}  // namespace kenpin::ctl
