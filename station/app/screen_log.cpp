#include "station/app/screen_log.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace kenpin::app {
namespace {

using Json = nlohmann::ordered_json;

bool ends_work(const protocol::Event& event) {
    return std::holds_alternative<protocol::PieceClosed>(event.body) ||
           std::holds_alternative<protocol::ListFinished>(event.body);
}

const char* kind_of(const flow::LogShown& shown) {
    if (shown.what == flow::LogShown::What::prompt) return "prompt";
    if (shown.what == flow::LogShown::What::red) return "ng";
    return std::any_of(shown.events.begin(), shown.events.end(), ends_work) ? "done" : "ok";
}

template <class Tag, class Rep>
void put(Json& line, const char* name, const std::optional<Strong<Tag, Rep>>& id) {
    if (id) line[name] = id->value;
}

void put_prompt(Json& line, const flow::Prompt& prompt) {
    line["step"] = std::string(flow::name(prompt.ask));
    line["wants"] = prompt.wanted;
    put(line, "list", prompt.list);
    put(line, "line", prompt.line);
    put(line, "shipment", prompt.shipment);
    put(line, "slot", prompt.slot);
    put(line, "piece", prompt.piece);
    put(line, "location", prompt.location);
    put(line, "sku", prompt.sku);
    line["remaining"] = prompt.remaining.value;
}

void put_events(Json& line, const std::vector<protocol::Event>& events) {
    if (events.empty()) return;
    line["epoch"] = events.back().epoch.value;
    line["seq"] = events.back().seq.value;
    auto& all = line["seqs"] = Json::array();
    for (const auto& event : events) all.push_back(event.seq.value);
}

}  // namespace

std::string screen_log_line(const flow::LogShown& shown, const std::string& screen, Instant at,
                            const DeviceId& device, std::int64_t n) {
    Json line;
    line["t"] = to_ms(at);
    line["n"] = n;
    line["kind"] = kind_of(shown);
    line["screen"] = screen;
    put_prompt(line, shown.prompt);
    line["read"] = shown.read;
    line["shown"] = shown.text;
    line["device"] = device.value;
    put_events(line, shown.events);
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<ScreenLog> ScreenLog::open(const std::string& path, DeviceId device) {
    ScreenLog log(std::move(device));
    if (path.empty()) return log;
    log.file_.open(path, std::ios::app);
    if (!log.file_) return Error{Error::Kind::unreachable, "the screen log cannot be written"};
    return log;
}

void ScreenLog::saw(const flow::LogShown& shown, const std::string& screen, Instant at) {
    if (!file_.is_open()) return;
    file_ << screen_log_line(shown, screen, at, device_, ++lines_) << '\n';
    file_.flush();
}

}  // namespace kenpin::app
