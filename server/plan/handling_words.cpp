#include "server/plan/handling_words.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <optional>

namespace kenpin::plan {
namespace {

constexpr std::size_t longest_gap_bytes = 36;  // of a `*`: 12 Japanese characters
constexpr std::string_view comma = "、";
constexpr auto npos = std::string_view::npos;
constexpr std::string_view no_flag = "-";
constexpr std::string_view asks_for_change = "?";  // handling.hpp: asks_for_a_person

// Characters after NFKC; the marks are common ends of a sentence in buyers' remarks.
constexpr std::array<std::string_view, 10> sentence_ends = {"。", "!", "?", "\n", "♪",
                                                            "※",  "☆", "★", "…",  "■"};
// A topic beside another one with only these between them shares what is said of it.
constexpr std::array<std::string_view, 16> joins = {"と",   "や",   "も",   "・",     "/",      "&",
                                                    "+",    "兼",   "及び", "および", "並びに", "または",
                                                    "又は", "とか", "、",   ","};
// ... and before a comma also with these.
constexpr std::array<std::string_view, 9> particles = {"は", "を",   "が", "に",      "の",
                                                       "で", "など", "等", "について"};
// What may stand before a guarded word although it is kana.
constexpr std::array<std::string_view, 12> before_guarded = {"お", "ご", "に", "は", "を", "も",
                                                             "で", "と", "が", "へ", "や", "の"};
constexpr std::array<std::string_view, 10> numerals = {"一", "二", "三", "四", "五",
                                                       "六", "七", "八", "九", "十"};

struct Span {
    std::size_t begin, end;
};

std::size_t character_at(std::string_view text, std::size_t at) {
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    return next - at;
}

template <std::size_t n>
std::size_t one_of_at(const std::array<std::string_view, n>& words, std::string_view text, std::size_t at) {
    std::size_t longest = 0;
    for (const auto word : words)
        if (text.substr(at).starts_with(word)) longest = std::max(longest, word.size());
    return longest;
}

template <std::size_t n>
bool ends_with_one_of(const std::array<std::string_view, n>& words, std::string_view text) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return text.ends_with(word); });
}

// E3 82 A1 (ァ) .. E3 83 B6 (ヶ) lie 0x60 above their hiragana.
bool is_katakana(std::string_view c) {
    return c.size() == 3 && c >= "\xE3\x82\xA1" && c <= "\xE3\x83\xB6";
}
bool is_hiragana(std::string_view c) {
    return c.size() == 3 && c >= "\xE3\x81\x81" && c <= "\xE3\x82\x96";
}
bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}
std::string as_hiragana(std::string_view katakana) {
    const auto second = static_cast<unsigned>(static_cast<unsigned char>(katakana[1]));
    const auto third = static_cast<unsigned>(static_cast<unsigned char>(katakana[2]));
    const unsigned code = ((second & 0x3FU) << 6U | (third & 0x3FU)) - 0x60U;
    return {'\xE3', static_cast<char>(0x80U | code >> 6U), static_cast<char>(0x80U | (code & 0x3FU))};
}

std::size_t number_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size()) {
        const std::size_t kanji = one_of_at(numerals, text, end);
        if (kanji == 0 && (text[end] < '0' || text[end] > '9')) break;
        end += std::max<std::size_t>(kanji, 1);
    }
    return end - at;
}

// Where `pattern` ends when it matches at `at`.
std::optional<std::size_t> match_at(std::string_view pattern, std::string_view text, std::size_t at) {
    while (!pattern.empty()) {
        if (pattern.front() == '*') {
            pattern.remove_prefix(1);
            for (std::size_t gap = 0; gap <= longest_gap_bytes && at + gap <= text.size(); ++gap) {
                if (const auto end = match_at(pattern, text, at + gap)) return end;
                if (text.substr(at + gap).starts_with(comma)) break;
            }
            return std::nullopt;
        }
        if (pattern.front() == '$') {
            if (at != text.size()) return std::nullopt;
        } else if (pattern.front() == '#') {
            const auto length = number_at(text, at);
            if (length == 0) return std::nullopt;
            at += length;
        } else {
            if (at >= text.size() || text[at] != pattern.front()) return std::nullopt;
            ++at;
        }
        pattern.remove_prefix(1);
    }
    return at;
}

