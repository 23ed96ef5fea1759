#pragma once
// Which orders wait for which code that nobody knows. Codes are keyed hashes here: a damaged file may bring a
// buyer's words in the column of codes. Not a projection: the texts of buyers, from which they are, are none.
//
// An order waits as long as its record is open; what is noted of a record that is settled counts no more.
#include <cstdint>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace kenpin::store {

struct CodeHash {
    std::string code{};    // of shop and code
    std::string chosen{};  // of shop, code and options
};

/// The sealed record `received_file` waits for `hash`.
void put_waiting_code(sqlite::Tx& tx, const SiteId& site, const std::string& received_file,
                      const CodeHash& hash);
/// Nothing waits in that record any more.
void drop_waiting_codes(sqlite::Tx& tx, const SiteId& site, const std::string& received_file);

/// One code with its options, and how many orders wait for it.
struct WaitingCode {
    ShopId shop{};
    CodeHash hash{};
    int orders = 0;
    Instant since{};          // the first of them came
    std::int64_t record = 0;  // one of them: the oldest
};
/// Most waited for first.
std::vector<WaitingCode> waiting_codes(sqlite::Tx& tx, const SiteId& site);
/// Open records that wait for it, oldest first, by their positions.
std::vector<std::int64_t> waiting_for_code(sqlite::Tx& tx, const SiteId& site, const std::string& code_hash);
/// Those that wait for a code and of which none is noted: they came before codes were.
std::vector<std::int64_t> waiting_for_no_noted_code(sqlite::Tx& tx, const SiteId& site);
/// How many records of the shop wait for any code.
int waiting_for_codes(sqlite::Tx& tx, const SiteId& site, const ShopId& shop);

}  // namespace kenpin::store
