#include "server/ctl/commands.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "adaptors/sqlite/database.hpp"
#include "server/ctl/say.hpp"
#include "server/store/chain.hpp"
#include "server/store/projection.hpp"

namespace kenpin::ctl {
namespace {

using Json = nlohmann::json;

Json parsed(const std::string& text) {
    return Json::parse(text, nullptr, false);
}

void say_broken(const Context& context, const store::ChainReport& report) {
    for (const auto& event : report.broken) {
        const auto where = event.device.value + " seq " + std::to_string(event.seq.value) + " (position " +
                           std::to_string(event.position) + ")";
        (void)complain(context, {"記録が合いません: " + where + ": " + event.what,
                                 "this event does not fit: " + where + ": " + event.what});
    }
    for (const auto& day : report.broken_days)
        (void)complain(context, {"日次の控えが合いません: " + to_text(day.day),
                                 "the day's head does not fit: " + to_text(day.day)});
}

Sentence not_opened(const std::string& url, const Error& error) {
    return {"データベース " + url + " を開けません → 場所と権限を確かめてください (" + error.detail + ")",
            "the database " + url + " cannot be opened → check where it is and its rights (" + error.detail +
                ")"};
}

// Beside nothing of the site's: it is gone with the object.
class CopiedFile {
public:
    CopiedFile() {
        std::string pattern = std::filesystem::temp_directory_path() / "kenpin-replay-XXXXXX";
        if (mkdtemp(pattern.data()) != nullptr) folder_ = pattern;
    }
    CopiedFile(const CopiedFile&) = delete;
    CopiedFile& operator=(const CopiedFile&) = delete;
    ~CopiedFile() {
        std::error_code gone;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, gone);
    }
    std::string path() const { return folder_ / "copy.db"; }

private:
    std::filesystem::path folder_;  // 0700
};

}  // namespace

int show_history(const Context& context, const std::string& shipment) {
    const auto path = "/api/v1/shipments/" + http::percent_encoded(shipment) + "/history";
    const auto answer = ask(context.server, path, context.language);
    if (!answer)
        return complain(
            context, answer.error(),
            {"出荷 " + shipment + " はありません → 出荷番号は kenpinctl orders show 記録 で見られます",
             "there is no shipment " + shipment + " → kenpinctl orders show RECORD names those of an order"});
    for (const auto& fact : parsed(answer.value()).value("history", Json::array())) {
        const auto worker =
            fact.contains("worker") && fact["worker"].is_string() ? fact["worker"].get<std::string>() : "";
        std::printf("%s  %-6s %-6s %-20s %s\n", fact.value("server_time", "").c_str(),
                    fact.value("device", "").c_str(), worker.c_str(), fact.value("kind", "").c_str(),
                    fact.value("body", Json::object()).dump().c_str());
    }
    return 0;
}

int verify(const Context& context, const std::string& database_url, const SiteId& site) {
    auto database = sqlite::Database::open(database_url, {.read_only = true});
    if (!database) return complain(context, not_opened(database_url, database.error()));
    auto opened = std::move(database).value();
    const auto report = opened.read(
        [&](sqlite::Tx& tx) -> Result<store::ChainReport> { return store::verify_chain(tx, site); });
    if (!report) return complain(report.error());
    if (!report.value().is_whole()) {
        say_broken(context, report.value());
        return 1;
    }
    if (report.value().events == 0)  // a site that is misspelt must not look whole
        return complain(context, {"拠点 " + site.value + " の記録はありません → --site を確かめてください",
                                  "there is no event of the site " + site.value + " → check --site"});
    const auto events = std::to_string(report.value().events);
    say(context, {"記録 " + events + " 件、すべて整合しています", events + " events, all whole"});
    return 0;
}

int verify_replay(const Context& context, const std::string& database_url, const SiteId& site) {
    constexpr std::size_t most_shown = 20;
    auto source = sqlite::Database::open(database_url, {.read_only = true});
    if (!source) return complain(source.error());
    auto url = database_url;
    CopiedFile copy;
    if (!source.value().is_postgresql()) {
        url = "sqlite:" + copy.path();
        if (auto copied = std::move(source).value().copy_into(copy.path()); !copied)
            return complain(copied.error());
    }
    auto opened = sqlite::Database::open(url);
    if (!opened) return complain(opened.error());
    auto database = std::move(opened).value();
    const auto found = store::differences_from_replay(database, site, most_shown);
    if (!found) return complain(found.error());
    for (const auto& row : found.value())
        (void)complain(context, {"再生と合いません: " + row, "not what the events give: " + row});
    if (!found.value().empty()) return 1;
    say(context, {"表は記録の再生と一致しています", "the tables are what the events give"});
    return 0;
}

int dump(const Context& context, const std::string& database_url, const SiteId& site) {
    auto opened = sqlite::Database::open(database_url, {.read_only = true});
    if (!opened) return complain(context, not_opened(database_url, opened.error()));
    auto database = std::move(opened).value();
    const auto text = database.read(
        [&](sqlite::Tx& tx) -> Result<std::string> { return store::projections_as_text(tx, site); });
    if (!text) return complain(text.error());
    std::fwrite(text.value().data(), 1, text.value().size(), stdout);
    return 0;
}

}  // namespace kenpin::ctl