bool may_stand_at(const Word& word, std::string_view text, std::size_t at) {
    if (!word.is_guarded || at == 0) return true;
    if (is_letter(text[at])) return !is_letter(text[at - 1]);
    return at < 3 || !is_hiragana(text.substr(at - 3, 3)) ||
           ends_with_one_of(before_guarded, text.substr(0, at));
}

std::vector<Span> find_all(const Word& word, std::string_view text) {
    std::vector<Span> found;
    const char first = word.pattern.front();
    const bool is_literal = first != '*' && first != '#';
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_literal) at = text.find(first, at);
        if (at == npos) break;
        if (const auto end = match_at(word.pattern, text, at); end && may_stand_at(word, text, at))
            found.push_back({at, *end});
    }
    return found;
}

std::vector<std::string_view> sentences_of(std::string_view text) {
    std::vector<std::string_view> sentences;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = text.substr(at, character_at(text, at));
        if (std::find(sentence_ends.begin(), sentence_ends.end(), c) != sentence_ends.end()) {
            if (at > begin) sentences.push_back(text.substr(begin, at - begin));
            begin = at + c.size();
        }
        at += c.size();
    }
    if (text.size() > begin) sentences.push_back(text.substr(begin));
    return sentences;
}

// Which characters stand in a sentence, by a hash of them: most words of the table need not be looked for.
class Characters {
public:
    explicit Characters(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const auto length = character_at(text, at);
            seen_[slot(text.substr(at, length))] = true;
            at += length;
        }
    }
    /// False: `word` stands nowhere in it.
    bool may_hold(const Word& word) const {
        const std::string_view pattern = word.pattern;
        if (pattern.front() == '*' || pattern.front() == '#' || pattern.front() == '$') return true;
        return seen_[slot(pattern.substr(0, character_at(pattern, 0)))];
    }

private:
    static std::size_t slot(std::string_view character) {
        std::size_t hash = 0;
        for (const char c : character) hash = hash * 67 + static_cast<unsigned char>(c);
        return hash % slots;
    }
    static constexpr std::size_t slots = 4'096;
    std::bitset<slots> seen_;
};

struct Topic {
    const WishRow* row;
    const Word* word;
    Span span;
};

bool is_inside(Span inner, Span outer) {
    return outer.begin <= inner.begin && inner.end <= outer.end;
}
bool is_longer(Span left, Span right) {
    return left.end - left.begin > right.end - right.begin;
}

bool is_part_of_another_word(const WishRow& row, std::string_view sentence, Span topic) {
    return std::any_of(row.not_in.begin(), row.not_in.end(), [&](const Word& word) {
        const auto spans = find_all(word, sentence);
        return std::any_of(spans.begin(), spans.end(), [&](Span span) { return is_inside(topic, span); });
    });
}

std::vector<Topic> all_topics(std::string_view sentence, const std::string& from,
                              const std::vector<WishRow>& rows) {
    const Characters characters(sentence);
    std::vector<Topic> topics;
    for (const auto& row : rows) {
        if (!row.from.contains(from)) continue;
        for (const auto& word : row.topics) {
            if (!characters.may_hold(word)) continue;
            for (const auto span : find_all(word, sentence))
                if (!is_part_of_another_word(row, sentence, span)) topics.push_back({&row, &word, span});
        }
    }
    return topics;
}

bool is_change(const Topic& topic) {
    return topic.row->flag == asks_for_change;
}

// A change of the order is spoken of with the words of other topics (代引に変更): it hides and ends none of
// them.
std::vector<Topic> topics_in(std::string_view sentence, const std::string& from, const WordTable& table) {
    const auto all = all_topics(sentence, from, table.rows);
    std::vector<Topic> topics;
    const auto hides = [](const Topic& other, const Topic& topic) {
        const bool may_hide = !is_change(other) && !(is_change(topic) && other.row->flag == no_flag);
        return may_hide && other.row->flag != topic.row->flag && is_inside(topic.span, other.span) &&
               is_longer(other.span, topic.span);
    };
    for (const auto& topic : all)
        if (std::none_of(all.begin(), all.end(), [&](const Topic& other) { return hides(other, topic); }))
            topics.push_back(topic);
    std::stable_sort(topics.begin(), topics.end(),
                     [](const Topic& l, const Topic& r) { return l.span.begin < r.span.begin; });
    return topics;
}

