#include "server/app/folder_note.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t most_told = 200;  // records; the list of orders has them all

std::string codes_of(const Taken& taken) {
    std::string text;
    for (const auto& code : taken.codes) text += (text.empty() ? "" : " ") + code;
    return text;
}

// Empty: it has none, or none that may be told.
std::string number_of(const Taken& taken) {
    const auto colon = taken.key.find(':');
    return colon == std::string::npos ? std::string{} : taken.key.substr(colon + 1);
}

std::string line_of(const Taken& taken, const IntakeRules& rules) {
    const auto message = message_of(taken.outcome, taken.codes, rules);
    const auto record = std::to_string(taken.record);
    const bool is_file = taken.record == 0;
    const std::string ja = is_file ? "ファイル全体" : record + " 件目のデータ";
    const std::string en = is_file ? "the whole file" : "data record " + record;
    const auto number = number_of(taken);
    const auto which = number.empty() ? number : "、受注番号 / order " + number;
    return ja + " / " + en + which + ": " + codes_of(taken) + "\r\n  " + message.ja + "\r\n  " + message.en +
           "\r\n";
}

}  // namespace

void tell(FileStory& story, const Taken& taken) {
    if (taken.shipments > 0)
        ++story.taken;
    else if (taken.outcome == "skip")
        ++story.unchanged;
    else
        story.not_taken.push_back(taken);
}

std::string note_of(const FileStory& story, const IntakeRules& rules) {
    if (story.is_taken_whole()) return {};
    const auto count = std::to_string(story.not_taken.size());
    std::string note = "\xEF\xBB\xBF" + story.file + "\r\n";  // for Windows' editors
    note += "取り込み " + std::to_string(story.taken) + " 件、取り込み済み " +
            std::to_string(story.unchanged) + " 件、取り込めなかったもの " + count + " 件\r\n";
    note += std::to_string(story.taken) + " taken, " + std::to_string(story.unchanged) + " here already, " +
            count + " not taken\r\n\r\n";
    for (std::size_t i = 0; i < story.not_taken.size() && i < most_told; ++i)
        note += line_of(story.not_taken[i], rules);
    if (story.not_taken.size() > most_told) note += "…\r\n";
    return note;
}

}  // namespace kenpin::app
