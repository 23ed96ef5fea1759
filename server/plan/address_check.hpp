#pragma once
// Does the postcode fit the address? A postcode of another prefecture is the commonest sign of an address
// that was mixed up, and a parcel that travels to the wrong end of the country. What is wrong is named with a
// code of docs/manual ("Order codes"); the content is never repeated.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::plan {

/// The 47 names as addresses have them, in the order of their numbers (JIS X 0401): "JP-13" is [12], 東京都.
extern const std::array<std::string_view, 47> prefecture_names;

/// Which prefecture a postcode lies in: 120,484 codes in half a megabyte. Does not change; any thread may
/// read it.
class Postcodes {
public:
    /// assets/postcodes.tsv: code, prefecture, town. Errors: corrupt (a line that is none; its number).
    static Result<Postcodes> read(std::string_view tsv);

    /// Seven digits. A code that the table does not know (new, or of one large company) lies where all codes
    /// with its first three digits lie. Nothing: not even those are known.
    std::optional<bool> lies_in(std::string_view code, std::string_view prefecture) const;
    /// Nothing: the code is not in the table.
    std::optional<std::string_view> prefecture_of(std::string_view code) const;
    std::size_t size() const { return packed_.size(); }

private:
    std::vector<std::uint32_t> packed_;            // code * 64 + prefecture, ascending
    std::array<std::uint64_t, 1000> by_prefix_{};  // three digits -> a bit for each prefecture
};

enum class PostcodeState {
    right,             // fits, or nothing is known against it
    missing,           // E-POSTCODE
    malformed,         // E-POSTCODE: not seven digits, or 000-0000
    zero_restored,     // W-ZIP-ZERO: a spreadsheet took the leading 0; exactly one code fits the prefecture
    other_prefecture,  // W-ADDR-MISMATCH
};
struct PostcodeVerdict {
    PostcodeState state = PostcodeState::right;
    std::string code;  // seven digits; empty when missing or malformed
    bool operator==(const PostcodeVerdict&) const = default;
};
/// `postcode` may hold a hyphen, 〒, spaces and full-width digits; `prefecture` may be empty (not known).
PostcodeVerdict judge_postcode(std::string_view postcode, std::string_view prefecture,
                               const Postcodes& postcodes);

/// "E-POSTCODE", "W-ZIP-ZERO", "W-ADDR-MISMATCH"; empty for right.
std::string_view code_of(PostcodeState state);

/// Japanese numbers have ten or eleven digits and begin with 0; "+" begins a foreign one.
bool is_telephone_number(std::string_view text);

/// Codes for one addressee: those of the postcode, and E-ADDRESS when prefecture, city or street are not
/// there at all.
std::vector<std::string> address_codes(const Addressee& who, const Postcodes& postcodes);

}  // namespace kenpin::plan
