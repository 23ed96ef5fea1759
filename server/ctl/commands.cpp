#include "server/ctl/commands.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "adaptors/sqlite/database.hpp"
#include "server/ctl/say.hpp"
#include "server/ctl/words.hpp"
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

int start_work(const Context& context) {
    const auto answer = send(context.server, "/api/v1/work/start", "{}", context.language);
    if (!answer) return complain(answer.error());
    const auto json = parsed(answer.value());
    for (const auto& list : json.value("lists", Json::array())) {
        const auto id = list.value("list", "");
        const auto bench = list.value("bench", "");
        const auto shipments = std::to_string(list.value("shipments", 0));
        const auto lines = std::to_string(list.value("lines", 0));
        say(context, {"リスト " + id + ": 出荷 " + shipments + "、明細 " + lines + "、梱包台 " + bench,
                      "list " + id + ": " + shipments + " shipments, " + lines + " lines, bench " + bench});
    }
    for (const auto& waiting : json.value("waiting", Json::array())) {
        const auto what = waiting.value("shipment", "") + ": " +
                          in_words(context.language, WordOf::wait, waiting.value("reason", ""));
        say(context, {"始められない出荷 " + what, "not started: " + what});
    }
    return 0;
}

int show_history(const Context& context, const std::string& shipment) {
    const auto path = "/api/v1/shipments/" + http::percent_encoded(shipment) + "/history";
    const auto answer = ask(context.server, path, context.language);
    if (!answer) return complain(answer.error());
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
    if (!database) return complain(database.error());
    auto opened = std::move(database).value();
    const auto report = opened.read(
        [&](sqlite::Tx& tx) -> Result<store::ChainReport> { return store::verify_chain(tx, site); });
    if (!report) return complain(report.error());
    if (!report.value().is_whole()) {
        say_broken(context, report.value());
        return 1;
    }
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

int dump(const std::string& database_url, const SiteId& site) {
    auto opened = sqlite::Database::open(database_url, {.read_only = true});
    if (!opened) return complain(opened.error());
    auto database = std::move(opened).value();
    const auto text = database.read(
        [&](sqlite::Tx& tx) -> Result<std::string> { return store::projections_as_text(tx, site); });
    if (!text) return complain(text.error());
    std::fwrite(text.value().data(), 1, text.value().size(), stdout);
    return 0;
}

}  // namespace kenpin::ctl