template <std::size_t n>
bool consists_of(const std::array<std::string_view, n>& words, std::string_view text) {
    while (!text.empty()) {
        const auto length = one_of_at(words, text, 0);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool is_bare(std::string_view between) {
    while (!between.empty()) {
        const auto length = std::max(one_of_at(joins, between, 0), one_of_at(particles, between, 0));
        if (length == 0) return false;
        between.remove_prefix(length);
    }
    return true;
}

std::size_t comma_from(std::string_view text, std::size_t at) {
    return std::min({text.find(comma, at), text.find(',', at), text.find(';', at)});
}

bool ends_scope(const Topic& other, const Topic& topic) {
    if (is_change(other) || (is_change(topic) && other.row->flag == no_flag)) return false;
    return other.row->flag != topic.row->flag;
}

// What is said of `topic`: see the picture in the header.
std::string_view scope_of(const Topic& topic, const std::vector<Topic>& topics, std::string_view sentence) {
    const std::size_t begin = topic.span.end;
    std::size_t at = begin;
    bool is_after_comma = false;
    while (true) {
        const auto stop = comma_from(sentence, at);
        const auto next = std::find_if(topics.begin(), topics.end(), [&](const Topic& other) {
            return other.span.begin >= at && ends_scope(other, topic);
        });
        const bool is_topic_first = next != topics.end() && next->span.begin < stop;
        const std::size_t end = is_topic_first ? next->span.begin : stop;
        if (end == npos) return sentence.substr(begin);
        const auto between = sentence.substr(at, end - at);
        const bool is_joined = consists_of(joins, between) && (is_after_comma || !between.empty());
        if (is_topic_first ? !is_joined : !is_bare(between)) return sentence.substr(begin, end - begin);
        at = is_topic_first ? next->span.end : end + character_at(sentence, end);
        is_after_comma = !is_topic_first;
    }
}

std::string_view clause_before(const Topic& topic, std::string_view sentence) {
    const auto before = sentence.substr(0, topic.span.begin);
    const auto stop = before.rfind(comma);
    return stop == npos ? before : before.substr(stop + comma.size());
}

// A negation that another one takes back (不要ではありません), or that is only a case (ない場合は): it says
// no no.
bool is_undone(Span no, std::string_view text, const WordTable& table) {
    return std::any_of(table.undo.begin(), table.undo.end(),
                       [&](const Word& word) {
                           return word.is_before ? text.substr(0, no.begin).ends_with(word.pattern)
                                                 : match_at(word.pattern, text, no.end).has_value();
                       }) ||
           std::any_of(table.no.begin(), table.no.end(), [&](const Word& word) {
               return !word.is_guarded && text.substr(0, no.begin).ends_with(word.pattern);
           });
}

bool is_said(const std::vector<Word>& words, std::string_view scope, std::string_view before,
             const WordTable& table) {
    return std::any_of(words.begin(), words.end(), [&](const Word& word) {
        const auto where = word.is_before ? before : scope;
        const auto spans = find_all(word, where);
        return std::any_of(spans.begin(), spans.end(),
                           [&](Span span) { return !word.is_no || !is_undone(span, where, table); });
    });
}

// A verb may begin inside a topic and be taken back behind it: 分けて送 + らない.
bool is_taken_back(const Topic& topic, std::string_view scope, std::string_view sentence,
                   const WordTable& table) {
    const auto length = topic.span.end - topic.span.begin;
    const auto whole = sentence.substr(topic.span.begin, length + scope.size());
    return std::any_of(topic.row->unless.begin(), topic.row->unless.end(), [&](const Word& word) {
        if (!word.is_no) return false;
        const auto spans = find_all(word, whole);
        return std::any_of(spans.begin(), spans.end(), [&](Span span) {
            return span.begin > 0 && span.begin < length && span.end > length &&
                   !is_undone(span, whole, table);
        });
    });
}

// "NO のし": a no that stands right before its topic.
bool is_denied_before(const Topic& topic, std::string_view sentence, const WordTable& table) {
    auto before = sentence.substr(0, topic.span.begin);
    if (before.ends_with(comma)) before.remove_suffix(comma.size());
    return std::any_of(table.no_before.begin(), table.no_before.end(), [&](const Word& word) {
        return before.ends_with(word.pattern) &&
               may_stand_at(word, before, before.size() - word.pattern.size());
    });
}

// A question grants nothing: のしは可能ですか.
bool is_asked_about(const Topic& topic, const std::vector<Topic>& topics, const std::vector<Topic>& questions,
                    std::string_view sentence) {
    const Span scope{topic.span.begin, topic.span.end + scope_of(topic, topics, sentence).size()};
    return std::any_of(questions.begin(), questions.end(),
                       [&](const Topic& question) { return is_inside(question.span, scope); });
}

bool asks_for(const Topic& topic, const std::vector<Topic>& topics, std::string_view sentence,
              const WordTable& table) {
    const auto scope = scope_of(topic, topics, sentence);
    const auto before = clause_before(topic, sentence);
    if (is_said(topic.row->unless, scope, before, table) || is_taken_back(topic, scope, sentence, table))
        return false;
    if (!is_change(topic) && is_denied_before(topic, sentence, table)) return false;
    return topic.row->wishes.empty() || is_said(topic.row->wishes, scope, before, table);
}

}  // namespace

std::string plain_words(const std::string& text, const Nfkc& nfkc) {
    const auto normal = nfkc(text);
    std::string plain;
    for (std::size_t at = 0; at < normal.size();) {
        const auto c = std::string_view(normal).substr(at, character_at(normal, at));
        at += c.size();
        if (is_katakana(c))
            plain += as_hiragana(c);
        else if (c == " " || c == "\t")
            plain += plain.ends_with(comma) ? std::string_view{} : comma;
        else if (c == "\r")
            plain += '\n';
        else
            plain += c.size() == 1 && c[0] >= 'A' && c[0] <= 'Z'
                         ? std::string(1, static_cast<char>(c[0] + 32))
                         : std::string(c);
    }
    return plain;
}

std::vector<SaidWish> wishes_in(const std::string& text, const std::string& from, const WordTable& table,
                                const Nfkc& nfkc) {
    const auto plain = plain_words(text, nfkc);
    std::vector<SaidWish> said;
    const auto is_known = [&](const std::string& flag) {
        return std::any_of(said.begin(), said.end(), [&](const SaidWish& wish) { return wish.flag == flag; });
    };
    for (const auto sentence : sentences_of(plain)) {
        const auto topics = topics_in(sentence, from, table);
        const auto questions = all_topics(sentence, from, table.questions);
        for (const auto& topic : topics) {
            if (topic.row->flag == no_flag || is_known(topic.row->flag)) continue;
            const bool is_granted = is_change(topic) || !is_asked_about(topic, topics, questions, sentence);
            if (is_granted && asks_for(topic, topics, sentence, table))
                said.push_back({topic.row->flag, topic.word->pattern});
        }
        if (!questions.empty() && !is_known(std::string(asks_for_change)))
            said.push_back({std::string(asks_for_change), questions.front().word->pattern});
    }
    return said;
}

bool says_no(const std::string& text, const WordTable& table, const Nfkc& nfkc) {
    const auto plain = plain_words(text, nfkc);
    return plain == "0" || plain == "無" || plain == "no" || plain == "none" || plain == "false" ||
           plain == "-" || is_said(table.no, plain, {}, table);
}

bool says_something_else(const std::string& text, const WordTable& table, const Nfkc& nfkc) {
    const auto plain = plain_words(text, nfkc);
    const auto sentences = sentences_of(plain);
    return std::any_of(sentences.begin(), sentences.end(), [&](std::string_view sentence) {
        const auto topics = topics_in(sentence, "buyer", table);
        return std::all_of(topics.begin(), topics.end(), is_change) &&
               !is_said(table.polite, sentence, {}, table);
    });
}

}  // namespace kenpin::plan
