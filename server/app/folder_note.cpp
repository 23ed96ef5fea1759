#include "server/app/folder_note.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t most_told = 200;  // records; the list of orders has them all

std::string codes_of(const Taken& taken) {
    std::string text;
    for (const auto& code : taken.codes) text += (text.empty() ? "" : " ") + code;
    return text;
}

std::string line_of(const Taken& taken, const IntakeRules& rules) {
    const auto message = message_of(taken.outcome, taken.codes, rules);
    const auto record = std::to_string(taken.record);
    const bool is_file = taken.record == 0;
    const std::string ja = is_file ? "ファイル全体" : record + " 件目のデータ";
    const std::string en = is_file ? "the whole file" : "data record " + record;
    const auto which = taken.number.empty() ? std::string{} : "、受注番号 / order " + taken.number;
    return ja + " / " + en + which + ": " + codes_of(taken) + "\r\n  " + message.ja + "\r\n  " + message.en +
           "\r\n";
}

}  // namespace

void tell(FileStory& story, const Taken& taken) {
    story.counts.add(taken);
    if (taken.has("W-NO-ORDERS")) story.has_orders = false;
    if (taken.shipments == 0 && taken.outcome != "skip") story.not_taken.push_back(taken);
}

std::string note_of(const FileStory& story, const IntakeRules& rules) {
    if (story.is_taken_whole()) return {};
    const auto count = std::to_string(story.not_taken.size());
    std::string note = "\xEF\xBB\xBF" + story.file + "\r\n";  // for Windows' editors
    const auto& counts = story.counts;
    const auto n = [](int number) { return std::to_string(number); };
    note += "取り込み " + n(counts.taken) + " 件、すでにあった " + n(counts.unchanged) +
            " 件、取り込めなかったもの " + count + " 件(うち確認待ち " + n(counts.held) + " 件)\r\n";
    note += n(counts.taken) + " taken, " + n(counts.unchanged) + " here already, " + count + " not taken (" +
            n(counts.held) + " of them wait for somebody)\r\n\r\n";
    if (!story.has_orders) note += line_of({.outcome = "skip", .codes = {"W-NO-ORDERS"}}, rules);
    for (std::size_t i = 0; i < story.not_taken.size() && i < most_told; ++i)
        note += line_of(story.not_taken[i], rules);
    if (story.not_taken.size() > most_told) note += "…\r\n";
    return note;
}

}  // namespace kenpin::app
