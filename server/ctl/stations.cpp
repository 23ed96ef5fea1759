// Stations from the command line: who is there, and what is said to them.
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/json_text.hpp"
#include "server/ctl/say.hpp"
#include "server/ctl/words.hpp"

namespace kenpin::ctl {
namespace {

constexpr std::chrono::milliseconds look_again{250};
constexpr int looks = 12;  // a station that is there answers within a second or two

Json answers_of(const Json& command) {
    return command.value("answers", Json::array());
}

bool has_everybody_answered(const Json& command) {
    for (const auto& answer : answers_of(command))
        if (text_of(answer, "state") == "waiting") return false;
    return true;
}

void print_answers(const Context& context, const Json& command) {
    for (const auto& answer : answers_of(command))
        std::printf("%-10s %s  %s %s\n", text_of(answer, "device").c_str(),
                    text_of(answer, context.language == "en" ? "en" : "ja").c_str(),
                    text_of(answer, "worker").c_str(), text_of(answer, "at").c_str());
}

int give(const Context& context, const Json& wish, const Sentence& missing) {
    auto answer = send(context.server, "/api/v1/commands", wish.dump(), context.language);
    if (!answer) return complain(context, answer.error(), missing);
    auto command = Json::parse(answer.value(), nullptr, false);
    const auto name = text_of(command, "command");
    for (int look = 0; look < looks && !has_everybody_answered(command); ++look) {
        std::this_thread::sleep_for(look_again);
        answer = ask(context.server, "/api/v1/commands/" + http::percent_encoded(name), context.language);
        if (!answer) return complain(answer.error());
        command = Json::parse(answer.value(), nullptr, false);
    }
    print_answers(context, command);
    say(context, {"あとで見るには: kenpinctl said " + name, "to look again: kenpinctl said " + name});
    return 0;
}

std::string clock_text(const Context& context, const Json& station) {
    const auto ahead = station.value("clock_ahead_ms", Json());
    if (!ahead.is_number_integer()) return "-";
    char text[64];
    std::snprintf(text, sizeof text, "%+.1f s", static_cast<double>(ahead.get<std::int64_t>()) / 1000);
    if (!station.value("clock_is_off", false)) return text;
    return std::string(text) + (context.language == "en" ? "  clock is off: set it (NTP)"
                                                         : "  時計がずれています。NTPで合わせてください");
}

void print_station(const Context& context, const Json& station) {
    const bool is_english = context.language == "en";
    const bool is_online = station.value("online", false);
    std::printf("%-10s %s  %s  %s  %s\n", text_of(station, "device").c_str(),
                in_words(context.language, WordOf::role, text_of(station, "role")).c_str(),
                is_online ? (is_english ? "online" : "接続中") : (is_english ? "offline" : "未接続"),
                text_of(station, "last_event").c_str(), clock_text(context, station).c_str());
    if (station.value("are_two", false))
        std::printf("           %s\n",
                    is_english ? "two devices speak under this id: give one an id of its own"
                               : "同じ端末番号の端末が二台あります。片方を別の番号で入れ直してください");
}

}  // namespace

int show_devices(const Context& context) {
    const auto answer = ask(context.server, "/api/v1/board", context.language);
    if (!answer) return complain(answer.error());
    const auto board = Json::parse(answer.value(), nullptr, false);
    for (const auto& station : board.value("stations", Json::array())) print_station(context, station);
    return 0;
}

int say_to_stations(const Context& context, const std::string& to, const std::string& text, int minutes) {
    Json wish{{"what", "message"}, {"to", {to}}, {"text", text}};
    if (minutes > 0) wish["minutes"] = minutes;
    return give(context, wish,
                {"端末 " + to + " はありません → kenpinctl devices",
                 "there is no station " + to + " → kenpinctl devices"});
}

int print_now(const Context& context, const std::string& shipment, const std::string& station) {
    return give(context, {{"what", "print_now"}, {"to", {station}}, {"shipment", shipment}},
                {"出荷 " + shipment + " か端末 " + station + " がありません → 端末は kenpinctl devices",
                 "there is no shipment " + shipment + " or no station " + station +
                     " → kenpinctl devices lists the stations"});
}

int show_command(const Context& context, const std::string& command) {
    const auto answer =
        ask(context.server, "/api/v1/commands/" + http::percent_encoded(command), context.language);
    if (!answer)
        return complain(
            context, answer.error(),
            {command + " という連絡はありません → say か print-now が表示した名前を書いてください",
             "nothing was said under the name " + command +
                 " → give the name that say or print-now printed"});
    print_answers(context, Json::parse(answer.value(), nullptr, false));
    return 0;
}

}  // namespace kenpin::ctl
