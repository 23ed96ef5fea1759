// Reads the table of words. How its words are found in a text: handling_words.cpp.
#include <algorithm>
#include <utility>

#include "server/plan/handling_words.hpp"
#include "server/plan/table.hpp"

namespace kenpin::plan {
namespace {

std::string without_marks(std::string word, Word& into) {
    for (; !word.empty(); word.erase(0, 1)) {
        if (word.front() == '^')
            into.is_guarded = true;
        else if (word.front() == '<')
            into.is_before = true;
        else
            break;
    }
    return word;
}

std::vector<std::string> words_of(std::string_view cell) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < cell.size();) {
        const auto end = std::min(cell.find(' ', at), cell.size());
        if (end > at) words.emplace_back(cell.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

constexpr std::size_t columns = 6;
constexpr std::string_view question_flag = "??";
const std::set<std::string>& every_text() {
    static const std::set<std::string> names = {"buyer",       "shop",  "form",    "method",
                                                "temperature", "place", "wrapping"};
    return names;
}

// Reads the table line by line; lists must stand above the rows that use them.
class TableReader {
public:
    explicit TableReader(const Nfkc& nfkc) : nfkc_(nfkc) {}

    Outcome read_line(std::string_view line) {
        const auto cells = split_fields(line, '\t');
        if (cells.size() != columns) return wrong(std::to_string(columns) + " columns wanted");
        if (cells[0].starts_with('@')) return read_list(cells);
        return read_row(cells);
    }
    WordTable take() {
        table_.undo = lists_["@undo"];
        table_.no = lists_["@no"];
        table_.no_before = lists_["@no_before"];
        table_.polite = lists_["@polite"];
        return std::move(table_);
    }

private:
    static Error wrong(const std::string& what) { return {Error::Kind::corrupt, what}; }

    Outcome read_list(const std::vector<std::string>& cells) {
        auto words = read_words(cells[2]);
        if (!words) return words.error();
        for (auto word : words.value()) {
            word.is_no = cells[0].starts_with("@no");
            lists_[cells[0]].push_back(std::move(word));
        }
        return Done{};
    }

    Outcome read_row(const std::vector<std::string>& cells) {
        WishRow row{cells[0], {}, {}, {}, {}, {}};
        for (const auto& from : words_of(cells[1])) {
            if (!every_text().contains(from)) return wrong("no such text: " + from);
            row.from.insert(from);
        }
        for (auto [cell, words] :
             {std::pair{2, &row.topics}, {3, &row.wishes}, {4, &row.unless}, {5, &row.not_in}}) {
            auto read = read_words(cells[static_cast<std::size_t>(cell)]);
            if (!read) return read.error();
            *words = std::move(read).value();
        }
        if (row.topics.empty()) return wrong("no topic");
        auto& rows = row.flag == question_flag ? table_.questions : table_.rows;
        rows.push_back(std::move(row));
        return Done{};
    }

    Result<std::vector<Word>> read_words(const std::string& cell) {
        std::vector<Word> words;
        for (const auto& name : words_of(cell)) {
            if (name == "-") continue;
            if (name.starts_with('@')) {
                const auto list = lists_.find(name);
                if (list == lists_.end()) return wrong("no list " + name + " above");
                words.insert(words.end(), list->second.begin(), list->second.end());
                continue;
            }
            Word word;
            word.pattern = plain_words(without_marks(name, word), nfkc_);
            if (word.pattern.empty()) return wrong("an empty word");
            words.push_back(std::move(word));
        }
        return words;
    }

    const Nfkc& nfkc_;
    std::map<std::string, std::vector<Word>> lists_;
    WordTable table_;
};

}  // namespace

Result<WordTable> read_word_table(std::string_view tsv, const Nfkc& nfkc) {
    TableReader reader(nfkc);
    int number = 0;
    for (std::size_t at = 0; at < tsv.size();) {
        const auto end = std::min(tsv.find('\n', at), tsv.size());
        auto line = tsv.substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        at = end + 1;
        ++number;
        if (number == 1 || line.empty() || line.starts_with('#'))
            continue;  // the first line names the columns
        if (auto read = reader.read_line(line); !read)
            return Error{read.error().kind, "line " + std::to_string(number) + ": " + read.error().detail};
    }
    return reader.take();
}

}  // namespace kenpin::plan
