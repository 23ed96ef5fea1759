#pragma once
// Codes that nobody knows (商品対応表): each is asked once, however many orders wait for it. What looks like
// an item's own code is proposed; it is never taken for it.
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "core/base/time.hpp"
#include "server/plan/catalogue.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::plan {

/// One code with chosen options, as the shop writes them. Options may hold a buyer's own words (名入れ).
struct UnknownCode {
    ShopId shop;
    std::string code;
    Private<std::string> options;
    int orders = 0;   // that wait for it
    Instant since{};  // the first of them came
};

class UnknownCodes {
public:
    /// Notes the codes of one waiting order of `shop` that `catalogue` does not know.
    void note(const ShopId& shop, const ReceivedOrder& order, const Catalogue& catalogue, Instant came_at);
    /// Most waited for first.
    std::vector<UnknownCode> all() const;

private:
    using Key = std::tuple<ShopId, std::string, std::string>;  // code and options as they are compared
    std::map<Key, UnknownCode> codes_;
};

/// What a code may mean.
struct CodeProposal {
    Sku sku;
    Qty units{1};
    std::string because;  // "sku": it is written like the item's code; "barcode": like one of its barcodes
    bool operator==(const CodeProposal&) const = default;
};

/// Items by all ways in which their codes are written.
class CodeProposals {
public:
    using Nfkc = std::function<std::string(const std::string&)>;
    explicit CodeProposals(Nfkc nfkc) : nfkc_(std::move(nfkc)) {}

    void know_item(const Sku& sku);
    void know_barcode(const std::string& barcode, const Sku& sku, Qty units);
    /// Equal but for width, case, hyphens and blanks. Several: they are all shown, a person decides.
    std::vector<CodeProposal> of(const std::string& code) const;

private:
    std::string folded(const std::string& code) const;
    void know(const std::string& code, CodeProposal proposal);

    Nfkc nfkc_;
    std::map<std::string, std::vector<CodeProposal>> by_code_;
};

/// Why an answer cannot be the meaning of a code: "unknown_item", or "nested_set" where it names another code
/// of the shop instead of an item; empty: it can.
std::string fault_of_part(const ItemPart& part, const Catalogue& catalogue);

}  // namespace kenpin::plan
