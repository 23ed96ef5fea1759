#pragma once
// Codes that nobody knows (商品対応表): each is asked once, however many orders wait for it. What looks like
// an item's own code is proposed; it is never taken for it.
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "server/plan/catalogue.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::plan {

/// Code and chosen options of a line as they are compared: lines that have both alike wait for one answer.
ShopCode compared(const ReceivedLine& line);
/// Of the lines whose code `catalogue` does not know, the first of each code with its options.
std::vector<ReceivedLine> lines_of_unknown_codes(const ReceivedOrder& order, const Catalogue& catalogue);

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
