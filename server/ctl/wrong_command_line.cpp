#include "server/ctl/wrong_command_line.hpp"

namespace kenpin::ctl {
namespace {

bool holds(const std::string& text, const std::string& mark) {
    return text.find(mark) != std::string::npos;
}

std::string before(const std::string& text, const std::string& mark) {
    return text.substr(0, text.find(mark));
}

std::string behind(const std::string& text, const std::string& mark) {
    return text.substr(text.find(mark) + mark.size());
}

// "--minutes: Value 0 not in range 1 to 720", "--lang: fr not in {ja,en}"
std::string value_in_japanese(const std::string& what) {
    const std::string range = " not in range ", set = " not in {";
    if (holds(what, ": Value ") && holds(what, range))
        return before(what, ": Value ") + ": " + before(behind(what, ": Value "), range) +
               " は範囲の外です(" + before(behind(what, range), " to ") + " から " + behind(what, " to ") +
               ")";
    if (holds(what, set))
        return before(what, set) + " ではなく " + before(behind(what, set), "}") + " のどれかです";
    return "値が正しくありません: " + what;
}

std::string in_japanese(const WrongCommandLine& wrong) {
    const auto& what = wrong.what;
    if (what == "A subcommand is required") return "何をするか(コマンド)がありません";
    if (holds(what, " is required"))
        return before(what, " is required") + (wrong.about.empty() ? "" : "(" + wrong.about + ")") +
               " がありません";
    if (wrong.kind == "RequiresError")
        return before(what, " requires ") + " には " + behind(what, " requires ") + " も要ります";
    if (wrong.kind == "ArgumentMismatch") return "値がないか、数が違います: " + before(what, ":");
    if (wrong.kind == "ValidationError" || wrong.kind == "ConversionError") return value_in_japanese(what);
    return "書き方が正しくありません: " + what;
}

std::string in_english(const WrongCommandLine& wrong) {
    return wrong.what + (wrong.about.empty() ? "" : " (" + wrong.about + ")");
}

}  // namespace

std::string in_words(const std::string& language, const WrongCommandLine& wrong) {
    const bool is_english = language == "en";
    const auto help = "kenpinctl help" + (wrong.command.empty() ? "" : " " + wrong.command);
    const auto not_known =
        (is_english ? "nobody knows what this is: " : "知らない言葉があります: ") + wrong.not_known;
    const auto text = !wrong.not_known.empty() ? not_known
                      : is_english             ? in_english(wrong)
                                               : in_japanese(wrong);
    return text + (is_english ? " → " : " → 使い方は ") + help;
}

}  // namespace kenpin::ctl
