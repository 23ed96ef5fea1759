#pragma once
// One person at one address, however two shops wrote it: 「瀬戸 紀之」 is 「瀬戸紀之」,
// 「小田部６丁目５－２８」 is 「小田部6-5-28」, 「+81 70-0701-4994」 is 「070-0701-4994」. What comes out is
// for comparing only: it is hashed at once under the site's key and never shown or stored. All functions are
// idempotent.
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "server/plan/handling_words.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::plan {

/// 異体字: the form as written -> the common one (assets/handling/kanji.tsv).
using KanjiForms = std::map<std::string, std::string, std::less<>>;
/// Errors: corrupt (a line without two columns).
Result<KanjiForms> read_kanji_forms(std::string_view tsv);

struct Matching {
    Nfkc nfkc;
    KanjiForms forms;
};

/// Without white space, titles (様, 御中) and forms of characters.
std::string matching_name(const std::string& name, const Matching& matching);
/// Prefecture, city, street and building as one text in, without the prefecture out: 丁目, 番地, 号, 号室 and
/// every dash between numbers are one hyphen, kanji numbers before them are digits, ヶ ケ が are one.
std::string matching_address(const std::string& address, const Matching& matching);
/// Digits, with the leading 0 that +81 or a spreadsheet took away. Empty: no number.
std::string matching_phone(const std::string& phone, const Matching& matching);

/// Keyed hash of one text; the key never leaves the caller.
using KeyedHash = std::function<std::string(std::string_view)>;

/// What the server may store of an addressee to find the same one again. `phone` is empty when there is none.
struct AddresseeHashes {
    std::string name, address, phone;
    bool operator==(const AddresseeHashes&) const = default;
};
AddresseeHashes hashes_of(const Addressee& who, const Matching& matching, const KeyedHash& hash);

}  // namespace kenpin::plan
