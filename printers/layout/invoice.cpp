#include "printers/layout/invoice.hpp"

#include <functional>
#include <map>

namespace kenpin::layout {

namespace {

TaxSum taxed(int percent, std::int64_t sum, bool prices_include_tax) {
    if (prices_include_tax) return {percent, {sum}, {sum * percent / (100 + percent)}};
    const std::int64_t tax = sum * percent / 100;
    return {percent, {sum + tax}, {tax}};
}

}  // namespace

Yen line_amount(const SlipLine& line) {
    return {line.unit_price.value * line.quantity.value};
}

InvoiceSums sums_of(const std::vector<SlipLine>& lines, bool prices_include_tax) {
    std::map<int, std::int64_t, std::greater<>> by_rate;
    for (const auto& line : lines) by_rate[line.tax_percent] += line_amount(line).value;
    InvoiceSums out;
    for (const auto& [percent, sum] : by_rate) {
        out.rates.push_back(taxed(percent, sum, prices_include_tax));
        out.total.value += out.rates.back().amount.value;
    }
    return out;
}

}  // namespace kenpin::layout
