#pragma once
// What a text of an order asks for (個別対応), read with the words of assets/handling/words.tsv. Texts are
// the buyer's, so every Japanese way of saying yes and no counts: 「のしは不要」 asks for nothing,
// 「納品書は不要」 asks for something. A plain search for a word is never enough.
//
//   sentence   ends with 。 ! ? or a line break
//   topic      what is spoken of: のし, 納品書, 玄関前 …; a longer topic hides those inside it
//   scope      what is said of it: from the topic to the next comma or to the next topic of another flag. A
//              topic that stands bare before a comma or beside another one (のし、納品書は不要 /
//              のしと包装は不要) shares what is said of the next
//   question   (のしは可能ですか) grants no topic in whose scope it stands; a person answers it. A polite
//   wish
//              in the form of a question (いただけますか) is none
//   a row asks for its flag when a word of `wish` stands in the scope (or none is needed) and none of
//   `unless`
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::plan {

/// NFKC of a UTF-8 text; given by the caller because charsets live in an adaptor.
using Nfkc = std::function<std::string(const std::string&)>;

/// How texts and words are compared: NFKC, lower case, katakana as hiragana, white space as a comma.
/// Idempotent.
std::string plain_words(const std::string& text, const Nfkc& nfkc);

/// One word of the table. Written in it: `*` up to 12 characters of the same clause, `#` a number, `$` the
/// end of the clause, `^` in front: no hiragana before it but a particle (or no letter, when it begins with
/// one),
/// `<` in front: stands before the topic, in its clause.
struct Word {
    std::string pattern;
    bool is_guarded = false;
    bool is_before = false;
    bool is_no = false;  // from a list of negations: 「不要ではない」「ない場合」 undo it
};

struct WishRow {
    // "-": a topic that asks for nothing and only ends the scope of others. "?": another order than the one
    // that came is asked for; its words end no other topic's scope.
    std::string flag;
    std::set<std::string>
        from;  // which texts it reads: buyer, shop, form, method, temperature, place, wrapping
    std::vector<Word> topics, wishes, unless, not_in;
};

struct WordTable {
    std::vector<WishRow> rows;
    std::vector<WishRow> questions;  // flag "??": what they are asked about is not granted, a person answers
    std::vector<Word> undo;          // @undo: directly behind a negation (with `<` before it), they undo it
    std::vector<Word> no;            // @no
    std::vector<Word> no_before;     // @no_before: a no that stands right before its topic (NO のし)
    std::vector<Word> polite;        // @polite: よろしく, ありがとう: asks for nothing
};

/// Tab-separated: flag, from, topic, wish, unless, not_in; words are separated by spaces, @list stands for
/// the words of that list, lines that begin with # are comments. Errors: corrupt (the line and what is
/// wrong).
Result<WordTable> read_word_table(std::string_view tsv, const Nfkc& nfkc);

/// A flag and the topic that raised it. The topic is the table's word, so it holds nothing personal.
struct SaidWish {
    std::string flag;
    std::string topic;
    bool operator==(const SaidWish&) const = default;
};

/// What `text` asks for. `from` names the kind of text. Each flag at most once, in the order of the text.
std::vector<SaidWish> wishes_in(const std::string& text, const std::string& from, const WordTable& table,
                                const Nfkc& nfkc);

/// A short answer of a form says no: "なし", "不要", "希望しない", "いいえ", "0".
bool says_no(const std::string& text, const WordTable& table, const Nfkc& nfkc);

/// Some sentence names no topic of the table and is not mere politeness: a person should read it.
bool says_something_else(const std::string& text, const WordTable& table, const Nfkc& nfkc);

}  // namespace kenpin::plan
